/* SPDX-License-Identifier: MIT */
/*
 * Ids and addresses: the spine.
 *
 * An id that an author wrote stays; all others follow from the nearest heading:
 * HEADINGID.p2 is the second paragraph behind it, HEADINGID.l1.i3.p1 the first
 * one of a list's third item.  Chosen ids are reserved before any is made, so
 * that a heading's slug never takes one away from its author.
 *
 * read_number_blocks
 *   number_reserve     pins, ids that are already there
 *   number_heading     {#id} or a slug of the words
 *   number_block       HEADINGID.KINDn
 *     number_inside      items, rows, and blocks inside
 *   point_notes        note-ref/@ref
 */
#include "read/markdown.h"

#include "base/xml.h"

#include <string.h>

enum { MAX_SLUG = 48 };

/* counts blocks of each kind since the last heading or inside a block */
typedef struct {
    const char *names[16];
    int counts[16];
    int length;
} Counters;

typedef struct {
    GHashTable *ids;       /* id -> the element; keys interned */
    GHashTable *addresses; /* of this chapter, as a set; owned */
    GHashTable *notes;     /* casefolded label -> footnote */
    GHashTable *slugs;     /* slug -> the last number that was tried */
    const char *chapter_id, *heading_id;
    Counters counters;
    Diagnostics *diagnostics;
} Numbering;

static int
count(Counters *counters, const char *kind)
{
    for (int i = 0; i < counters->length; i++) {
        if (strcmp(counters->names[i], kind) == 0)
            return ++counters->counts[i];
    }
    g_assert(counters->length < (int)G_N_ELEMENTS(counters->names));
    counters->names[counters->length] = kind;
    counters->counts[counters->length++] = 1;
    return 1;
}

static void
remember(GHashTable *ids, const char *id, xmlNode *node)
{
    g_hash_table_insert(ids, (gpointer)g_intern_string(id), node);
}

/* ---- slugs --------------------------------------------------------------- */

/* a-z, 0-9 and hyphens; the caller appends what makes it unique */
static char *
make_slug(const char *text)
{
    g_autofree char *ascii = g_str_to_ascii(text, "C");
    GString *slug = g_string_new(NULL);
    for (const char *c = ascii; *c != '\0'; c++) {
        if (g_ascii_isalnum(*c))
            g_string_append_c(slug, g_ascii_tolower(*c));
        else if (slug->len > 0 && slug->str[slug->len - 1] != '-' &&
                 *c != '\'' && *c != '?')
            g_string_append_c(slug, '-');
        if (slug->len >= MAX_SLUG)
            break;
    }
    while (slug->len > 0 && slug->str[slug->len - 1] == '-')
        g_string_truncate(slug, slug->len - 1);
    if (slug->len == 0) /* a script that has no ASCII form */
        g_string_append(slug, "h");
    return g_string_free(slug, FALSE);
}

static const char *
make_unique(const Numbering *numbering, const char *slug)
{
    const char *key = g_intern_string(slug), *unique = key;
    int n = GPOINTER_TO_INT(g_hash_table_lookup(numbering->slugs, key));
    for (n = MAX(n, 1); g_hash_table_contains(numbering->ids, unique); n++) {
        g_autofree char *next = g_strdup_printf("%s-%d", slug, n + 1);
        unique = g_intern_string(next);
    }
    g_hash_table_insert(numbering->slugs, (gpointer)key, GINT_TO_POINTER(n));
    return unique;
}

/* manual/04-zodynas.md: zodynas */
static char *
file_stem(const char *file)
{
    g_autofree char *base = g_path_get_basename(file == NULL ? "" : file);
    if (g_str_has_suffix(base, ".md"))
        base[strlen(base) - 3] = '\0';
    size_t digits = strspn(base, "0123456789");
    if (digits > 0 && (base[digits] == '-' || base[digits] == '_'))
        digits++;
    return make_slug(base[digits] == '\0' ? base : base + digits);
}

/* ---- ids that authors chose ---------------------------------------------- */

static void
reserve(xmlNode *node, GHashTable *ids, Diagnostics *diagnostics)
{
    const char *id = xml_attribute(node, "id");
    const char *pin = xml_attribute(node, "pin");
    if (id == NULL)
        id = pin;
    if (id == NULL)
        return;
    const xmlNode *other = g_hash_table_lookup(ids, id);
    if (other == NULL) {
        remember(ids, id, node);
    } else if (other != node) {
        Place place = document_place(other);
        diagnostics_add(diagnostics, LEVEL_ERROR, "duplicate-id",
                        document_place(node),
                        "the id \"%s\" already belongs to the block at "
                        "%s:%d:%d; choose another one for this block",
                        id, place.file == NULL ? "?" : place.file, place.line,
                        place.column);
        xmlUnsetProp(node, (const xmlChar *)"pin");
    }
}

static bool
may_hold_blocks(const xmlNode *node)
{
    static const char *const names[] = {"list",  "item",    "table",   "row",
                                        "quote", "callout", "footnote"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (xml_is(node, names[i]))
            return true;
    }
    return false;
}

void
number_reserve(xmlNode *chapter, GHashTable *ids, Diagnostics *diagnostics)
{
    for (xmlNode *node = chapter->children; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        reserve(node, ids, diagnostics);
        if (may_hold_blocks(node))
            number_reserve(node, ids, diagnostics);
    }
}

/* ---- addresses ----------------------------------------------------------- */

/* PREFIX.KINDn that is free both as address and as id */
static const char *
make_address(Numbering *numbering, const char *prefix, const char *kind,
             Counters *counters)
{
    for (;;) {
        int n = count(counters, kind);
        g_autofree char *address = g_strdup_printf("%s.%s%d", prefix, kind, n);
        const char *interned = g_intern_string(address);
        if (!g_hash_table_contains(numbering->ids, interned) &&
            g_hash_table_add(numbering->addresses, (gpointer)interned))
            return interned;
    }
}

/* sets what is not there yet; gives the id that holds */
static const char *
set_id(Numbering *numbering, xmlNode *node, const char *id, const char *at)
{
    const char *own = xml_attribute(node, "id");
    const char *pin = xml_attribute(node, "pin");
    if (own == NULL && pin != NULL &&
        g_hash_table_lookup(numbering->ids, pin) == node)
        id = pin;
    if (own == NULL) {
        markdown_set(node, "id", id);
        remember(numbering->ids, id, node);
    }
    if (xml_attribute(node, "at") == NULL)
        markdown_set(node, "at", at);
    return g_intern_string(own == NULL ? id : own);
}

static void number_inside(Numbering *numbering, xmlNode *node, const char *id,
                          const char *at);

static void
number_child(Numbering *numbering, xmlNode *node, const char *kind,
             const char *id, const char *at, Counters *counters)
{
    const char *child_at = make_address(numbering, at, kind, counters);
    g_autofree char *child_id = g_strconcat(id, child_at + strlen(at), NULL);
    const char *used = set_id(numbering, node, child_id, child_at);
    number_inside(numbering, node, used, child_at);
}

/* items and rows, and the blocks in items, quotes, callouts and notes */
static void
number_inside(Numbering *numbering, xmlNode *node, const char *id,
              const char *at)
{
    Counters counters = {0};
    bool is_list = xml_is(node, "list"), is_table = xml_is(node, "table");
    if (!may_hold_blocks(node) || xml_is(node, "row"))
        return;
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        const char *kind = is_list    ? "i"
                           : is_table ? "r"
                                      : document_block_kind(child);
        if (child->type == XML_ELEMENT_NODE && kind != NULL)
            number_child(numbering, child, kind, id, at, &counters);
    }
}

static void
number_heading(Numbering *numbering, xmlNode *heading)
{
    const char *id = xml_attribute(heading, "id");
    const char *pin = xml_attribute(heading, "pin");
    if (id == NULL && pin != NULL)
        id = pin;
    if (id == NULL) {
        g_autofree char *text = xml_text(heading);
        g_autofree char *slug = make_slug(text);
        id = make_unique(numbering, slug);
    }
    numbering->heading_id = g_intern_string(id);
    numbering->counters = (Counters){0};
    g_autofree char *at = g_strconcat(id, ".h", NULL);
    g_hash_table_add(numbering->addresses, (gpointer)g_intern_string(at));
    set_id(numbering, heading, numbering->heading_id, at);
}

static void
number_footnote(Numbering *numbering, xmlNode *note)
{
    const char *label = xml_attribute(note, "label");
    if (label == NULL)
        return;
    g_autofree char *at = g_strconcat("fn.", label, NULL);
    g_autofree char *id = g_strconcat(numbering->chapter_id, ".", at, NULL);
    const char *used = set_id(numbering, note, id, at);
    number_inside(numbering, note, used, at);
    char *folded = g_utf8_casefold(label, -1);
    if (!g_hash_table_contains(numbering->notes, folded))
        g_hash_table_insert(numbering->notes, folded, note);
    else
        g_free(folded);
}

static void
number_block(Numbering *numbering, xmlNode *block)
{
    const char *kind = document_block_kind(block);
    if (xml_is(block, "heading")) {
        number_heading(numbering, block);
    } else if (xml_is(block, "footnote")) {
        number_footnote(numbering, block);
    } else if (kind != NULL) {
        const char *at = make_address(numbering, numbering->heading_id, kind,
                                      &numbering->counters);
        const char *used = set_id(numbering, block, at, at);
        number_inside(numbering, block, used, at);
    }
}

static void
point_notes(const Numbering *numbering, xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *label =
            xml_is(node, "note-ref") ? xml_attribute(node, "label") : NULL;
        if (label != NULL) {
            g_autofree char *folded = g_utf8_casefold(label, -1);
            const xmlNode *note = g_hash_table_lookup(numbering->notes, folded);
            if (note != NULL)
                markdown_set(node, "ref", xml_attribute(note, "id"));
        }
        point_notes(numbering, node->children);
    }
}

void
read_number_blocks(xmlNode *chapter, GHashTable *ids, Diagnostics *diagnostics)
{
    number_reserve(chapter, ids, diagnostics);
    g_autoptr(GHashTable) addresses = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) notes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *stem = file_stem(xml_attribute(chapter, "file"));
    g_autoptr(GHashTable) slugs = g_hash_table_new(g_str_hash, g_str_equal);
    Numbering numbering = {
        .slugs = slugs,
        .ids = ids,
        .addresses = addresses,
        .notes = notes,
        .heading_id = g_intern_string(stem),
        .diagnostics = diagnostics,
    };
    xmlNode *heading = (xmlNode *)xml_child(chapter, "heading");
    const char *chapter_id = xml_attribute(chapter, "id");
    if (chapter_id == NULL && heading != NULL) {
        number_heading(&numbering, heading);
        chapter_id = numbering.heading_id;
        numbering.heading_id = g_intern_string(stem);
    } else if (chapter_id == NULL) {
        chapter_id = make_unique(&numbering, stem);
        remember(ids, chapter_id, chapter);
    }
    numbering.chapter_id = g_intern_string(chapter_id);
    markdown_set(chapter, "id", numbering.chapter_id);
    for (xmlNode *block = chapter->children; block != NULL; block = block->next)
        number_block(&numbering, block);
    point_notes(&numbering, chapter->children);
}
