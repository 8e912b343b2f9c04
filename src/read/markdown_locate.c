/* SPDX-License-Identifier: MIT */
#include "read/markdown_locate.h"

#include <string.h>

/* how far a character is looked for, and how often in vain: hostile texts must
 * not make this quadratic */
enum { MAX_SKIP = 400, MAX_MISSES = 16, MAX_LABEL = 1000 };

void
locator_init(Locator *locator, const Source *source, size_t start, size_t end,
             int quotes)
{
    *locator = (Locator){.text = source->text,
                         .position = MIN(start, source->length),
                         .end = MIN(end, source->length),
                         .quotes = quotes};
}

static char
here(const Locator *locator, size_t ahead)
{
    size_t position = locator->position + ahead;
    return position < locator->end ? locator->text[position] : '\0';
}

static void
skip_blanks(Locator *locator)
{
    while (here(locator, 0) == ' ' || here(locator, 0) == '\t')
        locator->position++;
}

/* the marks of the quotes around, and indentation */
static void
skip_line_start(Locator *locator)
{
    skip_blanks(locator);
    for (int i = 0; i < locator->quotes && here(locator, 0) == '>'; i++) {
        locator->position++;
        skip_blanks(locator);
    }
}

/* blanks, and at most one line end with the next line's start */
static void
skip_space(Locator *locator)
{
    skip_blanks(locator);
    if (here(locator, 0) == '\r')
        locator->position++;
    if (here(locator, 0) == '\n') {
        locator->position++;
        skip_line_start(locator);
    }
}

/* the length of `&name;` here, else 0 */
static size_t
entity_length(const Locator *locator)
{
    if (here(locator, 0) != '&')
        return 0;
    size_t length = 1;
    while (length < 40 && (g_ascii_isalnum(here(locator, length)) ||
                           (length == 1 && here(locator, length) == '#')))
        length++;
    return length > 1 && here(locator, length) == ';' ? length + 1 : 0;
}

static bool
is_ampersand(const char *entity, size_t length)
{
    static const char *const names[] = {"&amp;", "&AMP;", "&#38;", "&#x26;",
                                        "&#X26;"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (length == strlen(names[i]) && memcmp(entity, names[i], length) == 0)
            return true;
    }
    return false;
}

/* the bytes of the source that may stand for this character here, else 0 */
static size_t
form_length(const Locator *locator, const char *character, size_t length,
            bool *escaped)
{
    *escaped = true;
    if (here(locator, 0) == '\\' && g_ascii_ispunct(here(locator, 1)))
        return length == 1 && here(locator, 1) == *character ? 2 : 0;
    size_t entity = entity_length(locator);
    const char *start = locator->text + locator->position;
    if (entity > 0 && (*character != '&' || is_ampersand(start, entity)))
        return entity;
    *escaped = false;
    if (locator->end - locator->position >= length &&
        memcmp(start, character, length) == 0)
        return length;
    return 0;
}

static size_t
locate_character(Locator *locator, const char *character, size_t length,
                 bool *escaped)
{
    Locator try = *locator;
    for (int skipped = 0; skipped < MAX_SKIP && try.position < try.end;
         skipped++) {
        size_t form = form_length(&try, character, length, escaped);
        if (form > 0) {
            size_t found = try.position;
            try.position += form;
            *locator = try;
            return found;
        }
        if (here(&try, 0) == '\\' && g_ascii_ispunct(here(&try, 1)))
            try.position += 2;
        else if (here(&try, 0) == '\n' || here(&try, 0) == '\r')
            skip_space(&try);
        else
            try.position++;
    }
    locator->misses++;
    *escaped = false;
    return locator->position;
}

size_t
locator_text(Locator *locator, const char *literal, size_t length,
             bool *escaped)
{
    size_t first = locator->position;
    *escaped = false;
    if (locator->misses < MAX_MISSES && locator->end - first >= length &&
        memcmp(locator->text + first, literal, length) == 0 &&
        memchr(literal, '\\', length) == NULL &&
        memchr(literal, '&', length) == NULL) {
        locator->position += length; /* as it stands there */
        return first;
    }
    for (size_t i = 0; i < length && locator->misses < MAX_MISSES;) {
        const char *next = g_utf8_next_char(literal + i);
        size_t bytes = MIN((size_t)(next - (literal + i)), length - i);
        bool is_escape = false;
        size_t found =
            locate_character(locator, literal + i, bytes, &is_escape);
        if (i == 0) {
            first = found;
            *escaped = is_escape;
        }
        i += bytes;
    }
    return first;
}

void
locator_delimiter(Locator *locator, const char *characters, int count)
{
    for (int i = 0; i < count; i++) {
        char c = here(locator, 0);
        if (c == '\0' || strchr(characters, c) == NULL)
            return;
        locator->position++;
    }
}

static void
seek(Locator *locator, char wanted)
{
    for (size_t ahead = 0; ahead < MAX_SKIP; ahead++) {
        if (here(locator, ahead) == wanted) {
            locator->position += ahead;
            return;
        }
    }
    locator->misses++;
}

size_t
locator_code(Locator *locator)
{
    if (locator->misses >= MAX_MISSES)
        return locator->position;
    seek(locator, '`');
    size_t start = locator->position;
    size_t run = 0;
    while (here(locator, run) == '`')
        run++;
    size_t position = start + run;
    while (position < locator->end && run > 0) {
        size_t close = 0;
        while (position + close < locator->end &&
               locator->text[position + close] == '`')
            close++;
        position += MAX(close, 1);
        if (close == run) {
            locator->position = position;
            break;
        }
    }
    return start;
}

size_t
locator_html(Locator *locator, const char *literal)
{
    if (locator->misses >= MAX_MISSES)
        return locator->position;
    seek(locator, '<');
    size_t start = locator->position;
    size_t length = strlen(literal);
    if (locator->end - start >= length &&
        memcmp(locator->text + start, literal, length) == 0)
        locator->position += length;
    else
        locator->position = MIN(start + 1, locator->end);
    return start;
}

void
locator_break(Locator *locator)
{
    if (here(locator, 0) == '\\')
        locator->position++;
    skip_space(locator);
}

size_t
locator_note(Locator *locator)
{
    if (locator->misses >= MAX_MISSES)
        return locator->position;
    seek(locator, '[');
    size_t start = locator->position;
    seek(locator, ']');
    locator_delimiter(locator, "]", 1);
    return start;
}

size_t
locator_open_link(Locator *locator)
{
    if (locator->misses >= MAX_MISSES)
        return locator->position;
    size_t ahead = 0;
    while (ahead < MAX_SKIP && here(locator, ahead) != '[' &&
           here(locator, ahead) != '<' && here(locator, ahead) != '\0')
        ahead++;
    if (here(locator, ahead) != '[' && here(locator, ahead) != '<') {
        locator->misses++;
        return locator->position;
    }
    size_t start = locator->position + ahead;
    locator->position = start + 1;
    bool is_image = ahead > 0 && locator->text[start] == '[' &&
                    locator->text[start - 1] == '!';
    return is_image ? start - 1 : start;
}

/* the target of a link after `(`; false where there is none */
static bool
skip_target(Locator *locator)
{
    int depth = 0;
    bool pointed = here(locator, 0) == '<';
    for (;; locator->position++) {
        char c = here(locator, 0);
        if (c == '\\' && g_ascii_ispunct(here(locator, 1))) {
            locator->position++;
        } else if (c == '\0' || c == '\n') {
            return false;
        } else if (pointed && c == '>') {
            locator->position++;
            return true;
        } else if (pointed) {
            continue;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            return true;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && depth-- == 0) {
            return true;
        }
    }
}

static LocatorSpan
skip_title(Locator *locator)
{
    char open = here(locator, 0);
    char close = open == '(' ? ')' : open;
    LocatorSpan span = {locator->position, locator->position};
    if (open != '"' && open != '\'' && open != '(')
        return span;
    for (size_t i = locator->position + 1; i < locator->end; i++) {
        if (locator->text[i] == '\\') {
            i++;
        } else if (locator->text[i] == close) {
            span = (LocatorSpan){locator->position + 1, i};
            locator->position = i + 1;
            break;
        }
    }
    return span;
}

LocatorSpan
locator_close_link(Locator *locator)
{
    LocatorSpan none = {locator->position, locator->position};
    if (locator->misses >= MAX_MISSES)
        return none;
    size_t ahead = 0;
    while (ahead < MAX_SKIP && here(locator, ahead) != ']' &&
           here(locator, ahead) != '>' && here(locator, ahead) != '\0')
        ahead++;
    if (here(locator, ahead) != ']' && here(locator, ahead) != '>')
        return none;
    char close = here(locator, ahead);
    locator->position += ahead + 1;
    if (close == ']' && here(locator, 0) == '(') {
        Locator try = *locator;
        try.position++;
        skip_space(&try);
        if (!skip_target(&try))
            return none;
        skip_space(&try);
        LocatorSpan title = skip_title(&try);
        skip_space(&try);
        if (here(&try, 0) != ')')
            return none;
        try.position++;
        *locator = try;
        return title;
    }
    if (close == ']' && here(locator, 0) == '[') {
        for (size_t i = 1; i < MAX_LABEL && here(locator, i) != '\0'; i++) {
            if (here(locator, i) == ']') {
                locator->position += i + 1;
                break;
            }
        }
    }
    return none;
}
