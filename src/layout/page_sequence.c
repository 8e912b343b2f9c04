/* SPDX-License-Identifier: MIT */
/* One page sequence: its elements, its numbers, its breaks. */
#include "layout/page_sequence.h"

#include "layout/flow.h"
#include "layout/structure.h"

#include <string.h>

PageSequence *
page_sequence_new(const MasterSet *masters, const FoNode *node, int index)
{
    PageSequence *sequence = g_new0(PageSequence, 1);
    sequence->node = node;
    sequence->flow = fo_child(node, FO_FLOW);
    sequence->masters = masters;
    sequence->index = index;
    sequence->first_number = 1; /* until it is numbered */
    return sequence;
}

static void
free_body(gpointer data)
{
    PageBody *body = data;
    g_clear_pointer(&body->page, page_free);
    g_array_unref(body->anchors);
    g_free(body);
}

void
page_sequence_forget(PageSequence *sequence)
{
    g_clear_pointer(&sequence->list, element_list_free);
    g_clear_pointer(&sequence->separator, element_list_free);
    g_clear_pointer(&sequence->arena, arena_free);
    for (guint i = 0; sequence->breaks != NULL && i < sequence->breaks->len;
         i++) {
        PageBreak *cut = &g_array_index(sequence->breaks, PageBreak, i);
        cut->notes = NULL; /* they lay in the arena */
        cut->note_count = 0;
    }
}

static void
forget_all(PageSequence *sequence)
{
    page_sequence_forget(sequence);
    g_clear_pointer(&sequence->bodies, g_ptr_array_unref);
    g_clear_pointer(&sequence->lasting, arena_free);
    g_clear_pointer(&sequence->cited, g_hash_table_unref);
    g_clear_pointer(&sequence->breaks, g_array_unref);
}

void
page_sequence_free(PageSequence *sequence)
{
    if (sequence == NULL)
        return;
    forget_all(sequence);
    g_clear_pointer(&sequence->looseness, g_hash_table_unref);
    g_free(sequence);
}

PageBody *
page_sequence_add_body(PageSequence *sequence, Page *page)
{
    if (sequence->bodies == NULL)
        sequence->bodies = g_ptr_array_new_with_free_func(free_body);
    PageBody *body = g_new0(PageBody, 1);
    body->page = page;
    body->anchors = g_array_new(FALSE, FALSE, sizeof(Anchor));
    g_ptr_array_add(sequence->bodies, body);
    return body;
}

const FoNode *
page_sequence_content(const PageSequence *sequence, const char *region)
{
    for (const FoNode *child = sequence->node->first; child != NULL;
         child = child->next) {
        const char *name = fo_attribute(child, FO_ATTRIBUTE_FLOW_NAME);
        if (name != NULL && strcmp(name, region) == 0)
            return child;
    }
    return NULL;
}

/* ---- elements ---- */

static StructNode *
new_structure(PageSequence *sequence, LayoutContext *context)
{
    PageList *pages = context->pages;
    const char *role = fo_attribute(sequence->node, FO_ATTRIBUTE_ROLE);
    StructNode *root = struct_node_add(
        pages, NULL,
        role == NULL ? "Sect" : arena_intern(pages->arena, role, -1));
    const char *lang = structure_language(context, sequence->node->style);
    if (*lang != 0 && g_strcmp0(lang, pages->language) != 0)
        struct_node_details(pages, root)->lang =
            arena_intern(pages->arena, lang, -1);
    const char *id = fo_attribute(sequence->node, FO_ATTRIBUTE_ID);
    if (id != NULL)
        root->id = arena_intern(pages->arena, id, -1);
    root->place = sequence->node->place;
    return root;
}

static void
set_separator(PageSequence *sequence, LayoutContext *context)
{
    const FoNode *content =
        page_sequence_content(sequence, "xsl-footnote-separator");
    sequence->separator_height = 0;
    if (content == NULL)
        return;
    sequence->separator = element_list_new(sequence->arena);
    context->artifact = ARTIFACT_LAYOUT;
    flow_layout(context, content, 0, sequence->width, sequence->separator,
                NULL, NULL);
    context->artifact = ARTIFACT_NONE;
    sequence->separator_height = element_list_height(
        sequence->separator, 0, sequence->separator->count - 1);
}

static void
check_columns(LayoutContext *context, const PageMaster *master)
{
    const FoNode *body = master->regions[REGION_BODY].node;
    if (body != NULL && body->style->column_count > 1)
        diagnostics_add(context->diagnostics, LEVEL_WARNING,
                        "columns-unsupported", body->place,
                        "column-count=\"%d\": text is set in one column",
                        body->style->column_count);
}

void
page_sequence_set(PageSequence *sequence, LayoutContext *context)
{
    forget_all(sequence);
    sequence->arena = arena_new();
    sequence->cited =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    sequence->list = element_list_new(sequence->arena);
    /* what it makes for the pages goes with it when it is set again */
    Arena *whole = context->pages->arena;
    context->pages->arena = sequence->lasting = arena_new();
    sequence->structure = new_structure(sequence, context);
    const PageMaster *master = page_sequence_master(sequence, 0);
    check_columns(context, master);
    const Region *body = &master->regions[REGION_BODY];
    sequence->width = body->content_width;
    context->arena = sequence->arena;
    context->cited = sequence->cited;
    context->sequence = sequence->index;
    context->note_count = sequence->note_base;
    context->page_number_count = 0;
    context->main_list = sequence->list;
    context->ordinal = 0;
    context->looseness = sequence->looseness;
    context->note_width = context->region_width = body->content_width;
    context->region_height = body->content_height;
    context->page_width = master->width;
    context->page_height = master->height;
    if (sequence->flow != NULL) {
        flow_layout(context, sequence->flow, 0, sequence->width,
                    sequence->list, NULL, sequence->structure);
        set_separator(sequence, context);
    }
    context->pages->arena = whole;
    context->main_list = NULL; /* they do not outlive the sequence */
    context->looseness = NULL;
    context->cited = NULL;
}

/* ---- numbers ---- */

static const char *
initial_number(const PageSequence *sequence)
{
    const char *text =
        fo_attribute(sequence->node, FO_ATTRIBUTE_INITIAL_PAGE_NUMBER);
    return text == NULL ? "auto" : text;
}

int
page_sequence_number(const PageSequence *sequence, int previous)
{
    const char *initial = initial_number(sequence);
    int next = previous + 1;
    if (strcmp(initial, "auto-odd") == 0)
        return next % 2 == 0 ? next + 1 : next;
    if (strcmp(initial, "auto-even") == 0)
        return next % 2 != 0 ? next + 1 : next;
    if (g_ascii_isdigit(*initial))
        return (int)CLAMP(g_ascii_strtoll(initial, NULL, 10), 1, 1000000);
    return next;
}

/* the side on which this sequence wants to begin: 0 any, 1 odd, 2 even */
static int
wanted_side(const PageSequence *sequence)
{
    const char *initial = initial_number(sequence);
    if (strcmp(initial, "auto-odd") == 0)
        return 1;
    if (strcmp(initial, "auto-even") == 0)
        return 2;
    if (g_ascii_isdigit(*initial))
        return g_ascii_strtoll(initial, NULL, 10) % 2 != 0 ? 1 : 2;
    return 0;
}

void
page_sequence_end(PageSequence *sequence, const PageSequence *next)
{
    int count = sequence->breaks == NULL ? 0 : (int)sequence->breaks->len;
    int last = sequence->first_number + count - 1;
    bool blank = false;
    switch (sequence->node->style->force_page_count) {
    case FO_KEY_EVEN:
        blank = count % 2 != 0;
        break;
    case FO_KEY_ODD:
        blank = count % 2 == 0;
        break;
    case FO_KEY_END_ON_EVEN:
        blank = last % 2 != 0;
        break;
    case FO_KEY_END_ON_ODD:
        blank = last % 2 == 0;
        break;
    case FO_KEY_NO_FORCE:
        break;
    default:
        if (next != NULL && wanted_side(next) != 0)
            blank = last % 2 == wanted_side(next) % 2;
        break;
    }
    sequence->blank_end = blank && count > 0;
    sequence->page_count = count + sequence->blank_end;
}

bool
page_sequence_is_blank(const PageSequence *sequence, int page)
{
    if (sequence->breaks == NULL)
        return false;
    if (page >= (int)sequence->breaks->len)
        return true;
    return g_array_index(sequence->breaks, PageBreak, page).blank;
}

const PageMaster *
page_sequence_master(const PageSequence *sequence, int page)
{
    PageFacts facts = {
        .index = page,
        .number = sequence->first_number + page,
        .blank = page_sequence_is_blank(sequence, page),
        .last = page == sequence->page_count - 1,
    };
    return master_for_page(sequence->masters, sequence->node, facts);
}

/* ---- breaks ---- */

static PageRoom
room_of_page(void *data, int index)
{
    const PageSequence *sequence = data;
    PageFacts facts = {
        .index = index,
        .number = sequence->first_number + index,
        .last = index == sequence->page_count - 1,
    };
    const PageMaster *master =
        master_for_page(sequence->masters, sequence->node, facts);
    return (PageRoom){master->regions[REGION_BODY].content_height,
                      facts.number % 2 != 0};
}

static void
cut(PageSequence *sequence, const LayoutContext *context)
{
    const PageMaster *master = page_sequence_master(sequence, 0);
    const FoNode *body = master->regions[REGION_BODY].node;
    FoKeyword align = body == NULL ? FO_KEY_AUTO : body->style->display_align;
    BreakOptions options = {
        .room = room_of_page,
        .data = sequence,
        .note_separator = sequence->separator_height,
        .line_height = sequence->node->style->line_height.optimum,
        .equal_spreads = context->options->equal_spreads,
        .ragged_bottom = align == FO_KEY_CENTER || align == FO_KEY_AFTER,
    };
    if (sequence->flow != NULL)
        options.line_height = sequence->flow->style->line_height.optimum;
    g_clear_pointer(&sequence->breaks, g_array_unref);
    sequence->breaks = break_pages(sequence->list, &options);
}

void
page_sequence_break(PageSequence *sequence, const LayoutContext *context,
                    int first_number)
{
    sequence->first_number = first_number;
    sequence->page_count = 0;
    g_clear_pointer(&sequence->breaks, g_array_unref);
    if (sequence->flow == NULL)
        return;
    if (sequence->list->count == 0) /* an empty flow is still a page */
        element_list_add(sequence->list);
    cut(sequence, context);
    if (!master_asks_last(sequence->masters, sequence->node))
        return;
    /* which page is the last one may change how many there are */
    for (int round = 0; round < 3; round++) {
        int count = (int)sequence->breaks->len;
        if (sequence->page_count == count)
            break;
        sequence->page_count = count;
        g_clear_pointer(&sequence->breaks, g_array_unref);
        cut(sequence, context);
    }
}

/* ---- short pages ---- */

static Length
notes_height(const PageSequence *sequence, const PageBreak *cut_page)
{
    Length height = cut_page->note_count > 0 ? sequence->separator_height : 0;
    for (int i = 0; i < cut_page->note_count; i++) {
        const NotePart *part = &cut_page->notes[i];
        height += element_list_height(part->note->list, part->first,
                                      part->last - 1);
    }
    return height;
}

/* how much of a page stays white though the text goes on */
static Length
white_of_page(PageSequence *sequence, int page)
{
    const PageBreak *cut_page =
        &g_array_index(sequence->breaks, PageBreak, page);
    const ElementList *list = sequence->list;
    int last = cut_page->last;
    if (cut_page->blank || last < cut_page->first ||
        last + 1 >= list->count ||
        list->elements[last].penalty == PENALTY_FORCED)
        return 0;
    Length height = element_list_height(list, cut_page->first, last) +
                    list->elements[last].bottom +
                    notes_height(sequence, cut_page);
    if (cut_page->first > 0)
        height += list->elements[cut_page->first - 1].top;
    for (int i = cut_page->first; i < last; i++)
        height += list->elements[i].stretch;
    return room_of_page(sequence, page).height - height;
}

/* lines left white, squared; 0: no page is worth the trouble */
static int64_t
shortness(PageSequence *sequence)
{
    Length line = MAX(sequence->flow->style->line_height.optimum, 1);
    int64_t sum = 0;
    bool any = false;
    for (guint p = 0; p < sequence->breaks->len; p++) {
        /* in tenths of a line; beyond ten lines all are equally bad */
        Length white = white_of_page(sequence, (int)p);
        int64_t tenths = CLAMP(white * 10 / line, 0, 100);
        sum += tenths * tenths;
        any |= tenths > 15;
    }
    return any ? sum : 0;
}

/* the variants that the breaker chose */
static GHashTable *
chosen_variants(const PageSequence *sequence)
{
    GHashTable *chosen = g_hash_table_new(NULL, NULL);
    for (guint p = 0; p < sequence->breaks->len; p++) {
        int variant =
            g_array_index(sequence->breaks, PageBreak, p).variant;
        if (variant == 0)
            continue;
        const ParagraphVariants *paragraph =
            &g_array_index(sequence->list->paragraphs, ParagraphVariants,
                           ABS(variant) - 1);
        g_hash_table_insert(chosen, GINT_TO_POINTER(paragraph->ordinal),
                            GINT_TO_POINTER(variant > 0 ? 1 : -1));
    }
    return chosen;
}

void
page_sequence_improve(PageSequence *sequence, LayoutContext *context)
{
    if (sequence->flow == NULL || sequence->looseness != NULL)
        return;
    int64_t before = shortness(sequence);
    if (before == 0)
        return;
    int number = sequence->first_number;
    context->find_variants = true;
    page_sequence_set(sequence, context);
    context->find_variants = false;
    page_sequence_break(sequence, context, number);
    sequence->looseness = chosen_variants(sequence);
    if (g_hash_table_size(sequence->looseness) == 0)
        return;
    page_sequence_set(sequence, context);
    page_sequence_break(sequence, context, number);
    if (shortness(sequence) >= before) { /* it did not help */
        g_hash_table_remove_all(sequence->looseness);
        page_sequence_set(sequence, context);
        page_sequence_break(sequence, context, number);
    }
}

/* ---- anchors ---- */

void
page_sequence_anchors(const PageSequence *sequence, AnchorVisitor visit,
                      void *data)
{
    for (guint p = 0; sequence->bodies != NULL && p < sequence->bodies->len;
         p++) {
        const PageBody *body = g_ptr_array_index(sequence->bodies, p);
        for (guint i = 0; i < body->anchors->len; i++)
            visit(data, &g_array_index(body->anchors, Anchor, i), (int)p);
    }
}
