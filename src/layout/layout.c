/* SPDX-License-Identifier: MIT */
/*
 * The fixed point over page numbers.
 *
 *   layout_run
 *     lay_all           for flows whose citations changed:
 *       page_sequence_set, _break, _improve
 *       assemble_bodies   elements -> bodies of pages
 *     collect_folios    id -> folio; did a citation change?
 *       ... at most MAX_ROUNDS times
 *     collect_markers
 *     assemble_sequence pages, in order
 *     add_structure, add_outline, drop_dead_links
 *
 * A sequence is set again only when a number printed in it changed or it begins
 * on another side.  So that the elements of one sequence only are in memory, it
 * goes from text to the bodies of its pages in one go; heads, feet and what
 * else depends on the whole come when all numbers are right.
 */
#include "layout/layout.h"

#include "layout/assemble.h"
#include "layout/inline.h"
#include "layout/marker.h"
#include "layout/page_sequence.h"
#include "layout/reference.h"
#include "layout/structure.h"
#include "layout/text_check.h"

#include <string.h>

enum { MAX_ROUNDS = 4, DEFAULT_MAX_PAGES = 20000 };

typedef struct {
    LayoutContext context;
    References references;
    MasterSet *masters;
    GPtrArray *sequences;  /* PageSequence */
    GArray *markers;       /* MarkerArea */
    bool too_many;
} LayoutRun;

static void
init(LayoutRun *run, const FoTree *tree, TextEngine *engine,
     const LayoutOptions *options, Diagnostics *diagnostics)
{
    memset(run, 0, sizeof *run);
    run->context = (LayoutContext){
        .tree = tree,
        .engine = engine,
        .options = options,
        .diagnostics = diagnostics,
        .pages = page_list_new(),
        .styles = g_hash_table_new_full(NULL, NULL, NULL, g_free),
        .paragraphs = g_ptr_array_new_with_free_func(
            (GDestroyNotify)paragraph_free),
        .citations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                           g_free),
        .inner_notes = g_array_new(FALSE, FALSE, sizeof(InnerNote)),
        .note_arrays = g_ptr_array_new_with_free_func(
            (GDestroyNotify)g_array_unref),
        .warned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .rebased = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
                                         (GDestroyNotify)g_bytes_unref,
                                         g_free),
    };
    references_init(&run->references, tree, diagnostics);
    run->context.cited_last = run->references.cited_last;
    run->masters = master_set_new(tree, diagnostics);
    run->sequences = g_ptr_array_new_with_free_func(
        (GDestroyNotify)page_sequence_free);
    run->markers = g_array_new(FALSE, FALSE, sizeof(MarkerArea));
    const char *lang = structure_language(&run->context, tree->root->style);
    PageList *pages = run->context.pages;
    pages->language = arena_intern(pages->arena, lang, -1);
}

static void
clear(LayoutRun *run)
{
    LayoutContext *context = &run->context;
    g_ptr_array_unref(run->sequences);
    g_array_unref(run->markers);
    master_set_free(run->masters);
    references_clear(&run->references);
    g_hash_table_unref(context->styles);
    g_ptr_array_unref(context->paragraphs);
    g_hash_table_unref(context->citations);
    g_array_unref(context->inner_notes);
    g_ptr_array_unref(context->note_arrays);
    g_hash_table_unref(context->warned);
    g_hash_table_unref(context->rebased);
}

static PageSequence *
get_sequence(const LayoutRun *run, guint index)
{
    return g_ptr_array_index(run->sequences, index);
}

static void
find_sequences(LayoutRun *run)
{
    for (const FoNode *node = run->context.tree->root->first; node != NULL;
         node = node->next) {
        if (node->kind == FO_PAGE_SEQUENCE)
            g_ptr_array_add(run->sequences,
                            page_sequence_new(run->masters, node,
                                              (int)run->sequences->len));
    }
}

/* ---- rounds ---- */

static bool
is_stale(const LayoutRun *run, const PageSequence *sequence)
{
    if (sequence->cited == NULL) /* was never set */
        return true;
    GHashTableIter iterator;
    gpointer key, printed;
    g_hash_table_iter_init(&iterator, sequence->cited);
    while (g_hash_table_iter_next(&iterator, &key, &printed)) {
        const char *folio = g_hash_table_lookup(run->context.citations, key);
        if (folio != NULL && strcmp(folio, printed) != 0)
            return true;
    }
    return false;
}

/* prints numbers of pages that nobody knows yet */
static bool
is_guess(const LayoutRun *run, const PageSequence *sequence)
{
    GHashTableIter iterator;
    gpointer key;
    g_hash_table_iter_init(&iterator, sequence->cited);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        if (g_hash_table_contains(run->context.citations, key))
            continue;
        g_autofree char *id = g_strdup(key);
        id[strcspn(id + (*id != 0), "\n") + (*id != 0)] = 0;
        if (*id == '\n' || g_hash_table_contains(run->references.ids, id))
            return true;
    }
    return false;
}

static void
lay(LayoutRun *run, PageSequence *sequence, int number,
    const PageSequence *next)
{
    LayoutContext *context = &run->context;
    context->memo = line_memo_new();
    page_sequence_set(sequence, context);
    page_sequence_break(sequence, context, number);
    if (!is_guess(run, sequence))
        page_sequence_improve(sequence, context);
    g_clear_pointer(&context->memo, line_memo_free);
    page_sequence_end(sequence, next);
    assemble_bodies(context, sequence);
    page_sequence_forget(sequence);
}

static void
count_pages(LayoutRun *run, const PageSequence *sequence)
{
    int total = sequence->first_page + sequence->page_count;
    int most = run->context.options->max_pages;
    if (most <= 0)
        most = DEFAULT_MAX_PAGES;
    if (total <= most || run->too_many)
        return;
    run->too_many = true;
    diagnostics_add(run->context.diagnostics, LEVEL_ERROR, "too-many-pages",
                    sequence->node->place,
                    "there are more than %d pages; what follows is left out: "
                    "raise the limit if this is meant",
                    most);
}

static void
lay_all(LayoutRun *run)
{
    int previous = 0, total = 0, notes = 0;
    for (guint i = 0; i < run->sequences->len; i++) {
        PageSequence *sequence = get_sequence(run, i);
        const PageSequence *next = i + 1 < run->sequences->len
                                       ? get_sequence(run, i + 1)
                                       : NULL;
        int number = page_sequence_number(sequence, previous);
        bool same_side = number % 2 == sequence->first_number % 2;
        if (is_stale(run, sequence) || !same_side) {
            sequence->note_base = notes;
            lay(run, sequence, number, next);
            notes = run->context.note_count;
        } else if (next != NULL) {
            notes = next->note_base; /* counted already */
        }
        sequence->first_number = number;
        sequence->first_page = total;
        previous = number + sequence->page_count - 1;
        total += sequence->page_count;
        count_pages(run, sequence);
    }
}

/* ---- folios ---- */

typedef struct {
    const LayoutRun *run;
    const PageSequence *sequence;
    GHashTable *citations;
} FolioVisit;

static char *
folio_of(const PageSequence *sequence, int page)
{
    return folio_write(sequence->first_number + page,
                       fo_attribute(sequence->node, FO_ATTRIBUTE_FORMAT));
}

static void
note_pages(GHashTable *citations, const char *id, const char *first,
           const char *last)
{
    if (first != NULL && !g_hash_table_contains(citations, id))
        g_hash_table_insert(citations, g_strdup(id), g_strdup(first));
    if (last != NULL)
        g_hash_table_insert(citations, g_strconcat(id, "\nlast", NULL),
                            g_strdup(last));
}

static void
visit_folio(void *data, const Anchor *anchor, int page)
{
    const FolioVisit *visit = data;
    if (anchor->kind != ANCHOR_ID)
        return;
    bool internal = *anchor->id == '\n';
    if (!internal && !g_hash_table_contains(visit->run->references.citations,
                                            anchor->id))
        return;
    g_autofree char *folio = folio_of(visit->sequence, page);
    note_pages(visit->citations, anchor->id, anchor->starts ? folio : NULL,
               anchor->ends ? folio : NULL);
}

static void
note_whole(GHashTable *citations, const FoNode *node,
           const PageSequence *first, const PageSequence *last)
{
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id == NULL || first->page_count == 0)
        return;
    g_autofree char *from = folio_of(first, 0);
    g_autofree char *to = folio_of(last, MAX(last->page_count - 1, 0));
    note_pages(citations, id, from, to);
}

/* the folio of every id that is cited; false: none differs from before */
static bool
collect_folios(LayoutRun *run)
{
    GHashTable *citations =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < run->sequences->len; i++) {
        const PageSequence *sequence = get_sequence(run, i);
        note_whole(citations, sequence->node, sequence, sequence);
        if (sequence->flow != NULL)
            note_whole(citations, sequence->flow, sequence, sequence);
        FolioVisit visit = {run, sequence, citations};
        page_sequence_anchors(sequence, visit_folio, &visit);
    }
    if (run->sequences->len > 0)
        note_whole(citations, run->context.tree->root, get_sequence(run, 0),
                   get_sequence(run, run->sequences->len - 1));
    g_hash_table_unref(run->context.citations);
    run->context.citations = citations;
    for (guint i = 0; i < run->sequences->len; i++) {
        if (is_stale(run, get_sequence(run, i)))
            return true;
    }
    return false;
}

/* after the last round: numbers that are printed though they are not right */
static void
say_unresolved(const LayoutRun *run)
{
    for (guint i = 0; i < run->sequences->len; i++) {
        const PageSequence *sequence = get_sequence(run, i);
        GHashTableIter iterator;
        gpointer key, printed;
        g_hash_table_iter_init(&iterator, sequence->cited);
        while (g_hash_table_iter_next(&iterator, &key, &printed)) {
            const char *folio =
                g_hash_table_lookup(run->context.citations, key);
            if (folio != NULL && strcmp(folio, printed) == 0)
                continue;
            g_autofree char *id = g_strdup(key);
            id[strcspn(id + 1, "\n") + 1] = 0;
            if (folio == NULL &&
                !g_hash_table_contains(run->references.ids, id))
                continue; /* said as unknown-reference */
            const FoNode *node =
                g_hash_table_lookup(run->references.citations, id);
            diagnostics_add(run->context.diagnostics, LEVEL_ERROR,
                            "page-citation-unresolved",
                            node == NULL ? sequence->node->place
                                         : node->place,
                            "the page number of \"%s\" is printed as %s but "
                            "is %s: it changes with the space it takes; "
                            "reword the sentence or the heading",
                            g_strstrip(id), (const char *)printed,
                            folio == NULL ? "on no page" : folio);
        }
    }
}

/* ---- markers ---- */

typedef struct {
    LayoutRun *run;
    const PageSequence *sequence;
    GHashTable *open; /* marker -> index + 1 */
} MarkerVisit;

static void
visit_marker(void *data, const Anchor *anchor, int page)
{
    MarkerVisit *visit = data;
    if (anchor->kind != ANCHOR_MARKER)
        return;
    GArray *markers = visit->run->markers;
    int index = visit->sequence->first_page + page;
    const FoNode *marker = anchor->marker;
    if (anchor->starts) {
        const char *name = fo_attribute(marker, FO_ATTRIBUTE_MARKER_CLASS);
        MarkerArea area = {marker, name == NULL ? "" : name,
                           visit->sequence->index, index, index};
        g_array_append_val(markers, area);
        g_hash_table_insert(visit->open, (gpointer)marker,
                            GUINT_TO_POINTER(markers->len));
    }
    guint open =
        GPOINTER_TO_UINT(g_hash_table_lookup(visit->open, marker));
    if (anchor->ends && open > 0)
        g_array_index(markers, MarkerArea, open - 1).last_page = index;
}

static void
collect_markers(LayoutRun *run)
{
    for (guint i = 0; i < run->sequences->len; i++) {
        MarkerVisit visit = {run, get_sequence(run, i),
                             g_hash_table_new(NULL, NULL)};
        page_sequence_anchors(visit.sequence, visit_marker, &visit);
        g_hash_table_unref(visit.open);
    }
}

/* ---- the finished list ---- */

static void
append_node(StructNode *parent, StructNode *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

static void
add_structure(PageList *pages, StructNode *root)
{
    if (strcmp(root->role, "none") != 0) {
        append_node(pages->structure, root);
        return;
    }
    for (StructNode *child = root->first, *next; child != NULL; child = next) {
        next = child->next;
        append_node(pages->structure, child);
    }
}

static void
add_outline(LayoutContext *context, const FoNode *node, int level)
{
    PageList *pages = context->pages;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind != FO_BOOKMARK)
            continue;
        const FoNode *title = fo_child(child, FO_BOOKMARK_TITLE);
        g_autofree char *text =
            title == NULL ? g_strdup("") : inline_text(context, title);
        const char *to =
            fo_attribute(child, FO_ATTRIBUTE_INTERNAL_DESTINATION);
        OutlineEntry entry = {
            .title = arena_intern(pages->arena, text, -1),
            .level = level,
            .destination =
                to == NULL ? NULL : arena_intern(pages->arena, to, -1),
            .open = child->style->starting_state != FO_KEY_HIDE,
        };
        g_array_append_val(pages->outline, entry);
        add_outline(context, child, level + 1);
    }
}

/* links whose target is on no page */
static void
drop_dead_links(const LayoutRun *run)
{
    PageList *pages = run->context.pages;
    for (guint p = 0; p < pages->pages->len; p++) {
        GArray *links = page_list_get(pages, p)->links;
        for (guint i = links->len; i > 0; i--) {
            const PageLink *link = &g_array_index(links, PageLink, i - 1);
            const char *to = link->destination;
            if (to == NULL || g_hash_table_contains(pages->destinations, to))
                continue;
            /* an id that nothing has was said before anything was set */
            if (g_hash_table_contains(run->references.ids, to) &&
                !run->too_many)
                diagnostics_add(run->context.diagnostics, LEVEL_ERROR,
                                "unknown-reference",
                                link->node == NULL ? (Place){NULL, 0, 0}
                                                   : link->node->place,
                                "what has the id \"%s\" stands on no page, "
                                "so nothing can lead there: give the id to a "
                                "block or inline of the text",
                                to);
            g_array_remove_index(links, i - 1);
        }
    }
    for (guint i = 0; i < pages->outline->len; i++) {
        OutlineEntry *entry = &g_array_index(pages->outline, OutlineEntry, i);
        if (entry->destination != NULL &&
            !g_hash_table_contains(pages->destinations, entry->destination))
            entry->destination = NULL;
    }
}

static void
find_title(LayoutContext *context)
{
    const FoNode *sequence =
        fo_child(context->tree->root, FO_PAGE_SEQUENCE);
    const FoNode *title =
        sequence == NULL ? NULL : fo_child(sequence, FO_TITLE);
    if (title == NULL)
        return;
    g_autofree char *text = inline_text(context, title);
    context->pages->title =
        arena_intern(context->pages->arena, text, -1);
}

static void
finish(LayoutRun *run)
{
    LayoutContext *context = &run->context;
    PageList *pages = context->pages;
    GHashTable *cited =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    collect_markers(run);
    for (guint i = 0; i < run->sequences->len; i++) {
        PageSequence *sequence = get_sequence(run, i);
        context->cited = cited; /* in static content: known by now */
        context->sequence = sequence->index;
        guint first_page = pages->pages->len;
        assemble_sequence(context, sequence, run->markers);
        if (!run->too_many)
            text_check(context, sequence->node, sequence->structure,
                       first_page);
        arena_take(pages->arena, g_steal_pointer(&sequence->lasting));
        add_structure(pages, sequence->structure);
        g_ptr_array_index(run->sequences, i) = NULL;
        page_sequence_free(sequence);
        if (run->too_many)
            break;
    }
    context->cited = cited;
    const FoNode *bookmarks =
        fo_child(context->tree->root, FO_BOOKMARK_TREE);
    if (bookmarks != NULL)
        add_outline(context, bookmarks, 1);
    drop_dead_links(run);
    find_title(context);
    g_hash_table_unref(cited);
}

PageList *
layout_run(const FoTree *tree, TextEngine *engine,
           const LayoutOptions *options, Diagnostics *diagnostics)
{
    LayoutRun run;
    init(&run, tree, engine, options, diagnostics);
    find_sequences(&run);
    for (int round = 0; round < MAX_ROUNDS; round++) {
        lay_all(&run);
        if (!collect_folios(&run) || run.too_many)
            break;
    }
    say_unresolved(&run);
    finish(&run);
    PageList *pages = run.context.pages;
    clear(&run);
    return pages;
}
