/* SPDX-License-Identifier: MIT */
/*
 * Colours of XSL 1.1: #rgb, #rrggbb, rgb(), rgb-icc() by its fallback, the
 * names of CSS and HTML, and the system colours of CSS 2 as they look on paper.
 */
#include "style/fo_property.h"

#include <stdlib.h>
#include <string.h>

/* sorted by name: found by bisection */
static const struct {
    const char *name;
    unsigned rgb;
} names[] = {
    {"activeborder", 0x808080},    {"activecaption", 0xd0d0d0},
    {"appworkspace", 0xffffff},    {"aqua", 0x00ffff},
    {"background", 0xffffff},      {"beige", 0xf5f5dc},
    {"black", 0x000000},           {"blue", 0x0000ff},
    {"brown", 0xa52a2a},           {"buttonface", 0xe0e0e0},
    {"buttonhighlight", 0xffffff}, {"buttonshadow", 0x808080},
    {"buttontext", 0x000000},      {"captiontext", 0x000000},
    {"coral", 0xff7f50},           {"crimson", 0xdc143c},
    {"cyan", 0x00ffff},            {"darkblue", 0x00008b},
    {"darkgray", 0xa9a9a9},        {"darkgreen", 0x006400},
    {"darkgrey", 0xa9a9a9},        {"darkorange", 0xff8c00},
    {"darkred", 0x8b0000},         {"dimgray", 0x696969},
    {"dimgrey", 0x696969},         {"fuchsia", 0xff00ff},
    {"gainsboro", 0xdcdcdc},       {"gold", 0xffd700},
    {"gray", 0x808080},            {"graytext", 0x808080},
    {"green", 0x008000},           {"grey", 0x808080},
    {"highlight", 0xd0d0d0},       {"highlighttext", 0x000000},
    {"inactiveborder", 0xc0c0c0},  {"inactivecaption", 0xe0e0e0},
    {"inactivecaptiontext", 0x606060},
    {"indigo", 0x4b0082},          {"infobackground", 0xffffe1},
    {"infotext", 0x000000},        {"ivory", 0xfffff0},
    {"khaki", 0xf0e68c},           {"lavender", 0xe6e6fa},
    {"lightblue", 0xadd8e6},       {"lightcyan", 0xe0ffff},
    {"lightgray", 0xd3d3d3},       {"lightgreen", 0x90ee90},
    {"lightgrey", 0xd3d3d3},       {"lightyellow", 0xffffe0},
    {"lime", 0x00ff00},            {"magenta", 0xff00ff},
    {"maroon", 0x800000},          {"menu", 0xe0e0e0},
    {"menutext", 0x000000},        {"midnightblue", 0x191970},
    {"navy", 0x000080},            {"olive", 0x808000},
    {"orange", 0xffa500},          {"orangered", 0xff4500},
    {"pink", 0xffc0cb},            {"plum", 0xdda0dd},
    {"purple", 0x800080},          {"red", 0xff0000},
    {"royalblue", 0x4169e1},       {"salmon", 0xfa8072},
    {"scrollbar", 0xe0e0e0},       {"seagreen", 0x2e8b57},
    {"sienna", 0xa0522d},          {"silver", 0xc0c0c0},
    {"skyblue", 0x87ceeb},         {"slategray", 0x708090},
    {"slategrey", 0x708090},       {"steelblue", 0x4682b4},
    {"tan", 0xd2b48c},             {"teal", 0x008080},
    {"threeddarkshadow", 0x404040}, {"threedface", 0xe0e0e0},
    {"threedhighlight", 0xffffff}, {"threedlightshadow", 0xe0e0e0},
    {"threedshadow", 0x808080},    {"tomato", 0xff6347},
    {"turquoise", 0x40e0d0},       {"violet", 0xee82ee},
    {"wheat", 0xf5deb3},           {"white", 0xffffff},
    {"whitesmoke", 0xf5f5f5},      {"window", 0xffffff},
    {"windowframe", 0x000000},     {"windowtext", 0x000000},
    {"yellow", 0xffff00},
};

static FoColor
color_of(unsigned rgb)
{
    return (FoColor){false, (double)(rgb >> 16 & 255) / 255,
                     (double)(rgb >> 8 & 255) / 255, (double)(rgb & 255) / 255};
}

static bool
read_hexadecimal(const char *text, FoColor *color)
{
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    if (text[digits] != 0 || (digits != 3 && digits != 6))
        return false;
    unsigned rgb = (unsigned)strtoul(text, NULL, 16);
    if (digits == 3)
        rgb = ((rgb >> 8 & 15) << 16 | (rgb >> 4 & 15) << 8 | (rgb & 15)) * 17;
    *color = color_of(rgb);
    return true;
}

/* "255", "50%" or "0.5" (of rgb-icc: no), as a part of 1 */
static bool
read_part(const char *text, double *part)
{
    char *end;
    double value = g_ascii_strtod(text, &end);
    while (g_ascii_isspace(*end))
        end++;
    bool percent = *end == '%';
    if (end == text || strspn(end + (percent ? 1 : 0), " \t\r\n") !=
                           strlen(end + (percent ? 1 : 0)))
        return false;
    *part = CLAMP(value / (percent ? 100 : 255), 0, 1);
    return value == value;
}

static bool
read_rgb(const char *text, size_t prefix, FoColor *color)
{
    const char *end = strrchr(text, ')');
    if (end == NULL || end[1] != 0)
        return false;
    g_autofree char *inside =
        g_strndup(text + prefix, (gsize)(end - text) - prefix);
    g_auto(GStrv) parts = g_strsplit(inside, ",", 0);
    guint count = g_strv_length(parts);
    *color = (FoColor){false, 0, 0, 0};
    return (prefix == 4 ? count == 3 : count >= 3) &&
           read_part(parts[0], &color->red) &&
           read_part(parts[1], &color->green) &&
           read_part(parts[2], &color->blue);
}

static bool
find_name(const char *text, FoColor *color)
{
    size_t first = 0, end = G_N_ELEMENTS(names);
    while (first < end) {
        size_t middle = (first + end) / 2;
        int order = g_ascii_strcasecmp(text, names[middle].name);
        if (order == 0) {
            *color = color_of(names[middle].rgb);
            return true;
        }
        if (order < 0)
            end = middle;
        else
            first = middle + 1;
    }
    return false;
}

bool
fo_color_read(const char *text, FoColor *color)
{
    if (*text == '#')
        return read_hexadecimal(text + 1, color);
    if (g_str_has_prefix(text, "rgb("))
        return read_rgb(text, 4, color);
    if (g_str_has_prefix(text, "rgb-icc("))
        return read_rgb(text, 8, color);
    if (g_str_has_prefix(text, "system-color(")) {
        size_t length = strcspn(text + 13, ")");
        g_autofree char *name = g_strndup(text + 13, length);
        return strcmp(text + 13 + length, ")") == 0 &&
               find_name(g_strstrip(name), color);
    }
    if (strcmp(text, "transparent") == 0) {
        *color = (FoColor){true, 0, 0, 0};
        return true;
    }
    return find_name(text, color);
}
