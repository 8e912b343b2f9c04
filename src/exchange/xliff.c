/* SPDX-License-Identifier: MIT */
/*
 * XLIFF 1.2.  Texts are literal Markdown: every tool shows it, none may break
 * it, and nothing is lost in a mapping to inline elements and back.
 */
#include "exchange/catalog.h"

#include "base/message.h"
#include "base/xml.h"

#include <string.h>

#define XLIFF_NAMESPACE "urn:oasis:names:tc:xliff:document:1.2"

static const char *const state_names[] = {
    [ENTRY_MISSING] = "needs-translation",
    [ENTRY_DRAFT] = "needs-review-translation",
    [ENTRY_STALE] = "needs-adaptation",
    [ENTRY_DONE] = "translated",
};

/* ---- writing -------------------------------------------------------- */

static void
add_element(GString *out, const char *indent, const char *name,
            const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "%s<%s>%s</%s>\n", indent, name, escaped, name);
}

static void
add_unit(GString *out, const Catalog *catalog, const Entry *entry, bool copy)
{
    Entry sealed = *entry;
    sealed.copy = copy;
    g_autofree char *seal = seal_write(&sealed);
    g_autofree char *start = g_markup_printf_escaped(
        "      <trans-unit id=\"%s\" resname=\"%s\" extradata=\"%s\" "
        "xml:space=\"preserve\">\n",
        entry->id, entry->address, seal);
    g_string_append(out, start);
    add_element(out, "        ", "source", entry->source);
    g_autofree char *target =
        g_markup_escape_text(copy ? entry->source : entry->target, -1);
    g_string_append_printf(out, "        <target state=\"%s\">%s</target>\n",
                           state_names[entry->state], target);
    if (entry->via != NULL) {
        g_autofree char *note = g_markup_printf_escaped(
            "        <note from=\"%s\">%s: %s</note>\n", catalog->via_lang,
            catalog->via_lang, entry->via);
        g_string_append(out, note);
    }
    if (entry->note != NULL)
        add_element(out, "        ", "note", entry->note);
    if (entry->state == ENTRY_STALE && entry->previous != NULL && !copy) {
        g_string_append(
            out, "        <alt-trans alttranstype=\"previous-version\">\n");
        add_element(out, "          ", "source", entry->previous);
        add_element(out, "          ", "target", entry->target);
        g_string_append(out, "        </alt-trans>\n");
    }
    g_string_append(out, "      </trans-unit>\n");
}

char *
xliff_text(const Catalog *catalog, bool copy)
{
    GString *out =
        g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<xliff version=\"1.2\" xmlns=\"" XLIFF_NAMESPACE "\">\n");
    g_autofree char *start = g_markup_printf_escaped(
        "  <file original=\"%s.md\" source-language=\"%s\" "
        "target-language=\"%s\" datatype=\"plaintext\">\n    <body>\n",
        catalog->name, catalog->base_lang, catalog->lang);
    g_string_append(out, start);
    for (guint i = 0; i < catalog->entries->len; i++)
        add_unit(out, catalog, g_ptr_array_index(catalog->entries, i), copy);
    g_string_append(out, "    </body>\n  </file>\n</xliff>\n");
    return g_string_free(out, FALSE);
}

/* ---- reading -------------------------------------------------------- */

/* text below a source or target; false where an element stands in it that is
 * no mere mark around text */
static bool
read_text(const xmlNode *node, GString *text)
{
    for (const xmlNode *child = node->children; child != NULL;
         child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
            g_string_append(text, (const char *)child->content);
        else if (child->type == XML_ELEMENT_NODE &&
                 !((xml_is(child, "mrk") || xml_is(child, "g")) &&
                   read_text(child, text)))
            return false;
    }
    return true;
}

static EntryState
read_state(const char *state)
{
    for (size_t i = 0; state != NULL && i < G_N_ELEMENTS(state_names); i++) {
        if (strcmp(state, state_names[i]) == 0)
            return (EntryState)i;
    }
    bool unfit = state != NULL &&
                 (g_str_has_prefix(state, "needs-") || strcmp(state, "new") == 0);
    return unfit ? ENTRY_DRAFT : ENTRY_DONE;
}

static void
read_unit(Catalog *catalog, const xmlNode *unit, const char *path,
          Diagnostics *diagnostics)
{
    const char *id = xml_attribute(unit, "id");
    const xmlNode *source = xml_child(unit, "source");
    const xmlNode *target = xml_child(unit, "target");
    if (id == NULL || source == NULL || target == NULL)
        return;
    Place place = {path, (int)xmlGetLineNo((xmlNode *)unit), 0};
    g_autoptr(GString) from = g_string_new(NULL);
    g_autoptr(GString) to = g_string_new(NULL);
    if (!read_text(source, from) || !read_text(target, to)) {
        diagnostics_add(
            diagnostics, LEVEL_WARNING, "import-inline", place,
            _("the text of '%s' has elements in it that were not "
              "exported; it is left out: write the Markdown as text"),
            id);
        g_string_truncate(to, 0);
    }
    Entry *entry = catalog_add(catalog, id);
    entry->source = g_strdup(from->str);
    entry->target = g_strdup(to->str);
    entry->place = place;
    entry->state = read_state(xml_attribute(target, "state"));
    seal_read(entry, xml_attribute(unit, "extradata"));
}

static void
read_units(Catalog *catalog, const xmlNode *parent, Diagnostics *diagnostics)
{
    for (const xmlNode *node = xml_first(parent); node != NULL;
         node = xml_next(node, NULL)) {
        if (xml_is(node, "trans-unit"))
            read_unit(catalog, node, g_intern_string(catalog->name),
                      diagnostics);
        else if (xml_is(node, "body") || xml_is(node, "group"))
            read_units(catalog, node, diagnostics);
    }
}

Catalog *
xliff_read(const char *path, Diagnostics *diagnostics)
{
    xmlDoc *document = xml_load_large(path, diagnostics);
    if (document == NULL)
        return NULL;
    const xmlNode *root = xmlDocGetRootElement(document);
    const xmlNode *file =
        root != NULL && xml_is(root, "xliff") ? xml_child(root, "file") : NULL;
    const char *lang =
        file == NULL ? NULL : xml_attribute(file, "target-language");
    Catalog *catalog = NULL;
    if (file == NULL)
        diagnostics_add(diagnostics, LEVEL_INVALID, "import-unreadable",
                        (Place){path, 0, 0},
                        _("this is no XLIFF 1.2: it lacks <xliff> or <file>"));
    else
        catalog = catalog_new(path, "", lang == NULL ? "" : lang);
    for (; file != NULL; file = xml_next(file, "file"))
        read_units(catalog, file, diagnostics);
    xmlFreeDoc(document);
    return catalog;
}
