/* SPDX-License-Identifier: MIT */
/*
 * Research data to blocks.
 *
 *   research_replace
 *     find_data          the file, read, validated, calculated (research_sums.c)
 *     make_view          what the stylesheets see: one language, numbers as
 *                        they are printed
 *       take_word        title, category ...; research-word-missing
 *       add_rows
 *       fill_alt         {value:KEY}, {max}, {min}, {first}, {last}
 *     make_chart         research-chart.xsl -> <figure> with <svg>
 *     make_table         research-table.xsl -> <table> and <caption>
 *     make_source        the source line
 *   research_fill        {{ID:KEY}} in a sentence: a figure, or the status of a
 *                        finding
 *
 * A row without value is a gap: a dash in the table and the text, a marked
 * space in the chart, never a zero.  A file of findings has another view
 * (findings.c) and is only ever a table.
 *
 * The view (no namespace):
 *   <research id ref least most> title category measure note source alt
 *     <row key label value? text/>
 */
#include "facts/research.h"

#include "base/file.h"
#include "base/nearest.h"
#include "base/xml.h"
#include "facts/fact_store.h"
#include "facts/research_parts.h"
#include "style/style.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))
#define GAP "–"
#define NO_BREAK_SPACE "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

/* ---- words of the edition ---- */

static char *
word_below(const xmlNode *words, const char *name)
{
    if (words == NULL)
        return NULL;
    for (const xmlNode *word = xml_child(words, "word"); word != NULL;
         word = xml_next(word, "word")) {
        const char *own = xml_attribute(word, "name");
        if (own != NULL && strcmp(own, name) == 0)
            return xml_text(word);
    }
    return NULL;
}

char *
research_find_word(const ResearchStore *store, const char *name,
                   const char *fallback)
{
    char *word = word_below(
        xml_child(document_root(store->document), "words"), name);
    if (word == NULL && store->english != NULL)
        word = word_below(xmlDocGetRootElement(store->english), name);
    return word != NULL ? word : g_strdup(fallback);
}

char *
research_put_in(const char *template, const char *name, const char *value)
{
    g_autofree char *place = g_strdup_printf("{%s}", name);
    GString *text = g_string_new(template);
    g_string_replace(text, place, value, 0);
    return g_string_free(text, FALSE);
}

char *
research_number(const char *value, const char *decimal, const char *group)
{
    const char *digits = value + strspn(value, "+-");
    size_t whole = strspn(digits, "0123456789");
    GString *text = g_string_new(*value == '-' ? MINUS : "");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(text, group);
        g_string_append_c(text, digits[i]);
    }
    if (whole == 0)
        g_string_append_c(text, '0');
    if (digits[whole] == '.' && digits[whole + 1] != 0)
        g_string_append_printf(text, "%s%s", decimal, digits + whole + 1);
    return g_string_free(text, FALSE);
}

/* ---- data files ---- */

static void
free_data(gpointer pointer)
{
    ResearchData *data = pointer;
    g_free(data->file);
    if (data->xml != NULL)
        xmlFreeDoc(data->xml);
    g_free(data);
}

ResearchStore *
research_store_new(const Document *document, const FactsOptions *options,
                   FactWaivers *waivers, Diagnostics *diagnostics)
{
    ResearchStore *store = g_new0(ResearchStore, 1);
    store->document = document;
    store->options = options;
    store->waivers = waivers;
    store->diagnostics = diagnostics;
    store->data =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_data);
    g_autofree char *words =
        options->styles_folder == NULL
            ? NULL
            : file_resolve(options->styles_folder, "words.xml", NULL);
    if (words != NULL)
        store->english = xml_load(options->styles_folder, "words.xml",
                                  diagnostics);
    store->decimal = research_find_word(store, "decimal-separator", ".");
    store->group = research_find_word(store, "group-separator", NO_BREAK_SPACE);
    if (strcmp(store->group, " ") == 0) { /* a number is never broken */
        g_free(store->group);
        store->group = g_strdup(NO_BREAK_SPACE);
    }
    return store;
}

void
research_store_free(ResearchStore *store)
{
    g_hash_table_unref(store->data);
    if (store->english != NULL)
        xmlFreeDoc(store->english);
    g_free(store->decimal);
    g_free(store->group);
    g_free(store);
}

DiagnosticLevel
research_unfit(const ResearchStore *store)
{
    return store->options->draft ? LEVEL_WARNING : LEVEL_ERROR;
}

/* a name that is no path; the schemas ask it of every document, too */
static bool
is_plain_name(const char *ref)
{
    return *ref != 0 && *ref != '-' &&
           strspn(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                       "0123456789-_") == strlen(ref);
}

static char *
folder_of(const ResearchStore *store, bool own)
{
    if (!own)
        return g_strdup("manual/research");
    return store->options->edition == NULL
               ? NULL
               : g_build_filename("locales", store->options->edition,
                                  "research", NULL);
}

static void
say_unknown(const ResearchStore *store, const xmlNode *block, const char *ref)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (int own = 0; own < 2; own++) {
        g_autofree char *folder = folder_of(store, own);
        g_autofree char *path =
            folder == NULL ? NULL
                           : g_build_filename(store->options->root, folder,
                                              NULL);
        g_auto(GStrv) files = path == NULL ? NULL : file_list(path);
        for (int i = 0; files != NULL && files[i] != NULL; i++) {
            if (g_str_has_suffix(files[i], ".xml"))
                g_ptr_array_add(names,
                                g_strndup(files[i], strlen(files[i]) - 4));
        }
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *question =
        nearest_question(ref, (const char *const *)names->pdata);
    diagnostics_add(store->diagnostics, research_unfit(store),
                    "unknown-research", document_place(block),
                    "there is no research data '%s' in manual/research%s%s",
                    ref, question,
                    *question == 0 ? "; put a file of this name there" : "");
}

static void
load_data(ResearchStore *store, ResearchData *data, const char *ref)
{
    data->xml = xml_load(store->options->root, data->file, store->diagnostics);
    if (data->xml == NULL)
        return;
    bool is_valid = xml_validate(data->xml, "research", data->file,
                                 store->diagnostics);
    const xmlNode *root = xmlDocGetRootElement(data->xml);
    if (is_valid && strcmp(xml_attribute(root, "id"), ref) != 0) {
        diagnostics_add(store->diagnostics, LEVEL_ERROR, "research-id",
                        (Place){data->file, (int)xmlGetLineNo((xmlNode *)root),
                                0},
                        "the id '%s' is not the name of the file; call one "
                        "like the other",
                        xml_attribute(root, "id"));
        is_valid = false;
    }
    if (is_valid)
        is_valid = research_calculate(xmlDocGetRootElement(data->xml),
                                      data->file, store->diagnostics);
    if (!is_valid) {
        xmlFreeDoc(data->xml);
        data->xml = NULL;
    }
}

/* near: where the reference stands */
static ResearchData *
find_data(ResearchStore *store, const char *ref, const xmlNode *near)
{
    ResearchData *data = g_hash_table_lookup(store->data, ref);
    if (data != NULL)
        return data;
    for (int own = 1; own >= 0 && is_plain_name(ref); own--) {
        g_autofree char *folder = folder_of(store, own);
        g_autofree char *file =
            folder == NULL ? NULL : g_strdup_printf("%s/%s.xml", folder, ref);
        g_autofree char *path =
            file == NULL ? NULL
                         : g_build_filename(store->options->root, file, NULL);
        if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS))
            continue;
        data = g_new0(ResearchData, 1);
        data->file = g_steal_pointer(&file);
        g_hash_table_insert(store->data, g_strdup(ref), data);
        load_data(store, data, ref);
        return data;
    }
    say_unknown(store, near, ref);
    return NULL;
}

/* ---- the view ---- */

static void
say_word_missing(const Making *making, const xmlNode *near, const char *name)
{
    const ResearchStore *store = making->store;
    diagnostics_add(store->diagnostics, research_unfit(store),
                    "research-word-missing",
                    (Place){making->data->file,
                            (int)xmlGetLineNo((xmlNode *)near), 0},
                    "there is no <%s> in '%s' here; add <%s lang=\"%s\">",
                    name, store->options->lang, name, store->options->lang);
}

char *
research_take_word(const Making *making, const xmlNode *parent,
                   const char *name)
{
    const xmlNode *first = xml_child(parent, name);
    if (first == NULL)
        return NULL;
    for (const xmlNode *word = first; word != NULL;
         word = xml_next(word, name)) {
        const char *lang = xml_attribute(word, "lang");
        if (lang == NULL ||
            facts_is_language(lang, making->store->options->lang))
            return facts_text(word);
    }
    say_word_missing(making, parent, name);
    return g_strdup_printf("{{%s}}", name);
}

/* the one that this block tells, or NULL */
static const xmlNode *
find_finding(const xmlNode *root, const char *block)
{
    const xmlNode *finding = xml_child(root, "finding");
    while (finding != NULL &&
           strcmp(xml_attribute(finding, "block"), block) != 0)
        finding = xml_next(finding, "finding");
    return finding;
}

/* the row with the least or greatest value; NULL: all are gaps */
static const xmlNode *
extreme_row(const xmlNode *root, bool greatest)
{
    const xmlNode *best = NULL;
    double best_value = 0;
    for (const xmlNode *row = xml_child(root, "row"); row != NULL;
         row = xml_next(row, "row")) {
        const char *text = xml_attribute(row, "value");
        double value = text == NULL ? 0 : g_ascii_strtod(text, NULL);
        if (text == NULL || (best != NULL && (greatest ? value <= best_value
                                                       : value >= best_value)))
            continue;
        best = row;
        best_value = value;
    }
    return best;
}

char *
research_figure_text(const Making *making, const xmlNode *figure)
{
    const char *value = figure == NULL ? NULL : xml_attribute(figure, "value");
    return value == NULL ? g_strdup(GAP)
                         : research_number(value, making->store->decimal,
                                           making->store->group);
}

static bool
alt_row(const xmlNode *root, const char *place, const xmlNode **row)
{
    if (strcmp(place, "max") == 0 || strcmp(place, "min") == 0) {
        *row = extreme_row(root, place[1] == 'a');
        return true;
    }
    *row = xml_child(root, "row");
    if (strcmp(place, "first") == 0)
        return true;
    if (strcmp(place, "last") == 0) {
        for (const xmlNode *next = *row; next != NULL;
             next = xml_next(next, "row"))
            *row = next;
        return true;
    }
    *row = g_str_has_prefix(place, "value:")
               ? research_find_figure(root, place + strlen("value:"))
               : NULL;
    return *row != NULL;
}

/* an alternative text or a note with its places filled, but for facts; owned */
static char *
fill_places(const Making *making, const char *name, const char *alt)
{
    GString *text = g_string_new(NULL);
    while (*alt != 0) {
        size_t length = strcspn(alt, "{");
        g_string_append_len(text, alt, (gssize)length);
        alt += length;
        const char *end = strchr(alt, '}');
        size_t fact = document_fact_length(alt);
        if (fact > 0) {
            g_string_append_len(text, alt, (gssize)fact);
            alt += fact;
            continue;
        }
        if (end == NULL || g_str_has_prefix(alt, "{{")) {
            g_string_append(text, alt);
            break;
        }
        g_autofree char *place = g_strndup(alt + 1, (gsize)(end - alt - 1));
        const xmlNode *row;
        if (alt_row(making->root, place, &row)) {
            g_autofree char *value = research_figure_text(making, row);
            g_string_append(text, value);
        } else {
            diagnostics_add(making->store->diagnostics,
                            research_unfit(making->store),
                            "research-alt-place",
                            (Place){making->data->file, 0, 0},
                            "<%s> in '%s' asks for {%s}; "
                            "there are {value:KEY} with the key of a row, "
                            "{max}, {min}, {first} and {last}",
                            name, making->store->options->lang, place);
            g_string_append(text, GAP);
        }
        alt = end + 1;
    }
    return g_string_free(text, FALSE);
}

static void
add_word(const Making *making, xmlNode *view, const char *name)
{
    g_autofree char *word = research_take_word(making, making->root, name);
    if (word == NULL)
        return;
    bool has_places = strcmp(name, "alt") == 0 || strcmp(name, "note") == 0;
    g_autofree char *text =
        has_places ? fill_places(making, name, word) : g_strdup(word);
    xmlNewTextChild(view, NULL, XML(name), XML(text));
}

static void
add_rows(const Making *making, xmlNode *view)
{
    for (const xmlNode *row = xml_child(making->root, "row"); row != NULL;
         row = xml_next(row, "row")) {
        xmlNode *copy = xmlNewChild(view, NULL, XML("row"), NULL);
        const char *value = xml_attribute(row, "value");
        g_autofree char *label = research_take_word(making, row, "label");
        g_autofree char *text = research_figure_text(making, row);
        xmlSetProp(copy, XML("key"), XML(xml_attribute(row, "key")));
        xmlSetProp(copy, XML("label"), XML(label == NULL ? "" : label));
        if (value != NULL)
            xmlSetProp(copy, XML("value"), XML(value));
        xmlSetProp(copy, XML("text"), XML(text));
    }
}

static void
make_view(Making *making)
{
    static const char *const words[] = {"title", "category", "measure",
                                        "note",  "source",   "alt"};
    making->view = xmlNewDoc(XML("1.0"));
    xmlNode *view = xmlNewDocNode(making->view, NULL, making->root->name, NULL);
    xmlDocSetRootElement(making->view, view);
    xmlSetProp(view, XML("id"), XML(xml_attribute(making->block, "id")));
    xmlSetProp(view, XML("ref"), XML(xml_attribute(making->block, "ref")));
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        add_word(making, view, words[i]);
    if (making->is_findings) {
        findings_fill_view(making, view);
        return;
    }
    const xmlNode *least = extreme_row(making->root, false);
    const xmlNode *most = extreme_row(making->root, true);
    xmlSetProp(view, XML("least"),
               XML(least == NULL ? "0" : xml_attribute(least, "value")));
    xmlSetProp(view, XML("most"),
               XML(most == NULL ? "0" : xml_attribute(most, "value")));
    add_rows(making, view);
}

static char *
view_word(const Making *making, const char *name)
{
    const xmlNode *word =
        xml_child(xmlDocGetRootElement(making->view), name);
    return word == NULL ? g_strdup("") : xml_text(word);
}

/* ---- blocks ---- */

/* what all blocks made of one share: place, state, readers.  The first takes
 * the id, the pin and the terms, others an id below it. */
static void
copy_attributes(const Making *making, xmlNode *made, const char *suffix)
{
    static const char *const shared[] = {
        "file",     "place", "audience", "lang",  "severity",
        "state",    "origin", "key",     "reason"};
    const xmlNode *block = making->block;
    for (size_t i = 0; i < G_N_ELEMENTS(shared); i++) {
        const char *value = xml_attribute(block, shared[i]);
        if (value != NULL)
            xmlSetProp(made, XML(shared[i]), XML(value));
    }
    g_autofree char *id = g_strconcat(xml_attribute(block, "id"), suffix, NULL);
    xmlSetProp(made, XML("id"), XML(id));
    if (*suffix != 0)
        return;
    static const char *const own[] = {"at", "pin", "index"};
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
        const char *value = xml_attribute(block, own[i]);
        if (value != NULL)
            xmlSetProp(made, XML(own[i]), XML(value));
    }
}

static xmlNode *
add_block(const Making *making, const char *name, const char *suffix)
{
    xmlNode *made = xmlNewDocNode(making->block->doc, NULL, XML(name), NULL);
    xmlAddPrevSibling(making->block, made);
    copy_attributes(making, made, suffix);
    return made;
}

/* the root of what a stylesheet makes of the view, for the block's document;
 * NULL: diagnosed */
static xmlNode *
transform(const Making *making, const char *stylesheet)
{
    const ResearchStore *store = making->store;
    xmlDoc *result =
        style_transform(making->view, store->options->styles_folder,
                        stylesheet, NULL, store->diagnostics);
    xmlNode *root = result == NULL ? NULL : xmlDocGetRootElement(result);
    xmlNode *copy = root == NULL
                        ? NULL
                        : xmlDocCopyNode(root, making->block->doc, 1);
    if (result != NULL)
        xmlFreeDoc(result);
    return copy;
}

static bool
make_chart(const Making *making)
{
    xmlNode *svg = transform(making, "research-chart.xsl");
    if (svg == NULL)
        return false;
    xmlNode *figure = add_block(making, "figure", "");
    g_autofree char *alt = view_word(making, "alt");
    g_autofree char *title = view_word(making, "title");
    xmlSetProp(figure, XML("alt"), XML(alt));
    xmlAddChild(figure, svg);
    xmlReconciliateNs(figure->doc, svg);
    xmlNewTextChild(figure, NULL, XML("caption"), XML(title));
    return true;
}

/* the stylesheet makes rows and cells; ids of the rows are ours */
static bool
make_table(const Making *making, bool is_second)
{
    const char *suffix = is_second ? ".table" : "";
    xmlNode *made = transform(making, "research-table.xsl");
    if (made == NULL)
        return false;
    xmlNode *table = add_block(making, "table", suffix);
    const char *id = xml_attribute(table, "id");
    int number = 0;
    for (xmlNode *row = made->children, *next; row != NULL; row = next) {
        next = row->next;
        if (!xml_is(row, "row"))
            continue;
        xmlUnlinkNode(row);
        xmlAddChild(table, row);
        g_autofree char *row_id = g_strdup_printf("%s.r%d", id, ++number);
        xmlSetProp(row, XML("id"), XML(row_id));
    }
    xmlFreeNode(made);
    g_autofree char *caption_suffix = g_strconcat(suffix, ".caption", NULL);
    g_autofree char *title = view_word(making, "title");
    xmlNode *caption = add_block(making, "caption", caption_suffix);
    xmlNodeAddContent(caption, XML(title));
    return true;
}

/* 2025-08-12 as the edition writes dates; owned */
static char *
date_text(const ResearchStore *store, const char *date)
{
    static const char *const names[] = {"year", "month", "day"};
    g_auto(GStrv) parts = g_strsplit(date, "-", 3);
    char *text = research_find_word(store, "date", "{year}-{month}-{day}");
    for (int i = 0; i < 3 && parts[i] != NULL; i++) {
        char *filled = research_put_in(text, names[i], parts[i]);
        g_free(text);
        text = filled;
    }
    return text;
}

/* "Assumed. " before the source of figures that nobody has found yet, or that
 * have been superseded; owned */
static char *
status_text(const Making *making)
{
    const char *status = xml_attribute(making->root, "status");
    if (status == NULL || strcmp(status, "found") == 0)
        return g_strdup("");
    g_autofree char *word = findings_status(making->store, status);
    return g_strconcat(word, ". ", NULL);
}

/* with a capital, as a sentence begins; owned */
static char *
capitalised(const char *text)
{
    const char *rest = *text == 0 ? text : g_utf8_next_char(text);
    g_autofree char *first = g_utf8_strup(text, rest - text);
    return g_strconcat(first, rest, NULL);
}

/* "Source: ... (as of ...). Note": where every figure comes from, and how it was
 * calculated; of findings, which have a source each, the date alone */
static void
make_source(const Making *making)
{
    const ResearchStore *store = making->store;
    g_autofree char *source = view_word(making, "source");
    g_autofree char *note = view_word(making, "note");
    g_autofree char *source_word =
        research_find_word(store, "source", "{source}");
    g_autofree char *as_of_word = research_find_word(store, "as-of", "{date}");
    g_autofree char *date =
        date_text(store, xml_attribute(making->root, "verified"));
    g_autofree char *named = research_put_in(source_word, "source", source);
    g_autofree char *dated = research_put_in(as_of_word, "date", date);
    g_autofree char *status = status_text(making);
    GString *text = g_string_new(status);
    g_autofree char *sentence = capitalised(dated);
    if (making->is_findings)
        g_string_append(text, sentence);
    else
        g_string_append_printf(text, "%s (%s)", named, dated);
    if (!g_str_has_suffix(text->str, "."))
        g_string_append_c(text, '.');
    g_string_append_printf(text, "%s%s", *note == 0 ? "" : " ", note);
    g_autofree char *calculations = research_calculations(making);
    g_autofree char *derived_word =
        research_find_word(store, "derived", "{title}");
    g_autofree char *derived =
        research_put_in(derived_word, "title", calculations);
    if (*calculations != '\0')
        g_string_append_printf(text, " %s", derived);
    xmlNode *paragraph = add_block(making, "paragraph", ".source");
    xmlSetProp(paragraph, XML("role"), XML("source"));
    xmlNodeAddContent(paragraph, XML(text->str));
    g_string_free(text, TRUE);
}

/* true: the data should have been read again, and no waiver lets them in */
static bool
is_overdue(const Making *making)
{
    const char *review_by = xml_attribute(making->root, "review-by");
    if (!facts_is_overdue(review_by, making->store->options->today))
        return false;
    Overdue overdue = {"the research data", xml_attribute(making->root, "id"),
                       review_by,
                       {making->data->file,
                        (int)xmlGetLineNo((xmlNode *)making->root), 0},
                       making->data->is_overdue_said};
    making->data->is_overdue_said = true;
    return !fact_waivers_judge(making->store->waivers, &overdue);
}

static Making
start_making(ResearchStore *store, xmlNode *block, ResearchData *data)
{
    const xmlNode *root = xmlDocGetRootElement(data->xml);
    return (Making){.store = store,
                    .block = block,
                    .data = data,
                    .root = root,
                    .is_findings = xml_is(root, "findings")};
}

void
research_replace(ResearchStore *store, xmlNode *block)
{
    const char *form = xml_attribute(block, "form");
    const char *state = xml_attribute(block, "state");
    ResearchData *data = find_data(store, xml_attribute(block, "ref"), block);
    if (data == NULL || data->xml == NULL)
        return;
    Making making = start_making(store, block, data);
    if (is_overdue(&making) &&
        (state == NULL || strcmp(state, "current") == 0))
        xmlSetProp(block, XML("state"), XML("review"));
    if (making.is_findings && strcmp(form, "chart") == 0)
        diagnostics_add(store->diagnostics, research_unfit(store),
                        "findings-chart", document_place(block),
                        "there is no chart of findings; write ```research %s "
                        "table",
                        xml_attribute(block, "ref"));
    make_view(&making);
    bool is_chart = !making.is_findings && strcmp(form, "table") != 0;
    bool is_table = making.is_findings || strcmp(form, "chart") != 0;
    bool has_chart = is_chart && make_chart(&making);
    bool has_table = is_table && make_table(&making, has_chart);
    if (has_chart || has_table) {
        make_source(&making);
        xmlUnlinkNode(block);
        xmlFreeNode(block);
    }
    xmlFreeDoc(making.view);
}

/* ---- in a sentence ---- */

static void
say_no_key(const Making *making, const char *key)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (const xmlNode *child = xml_first(making->root); child != NULL;
         child = xml_next(child, NULL)) {
        const char *known = xml_attribute(
            child, making->is_findings ? "block" : "key");
        if (known != NULL &&
            (making->is_findings || xml_attribute(child, "value") != NULL))
            g_ptr_array_add(keys, (gpointer)known);
    }
    g_ptr_array_add(keys, NULL);
    g_autofree char *question =
        nearest_question(key, (const char *const *)keys->pdata);
    diagnostics_add(making->store->diagnostics, research_unfit(making->store),
                    "research-key", document_place(making->block),
                    "there is no value of '%s' in %s%s", key,
                    making->data->file, question);
}

bool
research_fill(ResearchStore *store, xmlNode *fact)
{
    g_auto(GStrv) parts = g_strsplit(xml_attribute(fact, "ref"), ":", 2);
    const char *key = parts[1];
    ResearchData *data = find_data(store, parts[0], fact);
    if (data == NULL || data->xml == NULL)
        return false;
    Making making = start_making(store, fact, data);
    const xmlNode *found =
        making.is_findings ? find_finding(making.root, key)
                           : research_find_figure(making.root, key);
    if (found == NULL ||
        (!making.is_findings && xml_attribute(found, "value") == NULL)) {
        say_no_key(&making, key);
        return false;
    }
    g_autofree char *text = making.is_findings
                                ? findings_phrase(store, found)
                                : research_figure_text(&making, found);
    g_autofree char *given = research_take_word(
        &making, making.is_findings ? found : making.root, "source");
    g_autofree char *sum = research_parts_text(&making, found);
    g_autofree char *source =
        sum == NULL ? g_strdup(given)
                    : g_strdup_printf("%s: %s", given, sum);
    xmlNodeSetContent(fact, NULL);
    xmlNodeAddContent(fact, XML(text));
    xmlSetProp(fact, XML("source"), XML(source));
    xmlSetProp(fact, XML("verified"),
               XML(xml_attribute(making.root, "verified")));
    if (is_overdue(&making))
        xmlSetProp(fact, XML("state"), XML("overdue"));
    return true;
}
