/* SPDX-License-Identifier: MIT */
/*
 * Figures that are calculated from others of their file: sum="a b" and
 * difference="a b" (the first less the rest).
 *
 * The value is written into the tree that was read, so that nobody after us
 * needs to know; a part may be calculated itself, and what is left when nothing
 * more can be is said.  Decimals are exact: 0.1 + 0.2 is 0.3.
 */
#include "facts/research_parts.h"

#include "base/xml.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))
/* "−" and "+" stand with their number */
#define PLUS "\xc2\xa0+ "
#define MINUS "\xc2\xa0\xe2\x88\x92 "
#define EQUALS "\xc2\xa0= "
/* of a number, point and all: so that sums fit into 64 bits */
enum { MOST_DIGITS = 15 };

/* ---- figures ---- */

static bool
is_figure(const xmlNode *node)
{
    return xml_is(node, "row") || xml_is(node, "figure");
}

const xmlNode *
research_find_figure(const xmlNode *root, const char *key)
{
    for (const xmlNode *node = xml_first(root); node != NULL;
         node = xml_next(node, NULL)) {
        if (is_figure(node) && strcmp(xml_attribute(node, "key"), key) == 0)
            return node;
    }
    return NULL;
}

/* keys of the parts; NULL: it is not calculated */
static const char *
parts_of(const xmlNode *figure, bool *is_sum)
{
    const char *sum = xml_attribute(figure, "sum");
    *is_sum = sum != NULL;
    return sum != NULL ? sum : xml_attribute(figure, "difference");
}

/* ---- decimals ---- */

static size_t
count_decimals(const char *value)
{
    const char *point = strchr(value, '.');
    return point == NULL ? 0 : strlen(point + 1);
}

/* as a whole number of 10^-decimals; false: too long */
static bool
read_scaled(const char *value, size_t decimals, gint64 *scaled)
{
    size_t digits = 0, behind = count_decimals(value);
    *scaled = 0;
    for (const char *c = value; *c != '\0'; c++) {
        if (!g_ascii_isdigit(*c))
            continue;
        *scaled = *scaled * 10 + (*c - '0');
        if (++digits > MOST_DIGITS)
            return false;
    }
    for (; behind < decimals; behind++) {
        *scaled *= 10;
        if (++digits > MOST_DIGITS)
            return false;
    }
    if (value[0] == '-')
        *scaled = -*scaled;
    return true;
}

static char *
write_scaled(gint64 scaled, size_t decimals)
{
    g_autofree char *digits = g_strdup_printf(
        "%0*" G_GINT64_FORMAT, (int)decimals + 1, ABS(scaled));
    int whole = (int)(strlen(digits) - decimals);
    return g_strdup_printf("%s%.*s%s%s", scaled < 0 ? "-" : "", whole, digits,
                           decimals > 0 ? "." : "", digits + whole);
}

/* ---- the calculation ---- */

/* the value; NULL: the part *fault has none (yet), or is too long a number */
static char *
calculate(const xmlNode *root, const xmlNode *figure, const char **fault)
{
    bool is_sum;
    g_auto(GStrv) keys = g_strsplit_set(parts_of(figure, &is_sum), " \t\n", -1);
    size_t decimals = 0;
    for (int i = 0; keys[i] != NULL; i++) {
        const xmlNode *part = research_find_figure(root, keys[i]);
        const char *value = part == NULL ? "" : xml_attribute(part, "value");
        decimals = MAX(decimals, value == NULL ? 0 : count_decimals(value));
    }
    gint64 total = 0;
    bool is_first = true;
    for (int i = 0; keys[i] != NULL; i++) {
        if (*keys[i] == '\0')
            continue;
        const xmlNode *part = research_find_figure(root, keys[i]);
        const char *value = part == NULL ? NULL : xml_attribute(part, "value");
        gint64 scaled;
        if (value == NULL || !read_scaled(value, decimals, &scaled)) {
            *fault = g_intern_string(keys[i]);
            return NULL;
        }
        total += is_sum || is_first ? scaled : -scaled;
        is_first = false;
    }
    return write_scaled(total, decimals);
}

/* one round; the first that could not be calculated in *left, NULL: none */
static bool
calculate_more(const xmlNode *root, const xmlNode **left, const char **fault)
{
    bool has_more = false, is_sum;
    *left = NULL;
    for (const xmlNode *node = xml_first(root); node != NULL;
         node = xml_next(node, NULL)) {
        if (!is_figure(node) || parts_of(node, &is_sum) == NULL ||
            xml_attribute(node, "value") != NULL)
            continue;
        const char *missing = NULL;
        g_autofree char *value = calculate(root, node, &missing);
        if (value != NULL) {
            xmlSetProp((xmlNode *)node, XML("value"), XML(value));
            has_more = true;
        } else if (*left == NULL) {
            *left = node;
            *fault = missing;
        }
    }
    return has_more;
}

bool
research_calculate(xmlNode *root, const char *file, Diagnostics *diagnostics)
{
    const xmlNode *left = NULL;
    const char *fault = NULL;
    while (calculate_more(root, &left, &fault))
        ;
    if (left == NULL)
        return true;
    diagnostics_add(diagnostics, LEVEL_ERROR, "research-sum",
                    (Place){file, (int)xmlGetLineNo((xmlNode *)left), 0},
                    "'%s' cannot be calculated: '%s' is no figure of this file "
                    "with a value of at most %d digits that does not need '%s' "
                    "itself",
                    xml_attribute(left, "key"), fault, MOST_DIGITS,
                    xml_attribute(left, "key"));
    return false;
}

/* ---- in words ---- */

char *
research_parts_text(const Making *making, const xmlNode *figure)
{
    bool is_sum;
    const char *parts = parts_of(figure, &is_sum);
    if (parts == NULL)
        return NULL;
    g_auto(GStrv) keys = g_strsplit_set(parts, " \t\n", -1);
    GString *text = g_string_new(NULL);
    for (int i = 0; keys[i] != NULL; i++) {
        if (*keys[i] == '\0')
            continue;
        g_autofree char *value = research_figure_text(
            making, research_find_figure(making->root, keys[i]));
        if (text->len > 0)
            g_string_append(text, is_sum ? PLUS : MINUS);
        g_string_append(text, value);
    }
    return g_string_free(text, FALSE);
}

char *
research_calculations(const Making *making)
{
    GString *text = g_string_new(NULL);
    for (const xmlNode *node = xml_first(making->root); node != NULL;
         node = xml_next(node, NULL)) {
        g_autofree char *parts =
            is_figure(node) ? research_parts_text(making, node) : NULL;
        g_autofree char *label =
            parts == NULL ? NULL : research_take_word(making, node, "label");
        if (label == NULL)
            continue;
        g_autofree char *value = research_figure_text(making, node);
        g_string_append_printf(text, "%s%s" EQUALS "%s" EQUALS "%s",
                               text->len == 0 ? "" : "; ", label, parts, value);
    }
    return g_string_free(text, FALSE);
}
