/* SPDX-License-Identifier: MIT */
/* Verdicts: flags, texts and structure, in that order. */
#include "overlay/verdict.h"

#include "overlay/match.h"

#include "base/message.h"
#include "base/xml.h"

#include <string.h>

static const char *const state_names[STATE_COUNT] = {
    N_("current"), N_("stale"), N_("review"),
    N_("missing"), N_("draft"), N_("broken")};

const char *
block_state_name(BlockState state)
{
    return state_names[state];
}

/* ---- texts ---------------------------------------------------------- */

static char *
join_section(const Edition *edition, const BaseBlock *heading, bool canonical)
{
    GString *text = g_string_new(NULL);
    int end = edition_section_end(edition, heading);
    for (int i = heading->order; i < end; i++) {
        const BaseBlock *block = &edition->blocks[i];
        if (i > heading->order)
            g_string_append(text, "\n\n");
        g_string_append(text, block->text);
    }
    char *raw = g_string_free(text, FALSE);
    if (!canonical)
        return raw;
    char *folded = canonical_text(raw);
    g_free(raw);
    return folded;
}

const char *
unit_base_text(Edition *edition, const Unit *unit)
{
    if (unit->anchor_kind != ANCHOR_SECTION)
        return unit->block->text;
    g_autofree char *text = join_section(edition, unit->block, false);
    return edition_string(edition, text);
}

const char *
unit_base_canonical(const Edition *edition, const Unit *unit)
{
    if (unit->anchor_kind != ANCHOR_SECTION)
        return unit->block->canonical;
    g_autofree char *text = join_section(edition, unit->block, true);
    return arena_strndup(edition->arena, text, -1);
}

static Severity
weigh(const Edition *edition, const char *from, const char *to)
{
    return word_severity(from, to, edition->severity_words);
}

bool
unit_is_forged(const Edition *edition, const Unit *unit)
{
    if (!unit_is_answered(unit) || unit->tgt == NULL ||
        unit->src_canonical == NULL)
        return false;
    return unit_target_is(unit, unit->tgt) &&
           weigh(edition, unit->src_canonical, unit->now_canonical) >=
               SEVERITY_NEGATION;
}

bool
unit_is_altered(const Unit *unit)
{
    bool answered = unit_is_answered(unit);
    const char *hash = unit->ack;
    if (answered || (hash == NULL && unit->now_canonical != NULL))
        hash = unit->tgt;
    return hash == NULL ? answered : !unit_target_is(unit, hash);
}

const char *
unit_known_text(const Edition *edition, const Unit *unit)
{
    bool taken = unit_is_answered(unit) && !unit_is_altered(unit) &&
                 !unit_is_forged(edition, unit);
    return taken ? unit->now_text : unit->src_text;
}

/* ---- states --------------------------------------------------------- */

static bool
is_waived(const Edition *edition, const Unit *unit, const BaseBlock *block)
{
    const xmlNode *data =
        xml_child(document_root(edition->words), "edition");
    const xmlNode *waiver = data == NULL ? NULL : xml_child(data, "waiver");
    for (; waiver != NULL; waiver = xml_next(waiver, "waiver")) {
        if (g_strcmp0(xml_attribute(waiver, "key"), unit->key) == 0 &&
            g_strcmp0(xml_attribute(waiver, "src"), block->hash) == 0)
            return true;
    }
    return false;
}

static BlockState
outdated(const Unit *unit, Severity severity)
{
    if (unit->operation == OPERATION_TRANSLATE)
        return STATE_STALE;
    if (unit->operation == OPERATION_INSERT && severity < SEVERITY_REFERENCE)
        return STATE_CURRENT;
    return STATE_REVIEW;
}

static Verdict
judge_text(const Edition *edition, const Unit *unit)
{
    const char *base = unit_base_canonical(edition, unit);
    const char *known = unit_effective_canonical(unit);
    bool flagged = unit->flags & (FLAG_STALE | FLAG_REVIEW);
    if (flagged && unit->now_canonical == NULL)
        return (Verdict){unit->flags & FLAG_STALE ? STATE_STALE : STATE_REVIEW,
                         weigh(edition, unit->src_canonical, base), false,
                         .why = N_("a person flagged it")};
    if (strcmp(unit->src_canonical, base) == 0 && flagged)
        return (Verdict){.state = STATE_CURRENT};
    if (unit_is_forged(edition, unit))
        return (Verdict){STATE_REVIEW,
                         weigh(edition, unit->src_canonical, base), false,
                         .why = N_("a number or a negation of the base has changed, and "
                            "the text has not")};
    if (unit->operation == OPERATION_INSERT && unit->match == MATCH_NEAREST)
        return (Verdict){STATE_REVIEW, SEVERITY_STRUCTURE, false,
                         .why = N_("the block it was anchored to is gone")};
    if (strcmp(known, base) == 0)
        return (Verdict){.state = STATE_CURRENT};
    Severity severity = weigh(edition, known, base);
    bool same_now = unit->now_canonical != NULL &&
                    strcmp(unit->now_canonical, base) == 0;
    if (same_now) /* what sync said when it still saw the split or merge */
        severity = MAX(severity, severity_read(unit->severity));
    if (unit->match == MATCH_SPLIT || unit->match == MATCH_MERGE)
        severity = MAX(severity, SEVERITY_STRUCTURE);
    BlockState state = unit->flags & FLAG_REVIEW ? STATE_REVIEW
                                                 : outdated(unit, severity);
    return (Verdict){state, severity, false,
                         .why = N_("the base has changed")};
}

Verdict
judge_unit(const Edition *edition, const Unit *unit, const BaseBlock *block)
{
    if (unit == NULL && block->same_by_default)
        return (Verdict){.state = STATE_CURRENT};
    if (unit == NULL)
        return (Verdict){.state = STATE_MISSING, .why = N_("it has no unit")};
    bool wants_text = unit->operation != OPERATION_REMOVE &&
                      unit->operation != OPERATION_SAME;
    if (wants_text && unit_target_is_empty(unit))
        return (Verdict){.state = STATE_MISSING, .why = N_("its unit is empty")};
    Verdict verdict = {.state = STATE_DRAFT};
    if (unit->flags & FLAG_TODO)
        verdict.why = N_("the word TODO still stands on its directive");
    else if (unit->flags & FLAG_DRAFT)
        verdict.why = N_("the word DRAFT stands on its directive");
    else if (unit->src_canonical == NULL || unit->by_hand)
        verdict.why = N_("it was written by hand and not synced yet");
    else
        verdict = edition->as_translated
                      ? (Verdict){.state = STATE_CURRENT}
                      : judge_text(edition, unit);
    bool carried = edition->as_translated && unit->now_canonical != NULL;
    if (verdict.state == STATE_CURRENT && !carried && unit_is_altered(unit))
        verdict = (Verdict){
            .state = STATE_DRAFT,
            .why = unit->now_canonical == NULL
                       ? N_("its text was changed after it was acknowledged")
                       : N_("its text was changed since the base was, and "
                            "nobody has acknowledged the two together"),
            .way_out = N_("read it beside the base's text, then run 'vadovas "
                          "ack' with its key")};
    if (verdict.state != STATE_CURRENT && unit->key != NULL && !unit->damaged)
        verdict.waived = is_waived(edition, unit, block);
    return verdict;
}

Verdict
judge_removed(const Edition *edition, const BaseBlock *block)
{
    const Unit *unit = block->removal;
    Verdict verdict = {.state = STATE_CURRENT};
    if (unit->by_hand || unit->flags & FLAG_DRAFT)
        verdict = (Verdict){.state = STATE_DRAFT,
                            .why = N_("the section is removed by a unit that was "
                                      "not synced yet")};
    else if (!block->removed && !edition->as_translated)
        verdict = (Verdict){.state = STATE_REVIEW,
                            .severity = SEVERITY_STRUCTURE,
                            .why = N_("it is new or changed in a section that "
                                      "was removed")};
    if (verdict.state != STATE_CURRENT && unit->key != NULL)
        verdict.waived = is_waived(edition, unit, block);
    return verdict;
}

/* ---- footnotes of what was left out ---------------------------------- */

static bool
is_left_out(const Edition *edition, const BaseBlock *block, bool by_hand)
{
    const Unit *unit = block->removal != NULL ? block->removal : block->unit;
    Verdict verdict;
    if (by_hand && unit != NULL && unit->by_hand &&
        unit->operation == OPERATION_REMOVE)
        return true;
    if (block->removal != NULL)
        verdict = judge_removed(edition, block);
    else if (unit != NULL && unit->operation == OPERATION_REPLACE)
        return !unit_target_is_empty(unit);
    else if (unit != NULL && unit->operation == OPERATION_REMOVE)
        verdict = judge_unit(edition, unit, block);
    else
        return false;
    return verdict.state == STATE_CURRENT || verdict.waived;
}

static void
add_labels(const xmlNode *node, GHashTable *labels)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(node, "note-ref"))
            g_hash_table_add(labels, (gpointer)xml_attribute(node, "label"));
        add_labels(node->children, labels);
    }
}

/* does local text of this file refer to the note? */
static bool
is_cited_locally(const OverlayFile *file, const char *label)
{
    g_autofree char *reference = g_strdup_printf("[^%s]", label);
    for (guint i = 0; i < file->units->len; i++) {
        const Unit *unit = g_ptr_array_index(file->units, i);
        if (!unit->old && strstr(unit->target, reference) != NULL)
            return true;
    }
    return false;
}

void
judge_orphaned_notes(Edition *edition, bool by_hand)
{
    for (int i = 0; i < edition->chapter_count; i++) {
        const EditionChapter *chapter = &edition->chapters[i];
        g_autoptr(GHashTable) gone = g_hash_table_new(g_str_hash, g_str_equal);
        g_autoptr(GHashTable) kept = g_hash_table_new(g_str_hash, g_str_equal);
        for (int j = chapter->first; j < chapter->end; j++) {
            const BaseBlock *block = &edition->blocks[j];
            add_labels(block->node->children,
                       is_left_out(edition, block, by_hand) ? gone : kept);
        }
        for (int j = chapter->first; j < chapter->end; j++) {
            BaseBlock *block = &edition->blocks[j];
            const char *label = xml_is(block->node, "footnote")
                                    ? xml_attribute(block->node, "label")
                                    : NULL;
            block->orphaned = label != NULL &&
                              g_hash_table_contains(gone, label) &&
                              !g_hash_table_contains(kept, label) &&
                              !is_cited_locally(chapter->file, label);
        }
    }
}

/* ---- structure ------------------------------------------------------ */

static int
count_children(const xmlNode *node, const char *name)
{
    int count = 0;
    for (const xmlNode *child = xml_child(node, name); child != NULL;
         child = xml_next(child, name))
        count++;
    return count;
}

static void
collect_labels(const xmlNode *node, GPtrArray *labels)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(node, "note-ref"))
            g_ptr_array_add(labels, (gpointer)xml_attribute(node, "label"));
        collect_labels(node->children, labels);
    }
}

static gint
compare_strings(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* "[^a] [^b]" of a node and what is below it, sorted; owned */
static char *
list_labels(const xmlNode *first)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    collect_labels(first, labels);
    g_ptr_array_sort(labels, compare_strings);
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < labels->len; i++)
        g_string_append_printf(list, "%s[^%s]", i == 0 ? "" : " ",
                               (const char *)g_ptr_array_index(labels, i));
    return g_string_free(list, FALSE);
}

static char *
compare_counts(const char *what, int base, int target)
{
    return base == target
               ? NULL
               : g_strdup_printf(_("it has %d %s, the base %d"), target, what,
                                 base);
}

static char *
compare_block(const xmlNode *base, const xmlNode *target)
{
    if (xmlStrcmp(base->name, target->name) != 0)
        return g_strdup_printf(_("it is a %s, in the base a %s"),
                               (const char *)target->name,
                               (const char *)base->name);
    if (xml_is(base, "heading")) {
        if (xml_attribute(target, "pin") != NULL)
            return g_strdup(_("a translated heading inherits its id: delete "
                              "{#...} from it"));
        return compare_counts("marks #", xml_attribute_int(base, "level", 1),
                              xml_attribute_int(target, "level", 1));
    }
    if (xml_is(base, "list"))
        return compare_counts("items", count_children(base, "item"),
                              count_children(target, "item"));
    if (xml_is(base, "table"))
        return compare_counts("columns",
                              count_children(xml_child(base, "row"), "cell"),
                              count_children(xml_child(target, "row"), "cell"));
    const char *attribute = xml_is(base, "callout")    ? "kind"
                            : xml_is(base, "footnote") ? "label"
                                                       : NULL;
    if (attribute == NULL)
        return NULL;
    const char *wanted = xml_attribute(base, attribute);
    const char *found = xml_attribute(target, attribute);
    return g_strcmp0(wanted, found) == 0
               ? NULL
               : g_strdup_printf(_("its %s is '%s', in the base '%s'"), attribute,
                                 found == NULL ? "" : found,
                                 wanted == NULL ? "" : wanted);
}

char *
check_structure(const xmlNode *base, const xmlNode *unit_element)
{
    const xmlNode *first = xml_first(unit_element);
    if (first == NULL)
        return g_strdup(_("it holds no block"));
    char *trouble = compare_block(base, first);
    if (trouble != NULL)
        return trouble;
    g_autofree char *wanted = list_labels(base->children);
    g_autofree char *found = list_labels(unit_element->children);
    if (strcmp(wanted, found) != 0)
        trouble = g_strdup_printf(_("its footnotes are %s, in the base %s"),
                                  *found == 0 ? "none" : found,
                                  *wanted == 0 ? "none" : wanted);
    return trouble;
}
