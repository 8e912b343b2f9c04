/* SPDX-License-Identifier: MIT */
/* Sums over elements and notes, and what a page made of some of them needs. */
#include "layout/break_parts.h"

static void
sums_add_notes(Breaker *breaker, const Element *element)
{
    for (int i = 0; i < element->note_count; i++) {
        const Note *note = element->notes[i];
        int first = (int)breaker->note_elements->len;
        for (int j = 0; j < note->list->count; j++) {
            NoteElement entry = {.note = note,
                                 .index = j,
                                 .ends = j == note->list->count - 1,
                                 .first = first};
            g_array_append_val(breaker->note_elements, entry);
        }
    }
}

const NoteElement *
note_element(const Breaker *breaker, int index)
{
    return &g_array_index(breaker->note_elements, NoteElement, index);
}

static Length
gap_after_note(const Breaker *breaker, int index)
{
    const NoteElement *entry = note_element(breaker, index);
    return entry->ends ? breaker->options->note_gap
                       : entry->note->list->elements[entry->index].gap;
}

static void
sums_init_notes(Breaker *breaker)
{
    int count = (int)breaker->note_elements->len;
    breaker->note_height = g_new0(Length, count + 1);
    for (int i = 0; i < count; i++) {
        const NoteElement *entry = note_element(breaker, i);
        breaker->note_height[i + 1] =
            breaker->note_height[i] +
            entry->note->list->elements[entry->index].height +
            gap_after_note(breaker, i);
    }
}

static void
sums_init_paragraphs(Breaker *breaker, Length *most_line)
{
    const GArray *paragraphs = breaker->list->paragraphs;
    guint next = 0;
    for (int i = 0; i <= breaker->count; i++) {
        while (next < paragraphs->len &&
               g_array_index(paragraphs, ParagraphVariants, next).first < i)
            next++;
        breaker->paragraph_from[i] = (int)next;
    }
    for (guint i = 0; i < paragraphs->len; i++) {
        const ParagraphVariants *variants =
            &g_array_index(paragraphs, ParagraphVariants, i);
        if (variants->may_lengthen || variants->may_shorten)
            *most_line = MAX(
                *most_line, breaker->list->elements[variants->first].height);
    }
}

void
sums_init(Breaker *breaker)
{
    int count = breaker->count;
    breaker->height = g_new0(Length, count + 1);
    breaker->stretch = g_new0(Length, count + 1);
    breaker->shrink = g_new0(Length, count + 1);
    breaker->notes = g_new0(int, count + 1);
    breaker->paragraph_from = g_new0(int, count + 1);
    Length most_top = 0, most_bottom = 0, most_line = 0;
    for (int i = 0; i < count; i++) {
        const Element *element = &breaker->list->elements[i];
        breaker->height[i + 1] =
            breaker->height[i] + element->height + element->gap;
        breaker->stretch[i + 1] = breaker->stretch[i] + element->stretch;
        breaker->shrink[i + 1] = breaker->shrink[i] + element->shrink;
        sums_add_notes(breaker, element);
        breaker->notes[i + 1] = (int)breaker->note_elements->len;
        most_top = MAX(most_top, element->top + element->gap);
        most_bottom = MAX(most_bottom, element->bottom);
        breaker->most_stretch = MAX(breaker->most_stretch, element->stretch);
    }
    sums_init_notes(breaker);
    sums_init_paragraphs(breaker, &most_line);
    breaker->most_extra = most_top + most_bottom + most_line +
                          breaker->options->note_separator;
    Length line = MAX(breaker->options->line_height, POINTS(2));
    breaker->base_stretch =
        breaker->options->ragged_bottom ? 3 * line : line / 2;
}

PageRoom
room_of(Breaker *breaker, int index)
{
    while ((int)breaker->rooms->len <= index) {
        PageRoom room = breaker->options->room(breaker->options->data,
                                               (int)breaker->rooms->len);
        g_array_append_val(breaker->rooms, room);
    }
    return g_array_index(breaker->rooms, PageRoom, index);
}

Content
content_of(const Breaker *breaker, int first, int last)
{
    if (last < first)
        return (Content){0, 0, 0};
    const Element *end = &breaker->list->elements[last];
    Content content = {
        breaker->height[last + 1] - breaker->height[first] - end->gap,
        breaker->stretch[last + 1] - breaker->stretch[first] - end->stretch,
        breaker->shrink[last + 1] - breaker->shrink[first] - end->shrink};
    if (last < breaker->count - 1)
        content.natural += end->bottom;
    if (first > 0) {
        const Element *before = &breaker->list->elements[first - 1];
        content.natural += before->top;
        if (before->gap_retained) {
            content.natural += before->gap;
            content.stretch += before->stretch;
            content.shrink += before->shrink;
        }
    }
    return content;
}

Length
notes_height(const Breaker *breaker, int first, int last)
{
    if (first == last)
        return 0;
    const NoteElement *end = note_element(breaker, last - 1);
    const NoteElement *start = note_element(breaker, first);
    Length height = breaker->options->note_separator +
                    breaker->note_height[last] - breaker->note_height[first] -
                    gap_after_note(breaker, last - 1);
    if (start->index > 0)
        height += start->note->list->elements[start->index - 1].top;
    if (!end->ends)
        height += end->note->list->elements[end->index].bottom;
    return height;
}

int
fit_notes(const Breaker *breaker, int first, int called, Length space,
          Length shrink)
{
    if (first == called ||
        notes_height(breaker, first, called) <= space + shrink)
        return called;
    int start = MAX(note_element(breaker, called - 1)->first, first);
    int squeezed = -1;
    for (int end = called - 1; end > start; end--) {
        const NoteElement *entry = note_element(breaker, end - 1);
        if (entry->note->list->elements[entry->index].penalty >=
            PENALTY_FORBIDDEN)
            continue;
        Length height = notes_height(breaker, first, end);
        if (height <= space)
            return end;
        if (squeezed < 0 && height <= space + shrink)
            squeezed = end;
    }
    return squeezed;
}
