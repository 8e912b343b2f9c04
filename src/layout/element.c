/* SPDX-License-Identifier: MIT */
/*
 * The growable list behind a flow.  Elements live in the list's arena; growing
 * doubles, so the old copies cost at most as much again.
 */
#include "layout/element.h"

#include <string.h>

ElementList *
element_list_new(Arena *arena)
{
    ElementList *list = arena_new0(arena, ElementList);
    list->arena = arena;
    list->frames = g_array_new(FALSE, FALSE, sizeof(Frame *));
    list->paragraphs = g_array_new(FALSE, FALSE, sizeof(ParagraphVariants));
    return list;
}

void
element_list_free(ElementList *list)
{
    if (list == NULL)
        return;
    g_clear_pointer(&list->frames, g_array_unref);
    g_clear_pointer(&list->paragraphs, g_array_unref);
}

Element *
element_list_add(ElementList *list)
{
    if (list->count == list->allocated) {
        int allocated = list->allocated == 0 ? 4 : 2 * list->allocated;
        Element *elements = arena_array(list->arena, Element, allocated);
        if (list->count > 0)
            memcpy(elements, list->elements,
                   sizeof(Element) * (size_t)list->count);
        list->elements = elements;
        list->allocated = allocated;
    }
    Element *element = &list->elements[list->count++];
    element->paragraph = -1;
    return element;
}

Length
element_list_height(const ElementList *list, int first, int last)
{
    Length height = 0;
    for (int i = first; i <= last; i++) {
        height += list->elements[i].height;
        if (i < last)
            height += list->elements[i].gap;
    }
    return height;
}
