/* SPDX-License-Identifier: MIT */
/*
 * Canonical text: a small reader of CommonMark's container lines.
 *
 * Each line is taken through the open containers (quotes, list items, footnote
 * definitions), may open new ones, and ends in a leaf: heading, rule, fenced or
 * indented code, table row, or text that is folded into its paragraph.  Each
 * leaf becomes one line, led by one fixed marker per container.  Blank lines
 * vanish: a leaf's line end says the same.
 *
 *   canonical_text
 *     fold_line
 *       match_containers    how many of the open ones go on
 *       fold_fence          inside a fence everything is verbatim
 *       open_containers     > - 1. [^x]:
 *       fold_leaf           heading, rule, fence, table, else paragraph
 *
 * The road not taken: to dump cmark's tree.  A new version of cmark would make
 * every translation of every edition look damaged.
 */
#include "overlay/canonical.h"

#include "base/source.h"

#include <glib.h>
#include <string.h>

enum { MAX_CONTAINERS = 64, TAB_STOP = 4 };

typedef enum { CONTAINER_QUOTE, CONTAINER_ITEM, CONTAINER_NOTE } ContainerKind;

typedef struct {
    ContainerKind kind;
    int indent;    /* columns by which the content must be indented */
    bool fresh;    /* its marker was not written yet */
    char *marker;  /* "- ", "3. ", "[^x]: " */
} Container;

typedef struct {
    GString *out;
    Container containers[MAX_CONTAINERS];
    int depth;
    /* number of the last ordered item closed at this depth, if the list may
     * still go on */
    long numbers[MAX_CONTAINERS];
    bool number_open[MAX_CONTAINERS];
    GString *paragraph; /* empty: none is open */
    int paragraph_lines;
    bool in_table;
    char fence;         /* 0, '`' or '~' */
    int fence_length, fence_indent, fence_depth;
} Folder;

static bool
is_blank(const char *line)
{
    return line[strspn(line, " \t")] == 0;
}

static int
leading_spaces(const char *line)
{
    return (int)strspn(line, " ");
}

/* markers of the open containers, then the leaf's text */
static void
put_line(Folder *folder, const char *text)
{
    for (int i = 0; i < folder->depth; i++) {
        Container *container = &folder->containers[i];
        if (container->kind == CONTAINER_QUOTE)
            g_string_append(folder->out, "> ");
        else
            g_string_append(folder->out,
                            container->fresh ? container->marker : "  ");
        container->fresh = false;
    }
    for (int i = folder->depth; i < MAX_CONTAINERS; i++)
        folder->number_open[i] = false;
    g_string_append(folder->out, text);
    g_string_append_c(folder->out, '\n');
}

static void
close_paragraph(Folder *folder)
{
    folder->in_table = false;
    if (folder->paragraph->len == 0)
        return;
    put_line(folder, folder->paragraph->str);
    g_string_truncate(folder->paragraph, 0);
    folder->paragraph_lines = 0;
}

static void
close_containers(Folder *folder, int depth)
{
    if (folder->depth > depth)
        close_paragraph(folder);
    while (folder->depth > depth) {
        Container *last = &folder->containers[folder->depth - 1];
        if (last->fresh && last->kind != CONTAINER_QUOTE)
            put_line(folder, "");
        if (last->kind == CONTAINER_ITEM && g_ascii_isdigit(*last->marker)) {
            folder->numbers[folder->depth - 1] =
                strtol(last->marker, NULL, 10);
            folder->number_open[folder->depth - 1] = true;
        }
        g_free(last->marker);
        folder->depth--;
    }
}

static void
open_container(Folder *folder, ContainerKind kind, int indent, char *marker)
{
    close_paragraph(folder);
    folder->containers[folder->depth++] =
        (Container){kind, indent, true, marker};
}

/* runs of blanks become one space, both ends are trimmed */
static char *
fold_blanks(const char *text)
{
    GString *folded = g_string_new(NULL);
    while (*text != 0) {
        size_t blanks = strspn(text, " \t");
        if (blanks > 0 && folded->len > 0 && text[blanks] != 0)
            g_string_append_c(folded, ' ');
        text += blanks;
        size_t letters = strcspn(text, " \t");
        g_string_append_len(folded, text, (gssize)letters);
        text += letters;
    }
    return g_string_free(folded, FALSE);
}

/* *  *  *, ---, ___ */
static bool
is_thematic_break(const char *line)
{
    const char *c = line + leading_spaces(line);
    char mark = *c;
    if (mark != '*' && mark != '-' && mark != '_')
        return false;
    int count = 0;
    for (; *c != 0; c++) {
        if (*c == mark)
            count++;
        else if (*c != ' ' && *c != '\t')
            return false;
    }
    return count >= 3;
}

/* 0, or the level that an underline of = or - gives */
static int
setext_level(const char *line)
{
    const char *c = line + leading_spaces(line);
    if (*c != '=' && *c != '-')
        return 0;
    size_t length = strspn(c, *c == '=' ? "=" : "-");
    return is_blank(c + length) ? (*c == '=' ? 1 : 2) : 0;
}

/* length of a fence of at least three at the start of line, else 0 */
static int
fence_length(const char *line)
{
    char mark = *line;
    if (mark != '`' && mark != '~')
        return 0;
    int length = (int)strspn(line, mark == '`' ? "`" : "~");
    if (length < 3 || (mark == '`' && strchr(line + length, '`') != NULL))
        return 0;
    return length;
}

/* the width of a list marker at the start of line, 0 if there is none;
 * *number is -1 for bullets */
static int
list_marker(const char *line, long *number)
{
    size_t digits = strspn(line, "0123456789");
    size_t width = 0;
    *number = -1;
    if (digits > 0 && digits <= 9 &&
        (line[digits] == '.' || line[digits] == ')')) {
        *number = strtol(line, NULL, 10);
        width = digits + 1;
    } else if (*line == '-' || *line == '+' || *line == '*') {
        width = 1;
    }
    if (width == 0 || (line[width] != 0 && line[width] != ' ' &&
                       line[width] != '\t'))
        return 0;
    return (int)width;
}

/* length of "[^label]:" at the start of line, else 0 */
static int
note_marker(const char *line)
{
    if (line[0] != '[' || line[1] != '^')
        return 0;
    size_t length = 2 + strcspn(line + 2, "] \t");
    if (length == 2 || line[length] != ']' || line[length + 1] != ':')
        return 0;
    return (int)length + 2;
}

/* Cells of a table row, trimmed, folded, "|a|b|"; NULL where the line has no
 * bar.  *cells counts them. */
static char *
fold_row(const char *line, int *cells)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(line));
    if (strchr(trimmed, '|') == NULL)
        return NULL;
    const char *c = trimmed + (*trimmed == '|');
    GString *row = g_string_new("|");
    g_autoptr(GString) cell = g_string_new(NULL);
    *cells = 0;
    for (;; c++) {
        if (*c == '\\' && c[1] != 0) {
            g_string_append_len(cell, c++, 2);
            continue;
        }
        if (*c != '|' && *c != 0) {
            g_string_append_c(cell, *c);
            continue;
        }
        if (*c == 0 && cell->len == 0 && *cells > 0)
            break;
        g_autofree char *folded = fold_blanks(cell->str);
        g_string_append(row, folded);
        g_string_append_c(row, '|');
        g_string_truncate(cell, 0);
        (*cells)++;
        if (*c == 0 || c[1] == 0)
            break;
    }
    return g_string_free(row, FALSE);
}

/* the line under a table's head, as "|-|:-|-:|"; NULL if it is none */
static char *
fold_delimiter_row(const char *line, int *cells)
{
    if (line[strspn(line, " \t|:-")] != 0)
        return NULL;
    g_autofree char *row = fold_row(line, cells);
    if (row == NULL)
        return NULL;
    GString *short_row = g_string_new("|");
    g_auto(GStrv) parts = g_strsplit(row, "|", -1);
    for (int i = 1; i <= *cells; i++) {
        size_t length = strlen(parts[i]);
        bool left = length > 0 && parts[i][0] == ':';
        bool right = length > 1 && parts[i][length - 1] == ':';
        size_t dashes = strspn(parts[i] + left, "-");
        if (dashes == 0 || dashes != length - left - right) {
            g_string_free(short_row, TRUE);
            return NULL;
        }
        g_string_append_printf(short_row, "%s-%s|", left ? ":" : "",
                               right ? ":" : "");
    }
    return g_string_free(short_row, FALSE);
}

/* "# text" without closing marks and without {#id}: ids are inherited */
static char *
fold_heading(int level, const char *text)
{
    g_autofree char *folded = fold_blanks(text);
    size_t length = strlen(folded);
    size_t end = length;
    while (end > 0 && folded[end - 1] == '#')
        end--;
    if (end < length && (end == 0 || folded[end - 1] == ' '))
        folded[end] = 0;
    g_strchomp(folded);
    length = strlen(folded);
    if (length > 0 && folded[length - 1] == '}') {
        char *open = strrchr(folded, '{');
        if (open != NULL && open[1] == '#' && strpbrk(open, " \t") == NULL)
            *open = 0;
    }
    return g_strdup_printf("%.*s %s", level, "######", g_strchomp(folded));
}

static int
heading_level(const char *line)
{
    size_t level = strspn(line, "#");
    bool ends = line[level] == 0 || line[level] == ' ' || line[level] == '\t';
    return level >= 1 && level <= 6 && ends ? (int)level : 0;
}

/* would this line, standing at a container's content, start a block? */
static bool
starts_block(const Folder *folder, const char *line)
{
    const char *rest = line + leading_spaces(line);
    if (rest - line >= 4)
        return false;
    long number = 0;
    int width = list_marker(rest, &number);
    bool item = width > 0 && !is_blank(rest + width) &&
                (number < 0 || number == 1);
    /* an item that goes on with a list that is open above us */
    for (int i = 0; i < folder->depth && width > 0; i++)
        item = item || folder->containers[i].kind == CONTAINER_ITEM;
    return item || *rest == '>' || heading_level(rest) > 0 ||
           fence_length(rest) > 0 || is_thematic_break(rest) ||
           note_marker(rest) > 0;
}

/* how many of the open containers this line belongs to; *line moves behind
 * their markers and indents */
static int
match_containers(Folder *folder, const char **line)
{
    const char *rest = *line;
    int matched = 0;
    for (; matched < folder->depth; matched++) {
        const Container *container = &folder->containers[matched];
        int spaces = leading_spaces(rest);
        if (container->kind == CONTAINER_QUOTE) {
            if (spaces > 3 || rest[spaces] != '>')
                break;
            rest += spaces + 1;
            rest += *rest == ' ';
        } else if (is_blank(rest)) {
            continue;
        } else if (spaces >= container->indent) {
            rest += container->indent;
        } else {
            break;
        }
    }
    *line = rest;
    return matched;
}

/* true where the line belonged to an open fence */
static bool
fold_fence(Folder *folder, const char *line, int matched)
{
    if (folder->fence == 0)
        return false;
    if (matched < folder->fence_depth) {
        folder->fence = 0;
        return false;
    }
    int spaces = MIN(leading_spaces(line), folder->fence_indent);
    const char *rest = line + leading_spaces(line);
    int length = *rest == folder->fence ? fence_length(rest) : 0;
    if (rest - line < 4 && length >= folder->fence_length &&
        is_blank(rest + length))
        folder->fence = 0;
    put_line(folder, line + spaces);
    return true;
}

/* opens the list item, quote or footnote at the start of *line */
static bool
open_one(Folder *folder, const char **line)
{
    int spaces = leading_spaces(*line);
    const char *rest = *line + spaces;
    if (spaces > 3 || folder->depth == MAX_CONTAINERS)
        return false;
    if (*rest == '>') {
        folder->number_open[folder->depth] = false;
        open_container(folder, CONTAINER_QUOTE, 0, NULL);
        *line = rest + 1 + (rest[1] == ' ');
        return true;
    }
    int width = note_marker(rest);
    if (width > 0) {
        open_container(folder, CONTAINER_NOTE, 4,
                       g_strdup_printf("%.*s ", width, rest));
        *line = rest + width;
        return true;
    }
    long number = -1;
    width = list_marker(rest, &number);
    if (width == 0 || is_thematic_break(rest) ||
        (folder->paragraph->len > 0 &&
         (is_blank(rest + width) || number > 1)))
        return false;
    int gap = leading_spaces(rest + width);
    if (gap > 4 || is_blank(rest + width))
        gap = 1;
    close_paragraph(folder);
    if (number >= 0 && folder->number_open[folder->depth])
        number = folder->numbers[folder->depth] + 1;
    folder->number_open[folder->depth] = false;
    char *marker = number < 0 ? g_strdup("- ")
                              : g_strdup_printf("%ld. ", number);
    open_container(folder, CONTAINER_ITEM, spaces + width + gap, marker);
    *line = rest + MIN(width + gap, (int)strlen(rest));
    return true;
}

/* a line of running text; a hard break keeps its backslash */
static void
add_text(Folder *folder, const char *line)
{
    size_t length = strlen(line);
    bool hard = length >= 2 && strcmp(line + length - 2, "  ") == 0;
    g_autofree char *folded = fold_blanks(line);
    if (folder->paragraph->len > 0)
        g_string_append_c(folder->paragraph, ' ');
    g_string_append(folder->paragraph, folded);
    if (hard)
        g_string_append_c(folder->paragraph, '\\');
    folder->paragraph_lines++;
    /* the first line of a callout stands alone: [!LAW] Title */
    if (folder->paragraph_lines == 1 && folder->depth > 0 &&
        folder->containers[folder->depth - 1].kind == CONTAINER_QUOTE &&
        g_str_has_prefix(folded, "[!"))
        close_paragraph(folder);
}

/* true where line is the delimiter row under the open paragraph's last line,
 * or a further row of an open table */
static bool
fold_table(Folder *folder, const char *line)
{
    int cells = 0, columns = 0;
    if (folder->in_table) {
        g_autofree char *row = fold_row(line, &cells);
        g_autofree char *single = row != NULL ? NULL : fold_blanks(line);
        put_line(folder, row != NULL ? row : single);
        return true;
    }
    if (folder->paragraph_lines != 1)
        return false;
    g_autofree char *rule = fold_delimiter_row(line, &cells);
    g_autofree char *head = fold_row(folder->paragraph->str, &columns);
    if (rule == NULL || head == NULL || cells != columns)
        return false;
    g_string_assign(folder->paragraph, head);
    close_paragraph(folder);
    put_line(folder, rule);
    folder->in_table = true;
    return true;
}

static void
fold_leaf(Folder *folder, const char *line)
{
    int spaces = leading_spaces(line);
    const char *rest = line + spaces;
    bool open = folder->paragraph->len > 0;
    if (spaces >= 4 && !open) {
        close_paragraph(folder);
        put_line(folder, line);
        return;
    }
    if (spaces >= 4) {
        add_text(folder, rest);
        return;
    }
    int level = open ? setext_level(rest) : 0;
    if (level > 0) {
        g_autofree char *heading = fold_heading(level, folder->paragraph->str);
        g_string_assign(folder->paragraph, heading);
        close_paragraph(folder);
        return;
    }
    level = heading_level(rest);
    int fence = fence_length(rest);
    if (level == 0 && fence == 0 && !is_thematic_break(rest)) {
        if (!fold_table(folder, rest))
            add_text(folder, rest);
        return;
    }
    close_paragraph(folder);
    if (fence > 0) {
        folder->fence = *rest;
        folder->fence_length = fence;
        folder->fence_indent = spaces;
        folder->fence_depth = folder->depth;
        put_line(folder, rest);
    } else if (level > 0) {
        g_autofree char *heading = fold_heading(level, rest + level);
        put_line(folder, heading);
    } else {
        put_line(folder, "---");
    }
}

static void
fold_line(Folder *folder, const char *line)
{
    const char *rest = line;
    int matched = match_containers(folder, &rest);
    if (fold_fence(folder, rest, matched))
        return;
    if (is_blank(rest)) {
        close_paragraph(folder);
        /* a quote ends at a blank line that does not carry its mark */
        close_containers(folder, matched);
        return;
    }
    bool open = folder->paragraph->len > 0;
    if (matched < folder->depth) {
        if (open && !starts_block(folder, rest)) {
            add_text(folder, rest);
            return;
        }
        close_containers(folder, matched);
    }
    if (folder->in_table && starts_block(folder, rest))
        folder->in_table = false;
    /* "---" under text is an underline, not a rule or an item */
    bool underline = folder->paragraph->len > 0 && setext_level(rest) > 0 &&
                     leading_spaces(rest) < 4;
    bool opened = false;
    while (!underline && open_one(folder, &rest))
        opened = true;
    if (opened && is_blank(rest))
        return;
    fold_leaf(folder, rest);
}

/* leading tabs as the spaces they stand for */
static char *
expand_tabs(const char *line)
{
    GString *expanded = g_string_new(NULL);
    for (; *line == ' ' || *line == '\t'; line++) {
        size_t width = *line == ' ' ? 1 : TAB_STOP - expanded->len % TAB_STOP;
        for (size_t i = 0; i < width; i++)
            g_string_append_c(expanded, ' ');
    }
    g_string_append(expanded, line);
    return g_string_free(expanded, FALSE);
}

char *
canonical_text(const char *text)
{
    g_autofree char *composed =
        source_is_composed(text)
            ? NULL
            : g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_auto(GStrv) lines =
        g_strsplit(composed == NULL ? text : composed, "\n", -1);
    Folder *folder = g_new0(Folder, 1);
    folder->out = g_string_new(NULL);
    folder->paragraph = g_string_new(NULL);
    for (int i = 0; lines[i] != NULL; i++) {
        size_t length = strlen(lines[i]);
        if (length > 0 && lines[i][length - 1] == '\r')
            lines[i][length - 1] = 0;
        g_autofree char *line = expand_tabs(lines[i]);
        fold_line(folder, line);
    }
    close_paragraph(folder);
    close_containers(folder, 0);
    g_string_free(folder->paragraph, TRUE);
    GString *out = folder->out;
    g_free(folder);
    /* what an open fence leaves behind is no text */
    while (out->len > 0 && out->str[out->len - 1] == '\n')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

void
canonical_hash(const char *canonical, char hash[CANONICAL_HASH_SIZE])
{
    g_autofree char *digest =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, canonical, -1);
    g_strlcpy(hash, digest, CANONICAL_HASH_SIZE);
}

char *
canonical_shape(const char *canonical)
{
    GString *shape = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(canonical, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        const char *c = lines[i];
        long number = 0;
        int width;
        for (;;) {
            if (*c == ' ' || *c == '>') {
                g_string_append_c(shape, *c++);
            } else if (note_marker(c) > 0) {
                g_string_append_c(shape, '^');
                c += note_marker(c);
            } else if ((width = list_marker(c, &number)) > 0) {
                g_string_append_c(shape, number < 0 ? '-' : '1');
                c += width;
            } else {
                break;
            }
        }
        if (heading_level(c) > 0)
            g_string_append_len(shape, c, heading_level(c));
        int cells = 0;
        g_autofree char *row = *c == '|' ? fold_row(c, &cells) : NULL;
        if (row != NULL)
            g_string_append_printf(shape, "|%d", cells);
        g_string_append_c(shape, '\n');
    }
    return g_string_free(shape, FALSE);
}
