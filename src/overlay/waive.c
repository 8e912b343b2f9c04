/* SPDX-License-Identifier: MIT */
/*
 * Waivers: a line in edition.xml by which a person answers for one block, or
 * for one fact that is overdue.
 *
 * The file is written by people, so it is changed as text: one element comes
 * in, an older one for the same key goes out, and the result is read again and
 * must say exactly that before it is saved.
 */
#include "overlay/detail.h"

#include "base/file.h"
#include "base/message.h"
#include "base/xml.h"
#include "overlay/sync.h"

#include <string.h>
#include <unistd.h>

/* what a waiver says: for whom, and until when */
typedef struct {
    const char *kind, *id;      /* "key" or "fact" */
    const char *until, *mark;   /* "src" and a hash, "review-by" and a date */
    const char *reason;
} Waiver;

/* ---- the text ------------------------------------------------------- */

/* without the waiver for the same, wherever it stands outside of comments */
static char *
drop_old(const char *text, const Waiver *waiver)
{
    g_autofree char *escaped = g_regex_escape_string(waiver->id, -1);
    g_autofree char *pattern = g_strdup_printf(
        "(?s)<!--.*?-->(*SKIP)(*FAIL)|\\n?[ \\t]*<waiver\\b[^>]*\\b%s="
        "[\"']%s[\"'][^>]*>.*?</waiver\\s*>",
        waiver->kind, escaped);
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    return g_regex_replace_literal(regex, text, -1, 0, "", 0, NULL);
}

/* blanks before the first child of the root */
static char *
find_indent(const char *text, const char *end)
{
    const char *line = end;
    while (line > text && line[-1] != '\n')
        line--;
    while (line > text) {
        const char *last = line - 1;
        line = last;
        while (line > text && line[-1] != '\n')
            line--;
        size_t blanks = strspn(line, " \t");
        if (line + blanks < last && line[blanks] != '\r')
            return g_strndup(line, blanks);
    }
    return g_strdup("  ");
}

/* NULL where the file has no plain end tag */
static char *
add_waiver(const char *text, const Waiver *waiver)
{
    const char *end = g_strrstr(text, "</edition");
    if (end == NULL)
        return NULL;
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(file_today());
    g_autofree char *date = g_date_time_format(now, "%Y-%m-%d");
    g_autofree char *escaped = g_markup_escape_text(waiver->reason, -1);
    g_autofree char *indent = find_indent(text, end);
    const char *line_end = strstr(text, "\r\n") != NULL ? "\r\n" : "\n";
    bool own_line = end > text && end[-1] == '\n';
    GString *changed = g_string_new_len(text, end - text);
    g_string_append_printf(changed,
                           "%s%s<waiver %s=\"%s\" %s=\"%s\" date=\"%s\">%s"
                           "</waiver>%s%s",
                           own_line ? "" : line_end, indent, waiver->kind,
                           waiver->id, waiver->until, waiver->mark, date,
                           escaped, line_end, end);
    return g_string_free(changed, FALSE);
}

/* does the text say one waiver for the same, this one, and is it valid? */
static bool
check_text(const char *path, const char *text, const Waiver *waiver,
           Diagnostics *diagnostics)
{
    xmlDoc *xml = xml_read(path, text, strlen(text), diagnostics);
    if (xml == NULL)
        return false;
    int right = 0, all = 0;
    if (xml_validate(xml, "edition", path, diagnostics)) {
        const xmlNode *root = xmlDocGetRootElement(xml);
        for (const xmlNode *node = xml_child(root, "waiver"); node != NULL;
             node = xml_next(node, "waiver")) {
            if (g_strcmp0(xml_attribute(node, waiver->kind), waiver->id) != 0)
                continue;
            all++;
            right += g_strcmp0(xml_attribute(node, waiver->until),
                               waiver->mark) == 0;
        }
    }
    xmlFreeDoc(xml);
    return all == 1 && right == 1;
}

/* ---- the command ---------------------------------------------------- */

/* why this unit can have no waiver; NULL: it can */
static const char *
find_refusal(const OverlayDetail *detail)
{
    if (detail->old)
        return N_("it is in the attic and not printed");
    if (detail->homeless)
        return N_("its place in the base is gone; give it another address");
    if (detail->damaged)
        return N_("the text that it carries was changed; put that back first");
    if (*detail->hash == 0)
        return N_("its block is gone from the base; run 'vadovas sync'");
    if (detail->operation == NULL)
        return N_("it has no unit");
    return NULL;
}

static bool
write_waiver(const Manual *manual, const char *path, const Waiver *waiver,
             Diagnostics *diagnostics, GError **error)
{
    g_autoptr(GBytes) bytes =
        file_load(manual->root, path, SOURCE_MAX_BYTES, error);
    if (bytes == NULL)
        return false;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_strndup(data, length);
    g_autofree char *without = drop_old(text, waiver);
    g_autofree char *with =
        without == NULL ? NULL : add_waiver(without, waiver);
    if (with == NULL || !check_text(path, with, waiver, diagnostics)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "waiver-refused",
                        (Place){path, 0, 0},
                        _("no line can be added to this file; write <waiver "
                          "%s=\"%s\" %s=\"%s\" date=\"...\">reason</waiver> "
                          "into it by hand"),
                        waiver->kind, waiver->id, waiver->until, waiver->mark);
        return false;
    }
    g_autofree char *real = g_build_filename(manual->root, path, NULL);
    return file_replace(real, bytes, with, strlen(with), error);
}

bool
overlay_waive(const Document *base, const Manual *manual, const char *edition,
              const char *key, const char *reason, Diagnostics *diagnostics,
              GError **error)
{
    int lock = sync_lock_edition(manual, edition, error);
    if (lock < 0)
        return false;
    bool done = false;
    g_autoptr(OverlayDetails) details =
        overlay_details(base, manual, edition, diagnostics);
    const OverlayDetail *detail = overlay_details_find(details, key);
    const char *refusal = detail == NULL ? NULL : find_refusal(detail);
    g_autofree char *path =
        g_build_filename("locales", edition, "edition.xml", NULL);
    if (detail == NULL)
        overlay_say_unknown_key(details->edition, key, diagnostics);
    else if (refusal != NULL)
        diagnostics_add(diagnostics, LEVEL_ERROR, "waiver-refused",
                        detail->place, _("'%s' cannot be let through: %s"), key,
                        _(refusal));
    else
        done = write_waiver(manual, path,
                            &(Waiver){"key", key, "src", detail->hash, reason},
                            diagnostics, error);
    close(lock);
    return done;
}

bool
overlay_waive_fact(const Manual *manual, const char *edition, const char *fact,
                   const char *review_by, const char *reason,
                   Diagnostics *diagnostics, GError **error)
{
    bool is_base = strcmp(edition, manual->lang) == 0;
    int lock = is_base ? 0 : sync_lock_edition(manual, edition, error);
    if (lock < 0)
        return false;
    g_autofree char *path =
        is_base ? g_strdup("manual/edition.xml")
                : g_build_filename("locales", edition, "edition.xml", NULL);
    Waiver waiver = {"fact", fact, "review-by", review_by, reason};
    bool done = write_waiver(manual, path, &waiver, diagnostics, error);
    if (!is_base)
        close(lock);
    return done;
}
