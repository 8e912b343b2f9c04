/* SPDX-License-Identifier: MIT */
/*
 * The line scanner of overlay files.
 *
 *   overlay_lex
 *     find_conflict         a merge that git could not finish
 *     scan_directive        at each line that begins with "<!-- ov:"
 *       find_close          the line "-->"
 *       scan_header         operation, attributes, flags
 *       scan_sections       =src =now =diff =tgt =note
 *     scan_text             up to the next directive, fences respected
 *
 * A directive that was damaged must never swallow its neighbour unseen: a bare
 * --> or a second =src inside a body is an error that names the line.
 */
#include "overlay/overlay_lexer.h"

#include "base/message.h"

#include <string.h>

#define OPENING "<!-- ov:"

typedef struct {
    const Source *source;
    Arena *arena;
    Diagnostics *diagnostics;
    GArray *directives;
    bool failed;
} Lexer;

/* ---- escapes -------------------------------------------------------- */

/* If "--", backslashes, an optional "!" and ">" stand at text: the number of
 * backslashes, else -1 */
static int
arrow_backslashes(const char *text)
{
    if (text[0] != '-' || text[1] != '-')
        return -1;
    int count = (int)strspn(text + 2, "\\");
    const char *rest = text + 2 + count;
    rest += *rest == '!';
    return *rest == '>' ? count : -1;
}

static char *
change_escapes(const char *text, bool write, bool lines)
{
    bool plain = write ? strstr(text, "--") == NULL && strchr(text, '=') == NULL
                       : strchr(text, '\\') == NULL;
    if (plain)
        return g_strdup(text);
    GString *result = g_string_new(NULL);
    for (const char *c = text; *c != 0;) {
        bool line_start = lines && (c == text || c[-1] == '\n');
        int slashes = (int)strspn(c, "\\");
        int arrow = arrow_backslashes(c);
        if (line_start && c[slashes] == '=' && (write || slashes > 0)) {
            if (write)
                g_string_append_c(result, '\\');
            g_string_append_len(result, c + !write, slashes + write);
            c += slashes + 1;
        } else if (arrow >= 0 && (write || arrow > 0)) {
            g_string_append_len(result, c, 2 + arrow - !write);
            if (write)
                g_string_append_c(result, '\\');
            c += 2 + arrow;
        } else {
            g_string_append_c(result, *c++);
        }
    }
    return g_string_free(result, FALSE);
}

char *
overlay_escape(const char *text)
{
    return change_escapes(text, true, true);
}

char *
overlay_unescape(const char *text)
{
    return change_escapes(text, false, true);
}

char *
overlay_escape_arrow(const char *text)
{
    return change_escapes(text, true, false);
}

/* ---- lines ---------------------------------------------------------- */

static const char *
line_text(Lexer *lexer, int line)
{
    size_t length = 0;
    const char *start = source_line(lexer->source, line, &length);
    return arena_strndup(lexer->arena, start, (gssize)length);
}

/* compares without a copy; trailing blanks do not count */
static bool
line_is(const Source *source, int line, const char *wanted)
{
    size_t length = 0;
    const char *start = source_line(source, line, &length);
    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
        length--;
    return length == strlen(wanted) && memcmp(start, wanted, length) == 0;
}

static bool
line_begins(const Source *source, int line, const char *prefix)
{
    size_t length = 0;
    const char *start = source_line(source, line, &length);
    return length >= strlen(prefix) &&
           memcmp(start, prefix, strlen(prefix)) == 0;
}

/* dashes that editors make of "--" */
static bool
line_is_autocorrected(const Source *source, int line)
{
    return line_is(source, line, "–>") || line_is(source, line, "—>");
}

static void
fail(Lexer *lexer, const char *name, int line, const char *text)
{
    lexer->failed = true;
    diagnostics_add(lexer->diagnostics, LEVEL_ERROR, name,
                    (Place){lexer->source->file, line, 1}, "%s", text);
}

/* ---- headers -------------------------------------------------------- */

static bool
is_bare(char c)
{
    return g_ascii_isalnum(c) || (c != 0 && strchr("._:,-", c) != NULL);
}

/* One attribute or flag at *text; false where the syntax is broken */
static bool
scan_attribute(Lexer *lexer, const char **text, DirectiveAttribute *attribute)
{
    const char *c = *text;
    size_t length = 0;
    while (g_ascii_isalnum(c[length]) || c[length] == '-')
        length++;
    if (length == 0)
        return false;
    attribute->name = arena_strndup(lexer->arena, c, (gssize)length);
    attribute->value = NULL;
    c += length;
    if (*c == '=' && c[1] == '"') {
        const char *end = strchr(c + 2, '"');
        if (end == NULL)
            return false;
        g_autofree char *raw = g_strndup(c + 2, (gsize)(end - c - 2));
        g_autofree char *plain = change_escapes(raw, false, false);
        attribute->value = arena_strndup(lexer->arena, plain, -1);
        c = end + 1;
    } else if (*c == '=') {
        length = 1;
        while (is_bare(c[length]))
            length++;
        attribute->value =
            arena_strndup(lexer->arena, c + 1, (gssize)length - 1);
        c += length;
        if (length == 1)
            return false;
    }
    *text = c;
    return *c == 0 || *c == ' ' || *c == '\t';
}

static void
scan_header(Lexer *lexer, Directive *directive, const char *header)
{
    size_t length = strcspn(header, " \t");
    directive->operation = arena_strndup(lexer->arena, header, (gssize)length);
    header += length;
    g_autoptr(GArray) found =
        g_array_new(FALSE, FALSE, sizeof(DirectiveAttribute));
    for (;;) {
        header += strspn(header, " \t");
        if (*header == 0)
            break;
        DirectiveAttribute attribute;
        if (!scan_attribute(lexer, &header, &attribute)) {
            lexer->failed = true;
            diagnostics_add(
                lexer->diagnostics, LEVEL_ERROR, "directive-syntax",
                (Place){lexer->source->file, directive->first, 1},
                _("cannot read '%s' in this directive; write attributes as "
                  "name=value or name=\"some words\", divided by blanks"),
                header);
            break;
        }
        g_array_append_val(found, attribute);
    }
    directive->attribute_count = (int)found->len;
    directive->attributes =
        arena_array(lexer->arena, DirectiveAttribute, found->len + 1);
    if (found->len > 0)
        memcpy(directive->attributes, found->data,
               found->len * sizeof(DirectiveAttribute));
}

/* ---- sections ------------------------------------------------------- */

static const char *const section_names[MAX_SECTIONS] = {"src", "now", "diff",
                                                        "tgt", "note"};

static bool
start_section(Lexer *lexer, Directive *directive, int line, const char *text)
{
    size_t length = strcspn(text + 1, " \t");
    g_autofree char *name = g_strndup(text + 1, length);
    for (int i = 0; i < directive->section_count; i++) {
        if (strcmp(directive->sections[i].name, name) == 0) {
            fail(lexer, "directive-unclosed", line,
                 _("this section stands twice in one directive; is the '-->' "
                   "that ends the first directive missing?"));
            return false;
        }
    }
    for (int i = 0; i < MAX_SECTIONS; i++) {
        if (strcmp(section_names[i], name) != 0)
            continue;
        g_autofree char *argument = g_strdup(text + 1 + length);
        directive->sections[directive->section_count++] = (DirectiveSection){
            section_names[i],
            arena_strndup(lexer->arena, g_strstrip(argument), -1), ""};
        return true;
    }
    fail(lexer, "directive-syntax", line,
         _("a line that begins with '=' starts a section: =src =now =diff =tgt "
           "or =note; put a backslash in front if it is text"));
    return false;
}

static void
scan_sections(Lexer *lexer, Directive *directive, int last)
{
    g_autoptr(GString) body = g_string_new(NULL);
    int lines = 0;
    for (int line = directive->first + 1; line <= last; line++) {
        const char *text = line == last ? "=" : line_text(lexer, line);
        if (*text == '=') {
            if (lines > 0) {
                g_autofree char *plain = overlay_unescape(body->str);
                directive->sections[directive->section_count - 1].body =
                    arena_strndup(lexer->arena, plain, -1);
            }
            g_string_truncate(body, 0);
            lines = 0;
            if (line < last && !start_section(lexer, directive, line, text))
                return;
            continue;
        }
        if (directive->section_count == 0) {
            if (*text != 0)
                fail(lexer, "directive-syntax", line,
                     _("text in a directive needs a section; put a line '=src', "
                       "'=now', '=tgt' or '=note' before it"));
            continue;
        }
        if (lines++ > 0)
            g_string_append_c(body, '\n');
        g_string_append(body, text);
    }
}

/* The line that closes the directive which begins at `first`; 0 after a
 * diagnostic.  *mended: it is an arrow that an editor changed. */
static int
find_close(Lexer *lexer, int first, bool *mended)
{
    const Source *source = lexer->source;
    int candidate = 0;
    *mended = false;
    for (int line = first + 1; line <= source->line_count; line++) {
        if (line_is(source, line, "-->"))
            return line;
        if (candidate == 0 && line_is_autocorrected(source, line))
            candidate = line;
        if (candidate > 0 && line_begins(source, line, OPENING))
            break;
        const char *text = line_text(lexer, line);
        if (strstr(text, "-->") != NULL || strstr(text, "--!>") != NULL) {
            if (candidate > 0)
                break;
            fail(lexer, "directive-escape", line,
                 _("'-->' ends the comment here; inside a directive write it as "
                   "'--\\>', or put the '-->' that ends the directive before, on "
                   "a line of its own"));
            return 0;
        }
    }
    if (candidate > 0) {
        *mended = true;
        diagnostics_add(lexer->diagnostics, LEVEL_WARNING,
                        "directive-autocorrected",
                        (Place){source->file, candidate, 1},
                        _("an editor has made a dash of the '--' in this '-->'; "
                          "'vadovas sync' mends it"));
        return candidate;
    }
    fail(lexer, "directive-unclosed", first,
         _("this directive never ends; put '-->' on a line of its own after it"));
    return 0;
}

/* Returns the last line of the directive that begins at `line` */
static int
scan_directive(Lexer *lexer, int line)
{
    Directive directive = {.first = line, .last = line};
    const char *text = line_text(lexer, line) + strlen(OPENING);
    g_autofree char *header = g_strchomp(g_strdup(text));
    char *end = strstr(header, "-->");
    const char *dash = g_str_has_suffix(header, "–>")   ? "–>"
                       : g_str_has_suffix(header, "—>") ? "—>"
                                                        : NULL;
    if (end != NULL && end[3] != 0)
        fail(lexer, "directive-place", line,
             _("nothing may stand behind the '-->' of a directive; put the text "
               "into a paragraph of its own"));
    bool closed = true;
    if (end != NULL) {
        *end = 0;
    } else if (dash != NULL) {
        header[strlen(header) - strlen(dash)] = 0;
        directive.mended = true;
        diagnostics_add(lexer->diagnostics, LEVEL_WARNING,
                        "directive-autocorrected",
                        (Place){lexer->source->file, line, 1},
                        _("an editor has made a dash of the '--' in '-->'; "
                          "'vadovas sync' mends it"));
    } else {
        directive.last = find_close(lexer, line, &directive.mended);
        closed = directive.last > 0;
    }
    scan_header(lexer, &directive, header);
    if (closed && directive.last > line)
        scan_sections(lexer, &directive, directive.last);
    if (!closed)
        directive.last = lexer->source->line_count;
    g_array_append_val(lexer->directives, directive);
    return directive.last;
}

/* ---- text between directives ---------------------------------------- */

typedef struct {
    char mark; /* 0: no fence is open */
    size_t length;
    int line;
} Fence;

static void
follow_fence(Fence *fence, const char *text, int line)
{
    const char *rest = text + strspn(text, " ");
    if (rest - text > 3 || (*rest != '`' && *rest != '~'))
        return;
    size_t length = strspn(rest, *rest == '`' ? "`" : "~");
    if (fence->mark == 0) {
        if (length >= 3 && (*rest == '~' || strchr(rest + length, '`') == NULL))
            *fence = (Fence){*rest, length, line};
    } else if (*rest == fence->mark && length >= fence->length &&
               rest[length + strspn(rest + length, " \t")] == 0) {
        fence->mark = 0;
    }
}

/* a directive that does not stand at column 0, or is spelled wrongly */
static bool
is_misplaced(const char *text)
{
    const char *rest = text + strspn(text, " \t>-*+.)0123456789");
    if (!g_str_has_prefix(rest, "<!--"))
        return false;
    rest += 4;
    rest += strspn(rest, " \t");
    return g_ascii_strncasecmp(rest, "ov:", 3) == 0;
}

static void
check_blank_around(Lexer *lexer, int first, int last)
{
    const Source *source = lexer->source;
    if ((first > 1 && !line_is(source, first - 1, "")) ||
        (last < source->line_count && !line_is(source, last + 1, "")))
        fail(lexer, "directive-place", first,
             _("a directive stands between blank lines; put a blank line before "
               "and after it"));
}

/* text from `first` to the next directive; returns that directive's line, or
 * line_count + 1 */
static int
scan_text(Lexer *lexer, int first, int *text_first, int *text_last)
{
    const Source *source = lexer->source;
    Fence fence = {0};
    int line = first;
    *text_first = *text_last = 0;
    for (; line <= source->line_count; line++) {
        const char *text = line_text(lexer, line);
        bool directive = g_str_has_prefix(text, OPENING);
        if (directive && fence.mark == 0)
            break;
        if (!directive && fence.mark == 0 && is_misplaced(text))
            fail(lexer, "directive-place", line,
                 _("a directive begins at the start of a line with '<!-- ov:'; "
                   "remove what stands before it"));
        follow_fence(&fence, text, line);
        if (text[strspn(text, " \t")] != 0) {
            if (*text_first == 0)
                *text_first = line;
            *text_last = line;
        }
    }
    /* even at the end of the file: sync may put a unit behind this one */
    if (fence.mark != 0)
        fail(lexer, "overlay-fence-open", fence.line,
             _("this code fence is never closed, so that directives after it "
               "would be read as code; close it with the same marks"));
    return line;
}

/* a finished-looking conflict of git: all three marks, in order */
static void
find_conflict(Lexer *lexer)
{
    int ours = 0, middle = 0;
    for (int line = 1; line <= lexer->source->line_count; line++) {
        if (line_begins(lexer->source, line, "<<<<<<< ")) {
            ours = line;
            middle = 0;
        } else if (ours > 0 && line_is(lexer->source, line, "=======")) {
            middle = line;
        } else if (middle > 0 &&
                   line_begins(lexer->source, line, ">>>>>>> ")) {
            fail(lexer, "conflict-marker", ours,
                 _("git left a conflict here; keep one side or both, delete the "
                   "lines <<<<<<<, ======= and >>>>>>>, then run this again"));
            ours = middle = 0;
        }
    }
}

bool
overlay_lex(const Source *source, Arena *arena, DirectiveList *list,
            Diagnostics *diagnostics)
{
    Lexer lexer = {.source = source,
                   .arena = arena,
                   .diagnostics = diagnostics,
                   .directives =
                       g_array_new(FALSE, FALSE, sizeof(Directive))};
    find_conflict(&lexer);
    int from = 0, to = 0;
    int line = lexer.failed ? source->line_count + 1
                            : scan_text(&lexer, 1, &from, &to);
    list->preamble_first = from;
    list->preamble_last = to;
    while (line <= source->line_count) {
        int first = line;
        int last = scan_directive(&lexer, line);
        guint index = lexer.directives->len - 1;
        check_blank_around(&lexer, first, last);
        line = scan_text(&lexer, last + 1, &from, &to);
        Directive *directive =
            &g_array_index(lexer.directives, Directive, index);
        directive->text_first = from;
        directive->text_last = to;
    }
    list->count = (int)lexer.directives->len;
    list->directives = arena_array(arena, Directive, list->count + 1);
    if (list->count > 0)
        memcpy(list->directives, lexer.directives->data,
               (size_t)list->count * sizeof(Directive));
    g_array_unref(lexer.directives);
    return !lexer.failed;
}
