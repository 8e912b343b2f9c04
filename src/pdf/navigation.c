/* SPDX-License-Identifier: MIT */
/*
 * Navigation: links, named destinations, outlines, page labels
 * (ISO 32000-1, 12.3, 12.4.2, 12.5).
 *
 * Only destinations that a link or an outline entry uses become names: every
 * block has an id, and most are nobody's target.
 */
#include "pdf/finisher.h"

#include "pdf/output.h"

#include <stdlib.h>
#include <string.h>

/* ---- coordinates ---- */

static Length
pdf_x(const Finisher *finisher, Length x)
{
    return finisher->painted->offset + x;
}

/* PDF's y goes up */
static Length
pdf_y(const Finisher *finisher, int page, Length y)
{
    Length height = page_list_get(finisher->pages, (guint)page)->height;
    return finisher->painted->offset + height - y;
}

/* ---- links ---- */

static const PageDestination *
find_destination(const Finisher *finisher, const char *id)
{
    return id == NULL ? NULL
                      : g_hash_table_lookup(finisher->pages->destinations, id);
}

static bool
is_usable(Finisher *finisher, const PageLink *link)
{
    /* a link in a repeated table head is an artifact like its text */
    if (finisher->options->tagged && link->node == NULL)
        return false;
    if (link->uri != NULL)
        return true;
    if (find_destination(finisher, link->destination) != NULL)
        return true;
    Place place = {0};
    if (link->node != NULL)
        place = link->node->place;
    diagnostics_add(finisher->diagnostics, LEVEL_WARNING, "pdf-link-lost",
                    place,
                    "the link to \"%s\" leads nowhere and is left out; "
                    "give its target that id",
                    link->destination != NULL ? link->destination : "");
    return false;
}

void
collect_annotations(Finisher *finisher)
{
    for (int i = 0; i < finisher_page_count(finisher); i++) {
        const Page *page = page_list_get(finisher->pages, (guint)i);
        for (guint k = 0; k < page->links->len; k++) {
            PdfAnnotation annotation = {
                .page = i, .link = &g_array_index(page->links, PageLink, k)};
            if (!is_usable(finisher, annotation.link))
                continue;
            annotation.number = pdf_writer_reserve(finisher->writer);
            g_array_append_val(finisher->annotations, annotation);
        }
    }
}

void
append_page_annotations(Finisher *finisher, int page, guint *next, GString *out)
{
    guint first = *next;
    for (; *next < finisher->annotations->len; ++*next) {
        const PdfAnnotation *annotation =
            &g_array_index(finisher->annotations, PdfAnnotation, *next);
        if (annotation->page != page)
            break;
        if (*next == first)
            g_string_append(out, "/Tabs/S/Annots[");
        pdf_append_reference(out, annotation->number);
    }
    if (*next > first)
        g_string_append_c(out, ']');
}

/* a URI is ASCII (ISO 32000-1, 12.6.4.7) */
static void
append_uri(GString *out, const char *uri)
{
    g_autoptr(GString) ascii = g_string_new(NULL);
    for (; *uri != '\0'; uri++) {
        if (*uri > 32 && *uri < 127)
            g_string_append_c(ascii, *uri);
        else
            g_string_append_printf(ascii, "%%%02X", (guint8)*uri);
    }
    g_string_append(out, "/A<</S/URI/URI");
    pdf_append_bytes(out, ascii->str);
    g_string_append(out, ">>");
}

static void
write_annotation(Finisher *finisher, const PdfAnnotation *annotation, int key)
{
    const PageLink *link = annotation->link;
    int page = annotation->page;
    GString *out = pdf_writer_begin(finisher->writer, annotation->number);
    g_string_append(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
    pdf_append_box(out, pdf_x(finisher, link->x),
                   pdf_y(finisher, page, link->y + link->height),
                   pdf_x(finisher, link->x + link->width),
                   pdf_y(finisher, page, link->y));
    g_string_append(out, "/P ");
    pdf_append_reference(out, finisher_page_object(finisher, page));
    if (finisher->structure != NULL) {
        g_string_append(out, "/StructParent ");
        pdf_append_integer(out, key);
    }
    g_string_append(out, "/Contents");
    if (!is_empty(link->contents))
        pdf_append_text(out, link->contents);
    else
        pdf_append_text(out, link->uri != NULL ? link->uri : link->destination);
    if (link->uri != NULL) {
        append_uri(out, link->uri);
    } else {
        g_string_append(out, "/Dest");
        pdf_append_bytes(out, link->destination);
    }
    g_string_append(out, ">>");
    pdf_writer_end(finisher->writer);
}

void
write_annotations(Finisher *finisher)
{
    for (guint i = 0; i < finisher->annotations->len; i++)
        write_annotation(
            finisher, &g_array_index(finisher->annotations, PdfAnnotation, i),
            finisher_page_count(finisher) + (int)i);
}

/* ---- destinations ---- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
use_destination(const Finisher *finisher, const char *id, GHashTable *seen,
                GPtrArray *names)
{
    if (find_destination(finisher, id) != NULL &&
        g_hash_table_add(seen, (gpointer)id))
        g_ptr_array_add(names, (gpointer)id);
}

/* sorted bytewise, as a name tree must be; borrowed names */
static GPtrArray *
used_destinations(const Finisher *finisher)
{
    GPtrArray *names = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < finisher->annotations->len; i++) {
        const PdfAnnotation *annotation =
            &g_array_index(finisher->annotations, PdfAnnotation, i);
        if (annotation->link->uri == NULL)
            use_destination(finisher, annotation->link->destination, seen,
                            names);
    }
    const GArray *outline = finisher->pages->outline;
    for (guint i = 0; i < outline->len; i++)
        use_destination(finisher,
                        g_array_index(outline, OutlineEntry, i).destination,
                        seen, names);
    g_ptr_array_sort(names, compare_names);
    return names;
}

#define NAMES_PER_TREE_LEAF 128

static int
write_names(Finisher *finisher, const GPtrArray *names, guint first)
{
    guint last = MIN(first + NAMES_PER_TREE_LEAF, names->len);
    int number = pdf_writer_reserve(finisher->writer);
    GString *out = pdf_writer_begin(finisher->writer, number);
    g_string_append(out, "<</Limits[");
    pdf_append_bytes(out, g_ptr_array_index(names, first));
    pdf_append_bytes(out, g_ptr_array_index(names, last - 1));
    g_string_append(out, "]/Names[");
    for (guint i = first; i < last; i++) {
        const char *name = g_ptr_array_index(names, i);
        const PageDestination *target = find_destination(finisher, name);
        pdf_append_bytes(out, name);
        g_string_append_c(out, '[');
        pdf_append_reference(out, finisher_page_object(finisher, target->page));
        g_string_append(out, "/XYZ ");
        pdf_append_length(out, pdf_x(finisher, target->x));
        g_string_append_c(out, ' ');
        pdf_append_length(out, pdf_y(finisher, target->page, target->y));
        g_string_append(out, " null]\n");
    }
    g_string_append(out, "]>>");
    pdf_writer_end(finisher->writer);
    return number;
}

void
append_destinations(Finisher *finisher, GString *catalog)
{
    g_autoptr(GPtrArray) names = used_destinations(finisher);
    if (names->len == 0)
        return;
    g_string_append(catalog, "/Names<</Dests<</Kids[");
    for (guint i = 0; i < names->len; i += NAMES_PER_TREE_LEAF)
        pdf_append_reference(catalog, write_names(finisher, names, i));
    g_string_append(catalog, "]>>>>");
}

/* ---- outlines ---- */

#define NONE (-1)

typedef struct {
    int parent, previous, next, first, last;
    int shown; /* descendants on screen when it is open */
    int number;
} OutlineLink;

/* entry i hangs below the nearest entry before it of a lower level */
static void
link_entries(const GArray *outline, OutlineLink *links)
{
    for (int i = 0; i < (int)outline->len; i++) {
        links[i].first = links[i].last = links[i].next = NONE;
        int level = g_array_index(outline, OutlineEntry, i).level;
        int before = i - 1;
        links[i].previous = NONE;
        while (before >= 0 &&
               g_array_index(outline, OutlineEntry, before).level >= level) {
            links[i].previous = before;
            before = links[before].parent;
        }
        links[i].parent = before;
        if (links[i].previous != NONE)
            links[links[i].previous].next = i;
        if (before == NONE)
            continue;
        if (links[before].first == NONE)
            links[before].first = i;
        links[before].last = i;
    }
}

/* how many entries a reader sees; those above the first level */
static int
count_shown(const GArray *outline, OutlineLink *links)
{
    int roots = 0;
    for (int i = (int)outline->len - 1; i >= 0; i--) {
        bool is_open = g_array_index(outline, OutlineEntry, i).open;
        int own = 1 + (is_open ? links[i].shown : 0);
        if (links[i].parent == NONE)
            roots += own;
        else
            links[links[i].parent].shown += own;
    }
    return roots;
}

static void
append_entry_link(GString *out, const char *key, const OutlineLink *links,
                  int index)
{
    if (index == NONE)
        return;
    g_string_append(out, key);
    pdf_append_reference(out, links[index].number);
}

static void
write_entry(Finisher *finisher, const OutlineEntry *entry,
            const OutlineLink *links, int index, int root)
{
    const OutlineLink *link = &links[index];
    GString *out = pdf_writer_begin(finisher->writer, link->number);
    g_string_append(out, "<</Title");
    pdf_append_text(out, entry->title);
    g_string_append(out, "/Parent ");
    pdf_append_reference(
        out, link->parent == NONE ? root : links[link->parent].number);
    append_entry_link(out, "/Prev ", links, link->previous);
    append_entry_link(out, "/Next ", links, link->next);
    append_entry_link(out, "/First ", links, link->first);
    append_entry_link(out, "/Last ", links, link->last);
    if (link->first != NONE) {
        g_string_append(out, "/Count ");
        pdf_append_integer(out, entry->open ? link->shown : -link->shown);
    }
    if (find_destination(finisher, entry->destination) != NULL) {
        g_string_append(out, "/Dest");
        pdf_append_bytes(out, entry->destination);
    }
    g_string_append(out, ">>");
    pdf_writer_end(finisher->writer);
}

void
append_outlines(Finisher *finisher, GString *catalog)
{
    const GArray *outline = finisher->pages->outline;
    if (outline->len == 0)
        return;
    g_autofree OutlineLink *links = g_new0(OutlineLink, outline->len);
    link_entries(outline, links);
    int shown = count_shown(outline, links);
    int root = pdf_writer_reserve(finisher->writer), last = 0;
    for (guint i = 0; i < outline->len; i++) {
        links[i].number = pdf_writer_reserve(finisher->writer);
        if (links[i].parent == NONE)
            last = (int)i;
    }
    for (guint i = 0; i < outline->len; i++)
        write_entry(finisher, &g_array_index(outline, OutlineEntry, i), links,
                    (int)i, root);
    GString *out = pdf_writer_begin(finisher->writer, root);
    g_string_append(out, "<</Type/Outlines/First ");
    pdf_append_reference(out, links[0].number);
    g_string_append(out, "/Last ");
    pdf_append_reference(out, links[last].number);
    g_string_append(out, "/Count ");
    pdf_append_integer(out, shown);
    g_string_append(out, ">>");
    pdf_writer_end(finisher->writer);
    g_string_append(catalog, "/PageMode/UseOutlines/Outlines ");
    pdf_append_reference(catalog, root);
}

/* ---- page labels ---- */

/* how a folio counts; style 0: it does not, its text is the label */
typedef struct {
    char style; /* PDF's: D decimal, r and R Roman, a and A letters */
    const char *text;
    int number;
} Label;

static char *
roman(int number)
{
    static const struct {
        int value;
        const char *letters;
    } steps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    GString *out = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        for (; number >= steps[i].value; number -= steps[i].value)
            g_string_append(out, steps[i].letters);
    }
    return g_string_free(out, FALSE);
}

/* a, b ... z, aa, bb ...: PDF's own way of going on */
static char *
letters(int number)
{
    if (number < 1)
        return g_strdup("");
    return g_strnfill((gsize)((number - 1) / 26 + 1),
                      (char)('a' + (number - 1) % 26));
}

static Label
read_label(const Page *page)
{
    Label label = {.style = 'D', .number = page->number};
    if (is_empty(page->folio) || page->number < 1 || page->number > 9999)
        return label; /* not printed: it counts all the same */
    g_autofree char *decimal = g_strdup_printf("%d", page->number);
    if (strcmp(page->folio, decimal) == 0)
        return label;
    g_autofree char *lower = g_ascii_strdown(page->folio, -1);
    bool is_lower = strcmp(lower, page->folio) == 0;
    g_autofree char *as_roman = roman(page->number);
    g_autofree char *as_letters = letters(page->number);
    if (strcmp(lower, as_roman) == 0) {
        label.style = is_lower ? 'r' : 'R';
    } else if (strcmp(lower, as_letters) == 0) {
        label.style = is_lower ? 'a' : 'A';
    } else {
        label.style = 0;
        label.text = page->folio;
    }
    return label;
}

/* A page without a printed folio goes on with the run before it. */
static bool
continues(const Page *page, Label label, Label before)
{
    if (before.style == 0 || label.number != before.number + 1)
        return false;
    return label.style == before.style || is_empty(page->folio);
}

void
append_page_labels(Finisher *finisher, GString *catalog)
{
    Label before = {0};
    g_string_append(catalog, "/PageLabels<</Nums[");
    for (int i = 0; i < finisher_page_count(finisher); i++) {
        const Page *page = page_list_get(finisher->pages, (guint)i);
        Label label = read_label(page);
        if (continues(page, label, before)) {
            before.number = label.number;
            continue;
        }
        pdf_append_integer(catalog, i);
        g_string_append(catalog, "<<");
        if (label.style == 0) {
            g_string_append(catalog, "/P");
            pdf_append_text(catalog, label.text);
        } else {
            g_string_append(catalog, "/S/");
            g_string_append_c(catalog, label.style);
            if (label.number > 1)
                g_string_append_printf(catalog, "/St %d", label.number);
        }
        g_string_append(catalog, ">>");
        before = label;
    }
    g_string_append(catalog, "]>>");
}
