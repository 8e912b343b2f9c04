/* SPDX-License-Identifier: MIT */
/* Loading an edition: the base's blocks, the files, and what checks itself. */
#include "overlay/edition.h"

#include "base/file.h"
#include "base/message.h"
#include "base/xml.h"

#include <string.h>

/* ---- the base ------------------------------------------------------- */

const char *
edition_string(Edition *edition, const char *text)
{
    return arena_strndup(edition->arena, text, -1);
}

const char *
block_anchor(const BaseBlock *block)
{
    return block->pin != NULL && block->level == 0 ? block->pin : block->at;
}

TokenList *
words_of(const char *canonical)
{
    TokenList *list = token_list_new(canonical);
    int kept = 0;
    for (int i = 0; i < list->count; i++) {
        if (list->tokens[i].kind <= TOKEN_REFERENCE)
            list->tokens[kept++] = list->tokens[i];
    }
    list->count = kept;
    return list;
}

const TokenList *
block_tokens(BaseBlock *block)
{
    if (block->tokens == NULL)
        block->tokens = words_of(block->canonical);
    return block->tokens;
}

BaseBlock *
edition_find_section(const Edition *edition, const char *id)
{
    for (int i = 0; i < edition->block_count; i++) {
        BaseBlock *block = &edition->blocks[i];
        if (block->level > 0 &&
            (strcmp(block->id, id) == 0 || strcmp(block->at, id) == 0))
            return block;
    }
    return NULL;
}

int
edition_section_end(const Edition *edition, const BaseBlock *heading)
{
    int end = edition->chapters[heading->chapter].end;
    for (int i = heading->order + 1; i < end; i++) {
        int level = edition->blocks[i].level;
        if (level > 0 && level <= heading->level)
            return i;
    }
    return end;
}

static int
count_words(const xmlNode *node)
{
    g_autofree char *text = xml_text(node);
    const char *alt = xml_attribute(node, "alt");
    g_autofree char *all = g_strdup_printf("%s %s", text, alt ? alt : "");
    int count = 0;
    bool inside = false;
    for (const char *c = all; *c != 0; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        bool word = g_unichar_isalnum(letter) ||
                    (inside && (g_unichar_ismark(letter) || letter == '-' ||
                                letter == 0x2019 || letter == '\''));
        count += word && !inside;
        inside = word;
    }
    return count;
}

/* a picture that changed makes its unit stale like a changed word */
static char *
figure_text(const Edition *edition, const xmlNode *node, const char *text)
{
    const char *src = xml_attribute(node, "src");
    g_autofree char *name =
        src == NULL ? NULL : g_build_filename("manual", src, NULL);
    g_autoptr(GBytes) bytes =
        name == NULL ? NULL
                     : file_load(edition->manual->root, name, 1u << 26, NULL);
    if (bytes == NULL)
        return g_strdup(text);
    g_autofree char *digest =
        g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return g_strdup_printf("%s\n{file=%.8s}", text, digest);
}

char *
text_without_digest(const char *raw)
{
    const char *last = strrchr(raw, '\n');
    bool digest = last != NULL && g_str_has_prefix(last, "\n{file=");
    return g_strndup(raw, digest ? (gsize)(last - raw) : strlen(raw));
}

static void
init_block(Edition *edition, BaseBlock *block, const xmlNode *node, int chapter)
{
    static const char *const defaults[] = {"code", "research", "index", "break",
                                           "raw"};
    block->node = node;
    block->chapter = chapter;
    block->order = (int)(block - edition->blocks);
    block->kind = document_block_kind(node);
    g_autofree char *raw = document_block_text(edition->base, node);
    g_autofree char *text =
        xml_is(node, "figure")
            ? figure_text(edition, node, raw == NULL ? "" : raw)
            : g_strdup(raw == NULL ? "" : raw);
    for (size_t end = strlen(text); end > 0 && text[end - 1] == '\n'; end--)
        text[end - 1] = 0;
    g_autofree char *canonical = canonical_text(text);
    block->text = edition_string(edition, text);
    block->canonical = edition_string(edition, canonical);
    canonical_hash(canonical, block->hash);
    const char *id = xml_attribute(node, "id");
    const char *at = xml_attribute(node, "at");
    block->at = at == NULL ? "" : at;
    block->id = id == NULL ? block->at : id;
    block->pin = xml_attribute(node, "pin");
    if (xml_is(node, "heading"))
        block->level = xml_attribute_int(node, "level", 1);
    for (size_t i = 0; i < G_N_ELEMENTS(defaults); i++)
        block->same_by_default =
            block->same_by_default || xml_is(node, defaults[i]);
    block->words = block->same_by_default ? 0 : count_words(node);
    g_hash_table_insert(edition->block_by_node, (gpointer)node, block);
    g_hash_table_insert(edition->block_by_text, (gpointer)block->text, block);
    if (!g_hash_table_contains(edition->block_by_hash, block->hash))
        g_hash_table_insert(edition->block_by_hash, block->hash, block);
}

static void
load_blocks(Edition *edition)
{
    const xmlNode *root = document_root(edition->base);
    for (const xmlNode *chapter = xml_child(root, "chapter"); chapter != NULL;
         chapter = xml_next(chapter, "chapter")) {
        edition->chapter_count++;
        for (const xmlNode *node = xml_first(chapter); node != NULL;
             node = xml_next(node, NULL))
            edition->block_count += document_is_block(node);
    }
    edition->chapters =
        arena_array(edition->arena, EditionChapter, edition->chapter_count + 1);
    edition->blocks =
        arena_array(edition->arena, BaseBlock, edition->block_count + 1);
    int index = 0;
    EditionChapter *item = edition->chapters;
    for (const xmlNode *chapter = xml_child(root, "chapter"); chapter != NULL;
         chapter = xml_next(chapter, "chapter"), item++) {
        const char *file = xml_attribute(chapter, "file");
        const char *slash = file == NULL ? NULL : strchr(file, '/');
        item->node = chapter;
        item->name = slash != NULL ? slash + 1 : file == NULL ? "" : file;
        item->first = index;
        for (const xmlNode *node = xml_first(chapter); node != NULL;
             node = xml_next(node, NULL)) {
            if (!document_is_block(node))
                continue;
            BaseBlock *block = &edition->blocks[index++];
            init_block(edition, block, node, (int)(item - edition->chapters));
            block->section = block->level > 0            ? block
                             : block->order > item->first ? block[-1].section
                                                          : NULL;
        }
        item->end = index;
    }
}

/* ---- the files ------------------------------------------------------ */

static OverlayFile *
new_file(Edition *edition, const char *name, int chapter)
{
    OverlayFile *file = g_new0(OverlayFile, 1);
    g_autofree char *path =
        g_strdup_printf("locales/%s/%s", edition->name, name);
    file->name = edition_string(edition, name);
    file->path = g_intern_string(path);
    file->units = g_ptr_array_new();
    file->chapter = chapter;
    file->preamble = file->remarks = "";
    g_ptr_array_add(edition->files, file);
    return file;
}

/* false where there is no such file, or it holds no overlay */
static bool
load_file(Edition *edition, OverlayFile *file, Diagnostics *diagnostics)
{
    GError *error = NULL;
    file->bytes = file_load(edition->manual->root, file->path,
                            OVERLAY_MAX_BYTES, &error);
    if (file->bytes == NULL) {
        if (!g_error_matches(error, FILE_ERROR, FILE_ERROR_MISSING)) {
            file->unreadable = true;
            diagnostics_add(diagnostics, LEVEL_INVALID, "overlay-unreadable",
                            (Place){file->path, 0, 0}, "%s", error->message);
        }
        g_error_free(error);
        return false;
    }
    gsize length = 0;
    const char *data = g_bytes_get_data(file->bytes, &length);
    char *copy = g_malloc(length + 1);
    if (length > 0)
        memcpy(copy, data, length);
    copy[length] = 0;
    if (file->chapter < 0 && strstr(copy, "<!-- ov:file") == NULL) {
        g_free(copy);
        return false;
    }
    file->source = source_new(file->path, copy, length, diagnostics);
    file->unreadable =
        file->source == NULL ||
        !overlay_file_parse(file, edition->arena, diagnostics);
    return file->source != NULL;
}

static void
check_header(Edition *edition, OverlayFile *file, Diagnostics *diagnostics)
{
    Place place = {file->path, 1, 1};
    if (!file->has_header && file->chapter >= 0)
        diagnostics_add(diagnostics, LEVEL_WARNING, "overlay-no-header", place,
                        _("the line '<!-- ov:file ... -->' is missing; 'vadovas "
                          "sync %s' writes it"),
                        edition->name);
    bool from = file->from == NULL ||
                strcmp(file->from, edition->base_lang) == 0;
    bool to = file->to == NULL || strcmp(file->to, edition->lang) == 0;
    if (from && to)
        return;
    edition->failed = true;
    diagnostics_add(diagnostics, LEVEL_ERROR, "overlay-header", place,
                    _("this overlay translates from '%s' to '%s', but the "
                      "edition from '%s' to '%s'; is the file in the right "
                      "folder?"),
                    file->from ? file->from : edition->base_lang,
                    file->to ? file->to : edition->lang, edition->base_lang,
                    edition->lang);
}

static void
load_files(Edition *edition, Diagnostics *diagnostics)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < edition->chapter_count; i++) {
        EditionChapter *chapter = &edition->chapters[i];
        chapter->file = new_file(edition, chapter->name, i);
        g_hash_table_add(known, (gpointer)chapter->name);
        load_file(edition, chapter->file, diagnostics);
    }
    g_autofree char *folder = g_build_filename(edition->manual->root,
                                               "locales", edition->name, NULL);
    g_auto(GStrv) names = file_list(folder);
    for (int i = 0; names[i] != NULL; i++) {
        if (!g_str_has_suffix(names[i], ".md") || *names[i] == '.' ||
            g_hash_table_contains(known, names[i]))
            continue;
        OverlayFile *file = new_file(edition, names[i], -1);
        if (!load_file(edition, file, diagnostics) && !file->unreadable) {
            g_ptr_array_remove(edition->files, file);
            overlay_file_free(file);
        }
    }
    for (guint i = 0; i < edition->files->len; i++) {
        OverlayFile *file = g_ptr_array_index(edition->files, i);
        edition->failed = edition->failed || file->unreadable;
        if (file->source != NULL && !file->unreadable)
            check_header(edition, file, diagnostics);
    }
}

/* ---- units ---------------------------------------------------------- */

static const char *
canonical_copy(Edition *edition, const char *text)
{
    const BaseBlock *block = g_hash_table_lookup(edition->block_by_text, text);
    if (block != NULL)
        return block->canonical;
    g_autofree char *canonical = canonical_text(text);
    return edition_string(edition, canonical);
}

/* carried text must still match its hash */
static void
verify_text(const Edition *edition, Unit *unit, const char *canonical,
            const char *hash, const char *name, Diagnostics *diagnostics)
{
    if (hash == NULL)
        return;
    const BaseBlock *block = g_hash_table_lookup(edition->block_by_hash, hash);
    if (block != NULL && strcmp(block->canonical, canonical) == 0)
        return;
    char actual[CANONICAL_HASH_SIZE];
    canonical_hash(canonical, actual);
    if (strcmp(hash, actual) == 0)
        return;
    unit->damaged = true;
    diagnostics_add(diagnostics, LEVEL_ERROR, "unit-damaged", unit_place(unit),
                    _("the text under =%s of unit '%s' was changed: its hash is "
                      "%s, the header says %s; put the old text back (git), or "
                      "delete '%s=%s' and check the translation anew"),
                    name, unit->key ? unit->key : "", actual, hash, name, hash);
}

static void
verify_unit(Edition *edition, Unit *unit, Diagnostics *diagnostics)
{
    if (unit->src_text != NULL)
        unit->src_canonical = canonical_copy(edition, unit->src_text);
    if (unit->now_text != NULL)
        unit->now_canonical = canonical_copy(edition, unit->now_text);
    /* a unit that says only the hash: find the text it means */
    const BaseBlock *meant =
        unit->src_text != NULL || unit->src == NULL
            ? NULL
            : g_hash_table_lookup(edition->block_by_hash, unit->src);
    if (meant != NULL) {
        unit->src_text = meant->text;
        unit->src_canonical = meant->canonical;
    }
    if (!unit_has_human_text(unit) && unit->operation == OPERATION_TRANSLATE)
        return; /* it carries nothing that could be lost or wrong */
    if (unit->src_text != NULL)
        verify_text(edition, unit, unit->src_canonical, unit->src, "src",
                    diagnostics);
    if (unit->now_text != NULL)
        verify_text(edition, unit, unit->now_canonical, unit->now, "now",
                    diagnostics);
    edition->failed = edition->failed || unit->damaged;
}

/* the same unit in two places is what a kill between two renames leaves */
static bool
is_twin(const Unit *a, const Unit *b)
{
    return a->operation == b->operation && strcmp(a->target, b->target) == 0 &&
           g_strcmp0(a->src, b->src) == 0 && g_strcmp0(a->note, b->note) == 0 &&
           g_strcmp0(a->reason, b->reason) == 0;
}

/* false: the unit is dropped */
static bool
check_key(Edition *edition, GHashTable *keys, Unit *unit,
          Diagnostics *diagnostics)
{
    if (unit->key == NULL)
        return true;
    Unit *first = g_hash_table_lookup(keys, unit->key);
    if (first == NULL) {
        g_hash_table_insert(keys, (gpointer)unit->key, unit);
        return true;
    }
    if (is_twin(first, unit) && first->file != unit->file) {
        edition->healed = true;
        if (first->old && !unit->old) { /* the living one stays */
            g_ptr_array_remove(first->file->units, first);
            g_hash_table_insert(keys, (gpointer)unit->key, unit);
            return true;
        }
        return false;
    }
    edition->failed = true;
    diagnostics_add(diagnostics, LEVEL_ERROR, "key-duplicate",
                    unit_place(unit),
                    _("the key '%s' also stands at %s:%d; delete 'key=%s' from "
                      "the unit that was copied, sync gives it a new one"),
                    unit->key, first->file->path, first->line, unit->key);
    return true;
}

static void
load_units(Edition *edition, Diagnostics *diagnostics)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < edition->files->len; i++) {
        OverlayFile *file = g_ptr_array_index(edition->files, i);
        for (guint j = 0; j < file->units->len;) {
            Unit *unit = g_ptr_array_index(file->units, j);
            if (check_key(edition, keys, unit, diagnostics)) {
                j++;
                verify_unit(edition, unit, diagnostics);
            } else {
                g_ptr_array_remove_index(file->units, j);
            }
        }
    }
    int order = 0;
    for (guint i = 0; i < edition->files->len; i++) {
        OverlayFile *file = g_ptr_array_index(edition->files, i);
        for (guint j = 0; j < file->units->len; j++) {
            Unit *unit = g_ptr_array_index(file->units, j);
            unit->order = order++;
            g_ptr_array_add(unit->old ? edition->attic : edition->units, unit);
        }
    }
}

static void
load_words(Edition *edition, Diagnostics *diagnostics)
{
    edition->words =
        document_new(edition->name, edition->name, edition->base_lang);
    g_autofree char *folder = g_build_filename("locales", edition->name, NULL);
    read_edition(edition->words, edition->manual->root, folder, diagnostics);
    const xmlNode *node =
        xml_child(document_root(edition->words), "edition");
    const char *lang = node == NULL ? NULL : xml_attribute(node, "lang");
    edition->lang = edition_string(edition, lang == NULL ? edition->name : lang);
}

Edition *
edition_load(const Document *base, const Manual *manual, const char *name,
             Diagnostics *diagnostics)
{
    Edition *edition = g_new0(Edition, 1);
    edition->base = base;
    edition->manual = manual;
    edition->arena = arena_new();
    edition->name = edition_string(edition, name);
    edition->base_lang = edition_string(edition, manual->lang);
    edition->block_by_node = g_hash_table_new(NULL, NULL);
    edition->block_by_text = g_hash_table_new(g_str_hash, g_str_equal);
    edition->block_by_hash = g_hash_table_new(g_str_hash, g_str_equal);
    edition->files = g_ptr_array_new();
    edition->units = g_ptr_array_new();
    edition->attic = g_ptr_array_new();
    edition->severity_words = severity_words_new(base);
    load_words(edition, diagnostics);
    load_blocks(edition);
    load_files(edition, diagnostics);
    load_units(edition, diagnostics);
    return edition;
}

void
edition_free(Edition *edition)
{
    if (edition == NULL)
        return;
    for (int i = 0; i < edition->block_count; i++) {
        token_list_free(edition->blocks[i].tokens);
        for (int j = 0; j < ANCHOR_COUNT; j++)
            g_clear_pointer(&edition->blocks[i].inserts[j], g_ptr_array_unref);
    }
    for (guint i = 0; i < edition->files->len; i++)
        overlay_file_free(g_ptr_array_index(edition->files, i));
    g_ptr_array_unref(edition->files);
    g_ptr_array_unref(edition->units);
    g_ptr_array_unref(edition->attic);
    g_hash_table_unref(edition->block_by_node);
    g_hash_table_unref(edition->block_by_text);
    g_hash_table_unref(edition->block_by_hash);
    severity_words_free(edition->severity_words);
    document_free(edition->words);
    arena_free(edition->arena);
    g_free(edition);
}
