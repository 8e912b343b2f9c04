/* SPDX-License-Identifier: MIT */
/*
 * TMX 1.4 and the project of OmegaT.
 *
 * OmegaT takes a text as translated where its memory says so, whatever stands in
 * the file.  So the file holds copies of the source, project_save.tmx what is
 * current, and a memory of its own what is stale: it is offered, never used.  What
 * the memory says of a text holds for all of its places, unless it names one.
 */
#include "exchange/catalog.h"

#include <string.h>

static void
add_tuv(GString *out, const char *lang, const char *text)
{
    g_autofree char *tuv = g_markup_printf_escaped(
        "      <tuv xml:lang=\"%s\"><seg>%s</seg></tuv>\n", lang, text);
    g_string_append(out, tuv);
}

static const char *
source_at(const Catalog *catalog, int index)
{
    if (index < 0 || index >= (int)catalog->entries->len)
        return "";
    const Entry *entry = g_ptr_array_index(catalog->entries, (guint)index);
    return entry->source;
}

/* alone: for this place only; OmegaT knows it by the file and its neighbours */
static void
add_unit(GString *out, const Catalog *catalog, int index, const char *source,
         bool alone)
{
    const Entry *entry = g_ptr_array_index(catalog->entries, (guint)index);
    g_string_append(out, "    <tu>\n");
    if (alone) {
        g_autofree char *props = g_markup_printf_escaped(
            "      <prop type=\"file\">%s.xlf</prop>\n"
            "      <prop type=\"prev\">%s</prop>\n"
            "      <prop type=\"next\">%s</prop>\n",
            catalog->name, source_at(catalog, index - 1),
            source_at(catalog, index + 1));
        g_string_append(out, props);
    }
    add_tuv(out, catalog->base_lang, source);
    add_tuv(out, catalog->lang, entry->target);
    g_string_append(out, "    </tu>\n");
}

/* Sources that must not be translated alike wherever they stand: they have
 * several translations, or one that is not done yet. */
static GHashTable *
find_mixed(const GPtrArray *catalogs)
{
    GHashTable *mixed = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < catalogs->len; i++) {
        const Catalog *catalog = g_ptr_array_index(catalogs, i);
        for (guint j = 0; j < catalog->entries->len; j++) {
            Entry *entry = g_ptr_array_index(catalog->entries, j);
            const Entry *other = g_hash_table_lookup(first, entry->source);
            if (other == NULL)
                g_hash_table_insert(first, entry->source, entry);
            else if (other->state != entry->state ||
                     strcmp(other->target, entry->target) != 0)
                g_hash_table_add(mixed, entry->source);
        }
    }
    return mixed;
}

static void
add_done(GString *out, const GPtrArray *catalogs)
{
    g_autoptr(GHashTable) mixed = find_mixed(catalogs);
    g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < catalogs->len; i++) {
        const Catalog *catalog = g_ptr_array_index(catalogs, i);
        for (guint j = 0; j < catalog->entries->len; j++) {
            const Entry *entry = g_ptr_array_index(catalog->entries, j);
            bool alone = g_hash_table_contains(mixed, entry->source);
            if (entry->state == ENTRY_DONE &&
                (g_hash_table_add(said, entry->source) || alone))
                add_unit(out, catalog, (int)j, entry->source, alone);
        }
    }
}

static void
add_stale(GString *out, const GPtrArray *catalogs)
{
    for (guint i = 0; i < catalogs->len; i++) {
        const Catalog *catalog = g_ptr_array_index(catalogs, i);
        for (guint j = 0; j < catalog->entries->len; j++) {
            const Entry *entry = g_ptr_array_index(catalog->entries, j);
            if (entry->previous != NULL)
                add_unit(out, catalog, (int)j, entry->previous, false);
        }
    }
}

char *
tmx_text(const GPtrArray *catalogs, bool stale)
{
    const Catalog *first = g_ptr_array_index(catalogs, 0);
    GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<tmx version=\"1.4\">\n");
    g_autofree char *header = g_markup_printf_escaped(
        "  <header creationtool=\"vadovas\" creationtoolversion=\"%s\" "
        "segtype=\"paragraph\" o-tmf=\"vadovas\" adminlang=\"en\" "
        "srclang=\"%s\" datatype=\"plaintext\"/>\n  <body>\n",
        VADOVAS_VERSION, first->base_lang);
    g_string_append(out, header);
    if (stale)
        add_stale(out, catalogs);
    else
        add_done(out, catalogs);
    g_string_append(out, "  </body>\n</tmx>\n");
    return g_string_free(out, FALSE);
}

char *
omegat_project(const Catalog *catalog)
{
    return g_markup_printf_escaped(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<omegat>\n"
        "  <project version=\"1.0\">\n"
        "    <source_dir>__DEFAULT__</source_dir>\n"
        "    <target_dir>__DEFAULT__</target_dir>\n"
        "    <tm_dir>__DEFAULT__</tm_dir>\n"
        "    <glossary_dir>__DEFAULT__</glossary_dir>\n"
        "    <glossary_file>__DEFAULT__</glossary_file>\n"
        "    <dictionary_dir>__DEFAULT__</dictionary_dir>\n"
        "    <source_lang>%s</source_lang>\n"
        "    <target_lang>%s</target_lang>\n"
        "    <sentence_seg>false</sentence_seg>\n"
        "    <support_default_translations>true</support_default_translations>\n"
        "    <remove_tags>false</remove_tags>\n"
        "  </project>\n"
        "</omegat>\n",
        catalog->base_lang, catalog->lang);
}
