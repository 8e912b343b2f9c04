/* SPDX-License-Identifier: MIT */
/*
 * Status: how much of an edition is fit for print, by chapter, for people and
 * for programs.
 */
#include "overlay/overlay.h"

#include "base/json.h"
#include "base/message.h"

#include <string.h>

OverlayReport *
overlay_status(const Document *base, const Manual *manual, const char *edition,
               Diagnostics *diagnostics)
{
    OverlayReport *report = overlay_report_new();
    OverlayOptions options = {
        .edition = edition, .draft = true, .with_via = true};
    document_free(overlay_apply(base, manual, &options, report, diagnostics));
    return report;
}

static void
add_counts(StatusCounts *counts, const OverlayBlock *block)
{
    counts->blocks[block->state]++;
    counts->words[block->state] += block->words;
    counts->waived += block->waived;
    counts->homeless += block->homeless;
    counts->damaged += block->damaged;
}

GArray *
overlay_status_count(const OverlayReport *report)
{
    GArray *chapters = g_array_new(FALSE, TRUE, sizeof(StatusCounts));
    StatusCounts sum = {0};
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        guint j = 0;
        while (j < chapters->len &&
               strcmp(g_array_index(chapters, StatusCounts, j).chapter,
                      block->chapter) != 0)
            j++;
        if (j == chapters->len) {
            StatusCounts fresh = {.chapter = block->chapter};
            g_array_append_val(chapters, fresh);
        }
        add_counts(&g_array_index(chapters, StatusCounts, j), block);
        add_counts(&sum, block);
    }
    g_array_append_val(chapters, sum);
    return chapters;
}

int
status_percent(const StatusCounts *counts)
{
    gint64 all = 0;
    for (int i = 0; i < STATE_COUNT; i++)
        all += counts->words[i];
    if (all > 0)
        return (int)((gint64)counts->words[STATE_CURRENT] * 100 / all);
    for (int i = STATE_CURRENT + 1; i < STATE_COUNT; i++) {
        if (counts->blocks[i] > 0)
            return 0;
    }
    return 100;
}

/* ---- a table -------------------------------------------------------- */

/* to the right of a column; words of other languages may be wider */
static void
add_cell(GString *table, const char *text, int width)
{
    int padding = width - (int)g_utf8_strlen(text, -1);
    g_string_append_printf(table, " %*s%s", MAX(padding, 0), "", text);
}

static int
cell_width(const char *head, int least)
{
    return MAX((int)g_utf8_strlen(head, -1), least);
}

static int
state_width(int state)
{
    return cell_width(_(block_state_name((BlockState)state)), 8);
}

static void
add_row(GString *table, const StatusCounts *counts, int width)
{
    const char *name = counts->chapter == NULL ? _("all") : counts->chapter;
    int padding = width - (int)g_utf8_strlen(name, -1);
    int words = 0;
    for (int i = 0; i < STATE_COUNT; i++)
        words += counts->words[i];
    g_string_append_printf(table, "%s%*s %*d %*d%%", name, MAX(padding, 0), "",
                           cell_width(_("words"), 7), words,
                           cell_width(_("done"), 5) - 1,
                           status_percent(counts));
    for (int i = 0; i < STATE_COUNT; i++) {
        g_autofree char *number = counts->blocks[i] == 0
                                      ? g_strdup("-")
                                      : g_strdup_printf("%d",
                                                        counts->blocks[i]);
        add_cell(table, number, state_width(i));
    }
    g_string_append_c(table, '\n');
}

static void
add_troubles(GString *table, const StatusCounts *sum)
{
    if (sum->waived > 0)
        g_string_append_printf(table, _("%d let through by waivers\n"),
                               sum->waived);
    if (sum->homeless > 0)
        g_string_append_printf(
            table, _("%d local texts without a place in the base (homeless)\n"),
            sum->homeless);
    if (sum->damaged > 0)
        g_string_append_printf(
            table, _("%d units whose carried text was changed (damaged)\n"),
            sum->damaged);
}

/* of how much that is not done is there a text to read? */
static void
add_via(GString *table, const OverlayReport *report)
{
    int unfit = 0, readable = 0;
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        unfit += block->state != STATE_CURRENT;
        readable += block->state != STATE_CURRENT && block->via != NULL;
    }
    if (report->via != NULL && unfit > 0)
        g_string_append_printf(
            table, _("%d of the %d that are not current can be read in '%s'\n"),
            readable, unfit, report->via);
}

char *
overlay_status_table(const OverlayReport *report, const char *edition)
{
    g_autoptr(GArray) counts = overlay_status_count(report);
    GString *table = g_string_new(NULL);
    int width = MAX(cell_width(_("chapter"), 0), cell_width(_("all"), 0));
    for (guint i = 0; i + 1 < counts->len; i++) {
        const char *name = g_array_index(counts, StatusCounts, i).chapter;
        width = MAX(width, (int)g_utf8_strlen(name, -1));
    }
    int padding = width - (int)g_utf8_strlen(_("chapter"), -1);
    g_string_append_printf(table, "%s\n%s%*s", edition, _("chapter"), padding,
                           "");
    add_cell(table, _("words"), 7);
    add_cell(table, _("done"), 5);
    for (int i = 0; i < STATE_COUNT; i++)
        add_cell(table, _(block_state_name((BlockState)i)), state_width(i));
    g_string_append_c(table, '\n');
    for (guint i = 0; i < counts->len; i++)
        add_row(table, &g_array_index(counts, StatusCounts, i), width);
    add_troubles(table, &g_array_index(counts, StatusCounts, counts->len - 1));
    add_via(table, report);
    return g_string_free(table, FALSE);
}

/* ---- JSON ----------------------------------------------------------- */

static void
add_numbers(GString *json, const char *name, const int numbers[STATE_COUNT])
{
    g_string_append_printf(json, ",\"%s\":{", name);
    for (int i = 0; i < STATE_COUNT; i++)
        g_string_append_printf(json, "%s\"%s\":%d", i == 0 ? "" : ",",
                               block_state_name((BlockState)i), numbers[i]);
    g_string_append_c(json, '}');
}

/* the members that a chapter and the sum have in common */
static void
add_counts_json(GString *json, const StatusCounts *counts)
{
    json_add_int(json, "percent", status_percent(counts));
    json_add_string(json, "chapter", counts->chapter);
    add_numbers(json, "blocks", counts->blocks);
    add_numbers(json, "words", counts->words);
    json_add_int(json, "waived", counts->waived);
    json_add_int(json, "homeless", counts->homeless);
    json_add_int(json, "damaged", counts->damaged);
}

static void
add_block_json(GString *json, const OverlayBlock *block)
{
    g_string_append_c(json, '{');
    json_add_string(json, "state", block_state_name(block->state));
    json_add_string(json, "chapter", block->chapter);
    json_add_string(json, "at", block->at);
    json_add_string(json, "id", block->id);
    json_add_string(json, "key", block->key);
    json_add_string(json, "operation", block->operation);
    json_add_string(json, "severity", block->severity);
    json_add_string(json, "reason", block->reason);
    json_add_string(json, "via", block->via);
    json_add_string(json, "file", block->place.file);
    json_add_int(json, "line", block->place.line);
    json_add_int(json, "words", block->words);
    g_string_append(json, block->waived ? ",\"waived\":true" : "");
    g_string_append(json, block->homeless ? ",\"homeless\":true" : "");
    g_string_append(json, block->damaged ? ",\"damaged\":true" : "");
    g_string_append_c(json, '}');
}

char *
overlay_status_json(const OverlayReport *report, const char *edition)
{
    g_autoptr(GArray) counts = overlay_status_count(report);
    GString *json = g_string_new("{");
    add_counts_json(json,
                    &g_array_index(counts, StatusCounts, counts->len - 1));
    json_add_string(json, "edition", edition);
    json_add_string(json, "via", report->via);
    g_string_append(json, ",\"chapters\":[");
    for (guint i = 0; i + 1 < counts->len; i++) {
        g_string_append(json, i == 0 ? "{" : ",{");
        add_counts_json(json, &g_array_index(counts, StatusCounts, i));
        g_string_append_c(json, '}');
    }
    g_string_append(json, "],\"unfit\":[");
    bool first = true;
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        if (block->state == STATE_CURRENT && !block->damaged)
            continue;
        g_string_append(json, first ? "" : ",");
        add_block_json(json, block);
        first = false;
    }
    g_string_append(json, "]}");
    return g_string_free(json, FALSE);
}
