/* SPDX-License-Identifier: MIT */
/* Overlay files: directives to units, and units to the bytes of a file. */
#include "overlay/overlay_file.h"

#include "base/message.h"

#include "overlay/canonical.h"
#include "overlay/overlay_lexer.h"

#include <stddef.h>
#include <string.h>

static const char *const operation_names[OPERATION_COUNT] = {
    "translate", "replace", "insert", "remove", "same"};
static const char *const anchor_names[ANCHOR_COUNT] = {
    "at", "after", "before", "first-in", "last-in", "section"};

static const struct {
    const char *name;
    unsigned flag;
} flag_names[] = {
    {"TODO", FLAG_TODO},
    {"STALE", FLAG_STALE},
    {"REVIEW", FLAG_REVIEW},
    {"DRAFT", FLAG_DRAFT},
};

/* attributes with a plain value, in the order in which they are written */
static const struct {
    const char *name;
    size_t offset;
    bool quoted;
} unit_attributes[] = {
    {"key", offsetof(Unit, key), false},
    {"src", offsetof(Unit, src), false},
    {"now", offsetof(Unit, now), false},
    {"tgt", offsetof(Unit, tgt), false},
    {"ack", offsetof(Unit, ack), false},
    {"since", offsetof(Unit, since), false},
    {"hint", offsetof(Unit, hint), false},
    {"reason", offsetof(Unit, reason), true},
};

const char *
operation_name(Operation operation)
{
    return operation_names[operation];
}

static const char **
unit_string(Unit *unit, size_t offset)
{
    return (const char **)(void *)((char *)unit + offset);
}

Place
unit_place(const Unit *unit)
{
    return (Place){unit->file->path, unit->line, unit->line > 0 ? 1 : 0};
}

bool
unit_target_is_empty(const Unit *unit)
{
    const char *text = unit->target;
    for (;;) {
        text += strspn(text, " \t\r\n");
        if (!g_str_has_prefix(text, "<!--"))
            return *text == 0;
        const char *end = strstr(text + 4, "-->");
        if (end == NULL) /* never closed: who knows what it hides */
            return false;
        text = end + 3;
    }
}

bool
unit_target_is(const Unit *unit, const char *hash)
{
    char actual[CANONICAL_HASH_SIZE];
    g_autofree char *canonical = canonical_text(unit->target);
    canonical_hash(canonical, actual);
    return g_strcmp0(hash, actual) == 0;
}

void
unit_seal(Unit *unit, Arena *arena)
{
    char hash[CANONICAL_HASH_SIZE];
    g_autofree char *canonical = canonical_text(unit->target);
    canonical_hash(canonical, hash);
    unit->ack = *unit->target == 0 ? NULL : arena_strndup(arena, hash, -1);
}

void
unit_set_source(Unit *unit, const char *raw, const char *canonical,
                Arena *arena)
{
    char hash[CANONICAL_HASH_SIZE];
    canonical_hash(canonical, hash);
    unit->src_text = raw;
    unit->src_canonical = canonical;
    unit->src = arena_strndup(arena, hash, -1);
}

void
unit_clear_now(Unit *unit)
{
    unit->now = unit->now_text = unit->now_canonical = NULL;
    unit->tgt = unit->diff = unit->severity = NULL;
}

bool
unit_has_human_text(const Unit *unit)
{
    return *unit->target != 0 || unit->note != NULL || unit->reason != NULL ||
           unit->extra != NULL;
}

void
overlay_file_free(OverlayFile *file)
{
    if (file == NULL)
        return;
    source_free(file->source);
    if (file->bytes != NULL)
        g_bytes_unref(file->bytes);
    g_ptr_array_unref(file->units);
    g_free(file);
}

/* ---- reading -------------------------------------------------------- */

typedef struct {
    OverlayFile *file;
    Arena *arena;
    Diagnostics *diagnostics;
    bool failed;
} Parser;

G_GNUC_PRINTF(4, 5)
static void
fail(Parser *parser, const char *name, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    parser->failed = true;
    diagnostics_add(parser->diagnostics, LEVEL_ERROR, name,
                    (Place){parser->file->path, line, 1}, "%s", text);
}

/* lines first..last with LF ends; in a file that is CRLF throughout the CR
 * belongs to the line end, else it is text */
static const char *
text_lines(Parser *parser, int first, int last)
{
    const Source *source = parser->file->source;
    if (first == 0)
        return "";
    size_t start = source->line_starts[first - 1];
    size_t end = source->line_starts[last];
    GString *text =
        g_string_new_len(source->text + start, (gssize)(end - start));
    if (parser->file->crlf)
        g_string_replace(text, "\r\n", "\n", 0);
    while (text->len > 0 && (text->str[text->len - 1] == '\n'))
        g_string_truncate(text, text->len - 1);
    const char *copy = arena_strndup(parser->arena, text->str, -1);
    g_string_free(text, TRUE);
    return copy;
}

static bool
find_crlf(const Source *source)
{
    for (int line = 1; line <= source->line_count; line++) {
        size_t end = source->line_starts[line];
        bool last = line == source->line_count && source->text[end - 1] != '\n';
        if (!last && (end < 2 || source->text[end - 2] != '\r'))
            return false;
    }
    return source->line_count > 0 && strchr(source->text, '\r') != NULL;
}

static bool
is_only_comments(const char *text)
{
    Unit unit = {.target = text};
    return unit_target_is_empty(&unit);
}

static void
parse_header(Parser *parser, const Directive *directive)
{
    OverlayFile *file = parser->file;
    if (file->has_header)
        fail(parser, "overlay-header", directive->first,
             _("a second ov:file stands here; delete it"));
    file->has_header = true;
    for (int i = 0; i < directive->attribute_count; i++) {
        const DirectiveAttribute *a = &directive->attributes[i];
        const char *name = a->name, *value = a->value;
        if (value != NULL && strcmp(name, "base") == 0)
            file->base = value;
        else if (value != NULL && strcmp(name, "from") == 0)
            file->from = value;
        else if (value != NULL && strcmp(name, "to") == 0)
            file->to = value;
        else if ((g_strcmp0(name, "v") != 0 && g_strcmp0(name, "norm") != 0) ||
                 g_strcmp0(value, "1") != 0)
            fail(parser, "overlay-header", directive->first,
                 _("'%s=%s' is not known to this version; expected v=1, base=, "
                   "from=, to=, norm=1"),
                 name, value == NULL ? "" : value);
    }
}

static bool
parse_anchor(Unit *unit, const DirectiveAttribute *attribute)
{
    for (int i = 0; i < ANCHOR_COUNT; i++) {
        if (strcmp(attribute->name, anchor_names[i]) != 0)
            continue;
        if (unit->anchor != NULL || attribute->value == NULL)
            return false;
        unit->anchor_kind = (AnchorKind)i;
        unit->anchor = attribute->value;
        return true;
    }
    return false;
}

static bool
parse_plain(Unit *unit, const DirectiveAttribute *attribute)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unit_attributes); i++) {
        if (strcmp(attribute->name, unit_attributes[i].name) != 0)
            continue;
        const char **field = unit_string(unit, unit_attributes[i].offset);
        if (*field != NULL || attribute->value == NULL)
            return false;
        *field = attribute->value;
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(flag_names); i++) {
        if (attribute->value == NULL &&
            strcmp(attribute->name, flag_names[i].name) == 0) {
            unit->flags |= flag_names[i].flag;
            return true;
        }
    }
    return false;
}

static bool
parse_extra(Parser *parser, Unit *unit, const DirectiveAttribute *attribute)
{
    if (!g_str_has_prefix(attribute->name, "x-"))
        return false;
    g_autofree char *escaped = attribute->value == NULL
                                   ? NULL
                                   : overlay_escape_arrow(attribute->value);
    g_autofree char *all =
        g_strdup_printf("%s %s%s%s%s", unit->extra == NULL ? "" : unit->extra,
                        attribute->name, escaped == NULL ? "" : "=\"",
                        escaped == NULL ? "" : escaped,
                        escaped == NULL ? "" : "\"");
    unit->extra = arena_strndup(parser->arena, all, -1);
    return true;
}

static int
find_name(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (g_strcmp0(names[i], name) == 0)
            return i;
    }
    return -1;
}

static void
parse_sections(Parser *parser, Unit *unit, const Directive *directive)
{
    for (int i = 0; i < directive->section_count; i++) {
        const DirectiveSection *section = &directive->sections[i];
        if (strcmp(section->name, "tgt") == 0 && !unit->old)
            fail(parser, "directive-syntax", unit->line,
                 _("=tgt stands only in the attic; put the text behind the "
                   "directive"));
        if (strcmp(section->name, "src") == 0)
            unit->src_text = section->body;
        else if (strcmp(section->name, "now") == 0)
            unit->now_text = section->body;
        else if (strcmp(section->name, "note") == 0)
            unit->note = section->body;
        else if (strcmp(section->name, "tgt") == 0)
            unit->target = section->body;
        else {
            unit->diff = section->body;
            unit->severity = section->argument;
        }
    }
}

/* what cannot be told of one attribute alone */
static void
check_unit(Parser *parser, const Unit *unit)
{
    static const bool anchor_fits[OPERATION_COUNT][ANCHOR_COUNT] = {
        [OPERATION_TRANSLATE] = {[ANCHOR_AT] = true},
        [OPERATION_REPLACE] = {[ANCHOR_AT] = true},
        [OPERATION_INSERT] = {[ANCHOR_AFTER] = true,
                              [ANCHOR_BEFORE] = true,
                              [ANCHOR_FIRST_IN] = true,
                              [ANCHOR_LAST_IN] = true},
        [OPERATION_REMOVE] = {[ANCHOR_AT] = true, [ANCHOR_SECTION] = true},
        [OPERATION_SAME] = {[ANCHOR_AT] = true},
    };
    const char *name = operation_names[unit->operation];
    if (unit->anchor == NULL && unit->src_text == NULL)
        fail(parser, "directive-syntax", unit->line,
             _("this %s does not say where; write %s=ADDRESS"), name,
             unit->operation == OPERATION_INSERT ? "after" : "at");
    else if (unit->anchor != NULL &&
             !anchor_fits[unit->operation][unit->anchor_kind])
        fail(parser, "directive-syntax", unit->line,
             _("'%s=' does not fit %s; %s"), anchor_names[unit->anchor_kind], name,
             unit->operation == OPERATION_INSERT
                 ? _("write after=, before=, first-in= or last-in=")
                 : _("write at=ADDRESS (or remove section=ID)"));
    bool takes_text = unit->operation != OPERATION_REMOVE &&
                      unit->operation != OPERATION_SAME && !unit->old;
    if (!takes_text && unit->target_first > 0)
        fail(parser, "text-without-unit", unit->target_first,
             _("no text may follow %s; put it behind an insert, or make this a "
               "translate or replace"),
             unit->old ? _("a unit of the attic") : name);
}

static void
parse_unit(Parser *parser, const Directive *directive)
{
    Unit *unit = arena_new0(parser->arena, Unit);
    unit->file = parser->file;
    unit->line = directive->first;
    unit->target = "";
    unit->target_first = directive->text_first;
    unit->target_last = directive->text_last;
    unit->old = strcmp(directive->operation, "old") == 0;
    const char *name = directive->operation;
    for (int i = 0; i < directive->attribute_count; i++) {
        const DirectiveAttribute *attribute = &directive->attributes[i];
        if (unit->old && strcmp(attribute->name, "was") == 0)
            name = attribute->value;
        else if (!parse_anchor(unit, attribute) &&
                 !parse_plain(unit, attribute) &&
                 !parse_extra(parser, unit, attribute))
            fail(parser, "directive-syntax", directive->first,
                 _("'%s' is not known here, or stands twice; attributes of your "
                   "own begin with x-"),
                 attribute->name);
    }
    int operation = find_name(operation_names, OPERATION_COUNT, name);
    if (operation < 0) {
        fail(parser, "directive-syntax", directive->first,
             _("'%s' is no operation; write translate, replace, insert, remove "
               "or same"),
             name == NULL ? "" : name);
        return;
    }
    unit->operation = (Operation)operation;
    parse_sections(parser, unit, directive);
    if (!unit->old)
        unit->target =
            text_lines(parser, directive->text_first, directive->text_last);
    unit->by_hand = unit->key == NULL || unit->src == NULL;
    check_unit(parser, unit);
    g_ptr_array_add(parser->file->units, unit);
}

/* text that belongs to no unit: only comments may stand there */
static const char *
parse_remarks(Parser *parser, int first, int last)
{
    const char *text = text_lines(parser, first, last);
    if (!is_only_comments(text))
        fail(parser, "text-without-unit", first,
             _("this text belongs to no unit; write a line '<!-- ov:insert "
               "after=ADDRESS -->' and a blank line before it"));
    return text;
}

bool
overlay_file_parse(OverlayFile *file, Arena *arena, Diagnostics *diagnostics)
{
    Parser parser = {file, arena, diagnostics, false};
    const Source *source = file->source;
    file->crlf = find_crlf(source);
    file->preamble = file->remarks = "";
    DirectiveList list = {0};
    parser.failed = !overlay_lex(source, arena, &list, diagnostics);
    if (list.preamble_first > 0)
        file->preamble =
            parse_remarks(&parser, list.preamble_first, list.preamble_last);
    for (int i = 0; i < list.count; i++) {
        const Directive *directive = &list.directives[i];
        file->mended = file->mended || directive->mended;
        bool header = strcmp(directive->operation, "file") == 0;
        bool attic = strcmp(directive->operation, "attic") == 0;
        if (!header && !attic) {
            parse_unit(&parser, directive);
            continue;
        }
        if (header)
            parse_header(&parser, directive);
        const char *remarks =
            parse_remarks(&parser, directive->text_first, directive->text_last);
        if (*remarks == 0)
            continue;
        g_autofree char *both =
            g_strdup_printf("%s%s%s", file->remarks,
                            *file->remarks == 0 ? "" : "\n\n", remarks);
        file->remarks = arena_strndup(arena, both, -1);
    }
    return !parser.failed;
}

/* ---- writing -------------------------------------------------------- */

static bool
is_bare_value(const char *value)
{
    for (; *value != 0; value++) {
        if (!g_ascii_isalnum(*value) && strchr("._:,-", *value) == NULL)
            return false;
    }
    return true;
}

static void
emit_attribute(GString *text, const char *name, const char *value, bool quoted)
{
    if (value == NULL)
        return;
    quoted = quoted || *value == 0 || !is_bare_value(value);
    g_autofree char *escaped = overlay_escape_arrow(value);
    const char *quote = quoted ? "\"" : "";
    g_string_append_printf(text, " %s=%s%s%s", name, quote, escaped, quote);
}

static void
emit_section(GString *text, const char *name, const char *argument,
             const char *body)
{
    if (body == NULL)
        return;
    g_autofree char *escaped = overlay_escape(body);
    bool word = argument != NULL && *argument != 0;
    g_string_append_printf(text, "\n=%s%s%s\n%s", name, word ? " " : "",
                           word ? argument : "", escaped);
}

static void
emit_unit(GString *text, Unit *unit)
{
    const char *name = operation_names[unit->operation];
    g_string_append_printf(text, "\n<!-- ov:%s", unit->old ? "old" : name);
    if (unit->old)
        emit_attribute(text, "was", name, false);
    emit_attribute(text, anchor_names[unit->anchor_kind], unit->anchor, false);
    for (size_t i = 0; i < G_N_ELEMENTS(unit_attributes); i++)
        emit_attribute(text, unit_attributes[i].name,
                       *unit_string(unit, unit_attributes[i].offset),
                       unit_attributes[i].quoted);
    g_string_append(text, unit->extra == NULL ? "" : unit->extra);
    for (size_t i = 0; i < G_N_ELEMENTS(flag_names); i++) {
        if (unit->flags & flag_names[i].flag)
            g_string_append_printf(text, " %s", flag_names[i].name);
    }
    gsize header_end = text->len;
    emit_section(text, "src", NULL, unit->src_text);
    emit_section(text, "now", NULL, unit->now_text);
    emit_section(text, "diff", unit->severity, unit->diff);
    emit_section(text, "tgt", NULL,
                 unit->old && *unit->target != 0 ? unit->target : NULL);
    emit_section(text, "note", NULL, unit->note);
    g_string_append(text, text->len == header_end ? " -->\n" : "\n-->\n");
    if (!unit->old && *unit->target != 0)
        g_string_append_printf(text, "\n%s\n", unit->target);
}

char *
overlay_file_emit(const OverlayFile *file)
{
    GString *text = g_string_new(NULL);
    if (*file->preamble != 0)
        g_string_append_printf(text, "%s\n\n", file->preamble);
    g_string_append_printf(text, "<!-- ov:file v=1");
    emit_attribute(text, "base", file->base, false);
    emit_attribute(text, "from", file->from, false);
    emit_attribute(text, "to", file->to, false);
    g_string_append_printf(text, " norm=%d -->\n", CANONICAL_NORM);
    if (*file->remarks != 0)
        g_string_append_printf(text, "\n%s\n", file->remarks);
    bool attic = false;
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < file->units->len; i++) {
            Unit *unit = g_ptr_array_index(file->units, i);
            if (unit->old != (pass == 1))
                continue;
            if (unit->old && !attic)
                g_string_append(text, "\n<!-- ov:attic -->\n");
            attic = unit->old;
            emit_unit(text, unit);
        }
    }
    if (file->crlf)
        g_string_replace(text, "\n", "\r\n", 0);
    return g_string_free(text, FALSE);
}
