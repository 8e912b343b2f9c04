/* SPDX-License-Identifier: MIT */
/* Segments: items, cells, and the text of everything else. */
#include "exchange/segment.h"

#include <string.h>

static void
free_segment(gpointer data)
{
    Segment *segment = data;
    g_free(segment->name);
    g_free(segment->text);
    g_free(segment);
}

char *
segment_normalize(const char *text)
{
    g_autoptr(GString) clean = g_string_new(text);
    g_string_replace(clean, "\r\n", "\n", 0);
    char *folded = g_utf8_normalize(clean->str, -1, G_NORMALIZE_NFC);
    return g_strstrip(folded == NULL ? g_strdup(clean->str) : folded);
}

/* the bytes of a marker "- ", "12. ", "* [x] " behind at most three blanks;
 * *indent is where the item's text begins.  0: none. */
static gsize
item_marker(const char *line, int *indent)
{
    const char *p = line;
    while (*p == ' ' && p - line < 3)
        p++;
    const char *digits = p;
    while (g_ascii_isdigit(*p) && p - digits < 9)
        p++;
    bool ordered = p > digits && (*p == '.' || *p == ')');
    bool bullet = p == digits && *p != 0 && strchr("-*+", *p) != NULL;
    if ((!ordered && !bullet) || p[1] != ' ')
        return 0;
    p++;
    while (*p == ' ')
        p++;
    *indent = (int)(p - line);
    if (*p == '[' && strchr(" xX", p[1]) != NULL && p[1] != 0 && p[2] == ']' &&
        p[3] == ' ')
        p += 4;
    return *p == 0 || *p == '\n' ? 0 : (gsize)(p - line);
}

static bool
is_delimiter_row(const char *line)
{
    gsize length = strcspn(line, "\n");
    return strcspn(line, "-") < length && strcspn(line, "|") < length &&
           strspn(line, " |:-\t\r") >= length;
}

gsize
block_comments(const char *raw)
{
    gsize length = 0;
    while (g_str_has_prefix(raw + length, "<!--")) {
        const char *end = strstr(raw + length, "-->");
        gsize next = end == NULL ? length : (gsize)(end + 3 - raw);
        gsize line = next + strspn(raw + next, " \t\r");
        if (end == NULL || raw[line] != '\n')
            break;
        length = line + strspn(raw + line, "\r\n");
    }
    return length;
}

BlockKind
block_kind_of(const char *raw)
{
    int indent = 0;
    raw += block_comments(raw);
    const char *second = strchr(raw, '\n');
    if (*raw == '#')
        return BLOCK_HEADING;
    if (g_str_has_prefix(raw, "[^"))
        return BLOCK_NOTE;
    if (item_marker(raw, &indent) > 0)
        return BLOCK_LIST;
    if (second != NULL && is_delimiter_row(second + 1))
        return BLOCK_TABLE;
    return BLOCK_OTHER;
}

/* one plain paragraph over several lines becomes one line; anything whose line
 * breaks may mean something stays as it is */
static void
fold_lines(GString *text)
{
    if (strstr(text->str, "<!--") != NULL || strstr(text->str, "```") != NULL ||
        strstr(text->str, "~~~") != NULL || strchr(">|", *text->str) != NULL)
        return;
    for (const char *end = strchr(text->str, '\n'); end != NULL;
         end = strchr(end + 1, '\n')) {
        gsize before = (gsize)(end - text->str);
        const char *next = end + 1;
        next += strspn(next, " \t");
        if (before == 0 || end[-1] == '\\' ||
            (before > 1 && end[-1] == ' ' && end[-2] == ' ') || *next == 0 ||
            strchr("\n-+*#>|`~=<:[!", *next) != NULL || g_ascii_isdigit(*next))
            return;
    }
    g_autoptr(GString) folded = g_string_new(NULL);
    for (const char *p = text->str; *p != 0; p++) {
        g_string_append_c(folded, *p == '\n' ? ' ' : *p);
        if (*p == '\n')
            p += strspn(p + 1, " \t");
    }
    g_string_assign(text, folded->str);
}

static Segment *
add_segment(GPtrArray *segments, char *name, const char *raw, gsize start,
            gsize end, int indent)
{
    while (end > start && g_ascii_isspace(raw[end - 1]))
        end--;
    Segment *segment = g_new0(Segment, 1);
    segment->name = name;
    segment->start = start;
    segment->end = end;
    segment->indent = indent;
    g_autoptr(GString) text = g_string_new(NULL);
    for (const char *p = raw + start; p < raw + end; p++) {
        g_string_append_c(text, *p);
        bool line_end = *p == '\n';
        for (int i = 0; line_end && i < indent && p[1] == ' '; i++)
            p++;
    }
    fold_lines(text);
    segment->text = segment_normalize(text->str);
    g_ptr_array_add(segments, segment);
    return segment;
}

static void
split_list(GPtrArray *segments, const char *raw)
{
    gsize start = 0;
    int count = 0, indent = 0;
    gsize length = strlen(raw);
    for (gsize line = 0; line < length;) {
        int deep = 0;
        gsize blanks = strspn(raw + line, " ");
        gsize marker = item_marker(raw + line, &deep);
        if (marker > 0 && (count == 0 || (int)blanks < indent)) {
            if (count > 0)
                add_segment(segments, g_strdup_printf(".i%d", count), raw,
                            start, line, indent);
            count++;
            start = line + marker;
            indent = deep;
        }
        line += strcspn(raw + line, "\n");
        line += raw[line] == '\n';
    }
    add_segment(segments, g_strdup_printf(".i%d", count), raw, start, length,
                indent);
}

static void
split_row(GPtrArray *segments, const char *raw, gsize start, gsize end, int row)
{
    gsize p = start + strspn(raw + start, " \t");
    p += raw[p] == '|';
    for (int column = 1; p < end; column++) {
        gsize stop = p;
        while (stop < end && raw[stop] != '|')
            stop += raw[stop] == '\\' && stop + 1 < end ? 2 : 1;
        gsize first = p;
        while (first < stop && g_ascii_isspace(raw[first]))
            first++;
        if (first == stop) /* an empty cell: behind its first blank */
            first = MIN(p + 1, stop);
        bool rest = stop >= end && first >= stop;
        if (!rest)
            add_segment(segments, g_strdup_printf(".r%dc%d", row, column), raw,
                        first, stop, 0)
                ->cell = true;
        p = stop + 1;
    }
}

static void
split_table(GPtrArray *segments, const char *raw)
{
    gsize length = strlen(raw);
    int row = 0, index = 0;
    for (gsize line = 0; line < length; index++) {
        gsize end = line + strcspn(raw + line, "\n");
        gsize trimmed = end;
        while (trimmed > line && g_ascii_isspace(raw[trimmed - 1]))
            trimmed--;
        if (index != 1)
            split_row(segments, raw, line, trimmed, ++row);
        line = end + 1;
    }
}

/* what of a heading or a footnote is text: behind the marks or the label, and
 * before {#id} */
static void
split_plain(GPtrArray *segments, const char *raw, BlockKind kind)
{
    gsize start = 0, end = strlen(raw);
    bool one_line = strchr(raw, '\n') == NULL;
    if (kind == BLOCK_HEADING && *raw == '#' && one_line) {
        start = strspn(raw, "#");
        const char *id = g_strrstr(raw, "{#");
        if (id != NULL && end > 0 && raw[end - 1] == '}')
            end = (gsize)(id - raw);
    } else if (kind == BLOCK_NOTE && g_str_has_prefix(raw, "[^")) {
        const char *colon = strstr(raw, "]:");
        start = colon == NULL ? 0 : (gsize)(colon + 2 - raw);
    }
    while (start < end && g_ascii_isspace(raw[start]))
        start++;
    add_segment(segments, g_strdup(""), raw, start, end, 0);
}

GPtrArray *
segments_of(const char *raw, BlockKind kind)
{
    GPtrArray *segments = g_ptr_array_new_with_free_func(free_segment);
    gsize skip = block_comments(raw);
    const char *text = raw + skip;
    if (kind == BLOCK_LIST && block_kind_of(text) == BLOCK_LIST)
        split_list(segments, text);
    else if (kind == BLOCK_TABLE && block_kind_of(text) == BLOCK_TABLE)
        split_table(segments, text);
    else
        split_plain(segments, text, kind);
    for (guint i = 0; i < segments->len; i++) {
        Segment *segment = g_ptr_array_index(segments, i);
        segment->start += skip;
        segment->end += skip;
    }
    return segments;
}

int
segment_index(const GPtrArray *segments, const char *name)
{
    for (guint i = 0; i < segments->len; i++) {
        const Segment *segment = g_ptr_array_index(segments, i);
        if (strcmp(segment->name, name) == 0)
            return (int)i;
    }
    return -1;
}

bool
segments_alike(const GPtrArray *a, const GPtrArray *b)
{
    bool alike = a->len == b->len;
    for (guint i = 0; alike && i < a->len; i++) {
        const Segment *one = g_ptr_array_index(a, i);
        const Segment *other = g_ptr_array_index(b, i);
        alike = strcmp(one->name, other->name) == 0;
    }
    return alike;
}

/* in one line, no bar without a backslash */
static void
put_cell(GString *out, const char *text)
{
    for (const char *p = text; *p != 0; p++) {
        if (*p == '\n')
            g_string_append_c(out, ' ');
        else if (*p == '\\' && p[1] != 0)
            g_string_append_len(out, p++, 2);
        else if (*p == '|')
            g_string_append(out, "\\|");
        else
            g_string_append_c(out, *p);
    }
}

static void
put_text(GString *out, const Segment *segment, const char *text)
{
    if (segment->cell) {
        put_cell(out, text);
        return;
    }
    for (const char *p = text; *p != 0; p++) {
        g_string_append_c(out, *p);
        if (*p == '\n' && p[1] != '\n')
            g_string_append_printf(out, "%*s", segment->indent, "");
    }
}

char *
segment_held(const Segment *segment, const char *text)
{
    g_autoptr(GString) held = g_string_new(segment->cell ? NULL : text);
    if (segment->cell)
        put_cell(held, text);
    else
        fold_lines(held);
    return segment_normalize(held->str);
}

char *
segments_replace(const char *raw, const GPtrArray *segments,
                 const char *const *texts)
{
    GString *out = g_string_new(NULL);
    gsize done = 0;
    for (guint i = 0; i < segments->len; i++) {
        const Segment *segment = g_ptr_array_index(segments, i);
        if (texts[i] == NULL)
            continue;
        g_string_append_len(out, raw + done, (gssize)(segment->start - done));
        put_text(out, segment, texts[i]);
        if (segment->cell && segment->start == segment->end &&
            raw[segment->end] == '|')
            g_string_append_c(out, ' ');
        done = segment->end;
    }
    g_string_append(out, raw + done);
    return g_string_free(out, FALSE);
}
