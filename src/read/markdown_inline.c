/* SPDX-License-Identifier: MIT */
/*
 * Inlines: cmark's tree of a paragraph into ours, with a place for everything
 * that can be wrong later.  The Locator goes through the source beside it.
 *
 * inline_write
 *   write_text        facts {{id}} and stray [^notes] are found in texts
 *   write_link        xref where it is [](#id)
 *   write_image, write_note, wrappers (emphasis, strong, strike)
 */
#include "read/markdown.h"

#include "base/xml.h"

#include <string.h>

enum { MAX_INLINE_DEPTH = 32 };

typedef struct {
    Reading *reading;
    Locator *locator;
    GString *text; /* of the element that is written, not yet in it: adding
                    * each piece alone would copy the text again and again */
    size_t skip;
    int depth;
} InlineState;

static void write_siblings(InlineState *state, xmlNode *parent,
                           cmark_node *first, cmark_node *stop);

static Place
place_at(const InlineState *state, size_t offset)
{
    return markdown_place(state->reading, offset);
}

static void
flush(InlineState *state, xmlNode *parent)
{
    markdown_add_text(parent, state->text->str, state->text->len);
    g_string_truncate(state->text, 0);
}

/* ---- texts --------------------------------------------------------------- */

static const char fact_help[] =
    "{{ begins a fact, written {{name}} or {{research:key}} with a-z, 0-9 and "
    "hyphens; for braces as text write \\{{";

/* text up to the next place that could be a fact or a stray note */
static size_t
plain_length(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0' && strncmp(text + length, "{{", 2) != 0 &&
           strncmp(text + length, "[^", 2) != 0)
        length++;
    return length;
}

static void
write_fact(InlineState *state, xmlNode *parent, const char *text, size_t length,
           size_t offset)
{
    flush(state, parent);
    xmlNode *fact = markdown_add(parent, "fact");
    g_autofree char *ref = g_strndup(text + 2, length - 4);
    markdown_set(fact, "ref", ref);
    markdown_set_place(state->reading, fact, offset, 0);
}

static void
write_text(InlineState *state, xmlNode *parent, const char *text)
{
    bool escaped = false;
    size_t dropped = MIN(state->skip, strlen(text));
    locator_text(state->locator, text, dropped, &escaped);
    text += dropped;
    state->skip = 0;
    while (*text != '\0') {
        size_t plain = plain_length(text);
        locator_text(state->locator, text, plain, &escaped);
        g_string_append_len(state->text, text, (gssize)plain);
        text += plain;
        if (*text == '\0')
            break;
        bool is_fact = *text == '{';
        size_t length = is_fact ? document_fact_length(text) : 2;
        length = length == 0 ? 2 : length;
        size_t offset = locator_text(state->locator, text, length, &escaped);
        if (is_fact && length > 2 && !escaped) {
            write_fact(state, parent, text, length, offset);
        } else {
            if (is_fact && !escaped)
                markdown_report(state->reading, LEVEL_ERROR, "fact-invalid",
                                place_at(state, offset), "%s", fact_help);
            else if (!is_fact && !escaped && strchr(text, ']') != NULL)
                markdown_report(state->reading, LEVEL_ERROR, "note-invalid",
                                place_at(state, offset),
                                "[^ begins a reference to a footnote, written "
                                "[^label] without blanks; for brackets as text "
                                "write \\[^");
            g_string_append_len(state->text, text, (gssize)length);
        }
        text += length;
    }
}

/* the text below a node, breaks as spaces */
char *
inline_plain_text(cmark_node *node)
{
    GString *text = g_string_new(NULL);
    cmark_iter *walk = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *child = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(child);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            g_string_append(text, cmark_node_get_literal(child));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            g_string_append_c(text, ' ');
    }
    cmark_iter_free(walk);
    char *clean = markdown_clean(text->str);
    g_string_free(text, TRUE);
    return clean;
}

/* a fact where only plain text can be */
static void
refuse_fact(const InlineState *state, const char *text, const char *where,
            Place place)
{
    if (strstr(text, "{{") != NULL)
        markdown_report(state->reading, LEVEL_ERROR, "fact-misplaced", place,
                        "a fact cannot be put into %s; write its words there",
                        where);
}

/* in a text that is kept as it is until its facts are filled in */
void
markdown_check_facts(const Reading *reading, const char *text, Place place)
{
    for (const char *fact = strstr(text, "{{"); fact != NULL;
         fact = strstr(fact + 2, "{{")) {
        if (document_fact_length(fact) == 0)
            markdown_report(reading, LEVEL_ERROR, "fact-invalid", place,
                            "{{ begins a fact, written {{name}} with a-z, 0-9 "
                            "and hyphens; a description or a term of the index "
                            "cannot have two braces as text");
    }
}

/* ---- notes, links, images ------------------------------------------------ */

static void
write_note(InlineState *state, xmlNode *parent, cmark_node *node)
{
    size_t offset = locator_note(state->locator);
    const GPtrArray *labels = state->reading->labels;
    const char *number = cmark_node_get_literal(node);
    guint64 index = 0;
    if (!g_ascii_string_to_unsigned(number, 10, 1, labels->len, &index, NULL))
        return;
    xmlNode *note = markdown_add(parent, "note-ref");
    markdown_set(note, "label", g_ptr_array_index(labels, index - 1));
    markdown_set_place(state->reading, note, offset, 0);
}

static bool
may_link_to(const char *url)
{
    static const char *const schemes[] = {"http://", "https://",
                                          "mailto:", "tel:"};
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return true;
    }
    return url[0] == '#' && document_is_id(url + 1, strlen(url + 1));
}

static void
write_link(InlineState *state, xmlNode *parent, cmark_node *node)
{
    const Reading *reading = state->reading;
    size_t offset = locator_open_link(state->locator);
    Place place = place_at(state, offset);
    const char *url = cmark_node_get_url(node);
    bool is_empty = cmark_node_first_child(node) == NULL;
    bool is_allowed = may_link_to(url);
    xmlNode *target = parent;
    if (!is_allowed) {
        markdown_report(reading, LEVEL_ERROR, "link-target", place,
                        "\"%s\" cannot be a link's target in a book; use "
                        "https://, mailto:, tel: or #id of a block",
                        url);
    } else if (is_empty && url[0] != '#') {
        markdown_report(reading, LEVEL_ERROR, "link-empty", place,
                        "a link without text would be invisible; put words "
                        "between [ and ]");
    } else {
        target = markdown_add(parent, is_empty ? "xref" : "link");
        g_autofree char *href = markdown_clean(is_empty ? url + 1 : url);
        markdown_set(target, is_empty ? "ref" : "href", href);
        markdown_set_place(state->reading, target, offset, 0);
        refuse_fact(state, url, "the target of a link", place);
    }
    write_siblings(state, target, cmark_node_first_child(node), NULL);
    locator_close_link(state->locator);
    if (cmark_node_get_title(node)[0] != '\0')
        markdown_report(reading, LEVEL_WARNING, "title-unused", place,
                        "the title of a link is not printed; delete it, or "
                        "write it into the text");
}

/* src and alt; false where there is no alt text */
static void
set_image(InlineState *state, xmlNode *image, cmark_node *node, Place place)
{
    const char *url = cmark_node_get_url(node);
    g_autofree char *src = markdown_clean(url);
    markdown_set(image, "src", src);
    g_autofree char *alt = inline_plain_text(node);
    markdown_set(image, "alt", g_strstrip(alt));
    markdown_check_facts(state->reading, alt, place);
    refuse_fact(state, src, "the name of an image", place);
    if (alt[0] == '\0')
        markdown_report(state->reading, LEVEL_ERROR, "alt-missing", place,
                        "the image has no description for readers who cannot "
                        "see it; write ![what it shows](%s)",
                        url);
    if (url[0] == '\0' || strstr(url, "://") != NULL ||
        g_str_has_prefix(url, "//"))
        markdown_report(state->reading, LEVEL_ERROR, "image-remote", place,
                        "an image must be a file of the project; put it into "
                        "figures/ and write its name");
}

static void
write_image(InlineState *state, xmlNode *parent, cmark_node *node)
{
    size_t offset = locator_open_link(state->locator);
    xmlNode *image = markdown_add(parent, "image");
    Place place = markdown_set_place(state->reading, image, offset, 0);
    set_image(state, image, node, place);
    locator_close_link(state->locator);
    if (cmark_node_get_title(node)[0] != '\0')
        markdown_report(state->reading, LEVEL_WARNING, "title-unused", place,
                        "only an image alone in its paragraph is a figure with "
                        "a caption; put blank lines around it");
}

/* A definition of every note that the text may refer to, so that cmark knows
 * them; two lines each.  labels: as they come. */
static GString *
define_notes(const char *raw, GPtrArray *labels)
{
    GString *text = g_string_new(NULL);
    for (const char *at = raw; (at = strstr(at, "[^")) != NULL; at += 2) {
        size_t length = strcspn(at + 2, "] \t");
        if (at[2 + length] != ']' || length == 0)
            continue;
        g_ptr_array_add(labels, g_strndup(at + 2, length));
        g_string_append_printf(text, "[^%.*s]: x\n\n", (int)length, at + 2);
    }
    return text;
}

/* The raw characters between the title's quotes are parsed again, in a heading:
 * there nothing but inlines can stand. */
static void
write_caption(InlineState *state, xmlNode *figure, const char *title,
              LocatorSpan span)
{
    const Source *source = state->reading->source;
    bool is_raw = span.end > span.start;
    g_autofree char *raw =
        is_raw ? g_strndup(source->text + span.start, span.end - span.start)
               : g_strdup(title);
    g_strdelimit(raw, "\r\n", ' ');
    Locator locator;
    locator_init(&locator, source, span.start, MAX(span.end, span.start), 0);
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) numbered = g_ptr_array_new();
    GString *text = define_notes(raw, labels);
    g_string_append_printf(text, "# %s #\n", raw);
    cmark_node *document = markdown_parse(text->str, text->len);
    g_string_free(text, TRUE);
    cmark_node *heading = NULL;
    for (cmark_node *node = cmark_node_first_child(document); node != NULL;
         node = cmark_node_next(node)) {
        guint note = (guint)(cmark_node_get_start_line(node) - 1) / 2;
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            heading = node;
        else if (note < labels->len)
            g_ptr_array_add(numbered, g_ptr_array_index(labels, note));
    }
    if (heading != NULL && cmark_node_first_child(heading) != NULL) {
        Reading inner = *state->reading;
        inner.labels = numbered;
        xmlNode *caption = markdown_add(figure, "caption");
        inline_write(&inner, caption, cmark_node_first_child(heading), NULL,
                     &locator, 0);
    }
    cmark_node_free(document);
}

xmlNode *
inline_write_figure(Reading *reading, xmlNode *parent, cmark_node *image,
                    Locator *locator)
{
    InlineState state = {.reading = reading, .locator = locator};
    size_t offset = locator_open_link(locator);
    xmlNode *figure = markdown_add(parent, "figure");
    set_image(&state, figure, image, place_at(&state, offset));
    g_autofree char *alt = inline_plain_text(image);
    bool escaped = false;
    locator_text(locator, alt, strlen(alt), &escaped);
    LocatorSpan span = locator_close_link(locator);
    const char *title = cmark_node_get_title(image);
    if (title[0] != '\0')
        write_caption(&state, figure, title, span);
    return figure;
}

/* ---- the walk ------------------------------------------------------------ */

static void
write_html(InlineState *state, cmark_node *node)
{
    const char *html = cmark_node_get_literal(node);
    size_t offset = locator_html(state->locator, html);
    if (g_str_has_prefix(html, "<!--"))
        return;
    if (g_ascii_strncasecmp(html, "<br", 3) == 0)
        g_string_append_c(state->text, ' '); /* or two words become one */
    markdown_report(state->reading, LEVEL_WARNING, "raw-html",
                    place_at(state, offset),
                    "HTML is not printed: %s is left out; use Markdown, or "
                    "write \\< for the sign itself",
                    html);
}

/* a wrapper, or what is left of it beyond the limit */
static void
write_wrapper(InlineState *state, xmlNode *parent, cmark_node *node,
              const char *name, const char *marks, int count)
{
    locator_delimiter(state->locator, marks, count);
    xmlNode *wrapper = markdown_add(parent, name);
    write_siblings(state, wrapper, cmark_node_first_child(node), NULL);
    locator_delimiter(state->locator, marks, count);
}

static void
write_code(InlineState *state, xmlNode *parent, cmark_node *node)
{
    locator_code(state->locator);
    const char *literal = cmark_node_get_literal(node);
    xmlNode *code = markdown_add(parent, "code");
    markdown_add_text(code, literal, strlen(literal));
}

static void
write_element(InlineState *state, xmlNode *parent, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LINEBREAK:
        locator_break(state->locator);
        markdown_add(parent, "linebreak");
        return;
    case CMARK_NODE_CODE:
        write_code(state, parent, node);
        return;
    case CMARK_NODE_EMPH:
        write_wrapper(state, parent, node, "emphasis", "*_", 1);
        return;
    case CMARK_NODE_STRONG:
        write_wrapper(state, parent, node, "strong", "*_", 2);
        return;
    case CMARK_NODE_LINK:
        write_link(state, parent, node);
        return;
    case CMARK_NODE_IMAGE:
        write_image(state, parent, node);
        return;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        write_note(state, parent, node);
        return;
    default:
        break;
    }
    if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
        write_wrapper(state, parent, node, "strike", "~", 2);
}

static void
write_node(InlineState *state, xmlNode *parent, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        write_text(state, parent, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        locator_break(state->locator);
        g_string_append_c(state->text, ' ');
        break;
    case CMARK_NODE_HTML_INLINE:
        write_html(state, node);
        break;
    default:
        flush(state, parent);
        write_element(state, parent, node);
    }
}

static void
write_flattened(InlineState *state, cmark_node *first)
{
    markdown_report(state->reading, LEVEL_ERROR, "nested-too-deep",
                    place_at(state, state->locator->position),
                    "emphasis is nested more than %d deep here; write \\* or "
                    "\\_ for the signs themselves",
                    MAX_INLINE_DEPTH);
    for (; first != NULL; first = cmark_node_next(first)) {
        g_autofree char *text = inline_plain_text(first);
        g_string_append(state->text, text);
    }
}

static void
write_siblings(InlineState *state, xmlNode *parent, cmark_node *first,
               cmark_node *stop)
{
    if (state->depth >= MAX_INLINE_DEPTH) {
        if (first != NULL)
            write_flattened(state, first);
        flush(state, parent);
        return;
    }
    state->depth++;
    for (cmark_node *node = first; node != NULL && node != stop;
         node = cmark_node_next(node))
        write_node(state, parent, node);
    flush(state, parent);
    state->depth--;
}

void
inline_write(Reading *reading, xmlNode *parent, cmark_node *first,
             cmark_node *stop, Locator *locator, size_t skip)
{
    InlineState state = {.reading = reading,
                         .locator = locator,
                         .text = g_string_new(NULL),
                         .skip = skip};
    write_siblings(&state, parent, first, stop);
    g_string_free(state.text, TRUE);
}
