/* SPDX-License-Identifier: MIT */
/*
 * Tag tree: the logical tree, flattened in reading order, then written
 * (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).
 *
 * The tree is walked once into an array of parts; a part knows where its
 * subtree ends, so "all kids of an element" is a loop.  Marking what has
 * content is one pass backwards.
 *
 *   pdf_structure_new -> flatten -> attach_leaves, attach_annotations
 *                     -> keep_parts -> reserve
 *   pdf_structure_write -> write_element -> append_attributes, append_kids
 *                       -> write_parent_tree, append_id_tree
 */
#include "pdf/tag_tree.h"

#include "pdf/output.h"
#include "pdf/tag_rules.h"

#include <stdlib.h>
#include <string.h>

#define NONE (-1)

typedef struct {
    const StructNode *node;
    int parent;    /* part above; NONE for the root */
    int element;   /* the part itself, or for a slot the element above */
    int end;       /* the first part behind its subtree */
    int first_leaf, last_leaf;             /* linked by leaf_next */
    int first_annotation, last_annotation; /* linked by annotation_next */
    bool is_kept;
    int number; /* object; 0: no element */
} Part;

struct PdfStructure {
    const PageList *pages;
    const PaintResult *painted;
    PdfWriter *writer;
    GArray *parts; /* Part, in reading order */
    GHashTable *part_of; /* StructNode -> index + 1 */
    ContentLeaf *leaves;
    int *leaf_parts, *leaf_next;
    const PdfAnnotation *annotations;
    int *annotation_next;
    int annotation_count;
    const int *page_objects;
};

static Part *
part_at(const PdfStructure *structure, int index)
{
    return &g_array_index(structure->parts, Part, index);
}

static const PaintLeaf *
leaf_at(const PdfStructure *structure, int index)
{
    return &g_array_index(structure->painted->leaves, PaintLeaf, index);
}

static bool
has_role(const Part *part, const char *role)
{
    return part->node->role != NULL && strcmp(part->node->role, role) == 0;
}

static bool
is_table_part(const Part *part)
{
    return has_role(part, "TR") || has_role(part, "TH") ||
           has_role(part, "TD");
}

/* ---- from the tree to parts ---- */

static void
add_part(PdfStructure *structure, const StructNode *node, int parent)
{
    int index = (int)structure->parts->len;
    Part part = {.node = node, .parent = parent, .element = index};
    part.first_leaf = part.last_leaf = NONE;
    part.first_annotation = part.last_annotation = NONE;
    if (node->role == STRUCT_SLOT)
        part.element = part_at(structure, parent)->element;
    g_array_append_val(structure->parts, part);
    g_hash_table_insert(structure->part_of, (gpointer)node,
                        GINT_TO_POINTER(index + 1));
}

static void
flatten(PdfStructure *structure, const StructNode *root)
{
    const StructNode *node = root;
    int parent = NONE;
    while (node != NULL) {
        add_part(structure, node, parent);
        if (node->first != NULL) {
            parent = (int)structure->parts->len - 1;
            node = node->first;
            continue;
        }
        int index = (int)structure->parts->len - 1;
        part_at(structure, index)->end = (int)structure->parts->len;
        while (node != root && node->next == NULL) {
            node = node->parent;
            part_at(structure, parent)->end = (int)structure->parts->len;
            parent = part_at(structure, parent)->parent;
        }
        node = node == root ? NULL : node->next;
    }
}

static int
find_part(const PdfStructure *structure, const StructNode *node)
{
    return GPOINTER_TO_INT(
               g_hash_table_lookup(structure->part_of, node)) - 1;
}

static bool
attach_leaves(PdfStructure *structure, GError **error)
{
    int count = (int)structure->painted->leaves->len;
    int page = NONE, next_mcid = 0;
    for (int i = 0; i < count; i++) {
        const PaintLeaf *leaf = leaf_at(structure, i);
        ContentLeaf *content = &structure->leaves[i];
        content->artifact = leaf->artifact;
        structure->leaf_parts[i] = structure->leaf_next[i] = NONE;
        if (leaf->slot == NULL)
            continue;
        if (leaf->page != page)
            next_mcid = 0;
        page = leaf->page;
        int index = find_part(structure, leaf->slot);
        if (index < 0) {
            g_set_error(error, PDF_ERROR, PDF_ERROR_LEAVES,
                        "page %d shows content that is not in the logical tree",
                        leaf->page + 1);
            return false;
        }
        Part *part = part_at(structure, index);
        if (part->first_leaf == NONE)
            part->first_leaf = i;
        else
            structure->leaf_next[part->last_leaf] = i;
        part->last_leaf = i;
        structure->leaf_parts[i] = index;
        content->mcid = next_mcid++;
        content->role = part_at(structure, part->element)->node->role;
    }
    return true;
}

static bool
attach_annotations(PdfStructure *structure, PdfAnnotation *annotations,
                   GError **error)
{
    for (int i = 0; i < structure->annotation_count; i++) {
        structure->annotation_next[i] = NONE;
        int index = find_part(structure, annotations[i].link->node);
        if (index < 0) {
            g_set_error(error, PDF_ERROR, PDF_ERROR_LEAVES,
                        "page %d has a link that is not in the logical tree",
                        annotations[i].page + 1);
            return false;
        }
        index = part_at(structure, index)->element;
        Part *part = part_at(structure, index);
        if (part->first_annotation == NONE)
            part->first_annotation = i;
        else
            structure->annotation_next[part->last_annotation] = i;
        part->last_annotation = i;
        annotations[i].element = index;
    }
    return true;
}

/* What has content below it stays; so does every cell of a table that stays,
 * since a row with a hole in it is no row. */
static void
keep_parts(PdfStructure *structure)
{
    int count = (int)structure->parts->len;
    for (int i = count - 1; i > 0; i--) {
        Part *part = part_at(structure, i);
        part->is_kept |= part->first_leaf != NONE ||
                         part->first_annotation != NONE;
        part_at(structure, part->parent)->is_kept |= part->is_kept;
    }
    part_at(structure, 0)->is_kept = true;
    for (int i = 1; i < count; i++) {
        Part *part = part_at(structure, i);
        if (is_table_part(part))
            part->is_kept = part_at(structure, part->parent)->is_kept;
        if (part->is_kept && part->element == i)
            part->number = pdf_writer_reserve(structure->writer);
    }
    part_at(structure, 0)->number = pdf_writer_reserve(structure->writer);
}

PdfStructure *
pdf_structure_new(const PageList *pages, const PaintResult *painted,
                  PdfAnnotation *annotations, int annotation_count,
                  PdfWriter *writer, GError **error)
{
    PdfStructure *structure = g_new0(PdfStructure, 1);
    gsize leaf_count = painted->leaves->len;
    structure->pages = pages;
    structure->painted = painted;
    structure->writer = writer;
    structure->parts = g_array_new(FALSE, FALSE, sizeof(Part));
    structure->part_of = g_hash_table_new(NULL, NULL);
    structure->leaves = g_new0(ContentLeaf, leaf_count + 1);
    structure->leaf_parts = g_new(int, leaf_count + 1);
    structure->leaf_next = g_new(int, leaf_count + 1);
    structure->annotations = annotations;
    structure->annotation_count = annotation_count;
    structure->annotation_next = g_new(int, (gsize)annotation_count + 1);
    flatten(structure, pages->structure);
    if (!attach_leaves(structure, error) ||
        !attach_annotations(structure, annotations, error)) {
        pdf_structure_free(structure);
        return NULL;
    }
    keep_parts(structure);
    return structure;
}

void
pdf_structure_free(PdfStructure *structure)
{
    if (structure == NULL)
        return;
    g_array_unref(structure->parts);
    g_hash_table_unref(structure->part_of);
    g_free(structure->leaves);
    g_free(structure->leaf_parts);
    g_free(structure->leaf_next);
    g_free(structure->annotation_next);
    g_free(structure);
}

const ContentLeaf *
pdf_structure_leaves(const PdfStructure *structure)
{
    return structure->leaves;
}

/* ---- what only people can promise ---- */

static int
element_above(const PdfStructure *structure, int index)
{
    int parent = part_at(structure, index)->parent;
    return part_at(structure, parent)->element;
}

/* A link without annotation (its target is missing, or this is for print) is
 * only a piece of text. */
static const char *
written_role(const Part *part)
{
    if (has_role(part, "Link") && part->first_annotation == NONE)
        return "Span";
    return part->node->role;
}

/* One message for each pair of roles, at its first place: the stylesheet makes
 * the same mistake again and again.  said: "parent/role" */
static bool
check_place(const PdfStructure *structure, int index, GHashTable *said,
            Diagnostics *diagnostics)
{
    const Part *part = part_at(structure, index);
    const char *role = written_role(part);
    if (!tag_is_standard(role)) {
        diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-role-unknown",
                        part->node->place,
                        "the role \"%s\" is no structure type of PDF: the PDF "
                        "cannot be marked as accessible (PDF/UA); use a "
                        "standard one",
                        role);
        return false;
    }
    if (index == 0)
        return true;
    const char *parent =
        written_role(part_at(structure, element_above(structure, index)));
    if (tag_may_hold(parent, role))
        return true;
    if (!g_hash_table_add(said, g_strconcat(parent, "/", role, NULL)))
        return false;
    diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-role-misplaced",
                    part->node->place,
                    "an element \"%s\" may not stand directly in \"%s\": the "
                    "PDF cannot be marked as accessible (PDF/UA); change the "
                    "roles",
                    role, parent);
    return false;
}

static bool
check_table_head(const Part *part, Diagnostics *diagnostics)
{
    if (!has_role(part, "TH") || part->node->details->scope != NULL)
        return true;
    diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-head-without-scope",
                    part->node->place,
                    "a table's head cell does not say whether it heads a row "
                    "or a column: the PDF cannot be marked as accessible "
                    "(PDF/UA)");
    return false;
}

static bool
check_figure(const Part *part, Diagnostics *diagnostics)
{
    const StructDetails *details = part->node->details;
    bool has_text = (details->alt != NULL && *details->alt != '\0') ||
                    details->actual_text != NULL;
    if (!has_role(part, "Figure") || has_text)
        return true;
    diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-figure-without-alt",
                    part->node->place,
                    "a figure has no text for people who cannot see it: the "
                    "PDF cannot be marked as accessible (PDF/UA); write one");
    return false;
}

static bool
check_heading(const Part *part, int *level, Diagnostics *diagnostics)
{
    const StructNode *node = part->node;
    if (node->role == NULL || node->role[0] != 'H' ||
        !g_ascii_isdigit(node->role[1]))
        return true;
    int own = node->role[1] - '0', before = *level;
    *level = own;
    if (own <= before + 1)
        return true;
    diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-heading-order",
                    node->place,
                    "a heading of level %d follows one of level %d: the PDF "
                    "cannot be marked as accessible (PDF/UA); use level %d",
                    own, before, before + 1);
    return false;
}

bool
pdf_structure_check(const PdfStructure *structure, Diagnostics *diagnostics)
{
    bool is_good = true;
    int level = 0;
    g_autoptr(GHashTable) said =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < (int)structure->parts->len; i++) {
        const Part *part = part_at(structure, i);
        if (part->number == 0)
            continue;
        is_good &= check_place(structure, i, said, diagnostics);
        is_good &= check_heading(part, &level, diagnostics);
        is_good &= check_table_head(part, diagnostics);
        is_good &= check_figure(part, diagnostics);
    }
    return is_good;
}

/* ---- elements ---- */

static void
append_kids_of(const PdfStructure *structure, int index, int page, GString *out)
{
    const Part *part = part_at(structure, index);
    for (int i = part->first_leaf; i != NONE; i = structure->leaf_next[i]) {
        const PaintLeaf *leaf = leaf_at(structure, i);
        if (leaf->page == page) {
            pdf_append_integer(out, structure->leaves[i].mcid);
            g_string_append_c(out, ' ');
        } else {
            g_string_append(out, "<</Type/MCR/Pg ");
            pdf_append_reference(out, structure->page_objects[leaf->page]);
            g_string_append(out, "/MCID ");
            pdf_append_integer(out, structure->leaves[i].mcid);
            g_string_append(out, ">>");
        }
    }
    for (int i = index + 1; i < part->end;) {
        const Part *kid = part_at(structure, i);
        if (kid->element != i)
            append_kids_of(structure, i, page, out);
        else if (kid->number != 0)
            pdf_append_reference(out, kid->number);
        i = kid->end;
    }
    for (int i = part->first_annotation; i != NONE;
         i = structure->annotation_next[i]) {
        const PdfAnnotation *annotation = &structure->annotations[i];
        g_string_append(out, "<</Type/OBJR/Obj ");
        pdf_append_reference(out, annotation->number);
        g_string_append(out, "/Pg ");
        pdf_append_reference(out, structure->page_objects[annotation->page]);
        g_string_append(out, ">>");
    }
}

/* the first leaf that is a kid of the part itself, through slots; or NONE */
static int
first_own_leaf(const PdfStructure *structure, int index)
{
    const Part *part = part_at(structure, index);
    if (part->first_leaf != NONE)
        return part->first_leaf;
    for (int i = index + 1; i < part->end; i = part_at(structure, i)->end) {
        if (part_at(structure, i)->element == i)
            continue;
        int leaf = first_own_leaf(structure, i);
        if (leaf != NONE)
            return leaf;
    }
    return NONE;
}

/* the part of a page that a figure covers */
static void
append_box(const PdfStructure *structure, int index, GString *out)
{
    const Part *part = part_at(structure, index);
    int page = NONE;
    Length left = 0, top = 0, right = 0, bottom = 0;
    for (int p = index; p < part->end; p++) {
        for (int i = part_at(structure, p)->first_leaf; i != NONE;
             i = structure->leaf_next[i]) {
            const PaintLeaf *leaf = leaf_at(structure, i);
            if (page == NONE) {
                page = leaf->page;
                left = leaf->x, top = leaf->y;
                right = left + leaf->width, bottom = top + leaf->height;
            } else if (leaf->page == page) {
                left = MIN(left, leaf->x), top = MIN(top, leaf->y);
                right = MAX(right, leaf->x + leaf->width);
                bottom = MAX(bottom, leaf->y + leaf->height);
            }
        }
    }
    if (page == NONE)
        return;
    Length offset = structure->painted->offset;
    Length height = page_list_get(structure->pages, (guint)page)->height;
    g_string_append(out, "/A<</O/Layout/BBox");
    pdf_append_box(out, offset + left, offset + height - bottom,
                   offset + right, offset + height - top);
    g_string_append(out, ">>");
}

static void
append_cell(const StructDetails *details, GString *out)
{
    if (details->scope == NULL && details->columns_spanned < 2 &&
        details->rows_spanned < 2)
        return;
    g_string_append(out, "/A<</O/Table");
    if (details->scope != NULL)
        g_string_append_printf(out, "/Scope/%s", details->scope);
    if (details->columns_spanned > 1)
        g_string_append_printf(out, "/ColSpan %d", details->columns_spanned);
    if (details->rows_spanned > 1)
        g_string_append_printf(out, "/RowSpan %d", details->rows_spanned);
    g_string_append(out, ">>");
}

static void
append_attributes(const PdfStructure *structure, int index, GString *out)
{
    const Part *part = part_at(structure, index);
    const StructDetails *details = part->node->details;
    if (has_role(part, "Figure")) {
        append_box(structure, index, out);
    } else if (has_role(part, "TH") || has_role(part, "TD")) {
        append_cell(details, out);
    } else if (has_role(part, "Table") && details->summary != NULL) {
        g_string_append(out, "/A<</O/Table/Summary");
        pdf_append_text(out, details->summary);
        g_string_append(out, ">>");
    } else if (has_role(part, "L") && details->numbering != NULL) {
        g_string_append_printf(out, "/A<</O/List/ListNumbering/%s>>",
                               details->numbering);
    }
}

static void
append_text_entry(GString *out, const char *key, const char *text)
{
    if (text == NULL)
        return;
    g_string_append(out, key);
    pdf_append_text(out, text);
}

static void
write_element(const PdfStructure *structure, int index, int root,
              const char *id)
{
    const Part *part = part_at(structure, index);
    const StructDetails *details = part->node->details;
    GString *out = pdf_writer_begin(structure->writer, part->number);
    g_string_append(out, "<</Type/StructElem/S/");
    g_string_append(out, written_role(part));
    g_string_append(out, "/P ");
    pdf_append_reference(
        out, index == 0
                 ? root
                 : part_at(structure, element_above(structure, index))->number);
    int leaf = first_own_leaf(structure, index);
    int page = leaf == NONE ? NONE : leaf_at(structure, leaf)->page;
    if (page != NONE) {
        g_string_append(out, "/Pg ");
        pdf_append_reference(out, structure->page_objects[page]);
    }
    append_text_entry(out, "/Lang", details->lang);
    append_text_entry(out, "/Alt", details->alt);
    append_text_entry(out, "/ActualText", details->actual_text);
    if (id != NULL) {
        g_string_append(out, "/ID");
        pdf_append_bytes(out, id);
    }
    append_attributes(structure, index, out);
    g_string_append(out, "/K[");
    append_kids_of(structure, index, page, out);
    g_string_append(out, "]>>");
    pdf_writer_end(structure->writer);
}

/* ---- trees of names and numbers ---- */

/* A page's key gives the elements of its MCIDs. */
static void
append_page_parents(const PdfStructure *structure, int *leaf, int page,
                    GString *out)
{
    pdf_append_integer(out, page);
    g_string_append_c(out, '[');
    int count = (int)structure->painted->leaves->len;
    for (; *leaf < count && leaf_at(structure, *leaf)->page == page; ++*leaf) {
        int part = structure->leaf_parts[*leaf];
        if (part == NONE)
            continue;
        int element = part_at(structure, part)->element;
        pdf_append_reference(out, part_at(structure, element)->number);
    }
    g_string_append(out, "]\n");
}

/* one leaf of the number tree for every so many pages */
#define PAGES_PER_TREE_LEAF 64

static int
write_page_parents(PdfStructure *structure, int first_page, int *leaf)
{
    int number = pdf_writer_reserve(structure->writer);
    int last = MIN(first_page + PAGES_PER_TREE_LEAF,
                   (int)structure->pages->pages->len);
    GString *out = pdf_writer_begin(structure->writer, number);
    g_string_append_printf(out, "<</Limits[%d %d]/Nums[", first_page, last - 1);
    for (int page = first_page; page < last; page++)
        append_page_parents(structure, leaf, page, out);
    g_string_append(out, "]>>");
    pdf_writer_end(structure->writer);
    return number;
}

static int
write_annotation_parents(PdfStructure *structure)
{
    int number = pdf_writer_reserve(structure->writer);
    int first = (int)structure->pages->pages->len;
    GString *out = pdf_writer_begin(structure->writer, number);
    g_string_append_printf(out, "<</Limits[%d %d]/Nums[", first,
                           first + structure->annotation_count - 1);
    for (int i = 0; i < structure->annotation_count; i++) {
        int element = structure->annotations[i].element;
        pdf_append_integer(out, first + i);
        g_string_append_c(out, ' ');
        pdf_append_reference(out, part_at(structure, element)->number);
        g_string_append_c(out, '\n');
    }
    g_string_append(out, "]>>");
    pdf_writer_end(structure->writer);
    return number;
}

static int
write_parent_tree(PdfStructure *structure)
{
    g_autoptr(GString) kids = g_string_new("<</Kids[");
    int leaf = 0;
    for (int page = 0; page < (int)structure->pages->pages->len;
         page += PAGES_PER_TREE_LEAF)
        pdf_append_reference(kids, write_page_parents(structure, page, &leaf));
    if (structure->annotation_count > 0)
        pdf_append_reference(kids, write_annotation_parents(structure));
    g_string_append(kids, "]>>");
    int number = pdf_writer_reserve(structure->writer);
    pdf_writer_add(structure->writer, number, kids->str);
    return number;
}

/* A note needs an ID of its own, even where the tree has none or the same one
 * twice.  known: ids so far -> object number; owns the strings */
static const char *
take_note_id(const Part *part, GHashTable *known)
{
    const char *wanted = part->node->id != NULL ? part->node->id : "note";
    char *id = g_strdup(wanted);
    for (int i = 2; g_hash_table_contains(known, id); i++) {
        g_free(id);
        id = g_strdup_printf("%s-%d", wanted, i);
    }
    g_hash_table_insert(known, id, GINT_TO_POINTER(part->number));
    return id;
}

static void
append_id_tree(GHashTable *ids, GString *out)
{
    g_autoptr(GList) keys = g_hash_table_get_keys(ids);
    if (keys == NULL)
        return;
    keys = g_list_sort(keys, (GCompareFunc)strcmp);
    g_string_append(out, "/IDTree<</Names[");
    for (const GList *key = keys; key != NULL; key = key->next) {
        pdf_append_bytes(out, key->data);
        pdf_append_reference(out, GPOINTER_TO_INT(
                                      g_hash_table_lookup(ids, key->data)));
    }
    g_string_append(out, "]>>");
}

int
pdf_structure_write(PdfStructure *structure, const int *page_objects)
{
    structure->page_objects = page_objects;
    g_autoptr(GHashTable) ids =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    int root = pdf_writer_reserve(structure->writer);
    for (int i = 0; i < (int)structure->parts->len; i++) {
        const Part *part = part_at(structure, i);
        if (part->number == 0)
            continue;
        const char *id =
            has_role(part, "Note") ? take_note_id(part, ids) : NULL;
        write_element(structure, i, root, id);
    }
    int parent_tree = write_parent_tree(structure);
    GString *out = pdf_writer_begin(structure->writer, root);
    g_string_append(out, "<</Type/StructTreeRoot/K[");
    pdf_append_reference(out, part_at(structure, 0)->number);
    g_string_append(out, "]/ParentTree ");
    pdf_append_reference(out, parent_tree);
    g_string_append(out, "/ParentTreeNextKey ");
    pdf_append_integer(out, (gint64)structure->pages->pages->len +
                                structure->annotation_count);
    append_id_tree(ids, out);
    g_string_append(out, ">>");
    pdf_writer_end(structure->writer);
    return root;
}
