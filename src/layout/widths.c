/* SPDX-License-Identifier: MIT */
/*
 * How narrow and how wide content may be, for columns of tables and for
 * inline-containers.  Text is shaped (from the cache) but not broken.
 */
#include "layout/flow.h"

#include "layout/inline.h"
#include "layout/table.h"

typedef struct {
    LayoutContext *context;
    Length minimum, maximum;
} Widths;

static void
ask(Widths *widths, Length minimum, Length maximum)
{
    widths->minimum = MAX(widths->minimum, minimum);
    widths->maximum = MAX(widths->maximum, maximum);
}

/* indents in points; percentages of an unknown width are none */
static Length
indents(const FoStyle *style)
{
    Length sum = 0;
    if (style->start_indent.kind == FO_DIMENSION_LENGTH)
        sum += style->start_indent.value;
    if (style->end_indent.kind == FO_DIMENSION_LENGTH)
        sum += style->end_indent.value;
    return sum;
}

static void
ask_paragraph(Widths *widths, const FoNode *block, const FoNode *first,
              const FoNode *end, bool own_indents)
{
    InlineContent content;
    inline_content_init(&content, widths->context, block, 0);
    for (const FoNode *node = first; node != end; node = node->next)
        inline_content_add(&content, node, NULL);
    Length minimum, maximum;
    inline_content_widths(&content, &minimum, &maximum);
    inline_content_clear(&content);
    const FoStyle *style = block->style;
    Length around = own_indents ? indents(style) : 0;
    Length indent = style->text_indent.kind == FO_DIMENSION_LENGTH
                        ? style->text_indent.value
                        : 0;
    ask(widths, minimum + around, maximum + around + MAX(indent, 0));
}

static void
ask_children(Widths *widths, const FoNode *parent, bool own_indents);

static void
ask_child(Widths *widths, const FoNode *node)
{
    const FoStyle *style = node->style;
    if (node->kind == FO_BLOCK_CONTAINER) {
        if (style->absolute_position == FO_KEY_ABSOLUTE ||
            style->absolute_position == FO_KEY_FIXED)
            return;
        Length around = indents(style);
        if (style->width.kind == FO_DIMENSION_LENGTH) {
            ask(widths, style->width.value + around,
                style->width.value + around);
            return;
        }
        Widths inner = {widths->context, 0, 0};
        ask_children(&inner, node, false);
        ask(widths, inner.minimum + around, inner.maximum + around);
        return;
    }
    if (node->kind == FO_TABLE) {
        Length minimum, maximum;
        table_widths(widths->context, node, &minimum, &maximum);
        ask(widths, minimum + indents(style), maximum + indents(style));
        return;
    }
    ask_children(widths, node, true);
}

static void
ask_children(Widths *widths, const FoNode *parent, bool own_indents)
{
    for (const FoNode *child = parent->first; child != NULL;) {
        const FoNode *end = child;
        while (end != NULL && is_inline(end))
            end = end->next;
        if (end == child) {
            if (child->kind != FO_MARKER)
                ask_child(widths, child);
            child = child->next;
            continue;
        }
        if (!is_blank_text(child) || child->next != end)
            ask_paragraph(widths, parent, child, end, own_indents);
        child = end;
    }
}

void
flow_widths(LayoutContext *context, const FoNode *parent, Length *minimum,
            Length *maximum)
{
    bool saved = context->measuring;
    context->measuring = true;
    Widths widths = {context, 0, 0};
    ask_children(&widths, parent, false);
    context->measuring = saved;
    *minimum = widths.minimum;
    *maximum = widths.maximum;
}
