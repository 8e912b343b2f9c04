/* SPDX-License-Identifier: MIT */
/*
 * Which value an edition prints:
 *
 *   the base        its value, of either scope
 *   another one     its own (locales/XX/facts), in its language;
 *                   else, of a common fact, the base file's in its language;
 *                   else none
 *
 * So a help line of one country can never be printed in another's manual
 * because somebody forgot to look it up.
 */
#include "facts/fact_store.h"

#include "base/file.h"
#include "base/nearest.h"
#include "base/xml.h"

#include <string.h>

struct FactStore {
    GHashTable *base, *own; /* id -> Fact */
    GPtrArray *documents;   /* xmlDoc */
    GPtrArray *ids;
};

static void
free_document(gpointer document)
{
    xmlFreeDoc(document);
}

bool
facts_is_language(const char *lang, const char *wanted)
{
    size_t length = strcspn(lang, "-");
    return g_ascii_strcasecmp(lang, wanted) == 0 ||
           (lang[length] == 0 &&
            g_ascii_strncasecmp(lang, wanted, length) == 0 &&
            wanted[length] == '-');
}

bool
facts_is_overdue(const char *review_by, gint64 today)
{
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(today);
    g_autofree char *date = g_date_time_format(now, "%Y-%m-%d");
    return strcmp(review_by, date) < 0;
}

char *
facts_text(const xmlNode *node)
{
    g_autofree char *text = xml_text(node);
    GString *folded = g_string_new(NULL);
    for (const char *at = text; *at != 0; at++) {
        if (!g_ascii_isspace(*at))
            g_string_append_c(folded, *at);
        else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
            g_string_append_c(folded, ' ');
    }
    if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
        g_string_truncate(folded, folded->len - 1);
    return g_string_free(folded, FALSE);
}

/* ---- loading ---- */

/* a value is text: places in it would be printed as they stand, and two facts
 * could ask for each other */
static void
check_values(const Fact *fact, Diagnostics *diagnostics)
{
    for (const xmlNode *value = xml_child(fact->element, "value");
         value != NULL; value = xml_next(value, "value")) {
        g_autofree char *text = xml_text(value);
        if (strstr(text, "{{") != NULL)
            diagnostics_add(diagnostics, LEVEL_ERROR, "fact-reference",
                            (Place){fact->place.file,
                                    (int)xmlGetLineNo((xmlNode *)value), 0},
                            "a value of the fact '%s' refers to another fact; "
                            "write out what shall be printed",
                            fact->id);
    }
}

static void
add_facts(GHashTable *facts, const xmlNode *root, const char *file,
          Diagnostics *diagnostics)
{
    for (const xmlNode *element = xml_child(root, "fact"); element != NULL;
         element = xml_next(element, "fact")) {
        Fact *fact = g_new0(Fact, 1);
        fact->id = xml_attribute(element, "id");
        fact->is_common =
            strcmp(xml_attribute(element, "scope"), "common") == 0;
        fact->verified = xml_attribute(element, "verified");
        fact->review_by = xml_attribute(element, "review-by");
        fact->element = element;
        fact->place = (Place){g_intern_string(file),
                              (int)xmlGetLineNo((xmlNode *)element), 0};
        check_values(fact, diagnostics);
        const Fact *known = g_hash_table_lookup(facts, fact->id);
        if (known == NULL) {
            g_hash_table_insert(facts, (gpointer)fact->id, fact);
            continue;
        }
        diagnostics_add(diagnostics, LEVEL_ERROR, "fact-duplicate",
                        fact->place,
                        "the fact '%s' is already in %s, line %d; delete one "
                        "of them",
                        fact->id, known->place.file, known->place.line);
        g_free(fact);
    }
}

static void
load_folder(FactStore *store, GHashTable *facts, const char *root,
            const char *folder, Diagnostics *diagnostics)
{
    g_autofree char *path = g_build_filename(root, folder, NULL);
    g_auto(GStrv) names = file_list(path);
    for (char **name = names; *name != NULL; name++) {
        if (!g_str_has_suffix(*name, ".xml") || **name == '.')
            continue;
        g_autofree char *file = g_build_filename(folder, *name, NULL);
        xmlDoc *document = xml_load(root, file, diagnostics);
        if (document == NULL)
            continue;
        g_ptr_array_add(store->documents, document);
        if (xml_validate(document, "facts", file, diagnostics))
            add_facts(facts, xmlDocGetRootElement(document), file,
                      diagnostics);
    }
}

static int
compare_ids(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
list_ids(FactStore *store)
{
    GHashTable *tables[] = {store->base, store->own};
    for (int i = 0; i < 2; i++) {
        GHashTableIter iter;
        gpointer id;
        g_hash_table_iter_init(&iter, tables[i]);
        while (g_hash_table_iter_next(&iter, &id, NULL)) {
            if (i == 0 || !g_hash_table_contains(store->base, id))
                g_ptr_array_add(store->ids, id);
        }
    }
    g_ptr_array_sort(store->ids, compare_ids);
    g_ptr_array_add(store->ids, NULL);
}

FactStore *
fact_store_load(const FactsOptions *options, Diagnostics *diagnostics)
{
    FactStore *store = g_new0(FactStore, 1);
    store->base = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    store->own = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    store->documents = g_ptr_array_new_with_free_func(free_document);
    store->ids = g_ptr_array_new();
    load_folder(store, store->base, options->root, "manual/facts",
                diagnostics);
    if (options->edition != NULL) {
        g_autofree char *folder =
            g_build_filename("locales", options->edition, "facts", NULL);
        load_folder(store, store->own, options->root, folder, diagnostics);
    }
    list_ids(store);
    return store;
}

void
fact_store_free(FactStore *store)
{
    g_hash_table_unref(store->base);
    g_hash_table_unref(store->own);
    g_ptr_array_unref(store->documents);
    g_ptr_array_unref(store->ids);
    g_free(store);
}

/* ---- finding ---- */

const char *const *
fact_store_ids(FactStore *store)
{
    return (const char *const *)store->ids->pdata;
}

static char *
value_in(const Fact *fact, const char *lang)
{
    if (fact == NULL)
        return NULL;
    for (const xmlNode *value = xml_child(fact->element, "value");
         value != NULL; value = xml_next(value, "value")) {
        if (facts_is_language(xml_attribute(value, "lang"), lang))
            return facts_text(value);
    }
    return NULL;
}

char *
fact_store_value(FactStore *store, const char *id, const FactsOptions *options)
{
    const Fact *base = g_hash_table_lookup(store->base, id);
    if (options->edition == NULL)
        return value_in(base, options->lang);
    char *value =
        value_in(g_hash_table_lookup(store->own, id), options->lang);
    if (value == NULL && base != NULL && base->is_common)
        value = value_in(base, options->lang);
    return value;
}

Fact *
fact_store_find(FactStore *store, const char *id)
{
    Fact *fact = g_hash_table_lookup(store->own, id);
    return fact != NULL ? fact : g_hash_table_lookup(store->base, id);
}

char *
fact_source(const Fact *fact)
{
    GString *sources = g_string_new(NULL);
    for (const xmlNode *source = xml_child(fact->element, "source");
         source != NULL; source = xml_next(source, "source")) {
        g_autofree char *text = facts_text(source);
        g_string_append_printf(sources, "%s%s", sources->len == 0 ? "" : "; ",
                               text);
    }
    return g_string_free(sources, FALSE);
}
