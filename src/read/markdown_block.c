/* SPDX-License-Identifier: MIT */
/*
 * Blocks: cmark's tree into ours.
 *
 * cmark's first lines of blocks are right but for a paragraph that it divides
 * to make a table; its last lines often include what follows.  So the last line
 * is cut at the next block and at the container's end, and blank lines are
 * trimmed.  Notes come last in cmark's tree; they go back to where they stand.
 *
 * write_blocks      the blocks of a container, in the order of the source
 *   comment_take      <!-- id: x --> and the like, for the next one
 *   write_block       one function for each kind
 */
#include "read/markdown_comment.h"

#include "base/xml.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

enum { MAX_BLOCK_DEPTH = 128 };

/* what surrounds the blocks that are written */
typedef struct {
    Reading *reading;
    xmlNode *parent;
    int quotes; /* block quotes around */
    int end;    /* last line of the source that is inside */
    int depth;
} Container;

static void write_blocks(const Container *container, GPtrArray *nodes);
static void write_children(const Container *container, xmlNode *parent,
                           cmark_node *node, int quotes, int end);

/* ---- lines --------------------------------------------------------------- */

static int
to_source_line(const Reading *reading, int line)
{
    line += reading->first - 1 - reading->offset;
    return CLAMP(line, reading->first, MAX(reading->last, reading->first));
}

static bool
has_type(cmark_node *node, const char *type)
{
    return strcmp(cmark_node_get_type_string(node), type) == 0;
}

static bool
is_blank_line(const Reading *reading, int line)
{
    size_t length = 0;
    const char *text = source_line(reading->source, line, &length);
    return strspn(text, " \t>") >= length;
}

static int
trim_end(const Reading *reading, int start, int end)
{
    while (end > start && is_blank_line(reading, end))
        end--;
    return MAX(end, start);
}

/* the header stands two lines above the first row; without rows it is the last
 * line but one */
static int
table_start(const Reading *reading, cmark_node *table)
{
    cmark_node *row = cmark_node_next(cmark_node_first_child(table));
    int start = to_source_line(reading, cmark_node_get_start_line(table));
    if (row != NULL)
        return MAX(start,
                   to_source_line(reading, cmark_node_get_start_line(row)) - 2);
    int end = to_source_line(reading, cmark_node_get_end_line(table));
    return MAX(start, trim_end(reading, start, end) - 1);
}

static int
start_line(const Reading *reading, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    int line = cmark_node_get_start_line(node);
    if (line == 0 && next != NULL) /* divided to make the table behind */
        line = cmark_node_get_start_line(next);
    if (has_type(node, "table"))
        return table_start(reading, node);
    return to_source_line(reading, line);
}

/* the byte where the block begins, behind marks of containers */
static size_t
start_offset(const Reading *reading, cmark_node *node)
{
    int line = start_line(reading, node);
    int column = cmark_node_get_start_column(node);
    int said = to_source_line(reading, cmark_node_get_start_line(node));
    if (cmark_node_get_start_line(node) == 0) {
        cmark_node *next = cmark_node_next(node);
        column = next == NULL ? 1 : cmark_node_get_start_column(next);
    }
    size_t length = 0;
    const char *text = source_line(reading->source, line, &length);
    if (text == NULL)
        return 0;
    bool is_moved = has_type(node, "table") && said != line;
    size_t offset =
        is_moved ? strspn(text, " \t>") : (size_t)MAX(column - 1, 0);
    return reading->source->line_starts[line - 1] + MIN(offset, length);
}

static int
count_lines(const char *text)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

/* # in one line, or the line of = or - below */
static int
heading_end(const Reading *reading, cmark_node *node, int start, int end)
{
    size_t offset = start_offset(reading, node);
    if (reading->source->text[offset] == '#')
        return start;
    for (int line = start + 1; line <= end; line++) {
        size_t length = 0;
        const char *text = source_line(reading->source, line, &length);
        size_t skip = strspn(text, " \t>");
        size_t marks = skip < length ? strspn(text + skip, "=-") : 0;
        if (marks > 0 &&
            strspn(text + skip + marks, " \t") >= length - skip - marks)
            return line;
    }
    return start;
}

static int
end_line(const Container *container, cmark_node *node, cmark_node *next)
{
    const Reading *reading = container->reading;
    int start = start_line(reading, node);
    int end = cmark_node_get_end_line(node) == 0
                  ? container->end
                  : to_source_line(reading, cmark_node_get_end_line(node));
    end = MIN(end, container->end);
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
        int lines = count_lines(cmark_node_get_literal(node));
        end = MIN(start + MAX(lines, 1) - 1, container->end);
    }
    if (next != NULL && start_line(reading, next) > start)
        end = MIN(end, start_line(reading, next) - 1);
    if (cmark_node_get_type(node) == CMARK_NODE_THEMATIC_BREAK)
        end = start;
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
        end = heading_end(reading, node, start, end);
    return trim_end(reading, start, end);
}

static Place
node_place(const Reading *reading, cmark_node *node)
{
    return markdown_place(reading, start_offset(reading, node));
}

/* the end of the source line `line` as an offset */
static size_t
line_end(const Reading *reading, int line)
{
    size_t length = 0;
    source_line(reading->source, line, &length);
    return reading->source->line_starts[line - 1] + length;
}

static void
mark_verbatim(Reading *reading, int start, int end)
{
    for (int line = start; line <= end; line++) {
        if (line >= reading->first && line <= reading->last)
            reading->verbatim[line - reading->first] = 1;
    }
}

/* ---- paragraphs and headings --------------------------------------------- */

static Locator
locator_of(const Container *container, cmark_node *node, int end)
{
    Locator locator;
    const Reading *reading = container->reading;
    locator_init(&locator, reading->source, start_offset(reading, node),
                 line_end(reading, end), container->quotes);
    return locator;
}

static xmlNode *
write_paragraph(const Container *container, cmark_node *node, int end)
{
    Reading *reading = container->reading;
    Locator locator = locator_of(container, node, end);
    cmark_node *first = cmark_node_first_child(node);
    bool is_alone = first != NULL && cmark_node_next(first) == NULL;
    if (is_alone && cmark_node_get_type(first) == CMARK_NODE_IMAGE)
        return inline_write_figure(reading, container->parent, first, &locator);
    const char *text = first == NULL ? NULL : cmark_node_get_literal(first);
    bool is_caption = text != NULL &&
                      cmark_node_get_type(first) == CMARK_NODE_TEXT &&
                      g_str_has_prefix(text, ": ");
    xmlNode *block =
        markdown_add(container->parent, is_caption ? "caption" : "paragraph");
    inline_write(reading, block, first, NULL, &locator,
                 is_caption ? 1 + strspn(text + 1, " ") : 0);
    return block;
}

/* cuts {#id} from the heading's last text; NULL where there is none */
static char *
take_heading_id(const Reading *reading, cmark_node *node)
{
    cmark_node *last = cmark_node_last_child(node);
    if (last == NULL || cmark_node_get_type(last) != CMARK_NODE_TEXT)
        return NULL;
    const char *text = cmark_node_get_literal(last);
    const char *open = g_strrstr(text, "{#");
    size_t length = strlen(text);
    if (open == NULL || text[length - 1] != '}')
        return NULL;
    size_t id_length = (size_t)(text + length - 1 - (open + 2));
    if (!document_is_id(open + 2, id_length)) {
        markdown_report(reading, LEVEL_ERROR, "id-invalid",
                        node_place(reading, node),
                        "%s is no id; ids are made of a-z, 0-9, - and _", open);
        return NULL;
    }
    char *id = g_strndup(open + 2, id_length);
    g_autofree char *rest = g_strndup(text, (gsize)(open - text));
    cmark_node_set_literal(last, g_strchomp(rest));
    return id;
}

static xmlNode *
write_heading(const Container *container, cmark_node *node, int end)
{
    Reading *reading = container->reading;
    xmlNode *block = markdown_add(container->parent, "heading");
    xml_set_int(block, "level", cmark_node_get_heading_level(node));
    g_autofree char *id = take_heading_id(reading, node);
    if (id != NULL)
        markdown_set(block, "pin", id);
    Locator locator = locator_of(container, node, end);
    locator_delimiter(&locator, "#", 6);
    inline_write(reading, block, cmark_node_first_child(node), NULL, &locator,
                 0);
    if (block->children == NULL)
        markdown_report(reading, LEVEL_ERROR, "heading-empty",
                        node_place(reading, node),
                        "a heading without words; write them, or delete the #");
    return block;
}

/* ---- code, research, HTML ------------------------------------------------ */

static bool
is_fence_closed(const Reading *reading, cmark_node *node, int start, int end)
{
    int length = 0, offset = 0;
    char mark = '\0';
    cmark_node_get_fenced(node, &length, &offset, &mark);
    size_t size = 0;
    const char *text = source_line(reading->source, end, &size);
    size_t skip = strspn(text, " \t>");
    int marks = 0;
    for (size_t i = skip; i < size && text[i] == mark; i++)
        marks++;
    return end > start && marks >= length;
}

static xmlNode *
write_research(const Container *container, cmark_node *node, char **words)
{
    Reading *reading = container->reading;
    const char *form = words[1] == NULL || words[2] == NULL ? "both" : words[2];
    bool is_form = strcmp(form, "both") == 0 || strcmp(form, "chart") == 0 ||
                   strcmp(form, "table") == 0;
    bool is_valid = words[1] != NULL && is_form &&
                    document_is_id(words[1], strlen(words[1])) &&
                    (words[2] == NULL || words[3] == NULL);
    if (!is_valid) {
        markdown_report(reading, LEVEL_ERROR, "research-invalid",
                        node_place(reading, node),
                        "write ```research NAME, ```research NAME chart or "
                        "```research NAME table");
        return NULL;
    }
    xmlNode *block = markdown_add(container->parent, "research");
    markdown_set(block, "ref", words[1]);
    markdown_set(block, "form", form);
    if (strspn(cmark_node_get_literal(node), " \t\n") !=
        strlen(cmark_node_get_literal(node)))
        markdown_report(reading, LEVEL_WARNING, "research-content",
                        node_place(reading, node),
                        "lines inside a research block are not printed; the "
                        "table comes from research/%s.xml, delete the lines",
                        words[1]);
    return block;
}

/* the place where the terms of the whole edition are listed */
static xmlNode *
write_index(const Container *container, cmark_node *node, bool has_more_words)
{
    const char *content = cmark_node_get_literal(node);
    if (has_more_words || strspn(content, " \t\n") != strlen(content))
        markdown_report(container->reading, LEVEL_WARNING, "index-content",
                        node_place(container->reading, node),
                        "an index is made of the comments <!-- index: ... -->; "
                        "what else stands here is not printed, delete it");
    return markdown_add(container->parent, "index");
}

static xmlNode *
write_code(const Container *container, cmark_node *node, int start, int end)
{
    Reading *reading = container->reading;
    mark_verbatim(reading, start, end);
    int length_of_fence = 0, indent = 0;
    char mark = '\0';
    if (cmark_node_get_fenced(node, &length_of_fence, &indent, &mark) != 0 &&
        !is_fence_closed(reading, node, start, end))
        markdown_report(reading, LEVEL_ERROR, "fence-unclosed",
                        node_place(reading, node),
                        "the code that begins here has no closing fence, so "
                        "everything behind it is code; close it");
    const char *info = cmark_node_get_fence_info(node);
    g_auto(GStrv) split = g_strsplit_set(info == NULL ? "" : info, " \t", -1);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (int i = 0; split[i] != NULL; i++) {
        if (split[i][0] != '\0')
            g_ptr_array_add(words, split[i]);
    }
    g_ptr_array_add(words, NULL);
    xmlNode *block = NULL;
    if (words->len > 1 && strcmp(g_ptr_array_index(words, 0), "research") == 0)
        block = write_research(container, node, (char **)words->pdata);
    else if (words->len > 1 && strcmp(g_ptr_array_index(words, 0), "index") == 0)
        block = write_index(container, node, words->len > 2);
    if (block != NULL)
        return block;
    block = markdown_add(container->parent, "code");
    g_autofree char *clean = markdown_clean(info == NULL ? "" : info);
    if (clean[0] != '\0')
        markdown_set(block, "info", clean);
    const char *literal = cmark_node_get_literal(node);
    size_t length = strlen(literal);
    length -= length > 0 && literal[length - 1] == '\n';
    markdown_add_text(block, literal, length);
    return block;
}

static xmlNode *
write_raw(const Container *container, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    markdown_report(container->reading, LEVEL_WARNING, "raw-html",
                    node_place(container->reading, node),
                    "HTML is not printed and left out up to the next blank "
                    "line; use Markdown, or write \\< for the sign itself");
    xmlNode *block = markdown_add(container->parent, "raw");
    markdown_add_text(block, literal, strlen(literal));
    return block;
}

/* ---- lists --------------------------------------------------------------- */

static bool
is_task_list(cmark_node *list)
{
    for (cmark_node *item = cmark_node_first_child(list); item != NULL;
         item = cmark_node_next(item)) {
        if (has_type(item, "tasklist"))
            return true;
    }
    return false;
}

/* cmark sees no task items inside quotes and callouts: an item whose text begins
 * with a box is one there too */
static void
mend_task_item(xmlNode *list, xmlNode *item)
{
    xmlNode *paragraph = item->children;
    if (paragraph == NULL || !xml_is(paragraph, "paragraph") ||
        paragraph->children == NULL ||
        paragraph->children->type != XML_TEXT_NODE)
        return;
    xmlNode *text = paragraph->children;
    const char *content = (const char *)text->content;
    bool is_open = g_str_has_prefix(content, "[ ] ");
    bool is_done = g_str_has_prefix(content, "[x] ") ||
                   g_str_has_prefix(content, "[X] ");
    if (!is_open && !is_done)
        return;
    g_autofree char *rest = g_strdup(content + strlen("[ ] "));
    xmlNodeSetContent(text, NULL);
    xmlNodeAddContent(text, (const xmlChar *)rest);
    markdown_set(item, "checked", is_done ? "yes" : "no");
    markdown_set(list, "type", "task");
}

static xmlNode *
write_list(const Container *container, cmark_node *node, int end)
{
    Reading *reading = container->reading;
    xmlNode *list = markdown_add(container->parent, "list");
    bool is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    markdown_set(list, "type",
                 is_ordered           ? "ordered"
                 : is_task_list(node) ? "task"
                                      : "bullet");
    if (is_ordered)
        xml_set_int(list, "start", cmark_node_get_list_start(node));
    markdown_set(list, "tight", cmark_node_get_list_tight(node) ? "yes" : "no");
    Container inside = *container;
    inside.end = end;
    for (cmark_node *child = cmark_node_first_child(node); child != NULL;
         child = cmark_node_next(child)) {
        int last = end_line(&inside, child, cmark_node_next(child));
        xmlNode *item = markdown_add(list, "item");
        markdown_set_place(reading, item, start_offset(reading, child), last);
        if (has_type(child, "tasklist"))
            markdown_set(item, "checked",
                         cmark_gfm_extensions_get_tasklist_item_checked(child)
                             ? "yes"
                             : "no");
        write_children(container, item, child, container->quotes, last);
        if (!is_ordered && container->quotes > 0)
            mend_task_item(list, item);
    }
    return list;
}

/* ---- tables -------------------------------------------------------------- */

/* from behind a | to the next that is no \| */
static size_t
cell_end(const char *text, size_t start, size_t end)
{
    while (start < end && text[start] != '|')
        start += text[start] == '\\' && start + 1 < end ? 2 : 1;
    return MIN(start, end);
}

/* cells that the author wrote; only the first `columns` are read by cmark */
static int
count_cells(const char *text, size_t start, size_t end)
{
    int count = 1;
    while ((start = cell_end(text, start, end)) < end) {
        start++;
        count++;
    }
    return count;
}

static void
check_row(const Reading *reading, size_t start, size_t end, int columns)
{
    const char *text = reading->source->text;
    int count = count_cells(text, start, end);
    bool leads = start > 0 && text[start - 1] == '|';
    bool has_pipe = leads || text[end] == '|';
    Place place = markdown_place(reading, start - leads);
    if (count == 1 && !has_pipe)
        markdown_report(reading, LEVEL_ERROR, "table-row-text", place,
                        "a line right below a table is read as its row; put a "
                        "blank line between");
    else if (count > columns)
        markdown_report(reading, LEVEL_ERROR, "table-row-cells", place,
                        "the row has %d cells, the table %d columns, and the "
                        "rest would be lost; write \\| for the sign itself",
                        count, columns);
    else if (count < columns)
        markdown_report(reading, LEVEL_WARNING, "table-row-cells", place,
                        "the row has %d cells, the table %d columns; write "
                        "empty cells as | |",
                        count, columns);
}

static void
write_row(const Container *container, xmlNode *table, cmark_node *row,
          size_t start, const guint8 *alignments, int columns)
{
    Reading *reading = container->reading;
    const Source *source = reading->source;
    Place place = markdown_place(reading, start);
    size_t end = line_end(reading, place.line);
    while (end > start && strchr(" \t", source->text[end - 1]) != NULL)
        end--;
    start += source->text[start] == '|';
    if (end > start && source->text[end - 1] == '|' &&
        !(end - 1 > start && source->text[end - 2] == '\\'))
        end--;
    bool is_header = has_type(row, "table_header");
    if (!is_header)
        check_row(reading, start, end, columns);
    xmlNode *element = markdown_add(table, "row");
    if (is_header)
        markdown_set(element, "header", "yes");
    document_set_place(element, place, 0);
    int column = 0;
    for (cmark_node *cell = cmark_node_first_child(row); cell != NULL;
         cell = cmark_node_next(cell), column++) {
        size_t cell_last = cell_end(source->text, start, end);
        xmlNode *out = markdown_add(element, "cell");
        guint8 align = column < columns ? alignments[column] : 0;
        if (align != 0)
            markdown_set(out, "align",
                         align == 'l'   ? "left"
                         : align == 'c' ? "center"
                                        : "right");
        Locator locator;
        locator_init(&locator, source, start, cell_last, 0);
        inline_write(reading, out, cmark_node_first_child(cell), NULL, &locator,
                     0);
        start = MIN(cell_last + 1, end);
    }
}

static xmlNode *
write_table(const Container *container, cmark_node *node)
{
    Reading *reading = container->reading;
    xmlNode *table = markdown_add(container->parent, "table");
    const guint8 *alignments = cmark_gfm_extensions_get_table_alignments(node);
    int columns = cmark_gfm_extensions_get_table_columns(node);
    for (cmark_node *row = cmark_node_first_child(node); row != NULL;
         row = cmark_node_next(row)) {
        bool is_header = has_type(row, "table_header");
        size_t start = start_offset(reading, is_header ? node : row);
        write_row(container, table, row, start, alignments, columns);
    }
    return table;
}

/* ---- quotes and callouts ------------------------------------------------- */

static const char *const callouts[] = {
    "note", "tip",      "important", "warning", "caution",
    "case", "exercise", "trainer",   "law",     "checklist"};

/* bytes of [!KIND] and the blanks behind it, else 0; kind: of `callouts`, NULL
 * where it is not one of ours */
static size_t
callout_length(const char *text, const char **kind)
{
    if (text == NULL || !g_str_has_prefix(text, "[!"))
        return 0;
    size_t length = strcspn(text + 2, "[] \t");
    if (length == 0 || text[2 + length] != ']')
        return 0;
    *kind = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(callouts); i++) {
        if (strlen(callouts[i]) == length &&
            g_ascii_strncasecmp(text + 2, callouts[i], length) == 0)
            *kind = callouts[i];
    }
    return length + 3 + strspn(text + length + 3, " \t");
}

/* the paragraph's first line is the title, the rest an ordinary paragraph */
static void
write_callout_head(const Container *container, xmlNode *callout,
                   cmark_node *paragraph, size_t skip, int end)
{
    Reading *reading = container->reading;
    Locator locator = locator_of(container, paragraph, end);
    cmark_node *first = cmark_node_first_child(paragraph), *line = first;
    while (line != NULL && cmark_node_get_type(line) != CMARK_NODE_SOFTBREAK &&
           cmark_node_get_type(line) != CMARK_NODE_LINEBREAK)
        line = cmark_node_next(line);
    xmlNode *title = markdown_add(callout, "title");
    inline_write(reading, title, first, line, &locator, skip);
    int title_line = start_line(reading, paragraph);
    Place reached = markdown_place(reading, locator.position);
    if (reached.line > title_line)
        markdown_report(reading, LEVEL_ERROR, "callout-title",
                        node_place(reading, paragraph),
                        "emphasis or a link runs from the title into the next "
                        "line; close it before the line ends");
    if (title->children == NULL) {
        xmlUnlinkNode(title);
        xmlFreeNode(title);
    }
    if (line == NULL)
        return;
    locator_break(&locator);
    size_t offset = locator.position;
    xmlNode *block = markdown_add(callout, "paragraph");
    inline_write(reading, block, cmark_node_next(line), NULL, &locator, 0);
    markdown_set_place(reading, block, offset, end);
}

static xmlNode *
write_quote(const Container *container, cmark_node *node, int end)
{
    Reading *reading = container->reading;
    cmark_node *head = cmark_node_first_child(node);
    cmark_node *first = head == NULL ? NULL : cmark_node_first_child(head);
    const char *kind = NULL;
    size_t skip = 0;
    if (first != NULL && cmark_node_get_type(head) == CMARK_NODE_PARAGRAPH &&
        cmark_node_get_type(first) == CMARK_NODE_TEXT)
        skip = callout_length(cmark_node_get_literal(first), &kind);
    if (skip > 0 && kind == NULL) {
        g_autofree char *names = g_strjoinv(", ", (char **)callouts);
        markdown_report(reading, LEVEL_ERROR, "unknown-callout",
                        node_place(reading, head),
                        "%.*s is none of the kinds of boxes: %s", (int)skip,
                        cmark_node_get_literal(first), names);
    }
    xmlNode *block =
        markdown_add(container->parent, kind == NULL ? "quote" : "callout");
    if (kind != NULL) {
        markdown_set(block, "kind", kind);
        Container inside = *container;
        inside.quotes++;
        inside.end = end;
        int last = end_line(&inside, head, cmark_node_next(head));
        write_callout_head(&inside, block, head, skip, last);
        cmark_node_unlink(head);
        cmark_node_free(head);
    }
    write_children(container, block, node, container->quotes + 1, end);
    if (block->children == NULL && kind != NULL)
        markdown_report(reading, LEVEL_WARNING, "callout-empty",
                        node_place(reading, node),
                        "a box without text; write some below it, each line "
                        "with > before it");
    return block;
}

/* ---- notes --------------------------------------------------------------- */

/* cmark says where the note's text begins; its mark stands before */
static size_t
note_offset(const Reading *reading, cmark_node *node)
{
    size_t offset = start_offset(reading, node);
    size_t start = reading->source->line_starts[start_line(reading, node) - 1];
    for (size_t i = offset; i > start; i--) {
        if (strncmp(reading->source->text + i - 1, "[^", 2) == 0)
            return i - 1;
    }
    return offset;
}

static Place
note_place(const Reading *reading, cmark_node *node)
{
    return markdown_place(reading, note_offset(reading, node));
}

static xmlNode *
write_footnote(const Container *container, cmark_node *node, const char *label,
               int end)
{
    xmlNode *block = markdown_add(container->parent, "footnote");
    markdown_set(block, "label", label);
    write_children(container, block, node, container->quotes, end);
    if (block->children == NULL)
        markdown_report(container->reading, LEVEL_ERROR, "note-empty",
                        note_place(container->reading, node),
                        "the footnote [^%s] has no text", label);
    return block;
}

/* ---- the walk ------------------------------------------------------------ */

static bool
is_note(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION;
}

static xmlNode *
write_block(const Container *container, cmark_node *node, int end)
{
    Reading *reading = container->reading;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        return write_heading(container, node, end);
    case CMARK_NODE_PARAGRAPH:
        return write_paragraph(container, node, end);
    case CMARK_NODE_LIST:
        return write_list(container, node, end);
    case CMARK_NODE_BLOCK_QUOTE:
        return write_quote(container, node, end);
    case CMARK_NODE_CODE_BLOCK:
        return write_code(container, node, start_line(reading, node), end);
    case CMARK_NODE_THEMATIC_BREAK:
        return markdown_add(container->parent, "break");
    case CMARK_NODE_HTML_BLOCK:
        return write_raw(container, node);
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        return write_footnote(container, node, cmark_node_get_user_data(node),
                              end);
    default:
        return has_type(node, "table") ? write_table(container, node) : NULL;
    }
}

static void
set_block_place(const Reading *reading, xmlNode *block, cmark_node *node,
                int end)
{
    markdown_set_place(reading, block,
                       is_note(node) ? note_offset(reading, node)
                                     : start_offset(reading, node),
                       end);
}

/* a note may stand inside the block before it, so it does not end that */
static cmark_node *
next_block(GPtrArray *nodes, guint index)
{
    while (++index < nodes->len) {
        cmark_node *node = g_ptr_array_index(nodes, index);
        if (!is_note(node))
            return node;
    }
    return NULL;
}

static void
write_blocks(const Container *container, GPtrArray *nodes)
{
    Reading *reading = container->reading;
    Wishes wishes = {0};
    int block_end = 0;
    for (guint i = 0; i < nodes->len; i++) {
        cmark_node *node = g_ptr_array_index(nodes, i);
        int end = end_line(container, node, next_block(nodes, i));
        if (is_note(node) && start_line(reading, node) <= block_end)
            markdown_report(reading, LEVEL_WARNING, "note-nested",
                            note_place(reading, node),
                            "a footnote's text stands inside another block; "
                            "put it at the left margin, behind a blank line");
        else if (!is_note(node))
            block_end = end;
        if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
            mark_verbatim(reading, start_line(reading, node), end);
            if (comment_take(reading, &wishes, cmark_node_get_literal(node),
                             node_place(reading, node)))
                continue;
        }
        xmlNode *block = write_block(container, node, end);
        if (block == NULL)
            continue;
        set_block_place(reading, block, node, end);
        comment_fulfil(reading, block, &wishes);
    }
    comment_end(reading, &wishes);
}

static void
write_children(const Container *container, xmlNode *parent, cmark_node *node,
               int quotes, int end)
{
    g_autoptr(GPtrArray) nodes = g_ptr_array_new();
    for (cmark_node *child = cmark_node_first_child(node); child != NULL;
         child = cmark_node_next(child))
        g_ptr_array_add(nodes, child);
    Container inside = {.reading = container->reading,
                        .parent = parent,
                        .quotes = quotes,
                        .end = end,
                        .depth = container->depth + 1};
    /* the limits make this impossible; the stack must not depend on them */
    g_return_if_fail(inside.depth <= MAX_BLOCK_DEPTH);
    write_blocks(&inside, nodes);
}

static gint
compare_lines(gconstpointer a, gconstpointer b, gpointer data)
{
    const Reading *reading = data;
    cmark_node *first = *(cmark_node *const *)a;
    cmark_node *second = *(cmark_node *const *)b;
    return start_line(reading, first) - start_line(reading, second);
}

void
block_write_all(Reading *reading, xmlNode *parent, cmark_node *document)
{
    g_autoptr(GPtrArray) nodes = g_ptr_array_new();
    for (cmark_node *node = cmark_node_first_child(document); node != NULL;
         node = cmark_node_next(node)) {
        cmark_node *next = cmark_node_next(node);
        int line = cmark_node_get_start_line(node);
        if (line == 0 && next != NULL)
            line = cmark_node_get_start_line(next);
        if (line > reading->offset)
            g_ptr_array_add(nodes, node);
    }
    g_ptr_array_sort_with_data(nodes, compare_lines, reading);
    Container container = {
        .reading = reading, .parent = parent, .end = reading->last};
    write_blocks(&container, nodes);
}
