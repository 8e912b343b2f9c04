/* SPDX-License-Identifier: MIT */
/*
 * The size of a graphic (XSL 1.1, 7.15 and 6.6.5): content-width and -height
 * say how large it is drawn, inline- and block-progression-dimension how large
 * the viewport around it is.
 */
#include "layout/inline.h"

typedef struct {
    bool set, only_down;
    Length value;
} Wish;

static bool
is_scale(FoDimension dimension)
{
    return dimension.kind == FO_DIMENSION_SCALE_TO_FIT ||
           dimension.kind == FO_DIMENSION_SCALE_DOWN_TO_FIT;
}

/* viewport: of the same direction; 0 where it is auto */
static Wish
wish(FoDimension dimension, Length natural, Length viewport)
{
    Wish result = {false, false, natural};
    if (dimension.kind == FO_DIMENSION_LENGTH ||
        dimension.kind == FO_DIMENSION_PERCENT) {
        result.set = true;
        result.value = fo_dimension(dimension, natural, natural);
    } else if (is_scale(dimension) && viewport > 0) {
        result.set = true;
        result.only_down = dimension.kind == FO_DIMENSION_SCALE_DOWN_TO_FIT;
        result.value = viewport;
    }
    if (result.only_down && natural <= viewport)
        result.value = natural;
    return result;
}

static void
content_size(const FoStyle *style, Length natural_width, Length natural_height,
             Length viewport_width, Length viewport_height, GraphicSize *size)
{
    Wish width = wish(style->content_width, natural_width, viewport_width);
    Wish height = wish(style->content_height, natural_height,
                       viewport_height);
    size->content_width = width.value;
    size->content_height = height.value;
    if (style->scaling == FO_KEY_NON_UNIFORM)
        return;
    if (width.set && !height.set)
        size->content_height =
            length_scale(natural_height, width.value, natural_width);
    else if (height.set && !width.set)
        size->content_width =
            length_scale(natural_width, height.value, natural_height);
    else if (width.set && height.set) {
        /* the smaller of the two scales keeps the shape */
        Length by_width =
            length_scale(natural_height, width.value, natural_width);
        if (by_width <= height.value)
            size->content_height = by_width;
        else
            size->content_width =
                length_scale(natural_width, height.value, natural_height);
    }
}

GraphicSize
graphic_size(LayoutContext *context, const FoNode *node, Length measure)
{
    const FoStyle *style = node->style;
    Length natural_width = POINTS(60), natural_height = POINTS(40);
    if (node->graphic != NULL && node->graphic->width > 0 &&
        node->graphic->height > 0) {
        natural_width = node->graphic->width;
        natural_height = node->graphic->height;
    }
    Length viewport_width = fo_dimension(style->width, measure, 0);
    Length viewport_height =
        style->height.kind == FO_DIMENSION_LENGTH ? style->height.value : 0;
    GraphicSize size;
    content_size(style, natural_width, natural_height, viewport_width,
                 viewport_height, &size);
    /* a size nobody asked for gives way to the measure */
    bool free_size = style->content_width.kind == FO_DIMENSION_AUTO &&
                     style->content_height.kind == FO_DIMENSION_AUTO &&
                     viewport_width == 0;
    if (measure > 0 && size.content_width > measure && !context->measuring) {
        diagnostics_add(context->diagnostics, LEVEL_WARNING,
                        "image-too-large", node->place,
                        "the picture %s is %.0f pt wide, the text only %.0f "
                        "pt%s: give it content-width=\"scale-down-to-fit\" "
                        "and width=\"100%%\", or a smaller size",
                        node->graphic == NULL ? "" : node->graphic->name,
                        length_points(size.content_width),
                        length_points(measure),
                        free_size ? "; it is made smaller" : "");
        if (free_size) {
            size.content_height = length_scale(size.content_height, measure,
                                               size.content_width);
            size.content_width = measure;
        }
    }
    size.width = viewport_width > 0 ? viewport_width : size.content_width;
    size.height = viewport_height > 0 ? viewport_height : size.content_height;
    return size;
}
