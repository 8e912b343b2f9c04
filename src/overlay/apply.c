/* SPDX-License-Identifier: MIT */
/*
 * The edition's document: the base in its order, each block replaced by what
 * its unit says, inserts put where they are anchored.
 *
 *   overlay_apply
 *     edition_load, match_units
 *     apply_chapter
 *       apply_inserts          before
 *       apply_block            translate, replace, same, remove, or missing
 *         parse_target         Markdown of the unit
 *         adopt_target         ids of the base, attributes
 *       apply_inserts          first-in, after, last-in
 *     report_homeless
 */
#include "overlay/overlay.h"

#include "base/file.h"
#include "base/message.h"
#include "base/xml.h"
#include "overlay/match.h"
#include "overlay/verdict.h"
#include "overlay/via.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))

typedef struct {
    Edition *edition, *via; /* via: NULL unless asked for and named */
    Document *document;
    OverlayReport *report;
    Diagnostics *diagnostics;
    bool draft;
    const char *context; /* link definitions of the chapter */
    xmlNode *chapter;    /* being built */
    GHashTable *waivers; /* nodes of those that let something through */
} Apply;

/* ---- the report ----------------------------------------------------- */

OverlayReport *
overlay_report_new(void)
{
    OverlayReport *report = g_new0(OverlayReport, 1);
    report->blocks = g_ptr_array_new_with_free_func(g_free);
    report->texts = g_string_chunk_new(4096);
    return report;
}

void
overlay_report_free(OverlayReport *report)
{
    if (report == NULL)
        return;
    g_ptr_array_unref(report->blocks);
    g_string_chunk_free(report->texts);
    g_free(report);
}

static const char *
keep(OverlayReport *report, const char *text)
{
    return text == NULL ? NULL : g_string_chunk_insert_const(report->texts, text);
}

/* the place of the unit, or of the base block where there is none */
static Place
find_place(const Unit *unit, const BaseBlock *block)
{
    return unit != NULL && unit->line > 0 ? unit_place(unit)
                                          : document_place(block->node);
}

static OverlayBlock *
add_report(Apply *apply, const BaseBlock *block, const Unit *unit,
           const Verdict *verdict)
{
    OverlayReport *report = apply->report;
    OverlayBlock *entry = g_new0(OverlayBlock, 1);
    bool insert = unit != NULL && unit->operation == OPERATION_INSERT;
    const EditionChapter *chapter =
        block == NULL ? NULL : &apply->edition->chapters[block->chapter];
    entry->chapter = keep(report, chapter != NULL ? chapter->name
                                                  : unit->file->name);
    entry->id = keep(report, block == NULL ? unit->anchor : block->id);
    entry->at = keep(report, block == NULL ? unit->anchor : block_anchor(block));
    entry->operation =
        unit != NULL ? operation_name(unit->operation)
        : block->removal != NULL ? "remove"
        : block->same_by_default ? "same"
                                 : NULL;
    entry->place = block == NULL ? unit_place(unit) : find_place(unit, block);
    entry->words = insert || block == NULL ? 0 : block->words;
    const Unit *via = insert || block == NULL ? NULL
                                              : via_unit(apply->via, block);
    entry->via = via == NULL ? NULL : keep(report, via->target);
    if (unit != NULL) {
        entry->key = keep(report, unit->key);
        entry->reason = keep(report, unit->reason);
        entry->damaged = unit->damaged;
    }
    if (verdict != NULL) {
        entry->state = verdict->state;
        entry->severity = severity_word(verdict->severity);
        entry->waived = verdict->waived;
    }
    g_ptr_array_add(report->blocks, entry);
    return entry;
}

static const struct {
    const char *name, *way_out;
} refusals[STATE_COUNT] = {
    [STATE_STALE] = {"block-stale", N_("change the text if it must change, then "
                                      "delete the word STALE")},
    [STATE_REVIEW] = {"block-review", N_("look at both texts, then delete the "
                                        "word REVIEW")},
    [STATE_MISSING] = {"block-missing", N_("write the text under its directive "
                                          "and delete TODO")},
    [STATE_DRAFT] = {"block-draft", N_("finish it and delete the word, or run "
                                      "'vadovas sync'")},
    [STATE_BROKEN] = {"block-broken", N_("give it the structure of the base, or "
                                        "make the unit a replace")},
};

/* the waiver of a unit in the document being built, which prints it */
static xmlNode *
find_waiver(const Apply *apply, const char *key, const char *hash)
{
    const xmlNode *edition =
        xml_child(document_root(apply->document), "edition");
    const xmlNode *waiver =
        edition == NULL ? NULL : xml_child(edition, "waiver");
    while (waiver != NULL &&
           (g_strcmp0(xml_attribute(waiver, "key"), key) != 0 ||
            g_strcmp0(xml_attribute(waiver, "src"), hash) != 0))
        waiver = xml_next(waiver, "waiver");
    return (xmlNode *)waiver;
}

static void
say_waived(Apply *apply, const BaseBlock *block, const Unit *unit,
           const Verdict *verdict)
{
    xmlNode *waiver = find_waiver(apply, unit->key, block->hash);
    if (waiver == NULL)
        return;
    g_hash_table_add(apply->waivers, waiver);
    if (apply->draft)
        return;
    g_autofree char *reason = xml_text(waiver);
    diagnostics_add(apply->diagnostics, LEVEL_NOTE, "block-waived",
                    find_place(unit, block),
                    _("'%s' key %s is %s and let through since %s: %s"),
                    block_anchor(block), unit->key,
                    _(block_state_name(verdict->state)),
                    xml_attribute(waiver, "date"), reason);
}

/* a waiver that lets nothing through (any more) is not printed either */
static void
drop_unused_waivers(Apply *apply)
{
    const xmlNode *edition =
        xml_child(document_root(apply->document), "edition");
    const xmlNode *next = NULL;
    for (const xmlNode *waiver =
             edition == NULL ? NULL : xml_child(edition, "waiver");
         waiver != NULL; waiver = next) {
        next = xml_next(waiver, "waiver");
        /* those of facts: fact_waiver.h */
        if (xml_attribute(waiver, "key") == NULL ||
            g_hash_table_contains(apply->waivers, waiver))
            continue;
        g_autofree char *path = g_build_filename(
            "locales", apply->edition->name, "edition.xml", NULL);
        diagnostics_add(apply->diagnostics, LEVEL_WARNING, "waiver-unused",
                        (Place){path, 0, 0},
                        _("the waiver for '%s' lets nothing through: its block "
                          "is current, has changed again or is gone; delete it, "
                          "or look at the block and run 'vadovas waive' anew"),
                        xml_attribute(waiver, "key"));
        xmlUnlinkNode((xmlNode *)waiver);
        xmlFreeNode((xmlNode *)waiver);
    }
}

static void
refuse(Apply *apply, const BaseBlock *block, const Unit *unit,
       const Verdict *verdict)
{
    if (verdict->state != STATE_CURRENT && verdict->waived)
        say_waived(apply, block, unit, verdict);
    if (verdict->state == STATE_CURRENT || verdict->waived || apply->draft)
        return;
    /* its unit may stand in what could not be read, and that is an error */
    if (unit == NULL &&
        apply->edition->chapters[block->chapter].file->unreadable)
        return;
    const char *severity = severity_word(verdict->severity);
    g_autofree char *hint =
        block->hint == NULL || verdict->state != STATE_MISSING
            ? g_strdup("")
            : g_strdup_printf(_(" (its text may be in unit %s)"), block->hint);
    const char *way_out = verdict->way_out != NULL
                              ? verdict->way_out
                              : refusals[verdict->state].way_out;
    bool unsynced = verdict->way_out == NULL &&
                    verdict->state != STATE_BROKEN &&
                    (unit == NULL || (unit->flags == 0 && !unit->by_hand));
    diagnostics_add(apply->diagnostics, LEVEL_ERROR,
                    refusals[verdict->state].name, find_place(unit, block),
                    _("'%s'%s%s is %s%s%s: %s%s; %s%s"), block_anchor(block),
                    unit == NULL || unit->key == NULL ? "" : _(" key "),
                    unit == NULL || unit->key == NULL ? "" : unit->key,
                    _(block_state_name(verdict->state)),
                    severity == NULL ? "" : ", ",
                    severity == NULL ? "" : _(severity),
                    verdict->why == NULL ? "" : _(verdict->why), hint,
                    unsynced ? _("run 'vadovas sync', then ") : "", _(way_out));
}

/* ---- context -------------------------------------------------------- */

static void
collect_definitions(GString *context, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        const char *line = lines[i] + strspn(lines[i], " ");
        const char *end = line - lines[i] < 4 && *line == '[' && line[1] != '^'
                              ? strstr(line, "]:")
                              : NULL;
        if (end != NULL && end > line + 1)
            g_string_append_printf(context, "%s\n\n", lines[i]);
    }
}

/* link definitions: the edition's own first, for the first one holds */
static const char *
find_context(Apply *apply, const EditionChapter *chapter)
{
    GString *context = g_string_new(NULL);
    for (guint i = 0; i < chapter->file->units->len; i++) {
        const Unit *unit = g_ptr_array_index(chapter->file->units, i);
        if (!unit->old)
            collect_definitions(context, unit->target);
    }
    const char *file = xml_attribute(chapter->node, "file");
    const Source *source =
        file == NULL ? NULL : document_source(apply->edition->base, file);
    if (source != NULL)
        collect_definitions(context, source->text);
    const char *kept = edition_string(apply->edition, context->str);
    g_string_free(context, TRUE);
    return kept;
}

/* ---- blocks --------------------------------------------------------- */

static void
mark_block(xmlNode *node, const Unit *unit, const Verdict *verdict,
           const char *origin)
{
    xmlSetProp(node, XML("state"), XML(block_state_name(verdict->state)));
    xmlSetProp(node, XML("origin"), XML(origin));
    const char *severity = severity_word(verdict->severity);
    if (severity != NULL)
        xmlSetProp(node, XML("severity"), XML(severity));
    if (unit != NULL && unit->key != NULL)
        xmlSetProp(node, XML("key"), XML(unit->key));
    if (unit != NULL && unit->reason != NULL)
        xmlSetProp(node, XML("reason"), XML(unit->reason));
}

/* terms of the index are words of the base's language: none is inherited */
static void
drop_terms(xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        xmlUnsetProp(node, XML("index"));
        drop_terms(node->children);
    }
}

/* a copy of the base block at the end of the chapter */
static void
put_base(Apply *apply, const BaseBlock *block, const Unit *unit,
         const Verdict *verdict, bool same)
{
    xmlNode *copy =
        xmlDocCopyNode((xmlNode *)block->node, apply->document->xml, 1);
    drop_terms(copy);
    xmlAddChild(apply->chapter, copy);
    mark_block(copy, unit, verdict, same ? "same" : "base");
    if (!same)
        xmlSetProp(copy, XML("lang"), XML(apply->edition->base_lang));
}

/* the unit's blocks, below an element of their own; the caller frees it */
static xmlNode *
parse_target(Apply *apply, const Unit *unit)
{
    xmlNode *element = xmlNewDocNode(apply->document->xml, NULL, XML("unit"),
                                     NULL);
    xmlSetProp(element, XML("file"), XML(unit->file->path));
    if (unit->target_first == 0 || unit->file->source == NULL)
        return element;
    ReadOptions options = {.context = apply->context, .fragment = true};
    read_markdown(element, unit->file->source, unit->target_first,
                  unit->target_last, &options, apply->diagnostics);
    return element;
}

/* the base as the unit knew it, as parse_target gives it; NULL: as today */
static xmlNode *
parse_carried(Apply *apply, const BaseBlock *block, const Unit *unit)
{
    const char *known = unit_known_text(apply->edition, unit);
    const char *canonical = known == unit->now_text ? unit->now_canonical
                                                    : unit->src_canonical;
    if (!apply->edition->as_translated || known == NULL ||
        strcmp(canonical, block->canonical) == 0)
        return NULL;
    g_autofree char *raw = text_without_digest(known);
    int first = unit->line + 2; /* places are those of =src in the overlay */
    g_autoptr(GString) text = g_string_new(NULL);
    for (int line = 1; line < first; line++)
        g_string_append_c(text, '\n');
    g_string_append(text, raw);
    g_autoptr(Diagnostics) said = diagnostics_new(); /* to the base's author */
    gsize length = text->len;
    g_autoptr(Source) source =
        source_new(unit->file->path,
                   g_string_free(g_steal_pointer(&text), FALSE), length, said);
    if (source == NULL)
        return NULL;
    xmlNode *element =
        xmlNewDocNode(apply->document->xml, NULL, XML("unit"), NULL);
    xmlSetProp(element, XML("file"), XML(unit->file->path));
    ReadOptions options = {.context = apply->context, .fragment = true};
    read_markdown(element, source, first, source->line_count, &options, said);
    return element;
}

static void
copy_attribute(xmlNode *to, const xmlNode *from, const char *name)
{
    const char *value = xml_attribute(from, name);
    if (value != NULL && xml_attribute(to, name) == NULL)
        xmlSetProp(to, XML(name), XML(value));
}

/* Moves the unit's blocks into the chapter.  The first one of a translate or
 * replace is the base block to everybody behind; further ones are ID-2, ID-3;
 * local footnotes and inserted headings with {#id} keep their own names. */
static void
adopt_target(Apply *apply, xmlNode *element, const BaseBlock *block,
             const Unit *unit, const Verdict *verdict)
{
    bool insert = unit->operation == OPERATION_INSERT;
    g_autofree char *insert_id =
        unit->key != NULL
            ? g_strdup_printf("ov-%s", unit->key)
            : g_strdup_printf("ov-%s-%d", block->id, unit->order);
    const char *id = insert ? insert_id : block->id;
    const char *at = insert ? insert_id : block->at;
    int count = 0;
    xmlNode *next = NULL;
    for (xmlNode *node = element->children; node != NULL; node = next) {
        next = node->next;
        xmlUnlinkNode(node);
        xmlAddChild(apply->chapter, node);
        if (node->type != XML_ELEMENT_NODE)
            continue;
        /* places are of the overlay, not of the chapter's file */
        xmlSetProp(node, XML("file"), XML(unit->file->path));
        mark_block(node, unit, verdict, operation_name(unit->operation));
        if (!insert)
            copy_attribute(node, block->node, "audience");
        bool first = count == 0;
        if (xml_is(node, "footnote") && !(first && xml_is(block->node, "footnote")))
            continue; /* read_number_blocks: CHAPTER.fn.LABEL */
        count++;
        g_autofree char *own_id = first ? g_strdup(id)
                                        : g_strdup_printf("%s-%d", id, count);
        g_autofree char *own_at = first ? g_strdup(at)
                                        : g_strdup_printf("%s-%d", at, count);
        const char *pin = xml_attribute(node, "pin");
        bool named = pin != NULL && (insert || !first);
        g_autofree char *pinned = named ? g_strdup(pin) : NULL;
        xmlSetProp(node, XML("id"), XML(named ? pinned : own_id));
        xmlSetProp(node, XML("at"), XML(own_at));
        if (first && !insert) {
            xmlUnsetProp(node, XML("pin"));
            copy_attribute(node, block->node, "pin");
        }
    }
}

/* an SVG with letters in it speaks the base's language */
static bool
has_words_in_picture(const Edition *edition, const xmlNode *figure)
{
    const char *src = xml_attribute(figure, "src");
    if (src == NULL || !g_str_has_suffix(src, ".svg"))
        return false;
    const char *root = edition->manual->root;
    g_autofree char *local =
        g_build_filename("locales", edition->name, src, NULL);
    g_autofree char *found = file_resolve(root, local, NULL);
    g_autofree char *name = g_build_filename("manual", src, NULL);
    g_autoptr(GBytes) bytes =
        found != NULL ? NULL : file_load(root, name, 1u << 24, NULL);
    if (bytes == NULL)
        return false;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autoptr(Diagnostics) ignored = diagnostics_new();
    xmlDoc *svg = xml_read(name, data, length, ignored);
    if (svg == NULL)
        return false;
    bool words = false;
    xmlNode *node = xmlDocGetRootElement(svg);
    while (node != NULL && !words) {
        if (node->type == XML_ELEMENT_NODE && xml_is(node, "text")) {
            g_autofree char *text = xml_text(node);
            for (const char *c = text; *c != 0; c = g_utf8_next_char(c))
                words = words || g_unichar_isalpha(g_utf8_get_char(c));
        }
        xmlNode *up = node;
        node = node->children;
        while (node == NULL && up != NULL) {
            node = up->next;
            up = up->parent;
        }
    }
    xmlFreeDoc(svg);
    return words;
}

static void
judge_structure(Apply *apply, const xmlNode *base, const xmlNode *element,
                Verdict *verdict)
{
    /* a translation of an older base has that one's structure */
    if (verdict->state != STATE_CURRENT && verdict->state != STATE_DRAFT)
        return;
    g_autofree char *trouble = check_structure(base, element);
    const xmlNode *first = xml_first(element);
    if (trouble == NULL && xml_is(base, "figure") &&
        has_words_in_picture(apply->edition, first))
        trouble = g_strdup_printf(
            _("the picture '%s' has words in it: put one in this language into "
              "locales/%s/%s"),
            xml_attribute(first, "src"), apply->edition->name,
            xml_attribute(first, "src"));
    if (trouble != NULL) {
        verdict->state = STATE_BROKEN;
        verdict->why = edition_string(apply->edition, trouble);
    }
}

static void
apply_target(Apply *apply, const BaseBlock *block, const Unit *unit,
             Verdict *verdict)
{
    xmlNode *element = parse_target(apply, unit);
    if (unit->operation == OPERATION_TRANSLATE) {
        xmlNode *carried = parse_carried(apply, block, unit);
        const xmlNode *base = carried == NULL ? NULL : xml_first(carried);
        judge_structure(apply, base == NULL ? block->node : base, element,
                        verdict);
        xmlFreeNode(carried);
    }
    adopt_target(apply, element, block, unit, verdict);
    xmlFreeNode(element);
}

static void
apply_same(Apply *apply, const BaseBlock *block, const Unit *unit,
           const Verdict *verdict)
{
    xmlNode *carried =
        unit == NULL ? NULL : parse_carried(apply, block, unit);
    if (carried == NULL)
        put_base(apply, block, unit, verdict, true);
    else
        adopt_target(apply, carried, block, unit, verdict);
    xmlFreeNode(carried);
}

static void
apply_removed(Apply *apply, const BaseBlock *block, const Unit *unit,
              const Verdict *verdict)
{
    /* people must see what they decide about */
    if (verdict->state != STATE_CURRENT && !verdict->waived)
        put_base(apply, block, unit, verdict, false);
}

static void
apply_block(Apply *apply, const BaseBlock *block)
{
    const Unit *unit = block->removal != NULL ? block->removal : block->unit;
    Verdict verdict = block->removal != NULL
                          ? judge_removed(apply->edition, block)
                          : judge_unit(apply->edition, unit, block);
    bool unneeded = verdict.state == STATE_MISSING && block->orphaned;
    if (unneeded)
        verdict = (Verdict){.state = STATE_CURRENT};
    if (block->removal != NULL ||
        (unit != NULL && unit->operation == OPERATION_REMOVE))
        apply_removed(apply, block, unit, &verdict);
    else if (verdict.state == STATE_MISSING)
        put_base(apply, block, unit, &verdict, false);
    else if (unit != NULL && !unneeded && unit->operation != OPERATION_SAME)
        apply_target(apply, block, unit, &verdict);
    else if (!unneeded)
        apply_same(apply, block, unit, &verdict);
    add_report(apply, block, unit, &verdict);
    refuse(apply, block, unit, &verdict);
}

static void
apply_inserts(Apply *apply, const BaseBlock *block, AnchorKind kind)
{
    const GPtrArray *inserts = block->inserts[kind];
    for (guint i = 0; inserts != NULL && i < inserts->len; i++) {
        const Unit *unit = g_ptr_array_index(inserts, i);
        const BaseBlock *anchor = unit->block;
        Verdict verdict = judge_unit(apply->edition, unit, anchor);
        if (verdict.state != STATE_MISSING)
            apply_target(apply, anchor, unit, &verdict);
        if (verdict.state == STATE_CURRENT && verdict.severity != SEVERITY_NONE)
            diagnostics_add(apply->diagnostics, LEVEL_WARNING,
                            "insert-anchor-changed", unit_place(unit),
                            _("the block that this insert follows, '%s', has "
                              "changed; does the insert still fit? 'vadovas "
                              "sync' takes the new text as read"),
                            block_anchor(anchor));
        add_report(apply, anchor, unit, &verdict);
        refuse(apply, anchor, unit, &verdict);
    }
}

/* ---- the whole ------------------------------------------------------ */

static void
report_homeless(Apply *apply)
{
    DiagnosticLevel level = apply->draft ? LEVEL_WARNING : LEVEL_ERROR;
    for (guint i = 0; i < apply->edition->units->len; i++) {
        const Unit *unit = g_ptr_array_index(apply->edition->units, i);
        if (unit->block != NULL || !unit_has_human_text(unit) ||
            (unit->src_canonical == NULL && unit->anchor != NULL))
            continue; /* the last: anchor-unknown said it */
        if (unit->operation == OPERATION_INSERT ||
            unit->operation == OPERATION_REPLACE) {
            OverlayBlock *entry = add_report(apply, NULL, unit, NULL);
            entry->state = STATE_REVIEW;
            entry->homeless = true;
            diagnostics_add(apply->diagnostics, level, "unit-homeless",
                            unit_place(unit),
                            _("the block that this %s belongs to ('%s') is gone "
                              "from the base, so its text would vanish; write "
                              "the address of another block and delete src=, or "
                              "delete the unit"),
                            operation_name(unit->operation),
                            unit->anchor == NULL ? "?" : unit->anchor);
        } else {
            diagnostics_add(apply->diagnostics, LEVEL_WARNING, "unit-orphaned",
                            unit_place(unit),
                            _("the base no longer has the text of this %s; "
                              "'vadovas sync' keeps it in the attic"),
                            operation_name(unit->operation));
        }
    }
}

/* what `init-locale` left to be filled in must not be printed */
static void
refuse_todo(Apply *apply)
{
    static const char *const parts[] = {"edition", "words"};
    const xmlNode *root = document_root(apply->edition->words);
    for (size_t i = 0; i < G_N_ELEMENTS(parts) && !apply->draft; i++) {
        const xmlNode *part = xml_child(root, parts[i]);
        for (const xmlNode *node = part == NULL ? NULL : xml_first(part);
             node != NULL; node = xml_next(node, NULL)) {
            g_autofree char *text = xml_text(node);
            if (!g_str_has_prefix(text, "TODO"))
                continue;
            const char *name = xml_attribute(node, "name");
            g_autofree char *path = g_strdup_printf(
                "locales/%s/%s.xml", apply->edition->name, parts[i]);
            diagnostics_add(apply->diagnostics, LEVEL_ERROR, "edition-todo",
                            (Place){path, 0, 0},
                            _("'%s' still says TODO; translate it and delete "
                              "that word"),
                            name == NULL ? (const char *)node->name : name);
        }
    }
}

static void
apply_chapter(Apply *apply, const EditionChapter *chapter)
{
    Edition *edition = apply->edition;
    apply->chapter = xmlNewChild(document_root(apply->document), NULL,
                                 XML("chapter"), NULL);
    for (const xmlAttr *attribute = chapter->node->properties;
         attribute != NULL; attribute = attribute->next)
        xmlSetProp(apply->chapter, attribute->name,
                   XML(xml_attribute(chapter->node,
                                     (const char *)attribute->name)));
    apply->context = find_context(apply, chapter);
    for (int i = chapter->first; i < chapter->end; i++) {
        const BaseBlock *block = &edition->blocks[i];
        apply_inserts(apply, block, ANCHOR_BEFORE);
        apply_block(apply, block);
        apply_inserts(apply, block, ANCHOR_FIRST_IN);
        apply_inserts(apply, block, ANCHOR_AFTER);
        apply_inserts(apply, block, ANCHOR_LAST_IN);
    }
}

/* a document with the edition's words and the base's sources */
static Document *
new_document(const Edition *edition)
{
    Document *document =
        document_new(edition->name, edition->lang, edition->base_lang);
    g_hash_table_unref(document->sources);
    document->sources = g_hash_table_ref(edition->base->sources);
    for (const xmlNode *node = xml_first(document_root(edition->words));
         node != NULL; node = xml_next(node, NULL))
        xmlAddChild(document_root(document),
                    xmlDocCopyNode((xmlNode *)node, document->xml, 1));
    return document;
}

/* the sources stay with the documents, which name places in them */
static void
give_sources(Apply *apply)
{
    for (guint i = 0; i < apply->edition->files->len; i++) {
        OverlayFile *file = g_ptr_array_index(apply->edition->files, i);
        if (file->source != NULL)
            document_take_source(apply->document,
                                 g_steal_pointer(&file->source));
    }
}

static void
number_blocks(Apply *apply)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (const xmlNode *node =
             xml_child(document_root(apply->document), "chapter");
         node != NULL; node = xml_next(node, "chapter"))
        read_number_blocks((xmlNode *)node, ids, apply->diagnostics);
}

Document *
overlay_apply(const Document *base, const Manual *manual,
              const OverlayOptions *options, OverlayReport *report,
              Diagnostics *diagnostics)
{
    g_autoptr(Edition) edition =
        edition_load(base, manual, options->edition, diagnostics);
    edition->as_translated = options->as_translated;
    match_units(edition, &(MatchOptions){.for_sync = false}, diagnostics);
    judge_orphaned_notes(edition, false);
    g_autoptr(OverlayReport) own_report =
        report == NULL ? overlay_report_new() : NULL;
    Apply apply = {
        .edition = edition,
        .document = new_document(edition),
        .report = report == NULL ? own_report : report,
        .diagnostics = diagnostics,
        .draft = options->draft,
        .waivers = g_hash_table_new(NULL, NULL),
    };
    g_autoptr(Edition) via =
        options->with_via ? via_load(edition, diagnostics) : NULL;
    apply.via = via;
    apply.report->via = via == NULL ? NULL : keep(apply.report, via->name);
    for (int i = 0; i < edition->chapter_count; i++)
        apply_chapter(&apply, &edition->chapters[i]);
    report_homeless(&apply);
    refuse_todo(&apply);
    drop_unused_waivers(&apply);
    g_hash_table_unref(apply.waivers);
    number_blocks(&apply);
    give_sources(&apply);
    return apply.document;
}
