/* SPDX-License-Identifier: MIT */
/*
 * Which value an edition prints:
 *
 *   the base        its value, of either scope
 *   another one     its own (locales/XX/facts), in its language;
 *                   else, of a common fact, and of any where both tell the law
 *                   of one country, the base file's in its language;
 *                   else none
 *
 * The number of an article serves every language.
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
free_fact(gpointer data)
{
    Fact *fact = data;
    g_free(fact->id);
    g_free(fact);
}

/* takes the id */
static void
add_fact(GHashTable *facts, char *id, const xmlNode *element,
         const xmlNode *origin, const char *file, Diagnostics *diagnostics)
{
    Fact *fact = g_new0(Fact, 1);
    fact->id = id;
    fact->is_common = strcmp(xml_attribute(origin, "scope"), "common") == 0;
    fact->verified = xml_attribute(origin, "verified");
    fact->review_by = xml_attribute(origin, "review-by");
    fact->element = element;
    fact->origin = origin;
    fact->place = (Place){g_intern_string(file),
                          (int)xmlGetLineNo((xmlNode *)element), 0};
    check_values(fact, diagnostics);
    const Fact *known = g_hash_table_lookup(facts, id);
    if (known == NULL) {
        g_hash_table_insert(facts, id, fact);
        return;
    }
    diagnostics_add(diagnostics, LEVEL_ERROR, "fact-duplicate", fact->place,
                    "the fact '%s' is already in %s, line %d; delete one of "
                    "them",
                    id, known->place.file, known->place.line);
    free_fact(fact);
}

/* "bpk" and "186¹" make "bpk-186-1", "kl" and "154.¹" "kl-154-1" */
char *
fact_article_id(const char *act, const xmlNode *article)
{
    static const char superscripts[] = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    g_autofree char *number = facts_text(article);
    GString *id = g_string_new(act);
    enum { SIGN, PLAIN, RAISED };
    int last = SIGN;
    for (const char *p = number; *p != '\0'; p = g_utf8_next_char(p)) {
        const char *raised =
            g_utf8_strchr(superscripts, -1, g_utf8_get_char(p));
        int kind = raised != NULL         ? RAISED
                   : g_ascii_isalnum(*p) ? PLAIN
                                         : SIGN;
        if (kind != SIGN && kind != last)
            g_string_append_c(id, '-');
        if (kind == RAISED)
            g_string_append_printf(
                id, "%ld", g_utf8_pointer_to_offset(superscripts, raised));
        else if (kind == PLAIN)
            g_string_append_c(id, *p);
        last = kind;
    }
    return g_string_free(id, FALSE);
}

static void
add_facts(GHashTable *facts, const xmlNode *root, const char *file,
          Diagnostics *diagnostics)
{
    for (const xmlNode *element = xml_first(root); element != NULL;
         element = xml_next(element, NULL)) {
        const char *id = xml_attribute(element, "id");
        if (xml_is(element, "fact"))
            add_fact(facts, g_strdup(id), element, element, file, diagnostics);
        for (const xmlNode *article = xml_child(element, "article");
             article != NULL; article = xml_next(article, "article"))
            add_fact(facts, fact_article_id(id, article), article, element,
                     file, diagnostics);
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
    store->base =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_fact);
    store->own =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_fact);
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
    if (fact->element != fact->origin) /* the number of an article */
        return facts_text(fact->element);
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
    bool may_share =
        base != NULL && (base->is_common || options->of_base_country);
    if (value == NULL && may_share)
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
    for (const xmlNode *source = xml_child(fact->origin, "source");
         source != NULL; source = xml_next(source, "source")) {
        g_autofree char *text = facts_text(source);
        g_string_append_printf(sources, "%s%s", sources->len == 0 ? "" : "; ",
                               text);
    }
    return g_string_free(sources, FALSE);
}
