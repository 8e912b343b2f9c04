/* SPDX-License-Identifier: MIT */
/*
 * Markdown: from lines of a source to blocks.
 *
 * cmark drops a footnote's text when nothing refers to it, and takes a
 * reference without a text for words.  An edition's unit has one without the
 * other, and a note must never vanish.  So the text is given to cmark behind
 * some lines of ours: a reference to every note that may be defined in it, a
 * definition of every other label, and the link definitions of the context.
 * What stands in those lines is dropped again.
 *
 * read_markdown
 *   limits_apply       what cmark must not see
 *   find_labels        all [^label] of the text
 *   parse_behind       cmark, and once more where a label was no definition
 *   name_notes         labels in the order of cmark's numbers
 *   block_write_all    the tree
 *   check_lost_notes   a note's text that cmark did not read as one
 */
#include "read/markdown.h"

#include "base/xml.h"
#include "read/markdown_limits.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

enum { MAX_REPORTS = 500 };

/* ---- what all writers use ------------------------------------------------ */

static bool
is_xml_character(gunichar c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* Most text is: Latin letters and punctuation that normalising leaves alone,
 * with nothing among them that it would compose.  False: it may have to be
 * cleaned. */
static bool
is_clean(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20)
            return false;
    }
    return source_is_composed(text);
}

static char *
clean(const char *text, gssize length)
{
    g_autofree char *valid = g_utf8_make_valid(text, length);
    if (is_clean(valid))
        return g_steal_pointer(&valid);
    GString *known = g_string_sized_new(strlen(valid));
    for (const char *c = valid; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        g_string_append_unichar(known, is_xml_character(character) ? character
                                                                   : 0xFFFD);
    }
    char *normal =
        g_utf8_normalize(known->str, (gssize)known->len, G_NORMALIZE_NFC);
    g_string_free(known, TRUE);
    return normal;
}

char *
markdown_clean(const char *text)
{
    return clean(text, -1);
}

void
markdown_add_text(xmlNode *parent, const char *text, size_t length)
{
    if (length == 0)
        return;
    g_autofree char *content = clean(text, (gssize)length);
    xmlAddChild(parent, xmlNewText((const xmlChar *)content));
}

xmlNode *
markdown_add(xmlNode *parent, const char *name)
{
    return xmlNewChild(parent, NULL, (const xmlChar *)name, NULL);
}

void
markdown_set(xmlNode *node, const char *name, const char *value)
{
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

Place
markdown_place(const Reading *reading, size_t offset)
{
    const Source *source = reading->source;
    Reached *reached = reading->reached;
    offset = MIN(offset, source->length);
    bool is_behind = reached->line > 0 && offset >= reached->offset &&
                     offset < source->line_starts[reached->line];
    if (!is_behind) {
        Place place = source_place(source, offset);
        *reached =
            (Reached){source->line_starts[MAX(place.line, 1) - 1], offset,
                      place.line, place.column, reached->reported};
        return place;
    }
    reached->column += (int)g_utf8_strlen(source->text + reached->offset,
                                          (gssize)(offset - reached->offset));
    reached->offset = offset;
    return (Place){source->file, reached->line, reached->column};
}

void
markdown_report(const Reading *reading, DiagnosticLevel level, const char *name,
                Place place, const char *format, ...)
{
    int count = ++reading->reached->reported;
    if (count > MAX_REPORTS + 1)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (count <= MAX_REPORTS)
        diagnostics_add(reading->diagnostics, level, name, place, "%s", text);
    else
        diagnostics_add(reading->diagnostics, LEVEL_ERROR, "too-many-messages",
                        place,
                        "more than %d things to say about this text; the rest "
                        "follows when these are mended",
                        MAX_REPORTS);
}

Place
markdown_set_place(const Reading *reading, xmlNode *node, size_t offset,
                   int end_line)
{
    Place place = markdown_place(reading, offset);
    document_set_place(node, place, end_line);
    return place;
}

cmark_node *
markdown_parse(const char *text, size_t length)
{
    static const char *const extensions[] = {"table", "strikethrough",
                                             "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(
        CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE |
        CMARK_OPT_FULL_INFO_STRING);
    for (size_t i = 0; i < G_N_ELEMENTS(extensions); i++) {
        cmark_syntax_extension *extension =
            cmark_find_syntax_extension(extensions[i]);
        g_assert(extension != NULL);
        cmark_parser_attach_syntax_extension(parser, extension);
    }
    cmark_parser_feed(parser, text, length);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

/* ---- labels -------------------------------------------------------------- */

/* a label that an address can hold: fn.LABEL */
static bool
is_label(const char *text, size_t length)
{
    bool is_valid = length > 0 && length <= 64;
    for (size_t i = 0; i < length && is_valid; i++)
        is_valid = g_ascii_isalnum(text[i]) ||
                   (text[i] != 0 && strchr("._:-", text[i]) != NULL) ||
                   (unsigned char)text[i] >= 0x80;
    return is_valid;
}

/* labels as a set: casefolded label -> label */
static GHashTable *
label_set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static bool
label_set_add(GHashTable *set, const char *label, size_t length)
{
    char *folded = g_utf8_casefold(label, (gssize)length);
    if (g_hash_table_contains(set, folded)) {
        g_free(folded);
        return false;
    }
    return g_hash_table_insert(set, folded, g_strndup(label, length));
}

static bool
label_set_has(GHashTable *set, const char *label)
{
    g_autofree char *folded = g_utf8_casefold(label, -1);
    return g_hash_table_contains(set, folded);
}

typedef struct {
    GHashTable *used;     /* [^label] */
    GHashTable *possible; /* [^label]: wherever it stands */
} Labels;

static Labels
find_labels(const char *text)
{
    Labels labels = {label_set_new(), label_set_new()};
    for (const char *at = text; (at = strstr(at, "[^")) != NULL; at += 2) {
        size_t length = 0;
        while (length <= 64 && at[2 + length] != ']' &&
               is_label(at + 2 + length, 1))
            length++;
        if (at[2 + length] != ']' || !is_label(at + 2, length))
            continue;
        label_set_add(labels.used, at + 2, length);
        if (at[3 + length] == ':')
            label_set_add(labels.possible, at + 2, length);
    }
    return labels;
}

/* ---- the lines before the text ------------------------------------------- */

static bool
is_fence(const char *line)
{
    size_t indent = strspn(line, " ");
    return indent < 4 && (g_str_has_prefix(line + indent, "```") ||
                          g_str_has_prefix(line + indent, "~~~"));
}

/* the folded label of a link definition that begins here, else NULL; owned */
static char *
definition_label(const char *line)
{
    size_t indent = strspn(line, " ");
    const char *text = line + indent;
    if (indent > 3 || text[0] != '[' || text[1] == '^')
        return NULL;
    size_t length = strcspn(text + 1, "]");
    if (text[1 + length] != ']' || text[2 + length] != ':')
        return NULL;
    return g_utf8_casefold(text + 1, (gssize)length);
}

/* calls for each definition's lines; those of a paragraph that goes on with
 * other words come along and are dropped like all that stands before the text
 */
static void
copy_definitions(const char *context, GHashTable *own, GString *prefix)
{
    g_auto(GStrv) lines = g_strsplit(context, "\n", -1);
    bool in_fence = false, may_begin = true, copies = false;
    for (int i = 0; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        in_fence = in_fence != is_fence(lines[i]);
        g_autofree char *label = definition_label(lines[i]);
        if (lines[i][0] == '\0' || in_fence || is_fence(lines[i])) {
            if (copies)
                g_string_append(prefix, "\n");
            copies = false;
            may_begin = true;
            continue;
        }
        if (label != NULL && may_begin)
            copies = !g_hash_table_contains(own, label);
        else if (!copies)
            may_begin = label != NULL && may_begin;
        if (copies)
            g_string_append_printf(prefix, "%s\n", lines[i]);
    }
    g_string_append(prefix, "\n\n");
}

static GHashTable *
own_definitions(const char *text)
{
    GHashTable *own =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        char *label = definition_label(lines[i]);
        if (label != NULL)
            g_hash_table_add(own, label);
    }
    return own;
}

/* The last paragraph has no container, so it closes whatever is open. */
static GString *
make_prefix(const char *text, const Labels *labels, GHashTable *undefined,
            const char *context)
{
    GString *prefix = g_string_new(NULL);
    GHashTableIter walk;
    gpointer label = NULL;
    if (context != NULL) {
        g_autoptr(GHashTable) own = own_definitions(text);
        g_autofree char *safe = g_utf8_make_valid(context, -1);
        g_string_append(prefix, "x\n\n");
        copy_definitions(safe, own, prefix);
    }
    g_hash_table_iter_init(&walk, undefined);
    while (g_hash_table_iter_next(&walk, NULL, &label))
        g_string_append_printf(prefix, "[^%s]: x\n\n", (char *)label);
    g_hash_table_iter_init(&walk, labels->possible);
    while (g_hash_table_iter_next(&walk, NULL, &label)) {
        if (!label_set_has(undefined, label))
            g_string_append_printf(prefix, "[^%s]\n\n", (char *)label);
    }
    g_string_append(prefix, "x\n\n");
    return prefix;
}

/* ---- parsing ------------------------------------------------------------- */

static void
find_lines(Reading *reading)
{
    g_array_set_size(reading->line_starts, 0);
    size_t start = 0;
    while (start <= reading->length) {
        g_array_append_val(reading->line_starts, start);
        const char *end =
            memchr(reading->text + start, '\n', reading->length - start);
        if (end == NULL)
            break;
        start = (size_t)(end - reading->text) + 1;
    }
}

static cmark_node *
parse_behind(Reading *reading, const char *text, const GString *prefix)
{
    g_free(reading->text);
    reading->text = g_strconcat(prefix->str, text, NULL);
    reading->length = strlen(reading->text);
    reading->offset = 0;
    for (size_t i = 0; i < prefix->len; i++)
        reading->offset += prefix->str[i] == '\n';
    find_lines(reading);
    return markdown_parse(reading->text, reading->length);
}

/* the label of a definition: cmark tells where its text begins */
static char *
note_label(const Reading *reading, cmark_node *note)
{
    guint line = (guint)cmark_node_get_start_line(note);
    if (line == 0 || line > reading->line_starts->len)
        return g_strdup("");
    size_t start = g_array_index(reading->line_starts, size_t, line - 1);
    size_t column = (size_t)MAX(cmark_node_get_start_column(note) - 1, 0);
    size_t end = MIN(start + column, reading->length);
    while (end > start && reading->text[end - 1] != ']')
        end--;
    size_t open = end;
    while (open > start && strncmp(reading->text + open, "[^", 2) != 0)
        open--;
    return end > open + 3 ? g_strndup(reading->text + open + 2, end - open - 3)
                          : g_strdup("");
}

static void
name_notes(Reading *reading, cmark_node *document)
{
    g_ptr_array_set_size(reading->labels, 0);
    g_hash_table_remove_all(reading->defined);
    for (cmark_node *node = cmark_node_first_child(document); node != NULL;
         node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_DEFINITION)
            continue;
        char *label = note_label(reading, node);
        g_ptr_array_add(reading->labels, label);
        cmark_node_set_user_data(node, label);
        label_set_add(reading->defined, label, strlen(label));
    }
}

/* true where a label has a definition neither of ours nor of the text */
static bool
find_undefined(const Reading *reading, const Labels *labels,
               GHashTable *undefined)
{
    bool found = false;
    GHashTableIter walk;
    gpointer label = NULL;
    g_hash_table_iter_init(&walk, labels->used);
    while (g_hash_table_iter_next(&walk, NULL, &label)) {
        if (!label_set_has(reading->defined, label))
            found = label_set_add(undefined, label, strlen(label)) || found;
    }
    return found;
}

static cmark_node *
parse_text(Reading *reading, const char *text, const char *context)
{
    Labels labels = find_labels(text);
    g_autoptr(GHashTable) undefined = label_set_new();
    GHashTableIter walk;
    gpointer label = NULL;
    g_hash_table_iter_init(&walk, labels.used);
    while (g_hash_table_iter_next(&walk, NULL, &label)) {
        if (!label_set_has(labels.possible, label))
            label_set_add(undefined, label, strlen(label));
    }
    cmark_node *document = NULL;
    for (int round = 0; round < 2; round++) {
        GString *prefix = make_prefix(text, &labels, undefined, context);
        document = parse_behind(reading, text, prefix);
        g_string_free(prefix, TRUE);
        name_notes(reading, document);
        if (round > 0 || !find_undefined(reading, &labels, undefined))
            break;
        cmark_node_free(document);
    }
    g_hash_table_unref(labels.used);
    g_hash_table_unref(labels.possible);
    return document;
}

/* ---- notes that cmark did not read --------------------------------------- */

/* [^label]: behind nothing but marks of containers; gives where it begins */
static const char *
find_definition(const char *line, size_t length, size_t *label_length)
{
    size_t start = 0;
    while (start < length && strchr(" \t>-+*.)0123456789", line[start]) != NULL)
        start++;
    if (start + 3 >= length || strncmp(line + start, "[^", 2) != 0)
        return NULL;
    for (size_t i = start + 2; i + 1 < length; i++) {
        if (line[i] == ']') {
            *label_length = i - start - 2;
            return line[i + 1] == ':' ? line + start : NULL;
        }
    }
    return NULL;
}

static bool
is_read_note(const xmlNode *first, int line)
{
    for (const xmlNode *block = first; block != NULL; block = block->next) {
        if (xml_is(block, "footnote") && document_line(block) == line)
            return true;
    }
    return false;
}

static void
check_lost_note(const Reading *reading, const xmlNode *first, int line)
{
    size_t length = 0, label_length = 0;
    const char *text = source_line(reading->source, line, &length);
    const char *found = find_definition(text, length, &label_length);
    if (found == NULL || is_read_note(first, line))
        return;
    g_autofree char *label = g_strndup(found + 2, label_length);
    Place place =
        markdown_place(reading, (size_t)(found - reading->source->text));
    if (!is_label(label, label_length))
        markdown_report(reading, LEVEL_ERROR, "note-invalid", place,
                        "[^%s] is no label of a footnote; labels are made of "
                        "letters, digits, - and . without blanks",
                        label);
    else if (label_set_has(reading->defined, label))
        markdown_report(reading, LEVEL_ERROR, "note-twice", place,
                        "[^%s] has two texts, and this one is lost; choose "
                        "another label for it",
                        label);
    else
        markdown_report(reading, LEVEL_ERROR, "note-invalid", place,
                        "[^%s]: is not read as a footnote here; put it at the "
                        "left margin, behind a blank line",
                        label);
}

static void
check_lost_notes(const Reading *reading, const xmlNode *first)
{
    for (int line = reading->first; line <= reading->last; line++) {
        if (!reading->verbatim[line - reading->first])
            check_lost_note(reading, first, line);
    }
}

void
read_markdown(xmlNode *parent, const Source *source, int first, int last,
              const ReadOptions *options, Diagnostics *diagnostics)
{
    first = MAX(first, 1);
    last = MIN(last, source->line_count);
    if (first > last)
        return;
    Reached reached = {0};
    Reading reading = {
        .source = source,
        .reached = &reached,
        .first = first,
        .last = last,
        .line_starts = g_array_new(FALSE, FALSE, sizeof(size_t)),
        .labels = g_ptr_array_new_with_free_func(g_free),
        .defined = label_set_new(),
        .verbatim = g_malloc0((gsize)(last - first + 1)),
        .diagnostics = diagnostics,
    };
    g_autofree char *text = limits_apply(source, first, last, diagnostics);
    cmark_node *document =
        parse_text(&reading, text, options == NULL ? NULL : options->context);
    xmlNode *before = parent->last;
    block_write_all(&reading, parent, document);
    check_lost_notes(&reading,
                     before == NULL ? parent->children : before->next);
    cmark_node_free(document);
    g_free(reading.text);
    g_free(reading.verbatim);
    g_array_free(reading.line_starts, TRUE);
    g_ptr_array_unref(reading.labels);
    g_hash_table_unref(reading.defined);
}
