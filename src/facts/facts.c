/* SPDX-License-Identifier: MIT */
/*
 * Facts: the references of a document are filled, in place, in a copy of it.
 */
#include "facts/facts.h"

#include "base/nearest.h"
#include "base/xml.h"
#include "facts/fact_store.h"
#include "facts/fact_waiver.h"
#include "facts/picture.h"
#include "facts/research.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))

typedef struct {
    const FactsOptions *options;
    FactStore *facts;
    ResearchStore *research;
    FactWaivers *waivers;
    GPtrArray *blocks; /* <research> elements, in order */
    Diagnostics *diagnostics;
} Filling;

static DiagnosticLevel
unfit(const FactsOptions *options)
{
    return options->draft ? LEVEL_WARNING : LEVEL_ERROR;
}

static void
set_text(xmlNode *node, const char *text)
{
    xmlNodeSetContent(node, NULL);
    xmlNodeAddContent(node, XML(text));
}

/* what a reader of a draft sees where the value should stand */
static void
set_placeholder(xmlNode *node, const char *id)
{
    g_autofree char *text = g_strdup_printf("{{%s}}", id);
    set_text(node, text);
    xmlSetProp(node, XML("state"), XML("missing"));
}

static void
say_unknown(Filling *filling, xmlNode *node, const char *id)
{
    g_autofree char *question =
        nearest_question(id, fact_store_ids(filling->facts));
    diagnostics_add(filling->diagnostics, unfit(filling->options),
                    "unknown-fact", document_place(node),
                    "there is no fact '%s'%s%s", id, question,
                    *question == 0 ? "; add it to manual/facts" : "");
    set_placeholder(node, id);
}

static void
say_missing(Filling *filling, xmlNode *node, const Fact *fact)
{
    const FactsOptions *options = filling->options;
    if (options->edition == NULL)
        diagnostics_add(filling->diagnostics, unfit(options), "fact-missing",
                        document_place(node),
                        "the fact '%s' has no value in '%s'; add one in %s, "
                        "line %d",
                        fact->id, options->lang, fact->place.file,
                        fact->place.line);
    else if (fact->is_common)
        diagnostics_add(filling->diagnostics, unfit(options), "fact-missing",
                        document_place(node),
                        "the fact '%s' has no value in '%s'; add <value "
                        "lang=\"%s\"> to it in %s, line %d",
                        fact->id, options->lang, options->lang,
                        fact->place.file, fact->place.line);
    else
        diagnostics_add(filling->diagnostics, unfit(options), "fact-missing",
                        document_place(node),
                        "the fact '%s' is different in every country and "
                        "'%s' has none in '%s'; find it out and add it to "
                        "locales/%s/facts",
                        fact->id, options->edition, options->lang,
                        options->edition);
    set_placeholder(node, fact->id);
}

/* "… 1 d." at the end of a sentence has one full stop, in every language */
static bool
shares_full_stop(const char *value, const char *next)
{
    return g_str_has_suffix(value, ".") && next[0] == '.' && next[1] != '.';
}

static void
share_full_stop(xmlNode *node, const char *value)
{
    xmlNode *next = node->next;
    if (next == NULL || next->type != XML_TEXT_NODE || next->content == NULL ||
        !shares_full_stop(value, (const char *)next->content))
        return;
    xmlChar *rest = xmlStrdup(next->content + 1);
    xmlNodeSetContent(next, XML(""));
    xmlNodeAddContent(next, rest);
    xmlFree(rest);
}

static void
fill_fact(Filling *filling, xmlNode *node)
{
    const char *id = xml_attribute(node, "ref");
    if (id != NULL && strchr(id, ':') != NULL) {
        if (!research_fill(filling->research, node))
            set_placeholder(node, id);
        return;
    }
    Fact *fact =
        id == NULL ? NULL : fact_store_find(filling->facts, id);
    if (fact == NULL) {
        say_unknown(filling, node, id == NULL ? "" : id);
        return;
    }
    g_autofree char *value =
        fact_store_value(filling->facts, id, filling->options);
    if (value == NULL) {
        say_missing(filling, node, fact);
        return;
    }
    g_autofree char *source = fact_source(fact);
    set_text(node, value);
    share_full_stop(node, value);
    xmlSetProp(node, XML("source"), XML(source));
    xmlSetProp(node, XML("verified"), XML(fact->verified));
    if (!facts_is_overdue(fact->review_by, filling->options->today))
        return;
    Overdue overdue = {"the fact", fact->id, fact->review_by, fact->place,
                       fact->is_overdue_said};
    if (!fact_waivers_judge(filling->waivers, &overdue))
        xmlSetProp(node, XML("state"), XML("overdue"));
    fact->is_overdue_said = true;
}

static int
count_signs(const char *text, const char *signs)
{
    int count = 0;
    while ((text = strpbrk(text, signs)) != NULL) {
        count++;
        text++;
    }
    return count;
}

/* a text that is no inline of `node`, with its facts; owned; NULL: none */
static char *
fill_text(Filling *filling, xmlNode *node, const char *text)
{
    if (text == NULL || strstr(text, "{{") == NULL)
        return NULL;
    GString *filled = g_string_new(NULL);
    for (const char *p = text; *p != '\0';) {
        size_t length = document_fact_length(p);
        if (length == 0) {
            g_string_append_c(filled, *p++);
            continue;
        }
        g_autofree char *id = g_strndup(p + 2, length - 4);
        xmlNode *place = xmlNewChild(node, NULL, XML("fact"), NULL);
        xmlSetProp(place, XML("ref"), XML(id));
        fill_fact(filling, place);
        g_autofree char *value = xml_text(place);
        g_string_append(filled, value);
        if (g_strcmp0(xml_attribute(place, "state"), "overdue") == 0)
            xmlSetProp(node, XML("overdue"), XML("yes"));
        xmlUnlinkNode(place);
        xmlFreeNode(place);
        p += length;
        p += shares_full_stop(value, p);
    }
    return g_string_free(filled, FALSE);
}

static void
fill_attribute(Filling *filling, xmlNode *node, const char *name)
{
    const char *old = xml_attribute(node, name);
    g_autofree char *text = fill_text(filling, node, old);
    if (text == NULL)
        return;
    if (strcmp(name, "index") == 0 &&
        count_signs(text, ",;") != count_signs(old, ",;"))
        diagnostics_add(filling->diagnostics, unfit(filling->options),
                        "fact-misplaced", document_place(node),
                        "a fact with a comma or semicolon cannot be put into a "
                        "term of the index ('%s'), which divides terms by them",
                        text);
    xmlSetProp(node, XML(name), XML(text));
}

/* in what the Markdown reader does not see: {{ that begins no fact */
static void
check_braces(Filling *filling, const xmlNode *holder, const char *text)
{
    for (const char *p = strstr(text, "{{"); p != NULL;
         p = strstr(p + 2, "{{")) {
        if (document_fact_length(p) > 0)
            continue;
        glong length = g_utf8_strlen(p, 80); /* bytes */
        g_autofree char *begin = g_utf8_substring(p, 0, MIN(length, 20));
        diagnostics_add(filling->diagnostics, unfit(filling->options),
                        "fact-invalid", document_place(holder),
                        "{{ begins a fact, written {{name}} with a-z, 0-9 and "
                        "hyphens, in the picture, data or imprint here: '%s'",
                        begin);
    }
}

/* in the texts of a node, its siblings behind it, and below them; they stand at
 * `holder` */
static void
fill_texts(Filling *filling, xmlNode *holder, xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        bool is_text = node->type == XML_TEXT_NODE && node->content != NULL;
        if (is_text)
            check_braces(filling, holder, (const char *)node->content);
        g_autofree char *text =
            is_text ? fill_text(filling, holder, (const char *)node->content)
                    : NULL;
        if (text != NULL)
            set_text(node, text);
        if (node->type == XML_ELEMENT_NODE)
            fill_texts(filling, holder, node->children);
    }
}

static void
fill_imprint(Filling *filling, xmlNode *imprint)
{
    xmlNode *line = imprint == NULL ? NULL : imprint->children;
    for (; line != NULL; line = line->next)
        fill_texts(filling, line, line->children);
}

/* a picture with facts in it is taken into the document, as charts are */
static void
fill_picture(Filling *filling, xmlNode *figure)
{
    const FactsOptions *options = filling->options;
    const char *src = xml_attribute(figure, "src");
    g_autofree char *text = picture_text(options->root, options->edition, src);
    xmlDoc *picture =
        text == NULL ? NULL
                     : picture_read(options->edition, src, text,
                                    filling->diagnostics);
    xmlNode *root = picture == NULL ? NULL : xmlDocGetRootElement(picture);
    if (root != NULL) {
        fill_texts(filling, figure, root->children);
        xmlNode *svg = xmlDocCopyNode(root, figure->doc, 1);
        if (figure->children == NULL)
            xmlAddChild(figure, svg);
        else
            xmlAddPrevSibling(figure->children, svg);
        xmlReconciliateNs(figure->doc, svg);
        xmlUnsetProp(figure, XML("src"));
    }
    xmlFreeDoc(picture);
}

static void
refuse_picture(Filling *filling, const xmlNode *image)
{
    const char *src = xml_attribute(image, "src");
    g_autofree char *text =
        picture_text(filling->options->root, filling->options->edition, src);
    if (text != NULL)
        diagnostics_add(filling->diagnostics, unfit(filling->options),
                        "fact-misplaced", document_place(image),
                        "facts cannot be put into a picture inside a line "
                        "('%s'); give it a paragraph of its own",
                        src);
}

static void
fill_inside(Filling *filling, xmlNode *node)
{
    fill_attribute(filling, node, "alt");
    fill_attribute(filling, node, "index");
    if (xml_is(node, "figure"))
        fill_picture(filling, node);
    else if (xml_is(node, "image"))
        refuse_picture(filling, node);
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(child, "fact"))
            fill_fact(filling, child);
        else if (xml_is(child, "research"))
            g_ptr_array_add(filling->blocks, child);
        else
            fill_inside(filling, child);
    }
}

/* the blocks of data take its place; facts may stand in titles and notes */
static void
replace_research(Filling *filling, xmlNode *block)
{
    xmlNode *parent = block->parent, *before = block->prev;
    const xmlNode *end = block->next;
    research_replace(filling->research, block);
    xmlNode *made = before == NULL ? parent->children : before->next;
    for (xmlNode *node = made; node != end; node = node->next) {
        fill_attribute(filling, node, "alt");
        fill_texts(filling, node, node->children);
    }
}

Document *
facts_apply(const Document *document, const FactsOptions *options,
            Diagnostics *diagnostics)
{
    int unreadable = diagnostics_count(diagnostics, LEVEL_INVALID);
    FactStore *facts = fact_store_load(options, diagnostics);
    if (diagnostics_count(diagnostics, LEVEL_INVALID) > unreadable) {
        /* every fact of a file that cannot be read would seem unknown */
        fact_store_free(facts);
        return NULL;
    }
    Document *filled = document_copy(document);
    Filling filling = {.options = options,
                       .facts = facts,
                       .blocks = g_ptr_array_new(),
                       .diagnostics = diagnostics};
    filling.waivers = fact_waivers_new(filled, options, diagnostics);
    filling.research =
        research_store_new(filled, options, filling.waivers, diagnostics);
    fill_imprint(&filling, (xmlNode *)document_imprint(filled));
    for (xmlNode *chapter = document_root(filled)->children; chapter != NULL;
         chapter = chapter->next) {
        if (xml_is(chapter, "chapter"))
            fill_inside(&filling, chapter);
    }
    for (guint i = 0; i < filling.blocks->len; i++)
        replace_research(&filling, g_ptr_array_index(filling.blocks, i));
    research_store_free(filling.research);
    fact_waivers_end(filling.waivers);
    fact_store_free(filling.facts);
    g_ptr_array_unref(filling.blocks);
    return filled;
}
