/* SPDX-License-Identifier: MIT */
/*
 * Changes: see the header.
 *
 *   changes_mark
 *     collect_blocks       of both documents
 *     match_equal          same id, then same text anywhere
 *     match_named          same pinned id
 *     match_alike          the likest of the chapter
 *     match_addressed      same address
 *     compare_imprints, compare_words
 *     put_all_removed      <removed>
 *     fill_list            attributes of blocks, entries of <changes>
 */
#include "pipeline/changes.h"

#include "base/xml.h"
#include "overlay/word_diff.h"
#include "pipeline/block_text.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))
enum {
    LEAST_ALIKE = 40,       /* percent of words in common: else another text */
    MOST_PAIRS = 100000,    /* of a chapter written anew: not worth the time */
    EXCERPT_WORDS = 12,
};

typedef struct Block Block;
struct Block {
    xmlNode *node;
    const char *id, *chapter;
    char *content, *words;
    Block *match;
    bool changed;
};

typedef struct {
    GPtrArray *blocks; /* Block, owned, in order */
    GHashTable *by_id;
} Side;

static void
block_free(gpointer data)
{
    Block *block = data;
    g_free(block->content);
    g_free(block->words);
    g_free(block);
}

static void
collect_blocks(Side *side, const ChangesSide *from)
{
    side->blocks = g_ptr_array_new_with_free_func(block_free);
    side->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    const xmlNode *root = document_root(from->document);
    for (const xmlNode *chapter = xml_child(root, "chapter"); chapter != NULL;
         chapter = xml_next(chapter, "chapter")) {
        const char *id = xml_attribute(chapter, "id");
        for (const xmlNode *node = xml_first(chapter); node != NULL;
             node = xml_next(node, NULL)) {
            if (xml_is(node, "raw") || xml_attribute(node, "id") == NULL)
                continue;
            Block *block = g_new0(Block, 1);
            block->node = (xmlNode *)node;
            block->id = xml_attribute(node, "id");
            block->chapter = id;
            block->content = block_content(node, from->root, from->folders);
            block->words = block_words(node);
            g_ptr_array_add(side->blocks, block);
            g_hash_table_insert(side->by_id, (gpointer)block->id, block);
        }
    }
}

static void
clear_side(Side *side)
{
    g_ptr_array_unref(side->blocks);
    g_hash_table_unref(side->by_id);
}

/* ---- matching ---- */

static void
match(Block *now, Block *before)
{
    now->match = before;
    before->match = now;
    now->changed = strcmp(now->content, before->content) != 0;
}

static bool
is_same_kind(const Block *a, const Block *b)
{
    return xmlStrEqual(a->node->name, b->node->name);
}

/* the free block of the other side with the same id and kind, or NULL */
static Block *
find_by_id(const Side *side, const Block *block)
{
    Block *other = g_hash_table_lookup(side->by_id, block->id);
    return other != NULL && other->match == NULL && is_same_kind(other, block)
               ? other
               : NULL;
}

static void
match_equal(Side *now, Side *before)
{
    for (guint i = 0; i < now->blocks->len; i++) {
        Block *block = g_ptr_array_index(now->blocks, i);
        Block *other = find_by_id(before, block);
        if (other != NULL && strcmp(block->content, other->content) == 0)
            match(block, other);
    }
    /* text -> the first free block that says it; the others follow it */
    g_autoptr(GHashTable) texts = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < before->blocks->len; i++) {
        Block *other = g_ptr_array_index(before->blocks, i);
        if (other->match != NULL)
            continue;
        GPtrArray *same = g_hash_table_lookup(texts, other->content);
        if (same == NULL) {
            same = g_ptr_array_new();
            g_hash_table_insert(texts, other->content, same);
        }
        g_ptr_array_add(same, other);
    }
    for (guint i = 0; i < now->blocks->len; i++) {
        Block *block = g_ptr_array_index(now->blocks, i);
        GPtrArray *same = block->match != NULL
                              ? NULL
                              : g_hash_table_lookup(texts, block->content);
        if (same == NULL || same->len == 0)
            continue;
        match(block, g_ptr_array_index(same, 0));
        g_ptr_array_remove_index(same, 0);
    }
}

static void
match_by_id(Side *now, Side *before, bool only_named)
{
    for (guint i = 0; i < now->blocks->len; i++) {
        Block *block = g_ptr_array_index(now->blocks, i);
        if (block->match != NULL ||
            (only_named && xml_attribute(block->node, "pin") == NULL))
            continue;
        Block *other = find_by_id(before, block);
        if (other != NULL)
            match(block, other);
    }
}

/* words in common, in percent; 0 where they are too few */
static int
alikeness(const TokenList *a, const TokenList *b)
{
    int both = a->count + b->count;
    int common = token_list_common(a, b, both * (100 - LEAST_ALIKE) / 100);
    return both == 0 || common < 0 ? 0 : 200 * common / both;
}

static Block *
find_alike(const GPtrArray *free_blocks, const Block *block)
{
    g_autoptr(TokenList) tokens = token_list_new(block->words);
    Block *best = NULL;
    int most = LEAST_ALIKE;
    for (guint i = 0; i < free_blocks->len; i++) {
        Block *other = g_ptr_array_index(free_blocks, i);
        if (other->match != NULL || !is_same_kind(block, other) ||
            strcmp(block->chapter, other->chapter) != 0)
            continue;
        g_autoptr(TokenList) others = token_list_new(other->words);
        int likeness = alikeness(tokens, others);
        if (likeness > most) {
            most = likeness;
            best = other;
        }
    }
    return best;
}

static void
match_alike(Side *now, Side *before)
{
    g_autoptr(GPtrArray) free_blocks = g_ptr_array_new();
    for (guint i = 0; i < before->blocks->len; i++) {
        Block *other = g_ptr_array_index(before->blocks, i);
        if (other->match == NULL)
            g_ptr_array_add(free_blocks, other);
    }
    guint pairs = 0;
    for (guint i = 0; i < now->blocks->len && pairs < MOST_PAIRS; i++) {
        Block *block = g_ptr_array_index(now->blocks, i);
        if (block->match != NULL)
            continue;
        Block *other = find_alike(free_blocks, block);
        if (other != NULL)
            match(block, other);
        pairs += free_blocks->len;
    }
}

/* ---- marks ---- */

/* the words of a removed block, as paragraphs, to be struck through */
static xmlNode *
new_removed(xmlDoc *document, const Block *block, int number)
{
    xmlNode *removed = xmlNewDocNode(document, NULL, XML("removed"), NULL);
    g_autofree char *id = g_strdup_printf("vadovas.removed-%d", number);
    xmlSetProp(removed, XML("id"), XML(id));
    xmlSetProp(removed, XML("change"), XML("removed"));
    g_auto(GStrv) lines = g_strsplit(block->words, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        xmlNewTextChild(removed, NULL, XML("paragraph"), XML(lines[i]));
    return removed;
}

/* behind a table or chart comes what belongs to it, and behind a block what
 * went from there before */
static xmlNode *
last_of(xmlNode *node)
{
    for (const xmlNode *next = xml_next(node, NULL);
         next != NULL &&
         (xml_is(next, "caption") || xml_is(next, "removed") ||
          g_strcmp0(xml_attribute(next, "role"), "source") == 0);
         next = xml_next(next, NULL))
        node = (xmlNode *)next;
    return node;
}

/* a section of the list: of the heading `ref`, or beside the chapters, headed
 * by the edition's word `word` */
typedef struct {
    const char *ref, *word;
} Section;

typedef struct {
    xmlNode *list;    /* <changes> */
    Section section;
    xmlNode *group;   /* <section> of the list, being filled */
    int removed;
} Marking;

/* the first words of a block */
static void
add_excerpt(xmlNode *entry, const char *element, const char *words)
{
    const char *end = words;
    int count = 0;
    for (; *end != 0 && count < EXCERPT_WORDS; end++)
        count += *end == ' ' || *end == '\n';
    difference_add_text(entry, element, words, (size_t)(end - words));
    if (*end != 0)
        difference_add_text(entry, NULL, "…", strlen("…"));
}

/* ref: what it links to, or NULL */
static xmlNode *
add_entry(Marking *marking, Section section, const char *kind,
          const char *ref)
{
    if (marking->group == NULL ||
        g_strcmp0(section.ref, marking->section.ref) != 0 ||
        g_strcmp0(section.word, marking->section.word) != 0) {
        marking->group =
            xmlNewChild(marking->list, NULL, XML("section"), NULL);
        if (section.ref != NULL)
            xmlSetProp(marking->group, XML("ref"), XML(section.ref));
        if (section.word != NULL)
            xmlSetProp(marking->group, XML("word"), XML(section.word));
        marking->section = section;
    }
    xmlNode *entry = xmlNewChild(marking->group, NULL, XML("entry"), NULL);
    xmlSetProp(entry, XML("change"), XML(kind));
    if (ref != NULL)
        xmlSetProp(entry, XML("ref"), XML(ref));
    return entry;
}

static void
mark_block(Marking *marking, const Block *block, const char *heading)
{
    if (xmlHasProp(block->node, XML("change")) != NULL)
        return; /* a note, marked with its first caller */
    const char *kind = block->match == NULL ? "inserted"
                       : block->changed     ? "changed"
                                            : NULL;
    if (kind == NULL)
        return;
    xmlSetProp(block->node, XML("change"), XML(kind));
    xmlNode *entry =
        add_entry(marking, (Section){.ref = heading}, kind, block->id);
    if (block->match == NULL) {
        add_excerpt(entry, "in", block->words);
        return;
    }
    bool same_words = strcmp(block->words, block->match->words) == 0;
    g_autofree char *difference =
        same_words ? NULL
                   : word_diff(block->match->words, block->words, NULL, NULL);
    if (same_words)
        add_excerpt(entry, NULL, block->words);
    else
        difference_add(entry, difference);
}

/* behind `after`, or NULL: behind the book's first block */
static void
put_removed(Marking *marking, const Block *block, const Block *after,
            xmlNode *first_chapter)
{
    xmlNode *removed =
        new_removed(first_chapter->doc, block, ++marking->removed);
    const xmlNode *first = after == NULL ? xml_first(first_chapter) : NULL;
    xmlNode *place = after != NULL ? after->node : (xmlNode *)first;
    if (place == NULL)
        xmlAddChild(first_chapter, removed);
    else
        xmlAddNextSibling(last_of(place), removed);
}

/* where each removed block stood: behind the nearest one before it that is
 * still there, of its own chapter if there is one */
static void
put_all_removed(Marking *marking, const Side *before, xmlNode *first_chapter)
{
    const Block *after = NULL;
    for (guint i = 0; i < before->blocks->len; i++) {
        const Block *block = g_ptr_array_index(before->blocks, i);
        if (block->match != NULL &&
            strcmp(block->match->chapter, block->chapter) == 0)
            after = block->match;
        else if (block->match == NULL)
            put_removed(marking, block, after, first_chapter);
    }
}

/* the notes that a block calls */
static void
mark_notes(Marking *marking, const xmlNode *node, const Side *now,
           const char *heading)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *ref =
            xml_is(node, "note-ref") ? xml_attribute(node, "ref") : NULL;
        const Block *note =
            ref == NULL ? NULL : g_hash_table_lookup(now->by_id, ref);
        if (note != NULL)
            mark_block(marking, note, heading);
        mark_notes(marking, node->children, now, heading);
    }
}

/* the list in the order of the document as it is printed, notes behind the
 * block that first calls them */
static void
fill_list(Marking *marking, const Side *now, Document *document)
{
    const xmlNode *root = document_root(document);
    for (const xmlNode *chapter = xml_child(root, "chapter"); chapter != NULL;
         chapter = xml_next(chapter, "chapter")) {
        const char *heading = xml_attribute(chapter, "id");
        for (const xmlNode *node = xml_first(chapter); node != NULL;
             node = xml_next(node, NULL)) {
            if (xml_is(node, "heading"))
                heading = xml_attribute(node, "id");
            const char *id = xml_attribute(node, "id");
            const Block *block =
                id == NULL ? NULL : g_hash_table_lookup(now->by_id, id);
            if (block != NULL)
                mark_block(marking, block, heading);
            if (block != NULL && !xml_is(node, "footnote"))
                mark_notes(marking, node->children, now, heading);
            if (!xml_is(node, "removed"))
                continue;
            xmlNode *entry =
                add_entry(marking, (Section){.ref = heading}, "removed",
                          xml_attribute(node, "id"));
            g_autofree char *words = block_words(node);
            add_excerpt(entry, "out", words);
        }
    }
}

/* ---- what is no block ---- */

/* each paragraph on a line */
static void
add_lines(GString *text, const xmlNode *node)
{
    if (xml_first(node) == NULL) {
        g_autofree char *own = xml_text(node);
        g_string_append_printf(text, "%s\n", own);
    }
    for (node = xml_first(node); node != NULL; node = xml_next(node, NULL))
        add_lines(text, node);
}

/* title, imprint: all but the date and number of the revision itself */
static char *
imprint_of(const Document *document)
{
    static const char *const printed[] = {"module", "law-date"};
    const xmlNode *edition = xml_child(document_root(document), "edition");
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(printed); i++) {
        const char *value =
            edition == NULL ? NULL : xml_attribute(edition, printed[i]);
        g_string_append_printf(text, "%s\n", value == NULL ? "" : value);
    }
    if (edition != NULL)
        add_lines(text, edition);
    return g_strstrip(g_string_free(text, FALSE));
}

static void
compare_imprints(Marking *marking, const ChangesSide *now,
                 const ChangesSide *before)
{
    g_autofree char *old = imprint_of(before->document);
    g_autofree char *new = imprint_of(now->document);
    if (strcmp(old, new) == 0)
        return;
    xmlNode *entry = add_entry(marking, (Section){.word = "imprint"},
                               "changed", "vadovas.imprint");
    g_autofree char *difference = word_diff(old, new, NULL, NULL);
    difference_add(entry, difference);
}

static const xmlNode *
first_word(const Document *document)
{
    const xmlNode *words = xml_child(document_root(document), "words");
    return words == NULL ? NULL : xml_child(words, "word");
}

/* name -> text of words.xml, both owned */
static GHashTable *
words_of(const Document *document)
{
    GHashTable *words =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (const xmlNode *word = first_word(document); word != NULL;
         word = xml_next(word, "word"))
        g_hash_table_insert(words, g_strdup(xml_attribute(word, "name")),
                            xml_text(word));
    return words;
}

/* blanks alone, such as the group separator, would not be seen */
static void
add_word(xmlNode *entry, const char *element, const char *word)
{
    GString *text = g_string_new(NULL);
    bool is_blank = true;
    for (const char *c = word; *c != 0 && is_blank; c = g_utf8_next_char(c)) {
        gunichar sign = g_utf8_get_char(c);
        is_blank = g_unichar_isspace(sign);
        g_string_append_printf(text, text->len == 0 ? "U+%04X" : " U+%04X",
                               sign);
    }
    const char *shown = is_blank ? text->str : word;
    difference_add_text(entry, element, shown, strlen(shown));
    g_string_free(text, TRUE);
}

/* old, new: NULL where there is no such word */
static void
compare_word(Marking *marking, const char *name, const char *old,
             const char *new)
{
    if (g_strcmp0(old, new) == 0 || severity_words_has(name))
        return;
    const char *kind = old == NULL   ? "inserted"
                       : new == NULL ? "removed"
                                     : "changed";
    xmlNode *entry =
        add_entry(marking, (Section){.word = "layout-words"}, kind, NULL);
    xmlSetProp(entry, XML("word"), XML(name));
    if (old != NULL)
        add_word(entry, "out", old);
    if (new != NULL)
        add_word(entry, "in", new);
}

/* the words that the layout writes stand wherever it needs them, so they are
 * listed once instead of marked there; those that went come last */
static void
compare_words(Marking *marking, const ChangesSide *now,
              const ChangesSide *before)
{
    g_autoptr(GHashTable) old = words_of(before->document);
    g_autoptr(GHashTable) new = words_of(now->document);
    for (const xmlNode *word = first_word(now->document); word != NULL;
         word = xml_next(word, "word")) {
        const char *name = xml_attribute(word, "name");
        compare_word(marking, name, g_hash_table_lookup(old, name),
                     g_hash_table_lookup(new, name));
    }
    for (const xmlNode *word = first_word(before->document); word != NULL;
         word = xml_next(word, "word")) {
        const char *name = xml_attribute(word, "name");
        if (!g_hash_table_contains(new, name))
            compare_word(marking, name, g_hash_table_lookup(old, name), NULL);
    }
}

/* ---- the whole ---- */

static xmlNode *
new_list(const ChangesSide *before, xmlNode *first_chapter, const char *since)
{
    static const char *const names[] = {"revision", "date"};
    xmlNode *list =
        xmlNewDocNode(first_chapter->doc, NULL, XML("changes"), NULL);
    const xmlNode *edition =
        xml_child(document_root(before->document), "edition");
    for (size_t i = 0; edition != NULL && i < G_N_ELEMENTS(names); i++) {
        const char *value = xml_attribute(edition, names[i]);
        if (value != NULL)
            xmlSetProp(list, XML(names[i]), XML(value));
    }
    if (since != NULL)
        xmlSetProp(list, XML("since"), XML(since));
    return list;
}

void
changes_mark(const ChangesSide *now, const ChangesSide *before,
             const char *since)
{
    xmlNode *first_chapter =
        (xmlNode *)xml_child(document_root(now->document), "chapter");
    if (first_chapter == NULL)
        return;
    Side new = {NULL, NULL}, old = {NULL, NULL};
    collect_blocks(&new, now);
    collect_blocks(&old, before);
    match_equal(&new, &old);
    match_by_id(&new, &old, true);
    match_alike(&new, &old);
    match_by_id(&new, &old, false);
    Marking marking = {.list = new_list(before, first_chapter, since)};
    compare_imprints(&marking, now, before);
    compare_words(&marking, now, before);
    put_all_removed(&marking, &old, first_chapter);
    fill_list(&marking, &new, now->document);
    xmlAddPrevSibling(first_chapter, marking.list);
    clear_side(&new);
    clear_side(&old);
}
