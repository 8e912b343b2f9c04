/* SPDX-License-Identifier: MIT */
/*
 * limits_apply
 *   mend_characters    what XML and paper do not have
 *   check_conflict     lines left by git
 *   check_nesting      containers: quotes, lists, notes
 *   check_runs         for the lines between two blank ones:
 *     check_brackets     depth of [
 *     check_tables       columns, cells
 *     cost               marks times bytes: what quadratic steps would take
 */
#include "read/markdown_limits.h"

#include <string.h>

enum { LIMIT_ALL_CELLS = 4 * LIMIT_TABLE_CELLS, MAX_REPORTS = 100 };
/* measured: the worst text found (![[]() again and again) takes 0.2 s for
 * 2.4e9; an ordinary chapter of 400 KB costs about 2e7 */
static const double LIMIT_COST = 3e10;

typedef struct {
    const char *start; /* in the source, or in `mended` */
    size_t length;
    char *mended; /* owned, or NULL */
} Line;

typedef struct {
    const Source *source;
    int first, count;
    Line *lines;
    GArray *items; /* of int: columns where open list items' text begins */
    bool in_conflict;
    int reported;
    Diagnostics *diagnostics;
} Limits;

/* after some hundred there is nothing new to say */
static void G_GNUC_PRINTF(5, 6)
    report(Limits *limits, int index, size_t offset, const char *name,
           const char *format, ...)
{
    if (++limits->reported > MAX_REPORTS)
        return;
    size_t start = limits->source->line_starts[limits->first - 1 + index];
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    diagnostics_add(limits->diagnostics, LEVEL_ERROR, name,
                    source_place(limits->source, start + offset), "%s", text);
}

static void
drop_line(Limits *limits, int index)
{
    limits->lines[index].length = 0;
}

static bool
is_blank(const Line *line)
{
    for (size_t i = 0; i < line->length; i++) {
        char c = line->start[i];
        if (c != ' ' && c != '\t' && c != '>')
            return false;
    }
    return true;
}

/* ---- single lines -------------------------------------------------------- */

static void
mend_characters(Limits *limits, int index)
{
    Line *line = &limits->lines[index];
    for (size_t i = 0; i < line->length; i++) {
        unsigned char c = (unsigned char)line->start[i];
        bool is_control = c < 0x20 && c != '\t';
        bool is_noncharacter = c == 0xEF && i + 2 < line->length &&
                               (unsigned char)line->start[i + 1] == 0xBF &&
                               (unsigned char)line->start[i + 2] >= 0xBE;
        if (!is_control && !is_noncharacter)
            continue;
        report(limits, index, i, "control-character",
               "a character that cannot be printed (0x%02X) stands "
               "here; delete it",
               c);
        if (line->mended == NULL) {
            line->mended = g_strndup(line->start, line->length);
            line->start = line->mended;
        }
        if (is_control)
            line->mended[i] = ' ';
        else
            memcpy(line->mended + i, "\xEF\xBF\xBD", 3);
    }
}

static void
check_conflict(Limits *limits, int index)
{
    static const char *const marks[] = {"<<<<<<< ", "||||||| ", ">>>>>>> "};
    const Line *line = &limits->lines[index];
    bool is_mark = limits->in_conflict && line->length == 7 &&
                   memcmp(line->start, "=======", 7) == 0;
    for (int i = 0; i < 3 && !is_mark; i++)
        is_mark = line->length > 8 && memcmp(line->start, marks[i], 8) == 0;
    if (!is_mark)
        return;
    limits->in_conflict = line->start[0] != '>';
    report(limits, index, 0, "conflict-marker",
           "git could not merge here and left its marks; choose one "
           "of the two texts and delete the lines <<<<<<<, =======, "
           ">>>>>>>");
    drop_line(limits, index);
}

/* ---- nesting ------------------------------------------------------------- */

/* - - - and * * *: a rule, not three lists */
static bool
is_rule(const char *text, size_t length)
{
    int count = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == text[0])
            count++;
        else if (text[i] != ' ' && text[i] != '\t')
            return false;
    }
    return count >= 3 && text[0] != '+';
}

/* bytes of a list item's or footnote's mark at the start of text, else 0 */
static size_t
mark_length(const char *text, size_t length)
{
    size_t mark = 0;
    if (text[0] == '-' || text[0] == '+' || text[0] == '*') {
        mark = is_rule(text, length) ? 0 : 1;
    } else if (text[0] == '[' && length > 1 && text[1] == '^') {
        for (size_t i = 2; i + 1 < length && text[i] != ' '; i++) {
            if (text[i] == ']')
                return text[i + 1] == ':' ? i + 2 : 0;
        }
        return 0;
    } else {
        while (mark < length && mark < 9 && g_ascii_isdigit(text[mark]))
            mark++;
        bool is_ordered = mark > 0 && mark < length &&
                          (text[mark] == '.' || text[mark] == ')');
        mark = is_ordered ? mark + 1 : 0;
    }
    bool is_mark =
        mark > 0 && (mark == length || text[mark] == ' ' || text[mark] == '\t');
    return is_mark ? mark : 0;
}

/* An upper bound of the containers around the text of this line: the marks on
 * the line itself and the list items whose text begins left of it. */
static int
measure_nesting(Limits *limits, const Line *line, bool may_be_lazy)
{
    GArray *items = limits->items;
    int marks = 0, column = 0, first = -1;
    if (strspn(line->start, " \t") >= line->length)
        return 0;
    guint fresh = items->len;
    size_t i = 0;
    while (i < line->length && marks <= LIMIT_NESTING) {
        char c = line->start[i];
        if (c == ' ' || c == '\t') {
            column += c == '\t' ? 4 - column % 4 : 1;
            i++;
            continue;
        }
        if (c == '>') {
            marks++;
            column++;
            i++;
            continue;
        }
        if (first < 0)
            first = column;
        size_t mark = mark_length(line->start + i, line->length - i);
        if (mark == 0)
            break;
        marks++;
        int text_column = column + (c == '[' ? 4 : (int)mark + 1);
        g_array_append_val(items, text_column);
        column += (int)mark;
        i += mark;
    }
    if (first < 0)
        first = column;
    int inherited = 0;
    guint keep = 0, keep_old = 0;
    bool closes = fresh < items->len || !may_be_lazy;
    for (guint k = 0; k < items->len; k++) {
        int item = g_array_index(items, int, k);
        bool is_open = k >= fresh || item <= first;
        inherited += k < fresh && item <= first;
        if (is_open || !closes)
            g_array_index(items, int, keep++) = item;
        if (k < fresh)
            keep_old = keep;
    }
    bool too_deep = inherited + marks > LIMIT_NESTING;
    g_array_set_size(items, too_deep ? keep_old : keep);
    return inherited + marks;
}

static void
check_nesting(Limits *limits)
{
    bool may_be_lazy = false;
    for (int index = 0; index < limits->count; index++) {
        const Line *line = &limits->lines[index];
        if (is_blank(line))
            may_be_lazy = false;
        if (measure_nesting(limits, line, may_be_lazy) > LIMIT_NESTING) {
            report(limits, index, 0, "nested-too-deep",
                   "lists and quotes are nested more than %d deep "
                   "here; the line is left out, make the text flatter",
                   LIMIT_NESTING);
            drop_line(limits, index);
        }
        may_be_lazy = !is_blank(line);
    }
}

/* ---- runs of lines ------------------------------------------------------- */

static void
check_brackets(Limits *limits, int start, int end)
{
    int depth = 0;
    for (int index = start; index < end; index++) {
        const Line *line = &limits->lines[index];
        if (depth == 0 && (line->length == 0 ||
                           memchr(line->start, '[', line->length) == NULL))
            continue;
        for (size_t i = 0; i < line->length; i++) {
            char c = line->start[i];
            if (c == '\\')
                i++;
            else if (c == '[')
                depth++;
            else if (c == ']' && depth > 0)
                depth--;
            if (depth <= LIMIT_NESTING)
                continue;
            report(limits, index, i, "nested-too-deep",
                   "more than %d brackets are open here; the line is "
                   "left out, write \\[ for a bracket that is text",
                   LIMIT_NESTING);
            drop_line(limits, index);
            depth = 0;
        }
    }
}

/* the columns that a table would have whose second line this is, else 0 */
static int
delimiter_columns(const Line *line)
{
    size_t start = line->length, end = line->length;
    while (start > 0 && strchr("-:| \t", line->start[start - 1]) != NULL)
        start--;
    while (end > start && strchr("| \t", line->start[end - 1]) != NULL)
        end--;
    while (start < end && strchr("| \t", line->start[start]) != NULL)
        start++;
    int pipes = 0;
    for (size_t i = start; i < end; i++)
        pipes += line->start[i] == '|';
    return end > start ? pipes + 1 : 0;
}

static void
check_tables(Limits *limits, int start, int end, int *all_cells)
{
    for (int index = start; index < end; index++) {
        int columns = delimiter_columns(&limits->lines[index]);
        gint64 cells = (gint64)columns * (end - index);
        if (columns > LIMIT_COLUMNS) {
            report(limits, index, 0, "too-many-columns",
                   "a table with %d columns; at most %d are read, "
                   "split the table",
                   columns, LIMIT_COLUMNS);
            drop_line(limits, index);
        } else if (columns > 1 && (cells > LIMIT_TABLE_CELLS ||
                                   *all_cells + cells > LIMIT_ALL_CELLS)) {
            report(limits, index, 0, "table-too-large",
                   "the tables of a chapter may have %d cells, one "
                   "table %d; split the table or the chapter",
                   LIMIT_ALL_CELLS, LIMIT_TABLE_CELLS);
            drop_line(limits, index);
        } else if (columns > 1) {
            *all_cells += (int)cells;
        }
    }
}

static double
run_cost(const Limits *limits, int start, int end)
{
    static const bool is_mark[256] = {
        ['['] = true, [']'] = true, ['('] = true, [')'] = true, ['!'] = true,
        ['*'] = true, ['_'] = true, ['~'] = true, ['<'] = true, ['>'] = true,
        ['&'] = true, ['`'] = true, ['|'] = true, ['\\'] = true, [':'] = true,
        ['-'] = true};
    size_t marks = 0, bytes = 0;
    for (int index = start; index < end; index++) {
        const Line *line = &limits->lines[index];
        bytes += line->length + 1;
        marks++;
        for (size_t i = 0; i < line->length; i++)
            marks += is_mark[(unsigned char)line->start[i]];
    }
    return (double)marks * (double)bytes;
}

static void
check_runs(Limits *limits)
{
    double cost = 0;
    int all_cells = 0;
    for (int start = 0, end = 0; start < limits->count; start = end + 1) {
        end = start;
        while (end < limits->count && !is_blank(&limits->lines[end]))
            end++;
        check_brackets(limits, start, end);
        check_tables(limits, start, end, &all_cells);
        double run = run_cost(limits, start, end);
        if (cost + run <= LIMIT_COST) {
            cost += run;
            continue;
        }
        report(limits, start, 0, "text-too-dense",
               "so long a passage without a blank line, with so many "
               "marks, takes too long to read and is left out; divide "
               "it by blank lines");
        for (int index = start; index < end; index++)
            drop_line(limits, index);
    }
}

char *
limits_apply(const Source *source, int first, int last,
             Diagnostics *diagnostics)
{
    first = MAX(first, 1);
    last = MIN(last, source->line_count);
    Limits limits = {
        .source = source,
        .first = first,
        .count = MAX(last - first + 1, 0),
        .diagnostics = diagnostics,
        .items = g_array_new(FALSE, FALSE, sizeof(int)),
    };
    limits.lines = g_new0(Line, (gsize)limits.count + 1);
    for (int index = 0; index < limits.count; index++) {
        Line *line = &limits.lines[index];
        line->start = source_line(source, first + index, &line->length);
        mend_characters(&limits, index);
        check_conflict(&limits, index);
    }
    check_nesting(&limits);
    check_runs(&limits);
    GString *text = g_string_new(NULL);
    for (int index = 0; index < limits.count; index++) {
        Line *line = &limits.lines[index];
        g_string_append_len(text, line->start, (gssize)line->length);
        g_string_append_c(text, '\n');
        g_free(line->mended);
    }
    g_free(limits.lines);
    g_array_free(limits.items, TRUE);
    return g_string_free(text, FALSE);
}
