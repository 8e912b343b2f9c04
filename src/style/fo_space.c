/* SPDX-License-Identifier: MIT */
/*
 * A run is the inline content of a block between two blocks: one text spread
 * over many nodes.  Its characters go to one buffer, each node keeps its slice.
 * Blanks that may have to go again (before a line's end) are always the last
 * ones of the buffer, so taking them back is cutting it.
 *
 *   treat_children        of a block: runs between the blocks in it
 *     treat_inline        of a run: texts, and inlines with theirs
 *       add_text          character by character
 *     end_run             the last blanks go, slices become texts
 */
#include "style/fo_space.h"

#include <string.h>

#define FORCED_LINE "\xe2\x80\xa8"   /* U+2028 */
#define KEPT_SPACE "\xc2\xa0"        /* U+00A0 */
#define ZERO_WIDTH_SPACE "\xe2\x80\x8b" /* U+200B */

typedef struct {
    FoNode *node;
    size_t start, end;
} Slice;

typedef struct {
    FoTree *tree;
    GString *text;
    GArray *slices;   /* Slice */
    size_t loose;     /* bytes at the end that go if the line ends here */
    bool at_line_start;
    bool after_space; /* for white-space-collapse */
} Run;

static void treat_children(FoTree *tree, FoNode *node, FoNode *first);

static bool
is_block(const FoNode *node)
{
    switch (node->kind) {
    case FO_BLOCK:
    case FO_BLOCK_CONTAINER:
    case FO_LIST_BLOCK:
    case FO_TABLE:
    case FO_TABLE_AND_CAPTION:
        return true;
    default:
        return false;
    }
}

static bool
stands_in_line(const FoNode *node)
{
    switch (node->kind) {
    case FO_TEXT:
    case FO_INLINE:
    case FO_INLINE_CONTAINER:
    case FO_BASIC_LINK:
    case FO_WRAPPER:
    case FO_LEADER:
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
    case FO_INDEX_PAGE_CITATION_LIST:
    case FO_FOOTNOTE:
    case FO_RETRIEVE_MARKER:
        return true;
    default:
        return false;
    }
}

static bool
is_inline_parent(const FoNode *node)
{
    switch (node->kind) {
    case FO_INLINE:
    case FO_BASIC_LINK:
    case FO_WRAPPER:
    case FO_LEADER:
        return true;
    default:
        return false;
    }
}

/* ---- characters ---- */

static void
drop_loose(Run *run)
{
    g_string_truncate(run->text, run->text->len - run->loose);
    run->loose = 0;
    for (guint i = run->slices->len; i-- > 0;) {
        Slice *slice = &g_array_index(run->slices, Slice, i);
        slice->end = MIN(slice->end, run->text->len);
        if (slice->start < run->text->len)
            break;
        slice->start = run->text->len;
    }
}

/* the buffer's last byte, a space, becomes one that is kept: a byte more */
static void
keep_last_space(Run *run)
{
    size_t length = run->text->len;
    g_string_truncate(run->text, length - 1);
    g_string_append(run->text, KEPT_SPACE);
    run->loose++;
    for (guint i = run->slices->len; i-- > 0;) {
        Slice *slice = &g_array_index(run->slices, Slice, i);
        slice->end += slice->end == length;
        if (slice->start < length)
            break;
        slice->start++;
    }
}

static void
force_line(Run *run, const FoStyle *style)
{
    FoKeyword treatment = style->white_space_treatment;
    if (treatment == FO_KEY_IGNORE_IF_BEFORE_LINEFEED ||
        treatment == FO_KEY_IGNORE_IF_SURROUNDING_LINEFEED ||
        treatment == FO_KEY_IGNORE ||
        style->white_space_collapse == FO_KEY_TRUE)
        drop_loose(run);
    g_string_append(run->text, FORCED_LINE);
    run->loose = 0;
    run->at_line_start = true;
    run->after_space = style->white_space_collapse == FO_KEY_TRUE;
}

static void
add_blank(Run *run, const FoStyle *style)
{
    FoKeyword treatment = style->white_space_treatment;
    bool collapses = style->white_space_collapse == FO_KEY_TRUE;
    bool goes_after = treatment == FO_KEY_IGNORE_IF_AFTER_LINEFEED ||
                      treatment == FO_KEY_IGNORE_IF_SURROUNDING_LINEFEED;
    bool goes_before = treatment == FO_KEY_IGNORE_IF_BEFORE_LINEFEED ||
                       treatment == FO_KEY_IGNORE_IF_SURROUNDING_LINEFEED;
    if (treatment == FO_KEY_IGNORE || (collapses && run->after_space) ||
        (run->at_line_start && goes_after))
        return;
    /* a space before this one, or before a line's first character, would be
     * lost at a line break: it stands as one that is never broken at */
    bool is_kept = run->at_line_start;
    if (!is_kept && run->after_space && run->loose > 0 &&
        run->text->str[run->text->len - 1] == ' ')
        keep_last_space(run);
    g_string_append(run->text, is_kept ? KEPT_SPACE : " ");
    run->loose = goes_before || !is_kept
                     ? run->loose + (is_kept ? strlen(KEPT_SPACE) : 1)
                     : 0;
    run->after_space = true;
}

static void
add_linefeed(Run *run, const FoStyle *style)
{
    switch (style->linefeed_treatment) {
    case FO_KEY_IGNORE:
        break;
    case FO_KEY_PRESERVE:
        force_line(run, style);
        break;
    case FO_KEY_TREAT_AS_ZERO_WIDTH_SPACE:
        g_string_append(run->text, ZERO_WIDTH_SPACE);
        run->loose = 0;
        run->after_space = false;
        break;
    default:
        add_blank(run, style);
    }
}

/* what cannot be a combining sequence needs no normalising: Latin to U+02FF,
 * Greek to Arabic, punctuation */
static bool
may_be_denormal(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0xcc && c != 0xe2 && !(c >= 0xce && c <= 0xdf))
            return true;
    }
    return false;
}

static void
add_word(Run *run, const char *text, size_t length)
{
    if (may_be_denormal(text, length)) {
        g_autofree char *normal =
            g_utf8_normalize(text, (gssize)length, G_NORMALIZE_NFC);
        g_string_append(run->text, normal != NULL ? normal : "");
    } else {
        g_string_append_len(run->text, text, (gssize)length);
    }
    run->loose = 0;
    run->at_line_start = false;
    run->after_space = false;
}

static void
add_text(Run *run, FoNode *node)
{
    Slice slice = {node, run->text->len, run->text->len};
    guint index = run->slices->len;
    g_array_append_val(run->slices, slice);
    const char *at = node->text;
    while (*at != 0) {
        size_t length = strcspn(at, " \t\r\n");
        if (length > 0) {
            add_word(run, at, length);
            at += length;
        } else {
            if (*at == '\n')
                add_linefeed(run, node->style);
            else
                add_blank(run, node->style);
            at++;
        }
    }
    Slice *own = &g_array_index(run->slices, Slice, index);
    own->end = run->text->len;
    own->start = MIN(own->start, own->end);
}

/* ---- runs ---- */

static void
begin_run(Run *run, FoTree *tree)
{
    run->tree = tree;
    run->text = g_string_new(NULL);
    run->slices = g_array_new(FALSE, FALSE, sizeof(Slice));
    run->loose = 0;
    run->at_line_start = true;
    run->after_space = true;
}

static void
end_run(Run *run, const FoStyle *style)
{
    if (style->white_space_treatment != FO_KEY_PRESERVE &&
        style->white_space_treatment != FO_KEY_IGNORE_IF_AFTER_LINEFEED)
        drop_loose(run);
    for (guint i = 0; i < run->slices->len; i++) {
        Slice *slice = &g_array_index(run->slices, Slice, i);
        size_t length = slice->end - slice->start;
        slice->node->text =
            arena_strndup(run->tree->arena, run->text->str + slice->start,
                          (gssize)length);
    }
    g_string_truncate(run->text, 0);
    g_array_set_size(run->slices, 0);
    run->loose = 0;
    run->at_line_start = true;
    run->after_space = true;
}

static void
clear_run(Run *run)
{
    g_string_free(run->text, TRUE);
    g_array_unref(run->slices);
}

/* an object in the line: blanks before and after it are between words */
static void
add_object(Run *run)
{
    run->loose = 0;
    run->at_line_start = false;
    run->after_space = false;
}

static void
treat_inline(Run *run, FoNode *node)
{
    if (node->kind == FO_TEXT) {
        add_text(run, node);
    } else if (is_block(node)) {
        end_run(run, node->parent->style);
        treat_children(run->tree, node, node->first);
    } else if (is_inline_parent(node)) {
        for (FoNode *child = node->first; child != NULL; child = child->next)
            treat_inline(run, child);
        if (node->kind == FO_LEADER)
            add_object(run);
    } else if (node->kind == FO_FOOTNOTE) {
        for (FoNode *child = node->first; child != NULL; child = child->next) {
            if (child->kind == FO_FOOTNOTE_BODY)
                treat_children(run->tree, child, child->first);
            else
                treat_inline(run, child);
        }
    } else {
        treat_children(run->tree, node, node->first);
        if (node->kind != FO_MARKER)
            add_object(run);
    }
}

static void
treat_children(FoTree *tree, FoNode *node, FoNode *first)
{
    Run run;
    bool is_open = false;
    for (FoNode *child = first; child != NULL; child = child->next) {
        if (stands_in_line(child)) {
            if (!is_open)
                begin_run(&run, tree);
            is_open = true;
            treat_inline(&run, child);
            continue;
        }
        if (is_open && child->kind != FO_MARKER)
            end_run(&run, node->style);
        treat_children(tree, child, child->first);
    }
    if (is_open) {
        end_run(&run, node->style);
        clear_run(&run);
    }
}

static void
remove_empty(FoNode *node)
{
    FoNode **link = &node->first;
    node->last = NULL;
    while (*link != NULL) {
        FoNode *child = *link;
        if (child->kind == FO_TEXT && *child->text == 0) {
            *link = child->next;
            continue;
        }
        remove_empty(child);
        node->last = child;
        link = &child->next;
    }
}

void
fo_space_treat(FoTree *tree, FoNode *parent, FoNode *first)
{
    treat_children(tree, parent, first);
    for (FoNode *child = first; child != NULL; child = child->next)
        remove_empty(child);
}
