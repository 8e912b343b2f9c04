/* SPDX-License-Identifier: MIT */
/*
 * The list of an edition's facts.
 *
 *   facts_list
 *     add_facts       every fact that has a value here
 *     collect         <fact ref> and <research ref> of the document: their uses;
 *                     what is used and not in the list yet is added
 *       add_research  title, source and dates of the data's file
 */
#include "facts/fact_list.h"

#include "base/file.h"
#include "base/json.h"
#include "base/xml.h"
#include "facts/fact_store.h"
#include "facts/fact_waiver.h"
#include "facts/picture.h"

#include <string.h>

typedef struct {
    const Document *document;
    const FactsOptions *options;
    Diagnostics *diagnostics;
    FactStore *store;
    GPtrArray *facts, *research;
} Listing;

static void
free_entry(gpointer data)
{
    FactEntry *entry = data;
    g_free(entry->id);
    g_free(entry->value);
    g_free(entry->source);
    g_free(entry->verified);
    g_free(entry->review_by);
    g_free(entry->waived);
    g_array_unref(entry->uses);
    g_free(entry);
}

static FactEntry *
find(const GPtrArray *entries, const char *id)
{
    for (guint i = 0; i < entries->len; i++) {
        FactEntry *entry = g_ptr_array_index(entries, i);
        if (strcmp(entry->id, id) == 0)
            return entry;
    }
    return NULL;
}

static FactEntry *
add(const Listing *listing, GPtrArray *entries, const char *kind,
    const char *id, const char *verified, const char *review_by)
{
    FactEntry *entry = g_new0(FactEntry, 1);
    entry->kind = kind;
    entry->id = g_strdup(id);
    entry->verified = g_strdup(verified);
    entry->review_by = g_strdup(review_by);
    entry->uses = g_array_new(FALSE, FALSE, sizeof(FactUse));
    entry->is_overdue = facts_is_overdue(review_by, listing->options->today);
    const xmlNode *waiver =
        fact_waiver_find(listing->document, id, review_by);
    if (waiver != NULL && entry->is_overdue)
        entry->waived = xml_text(waiver);
    g_ptr_array_add(entries, entry);
    return entry;
}

/* ---- facts ---- */

static FactEntry *
add_fact(const Listing *listing, const Fact *fact, char *value)
{
    FactEntry *entry = add(listing, listing->facts, "fact", fact->id,
                           fact->verified, fact->review_by);
    entry->value = value;
    entry->source = fact_source(fact);
    entry->is_common = fact->is_common;
    entry->is_secondary =
        strcmp(xml_attribute(fact->origin, "confidence"), "W") == 0;
    entry->place = fact->place;
    return entry;
}

static void
add_facts(const Listing *listing)
{
    const char *const *ids = fact_store_ids(listing->store);
    for (int i = 0; ids[i] != NULL; i++) {
        char *value =
            fact_store_value(listing->store, ids[i], listing->options);
        if (value != NULL)
            add_fact(listing, fact_store_find(listing->store, ids[i]), value);
    }
}

/* ---- research ---- */

/* text of the child in the edition's language; owned; NULL: there is none */
static char *
words_of(const Listing *listing, const xmlNode *root, const char *name)
{
    for (const xmlNode *child = xml_child(root, name); child != NULL;
         child = xml_next(child, name)) {
        if (facts_is_language(xml_attribute(child, "lang"),
                              listing->options->lang))
            return facts_text(child);
    }
    return NULL;
}

/* of the figures, or of all findings, each once; owned */
static char *
sources_of(const Listing *listing, const xmlNode *root)
{
    bool is_findings = xml_is(root, "findings");
    g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(g_free);
    for (const xmlNode *node = is_findings ? xml_child(root, "finding") : root;
         node != NULL; node = is_findings ? xml_next(node, "finding") : NULL) {
        char *source = words_of(listing, node, "source");
        if (source == NULL ||
            g_ptr_array_find_with_equal_func(sources, source, g_str_equal,
                                             NULL))
            g_free(source);
        else
            g_ptr_array_add(sources, source);
    }
    g_ptr_array_add(sources, NULL);
    return g_strjoinv("; ", (char **)sources->pdata);
}

static xmlDoc *
load_research(const Listing *listing, const char *ref, char **file)
{
    const FactsOptions *options = listing->options;
    g_autofree char *name = g_strconcat(ref, ".xml", NULL);
    g_autofree char *own =
        options->edition == NULL
            ? NULL
            : g_build_filename("locales", options->edition, "research", name,
                               NULL);
    g_autofree char *found =
        own == NULL ? NULL : file_resolve(options->root, own, NULL);
    *file = found != NULL
                ? g_steal_pointer(&own)
                : g_build_filename("manual", "research", name, NULL);
    g_autofree char *path = file_resolve(options->root, *file, NULL);
    xmlDoc *xml = path == NULL ? NULL
                               : xml_load(options->root, *file,
                                          listing->diagnostics);
    if (xml != NULL &&
        !xml_validate(xml, "research", *file, listing->diagnostics)) {
        xmlFreeDoc(xml);
        xml = NULL;
    }
    return xml;
}

static FactEntry *
add_research(const Listing *listing, const char *ref)
{
    g_autofree char *file = NULL;
    xmlDoc *xml = load_research(listing, ref, &file);
    if (xml == NULL)
        return NULL;
    const xmlNode *root = xmlDocGetRootElement(xml);
    FactEntry *entry =
        add(listing, listing->research, "research", ref,
            xml_attribute(root, "verified"), xml_attribute(root, "review-by"));
    entry->value = words_of(listing, root, "title");
    entry->source = sources_of(listing, root);
    entry->is_common = g_str_has_prefix(file, "manual/");
    entry->place = (Place){g_intern_string(file),
                           (int)xmlGetLineNo((xmlNode *)root), 0};
    xmlFreeDoc(xml);
    return entry;
}

/* ---- uses ---- */

static void
add_use(FactEntry *entry, const xmlNode *node)
{
    const xmlNode *block = node;
    while (block != NULL && block->type == XML_ELEMENT_NODE &&
           xml_attribute(block, "id") == NULL)
        block = block->parent;
    FactUse use = {.place = document_place(node)};
    if (block != NULL && block->type == XML_ELEMENT_NODE)
        use.block = g_intern_string(xml_attribute(block, "id"));
    else if (xml_is(node->parent, "imprint"))
        use.block = "imprint";
    g_array_append_val(entry->uses, use);
}

static FactEntry *
find_used(const Listing *listing, const char *ref, bool is_fact)
{
    const char *colon = strchr(ref, ':'); /* a figure in a sentence */
    is_fact = is_fact && colon == NULL;
    g_autofree char *id =
        colon == NULL ? g_strdup(ref) : g_strndup(ref, (gsize)(colon - ref));
    FactEntry *entry = find(is_fact ? listing->facts : listing->research, id);
    if (entry != NULL || !is_fact)
        return entry != NULL ? entry : add_research(listing, id);
    const Fact *fact = fact_store_find(listing->store, ref);
    return fact == NULL ? NULL : add_fact(listing, fact, NULL);
}

static void
collect_use(const Listing *listing, const xmlNode *node, const char *ref,
            bool is_fact)
{
    FactEntry *entry = find_used(listing, ref, is_fact);
    if (entry != NULL)
        add_use(entry, node);
}

/* facts in a text that is no inline of the node; text may be NULL */
static void
collect_text(const Listing *listing, const xmlNode *node, const char *text)
{
    const char *fact = text == NULL ? NULL : strstr(text, "{{");
    for (; fact != NULL; fact = strstr(fact + 2, "{{")) {
        size_t length = document_fact_length(fact);
        g_autofree char *id =
            length == 0 ? NULL : g_strndup(fact + 2, length - 4);
        if (id != NULL)
            collect_use(listing, node, id, true);
    }
}

/* facts in the titles and notes of research */
static void
collect_data(const Listing *listing, const xmlNode *node, const char *ref)
{
    g_autofree char *file = NULL;
    xmlDoc *xml = load_research(listing, ref, &file);
    g_autofree char *text =
        xml == NULL ? NULL : xml_text(xmlDocGetRootElement(xml));
    collect_text(listing, node, text);
    xmlFreeDoc(xml);
}

static void
collect(const Listing *listing, const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *ref = xml_attribute(node, "ref");
        bool is_fact = xml_is(node, "fact");
        if (ref != NULL && (is_fact || xml_is(node, "research")))
            collect_use(listing, node, ref, is_fact);
        collect_text(listing, node, xml_attribute(node, "alt"));
        collect_text(listing, node, xml_attribute(node, "index"));
        if (ref != NULL && xml_is(node, "research"))
            collect_data(listing, node, ref);
        if (xml_is(node, "p") && xml_is(node->parent, "imprint")) {
            g_autofree char *text = xml_text(node);
            collect_text(listing, node, text);
        }
        g_autofree char *picture =
            xml_is(node, "figure")
                ? picture_text(listing->options->root,
                               listing->options->edition,
                               xml_attribute(node, "src"))
                : NULL;
        collect_text(listing, node, picture);
        collect(listing, node->children);
    }
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
    const FactEntry *first = *(FactEntry *const *)a;
    const FactEntry *second = *(FactEntry *const *)b;
    return strcmp(first->id, second->id);
}

GPtrArray *
facts_list(const Document *document, const FactsOptions *options,
           Diagnostics *diagnostics)
{
    Listing listing = {
        .document = document,
        .options = options,
        .diagnostics = diagnostics,
        .store = fact_store_load(options, diagnostics),
        .facts = g_ptr_array_new_with_free_func(free_entry),
        .research = g_ptr_array_new_with_free_func(free_entry),
    };
    add_facts(&listing);
    collect(&listing, document_root(document)->children);
    g_ptr_array_sort(listing.facts, compare_ids);
    g_ptr_array_sort(listing.research, compare_ids);
    fact_store_free(listing.store);
    g_ptr_array_extend_and_steal(listing.facts, listing.research);
    return listing.facts;
}

const FactEntry *
facts_list_find(const GPtrArray *list, const char *id)
{
    return find(list, id);
}

bool
fact_entry_stops_print(const FactEntry *entry)
{
    return entry->is_overdue && entry->waived == NULL && entry->uses->len > 0;
}

/* ---- words for a terminal ---- */

static const char *
page_of(GHashTable *pages, const FactUse *use)
{
    return pages == NULL || use->block == NULL
               ? NULL
               : g_hash_table_lookup(pages, use->block);
}

static void
add_words(GString *text, const FactEntry *entry, GHashTable *pages)
{
    g_string_append_printf(
        text, "%-9s %s  %s  %3u  %s: %s\n",
        entry->waived != NULL   ? "waived"
        : entry->is_overdue     ? "overdue"
        : entry->value == NULL  ? "missing"
        : entry->is_secondary   ? "secondary"
                                : "",
        entry->verified, entry->review_by, entry->uses->len, entry->id,
        entry->value == NULL ? "no value in this edition" : entry->value);
    g_string_append_printf(text, "%10ssource: %s\n", "", entry->source);
    if (entry->waived != NULL)
        g_string_append_printf(text, "%10swaived: %s\n", "", entry->waived);
    for (guint i = 0; i < entry->uses->len; i++) {
        const FactUse *use = &g_array_index(entry->uses, FactUse, i);
        const char *page = page_of(pages, use);
        g_string_append_printf(text, "%10s%s:%d %s%s%s\n", "",
                               use->place.file == NULL ? "?" : use->place.file,
                               use->place.line,
                               use->block == NULL ? "?" : use->block,
                               page == NULL ? "" : ", p. ",
                               page == NULL ? "" : page);
    }
}

char *
facts_list_text(const GPtrArray *list, const char *edition, GHashTable *pages)
{
    guint overdue = 0, stopping = 0, secondary = 0;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const FactEntry *entry = g_ptr_array_index(list, i);
        overdue += entry->is_overdue;
        stopping += fact_entry_stops_print(entry);
        secondary += entry->is_secondary;
    }
    g_string_append_printf(text,
                           "%s: %u facts and tables of research, %u overdue, "
                           "%u of them keep it from print; %u from secondary "
                           "sources\n"
                           "%-9s %-10s  %-10s  use  id: value\n",
                           edition, list->len, overdue, stopping, secondary,
                           "state", "verified", "review by");
    for (guint i = 0; i < list->len; i++)
        add_words(text, g_ptr_array_index(list, i), pages);
    return g_string_free(text, FALSE);
}

/* ---- JSON ---- */

static void
add_json_uses(GString *json, const FactEntry *entry, GHashTable *pages)
{
    g_string_append(json, ",\"uses\":[");
    for (guint i = 0; i < entry->uses->len; i++) {
        const FactUse *use = &g_array_index(entry->uses, FactUse, i);
        g_string_append(json, i == 0 ? "{" : ",{");
        json_add_string(json, "block", use->block);
        json_add_string(json, "page", page_of(pages, use));
        json_add_string(json, "file", use->place.file);
        json_add_int(json, "line", use->place.line);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_json(GString *json, const FactEntry *entry, GHashTable *pages)
{
    g_string_append(json, g_str_has_suffix(json->str, "[") ? "{" : ",\n{");
    json_add_string(json, "kind", entry->kind);
    json_add_string(json, "id", entry->id);
    json_add_string(json, "scope", entry->is_common ? "common" : "country");
    json_add_string(json, "value", entry->value);
    json_add_string(json, "source", entry->source);
    json_add_string(json, "verified", entry->verified);
    json_add_string(json, "review-by", entry->review_by);
    g_string_append_printf(json, ",\"overdue\":%s",
                           entry->is_overdue ? "true" : "false");
    g_string_append_printf(json, ",\"secondary\":%s",
                           entry->is_secondary ? "true" : "false");
    json_add_string(json, "waived", entry->waived);
    json_add_string(json, "file", entry->place.file);
    json_add_int(json, "line", entry->place.line);
    add_json_uses(json, entry, pages);
    g_string_append_c(json, '}');
}

char *
facts_list_json(const GPtrArray *list, const char *edition, GHashTable *pages)
{
    GString *json = g_string_new("{");
    json_add_string(json, "edition", edition);
    g_string_append(json, ",\"facts\":[");
    for (guint i = 0; i < list->len; i++)
        add_json(json, g_ptr_array_index(list, i), pages);
    g_string_append(json, "]}");
    return g_string_free(json, FALSE);
}
