/* SPDX-License-Identifier: MIT */
/*
 * Reading FO: the elements of an XML tree become FoNodes with styles.
 *
 *   fo_reader_add            root's children, or those that are there already
 *     read_children          of an element, into a Parent
 *       read_text
 *       read_element
 *         read_unknown       what we do not do: its children, in its place
 *         add_object         the node, its attributes and style
 *           read_attributes
 *         read_content       children, pictures; the marker's odd inheritance
 *         fo_nesting_finish
 *     fo_space_treat         texts are the tree's own from here
 *   fo_reader_finish
 *     check_masters          page-sequences without a master
 *
 * A fo:marker's content inherits from where it is retrieved (XSL 1.1 6.13.5).
 * Static content stands before the flow, so that place is known when the
 * marker comes: the retrieve-marker of its class read last.  Where pages
 * retrieve one class in two different styles, the last of them counts.
 */
#include "style/style.h"

#include "base/nearest.h"
#include "base/xml.h"
#include "style/fo_attributes.h"
#include "style/fo_nesting.h"
#include "style/fo_space.h"
#include "style/fo_style.h"
#include "style/fo_table.h"
#include "style/graphic_load.h"

#include <string.h>

#define FO_NAMESPACE "http://www.w3.org/1999/XSL/Format"
#define SVG_NAMESPACE "http://www.w3.org/2000/svg"
enum { MAX_DEPTH = 200 };

/* where children go */
typedef struct {
    FoNode *node;
    const StyleEntry *entry;
    FoKinds allowed;
    FoNode *made; /* the object made for children that could not stand in node
                     themselves; the next such child goes there too */
    const StyleEntry *made_entry;
    Place place;
    bool has_place; /* place is the Markdown's, not the FO file's */
} Parent;

typedef struct FoReader Reader;
struct FoReader {
    FoTree *tree;
    Parent root; /* node NULL: nothing was read yet */
    const FoReadOptions *options;
    Diagnostics *diagnostics;
    FoWarnings *warnings;
    StyleTable *styles;
    AttributeReader attributes;
    GHashTable *markers;  /* class -> StyleEntry of its retrieve-marker */
    GHashTable *pictures; /* src -> Graphic */
    GHashTable *ids;
    TableColumns *table; /* innermost, or NULL */
    int depth;
    bool is_static;
};

static void read_children(Reader *reader, const xmlNode *element,
                          Parent *parent);
static void read_element(Reader *reader, const xmlNode *element,
                         Parent *parent);

static bool
is_in_namespace(const xmlNode *node, const char *uri)
{
    return node->ns != NULL && strcmp((const char *)node->ns->href, uri) == 0;
}

static bool
find_kind(const char *name, FoKind *kind)
{
    static GHashTable *kinds;
    if (kinds == NULL) {
        kinds = g_hash_table_new(g_str_hash, g_str_equal);
        for (int i = 0; i < FO_TEXT; i++)
            g_hash_table_insert(kinds, (gpointer)fo_kind_name((FoKind)i),
                                GINT_TO_POINTER(i));
    }
    gpointer value;
    if (!g_hash_table_lookup_extended(kinds, name, NULL, &value))
        return false;
    *kind = (FoKind)GPOINTER_TO_INT(value);
    return true;
}

/* objects of XSL 1.1 outside our subset, and of those the ones that hold what
 * should be read all the same */
static bool
is_of_xsl(const char *name)
{
    static const char *const names[] = {
        "bidi-override", "change-bar-begin", "change-bar-end",
        "color-profile", "float", "flow-assignment", "flow-map",
        "flow-name-specifier", "flow-source-list", "flow-target-list",
        "folio-prefix", "folio-suffix", "index-page-citation-list-separator",
        "index-page-citation-range-separator", "index-page-number-prefix",
        "index-page-number-suffix", "index-range-begin", "index-range-end",
        "initial-property-set", "multi-case", "multi-properties",
        "multi-property-set", "multi-switch", "multi-toggle",
        "page-sequence-wrapper", "region-name-specifier",
        "retrieve-table-marker", "scaling-value-citation", NULL};
    return g_strv_contains(names, name);
}

static const char *const *
kind_names(void)
{
    static const char *names[FO_TEXT + 1];
    for (int i = 0; i < FO_TEXT; i++)
        names[i] = fo_kind_name((FoKind)i);
    return names;
}

/* ---- objects ---- */

static FoNode *
add_node(Reader *reader, FoNode *parent, FoKind kind, const FoStyle *style,
         Place place)
{
    FoNode *node = fo_node_add(reader->tree, parent, kind);
    node->style = style;
    node->place = place;
    return node;
}

static void
remove_last(FoNode *parent, const FoNode *node)
{
    FoNode *before = NULL;
    for (FoNode *child = parent->first; child != node; child = child->next)
        before = child;
    if (before == NULL)
        parent->first = NULL;
    else
        before->next = NULL;
    parent->last = before;
}

/* a node without element: around what could not stand in parent->node */
static void
make_object(Reader *reader, Parent *parent, FoKind kind)
{
    if (parent->made != NULL && parent->made->kind == kind)
        return;
    parent->made_entry = style_table_find(reader->styles, parent->entry, kind,
                                          NULL, 0, NULL, parent->place);
    parent->made = add_node(reader, parent->node, kind,
                            parent->made_entry->style, parent->place);
    if (kind == FO_TABLE_ROW && reader->table != NULL)
        table_columns_begin_row(reader->table);
}

static void
end_object(Reader *reader, Parent *parent)
{
    FoNode *made = parent->made;
    if (made == NULL)
        return;
    if (made->kind == FO_TABLE_ROW && reader->table != NULL)
        table_columns_end_row(reader->table);
    if (!fo_nesting_finish(reader->tree, made, reader->warnings))
        remove_last(parent->node, made);
    parent->made = NULL;
}

/* a Parent for the children of what was made inside parent */
static Parent
inside_made(const Parent *parent)
{
    Parent inside = *parent;
    inside.node = parent->made;
    inside.entry = parent->made_entry;
    inside.allowed =
        fo_nesting_children(parent->made->kind, parent->allowed);
    inside.made = NULL;
    return inside;
}

static const Graphic *
load_picture(Reader *reader, const char *src, Place place)
{
    const Graphic *graphic = g_hash_table_lookup(reader->pictures, src);
    if (graphic != NULL)
        return graphic;
    graphic = graphic_load(reader->tree->graphics, reader->options, src, place,
                           reader->diagnostics);
    if (graphic != NULL)
        g_hash_table_insert(reader->pictures, (gpointer)src,
                            (gpointer)graphic);
    return graphic;
}

/* <svg> of an instream-foreign-object as a file of its own */
static const Graphic *
read_foreign(Reader *reader, const xmlNode *element, Place place)
{
    const xmlNode *child = xml_first(element);
    if (child == NULL || !is_in_namespace(child, SVG_NAMESPACE)) {
        diagnostics_add(reader->diagnostics, LEVEL_ERROR, "figure-invalid",
                        place,
                        "fo:instream-foreign-object holds no svg element; "
                        "nothing else is drawn");
        return NULL;
    }
    xmlDoc *document = xmlNewDoc((const xmlChar *)"1.0");
    xmlNode *copy = xmlDocCopyNode((xmlNode *)child, document, 1);
    xmlDocSetRootElement(document, copy);
    xmlReconciliateNs(document, copy);
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpMemoryEnc(document, &text, &length, "UTF-8");
    GBytes *bytes = g_bytes_new(text, (gsize)length);
    xmlFree(text);
    xmlFreeDoc(document);
    return graphic_read(reader->tree->graphics, bytes, "svg", place,
                        reader->diagnostics);
}

/* fo:character: an inline with one character of text */
static void
read_character(Reader *reader, FoNode *node)
{
    const char *character = fo_attribute(node, FO_ATTRIBUTE_CHARACTER);
    node->kind = FO_INLINE;
    if (character == NULL) {
        fo_warn(reader->warnings, "fo-incomplete", node->place,
                "fo:character has no character; nothing is set");
        return;
    }
    FoNode *text =
        add_node(reader, node, FO_TEXT, node->style, node->place);
    text->text = character;
}

static void
note_id(Reader *reader, const FoNode *node)
{
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL && !g_hash_table_add(reader->ids, (gpointer)id))
        fo_warn(reader->warnings, "fo-duplicate-id", node->place,
                "the id '%s' is used twice; links go to the first, give this "
                "one another id",
                id);
}

/* the children of an object that is there: pictures, tables and markers are
 * more than their children */
static void
read_content(Reader *reader, const xmlNode *element, Parent *self,
             const StyleEntry *around)
{
    FoNode *node = self->node;
    TableColumns *table = reader->table;
    bool was_static = reader->is_static;
    switch (node->kind) {
    case FO_EXTERNAL_GRAPHIC: {
        const char *src = fo_attribute(node, FO_ATTRIBUTE_SRC);
        node->graphic = load_picture(reader, src == NULL ? "" : src,
                                     node->place);
        return;
    }
    case FO_INSTREAM_FOREIGN_OBJECT:
        node->graphic = read_foreign(reader, element, node->place);
        return;
    case FO_DECLARATIONS: /* XMP and the like of other programs */
        return;
    case FO_CHARACTER:
        read_character(reader, node);
        return;
    case FO_RETRIEVE_MARKER: {
        const char *class = fo_attribute(node, FO_ATTRIBUTE_RETRIEVE_CLASS);
        if (class != NULL)
            g_hash_table_insert(reader->markers, (gpointer)class,
                                (gpointer)self->entry);
        return;
    }
    case FO_MARKER: {
        const char *class = fo_attribute(node, FO_ATTRIBUTE_MARKER_CLASS);
        const StyleEntry *place =
            class == NULL ? NULL : g_hash_table_lookup(reader->markers, class);
        self->entry = place == NULL ? around : place;
        node->style = self->entry->style;
        read_children(reader, element, self);
        return;
    }
    case FO_TABLE:
        reader->table = table_columns_new();
        read_children(reader, element, self);
        table_columns_free(reader->table);
        reader->table = table;
        return;
    case FO_TABLE_COLUMN:
        if (table != NULL)
            table_columns_add(table, node->style);
        return;
    case FO_TABLE_ROW:
        if (table != NULL)
            table_columns_begin_row(table);
        read_children(reader, element, self);
        if (table != NULL)
            table_columns_end_row(table);
        return;
    case FO_TABLE_HEADER:
    case FO_TABLE_FOOTER:
    case FO_TABLE_BODY:
        if (table != NULL)
            table_columns_begin_part(table);
        read_children(reader, element, self);
        return;
    case FO_TABLE_CELL:
        if (table != NULL)
            table_columns_take(table, node->style);
        reader->table = NULL; /* a row in the cell is none of this table */
        read_children(reader, element, self);
        reader->table = table;
        return;
    case FO_STATIC_CONTENT:
        reader->is_static = true;
        read_children(reader, element, self);
        reader->is_static = was_static;
        return;
    default:
        read_children(reader, element, self);
    }
}

/* the node of an element that may stand here; then its children */
static void
add_object(Reader *reader, const xmlNode *element, Parent *parent, FoKind kind)
{
    ElementAttributes own;
    attributes_read(&reader->attributes, element, parent->place,
                    parent->has_place, &own);
    const FoStyle *column = NULL;
    if (kind == FO_TABLE_CELL && reader->table != NULL)
        column = table_columns_find(reader->table, element);
    const StyleEntry *entry = style_table_find(
        reader->styles, parent->entry, kind,
        (const StylePair *)reader->attributes.pairs->data,
        (int)reader->attributes.pairs->len, column, own.place);
    FoNode *node =
        add_node(reader, parent->node, kind, entry->style, own.place);
    node->attributes = own.list;
    note_id(reader, node);
    Parent self = {.node = node,
                   .entry = entry,
                   .allowed = fo_nesting_children(kind, parent->allowed),
                   .place = own.place,
                   .has_place = own.has_place};
    read_content(reader, element, &self, parent->entry);
    if (!fo_nesting_finish(reader->tree, node, reader->warnings))
        remove_last(parent->node, node);
}

/* ---- what should not be there ---- */

/* an object that we do not know or do not do: its children are read as if they
 * stood in its place, with the style that it would give them */
static void
read_unknown(Reader *reader, const xmlNode *element, Parent *parent)
{
    ElementAttributes own;
    const char *name = (const char *)element->name;
    attributes_read(&reader->attributes, element, parent->place,
                    parent->has_place, &own);
    const StyleEntry *entry = style_table_find(
        reader->styles, parent->entry, FO_WRAPPER,
        (const StylePair *)reader->attributes.pairs->data,
        (int)reader->attributes.pairs->len, NULL, own.place);
    if (is_of_xsl(name)) {
        fo_warn(reader->warnings, "fo-unsupported-object", own.place,
                "fo:%s is not in our subset of XSL-FO (docs/format/fo.md); "
                "what it holds is set as if it stood alone",
                name);
    } else {
        g_autofree char *question = nearest_question(name, kind_names());
        fo_warn(reader->warnings, "fo-unknown-object", own.place,
                "there is no formatting object fo:%s%s", name, question);
    }
    const StyleEntry *kept = parent->entry;
    if (FO_SET_HAS(parent->allowed, FO_WRAPPER)) {
        FoNode *node = add_node(reader, parent->node, FO_WRAPPER,
                                entry->style, own.place);
        node->attributes = own.list;
        note_id(reader, node);
        Parent self = {.node = node,
                       .entry = entry,
                       .allowed = parent->allowed,
                       .place = own.place,
                       .has_place = own.has_place};
        read_children(reader, element, &self);
        return;
    }
    parent->entry = entry;
    read_children(reader, element, parent);
    parent->entry = kept;
}

static Place
place_of(const xmlNode *element, const Parent *parent, const char *file)
{
    return parent->has_place
               ? parent->place
               : (Place){file, (int)xmlGetLineNo((xmlNode *)element), 0};
}

static void
warn_of_nesting(Reader *reader, const xmlNode *element, const Parent *parent,
                const char *what, const char *result)
{
    fo_warn(reader->warnings, "fo-misplaced",
            place_of(element, parent, reader->attributes.file),
            "%s%s may not stand in fo:%s; %s",
            element->type == XML_ELEMENT_NODE ? "fo:" : "", what,
            fo_kind_name(parent->node->kind), result);
}

/* true where the cell begins or ends a row by itself */
static bool
says_true(const xmlNode *element, const char *name)
{
    const char *value = xml_attribute(element, name);
    return value != NULL && strcmp(value, "true") == 0;
}

static void
read_in_object(Reader *reader, const xmlNode *element, Parent *parent,
               FoKind kind, FoKind object)
{
    if (object == FO_TABLE_ROW) {
        if (says_true(element, "starts-row"))
            end_object(reader, parent);
    } else {
        warn_of_nesting(reader, element, parent, fo_kind_name(kind),
                        object == FO_BLOCK ? "a block is set around it"
                                           : "a table-body is set around it");
    }
    make_object(reader, parent, object);
    Parent inside = inside_made(parent);
    read_element(reader, element, &inside);
    end_object(reader, &inside);
    if (object == FO_TABLE_ROW && says_true(element, "ends-row"))
        end_object(reader, parent);
}

static void
read_known(Reader *reader, const xmlNode *element, Parent *parent, FoKind kind)
{
    FoKind object = FO_BLOCK;
    const char *name = fo_kind_name(kind);
    if (kind == FO_RETRIEVE_MARKER && !reader->is_static) {
        warn_of_nesting(reader, element, parent, name,
                        "it belongs in a fo:static-content, it is left out");
        return;
    }
    Nesting nesting =
        fo_nesting_place(parent->allowed, parent->node->kind, kind, &object);
    if (nesting == NESTING_IN_OBJECT) {
        read_in_object(reader, element, parent, kind, object);
        return;
    }
    if (nesting == NESTING_NOWHERE) {
        warn_of_nesting(reader, element, parent, name, "it is left out");
        return;
    }
    end_object(reader, parent);
    if (nesting == NESTING_AS_BLOCK) {
        warn_of_nesting(reader, element, parent, name,
                        "it is set as a fo:block");
        kind = FO_BLOCK;
    }
    add_object(reader, element, parent, kind);
}

static void
read_element(Reader *reader, const xmlNode *element, Parent *parent)
{
    FoKind kind;
    if (++reader->depth > MAX_DEPTH) {
        fo_warn(reader->warnings, "fo-too-deep",
                place_of(element, parent, reader->attributes.file),
                "objects are nested more than %d deep; what is deeper is left "
                "out",
                MAX_DEPTH);
    } else if (!is_in_namespace(element, FO_NAMESPACE)) {
        fo_warn(reader->warnings, "fo-unknown-object",
                place_of(element, parent, reader->attributes.file),
                "the element '%s' is not of XSL-FO (%s); it is left out",
                (const char *)element->name, FO_NAMESPACE);
    } else if (find_kind((const char *)element->name, &kind)) {
        read_known(reader, element, parent, kind);
    } else {
        read_unknown(reader, element, parent);
    }
    reader->depth--;
}

static bool
is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == 0;
}

static void
read_text(Reader *reader, const xmlNode *xml, Parent *parent)
{
    const char *content = (const char *)xml->content;
    FoNode *node = parent->node;
    const StyleEntry *entry = parent->entry;
    bool is_lost = content == NULL || *content == 0;
    if (!is_lost && !FO_SET_HAS(parent->allowed, FO_TEXT)) {
        bool may_wrap = FO_SET_HAS(parent->allowed, FO_BLOCK);
        bool goes_on = parent->made != NULL && parent->made->kind == FO_BLOCK;
        is_lost = (is_blank(content) && !goes_on) || !may_wrap;
        if (!is_blank(content))
            warn_of_nesting(reader, xml, parent, "text",
                            may_wrap ? "a block is set around it"
                                     : "it is left out");
        if (!is_lost) {
            make_object(reader, parent, FO_BLOCK);
            node = parent->made;
            entry = parent->made_entry;
        }
    }
    if (is_lost)
        return;
    FoNode *text =
        add_node(reader, node, FO_TEXT, entry->style, parent->place);
    text->text = content; /* borrowed until fo_space_treat */
}

static void
read_children(Reader *reader, const xmlNode *element, Parent *parent)
{
    for (const xmlNode *child = element->children; child != NULL;
         child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            read_element(reader, child, parent);
        else if (child->type == XML_TEXT_NODE ||
                 child->type == XML_CDATA_SECTION_NODE)
            read_text(reader, child, parent);
    }
    end_object(reader, parent);
}

/* ---- the whole ---- */

static bool
has_master(const FoNode *masters, const char *name)
{
    for (const FoNode *node = masters->first; node != NULL; node = node->next) {
        const char *own = fo_attribute(node, FO_ATTRIBUTE_MASTER_NAME);
        if (own != NULL && strcmp(own, name) == 0)
            return true;
    }
    return false;
}

/* every page-sequence names a master that is there; else it gets the first */
static void
check_masters(Reader *reader, const FoNode *masters)
{
    const FoNode *first = fo_child(masters, FO_SIMPLE_PAGE_MASTER);
    const char *spare = fo_attribute(first, FO_ATTRIBUTE_MASTER_NAME);
    for (FoNode *node = reader->tree->root->first; node != NULL;
         node = node->next) {
        if (node->kind != FO_PAGE_SEQUENCE)
            continue;
        const char *name = fo_attribute(node, FO_ATTRIBUTE_MASTER_REFERENCE);
        if (name != NULL && has_master(masters, name))
            continue;
        fo_warn(reader->warnings, "fo-unknown-master", node->place,
                "there is no page master '%s'; the first one, '%s', is taken",
                name == NULL ? "" : name, spare == NULL ? "" : spare);
        FoAttribute *attribute = arena_new0(reader->tree->arena, FoAttribute);
        *attribute = (FoAttribute){node->attributes,
                                   FO_ATTRIBUTE_MASTER_REFERENCE,
                                   spare == NULL ? "" : spare};
        node->attributes = attribute;
    }
}

static bool
check_whole(Reader *reader)
{
    const FoNode *root = reader->tree->root;
    if (root == NULL) {
        diagnostics_add(reader->diagnostics, LEVEL_INVALID, "fo-no-root",
                        (Place){reader->attributes.file, 1, 0},
                        "this is no XSL-FO: the outermost element must be "
                        "fo:root of the namespace %s",
                        FO_NAMESPACE);
        return false;
    }
    const FoNode *masters = fo_child(root, FO_LAYOUT_MASTER_SET);
    if (masters == NULL || fo_child(masters, FO_SIMPLE_PAGE_MASTER) == NULL ||
        fo_child(root, FO_PAGE_SEQUENCE) == NULL) {
        diagnostics_add(reader->diagnostics, LEVEL_INVALID, "fo-no-pages",
                        root->place,
                        "nothing can be set: fo:root needs a fo:layout-master-"
                        "set with a fo:simple-page-master, and a "
                        "fo:page-sequence with a fo:flow");
        return false;
    }
    check_masters(reader, masters);
    return true;
}

static void
begin_root(Reader *reader, const xmlNode *element)
{
    ElementAttributes own;
    attributes_read(&reader->attributes, element, (Place){NULL, 0, 0}, false,
                    &own);
    const StyleEntry *entry = style_table_find(
        reader->styles, style_table_initial(reader->styles), FO_ROOT,
        (const StylePair *)reader->attributes.pairs->data,
        (int)reader->attributes.pairs->len, NULL, own.place);
    FoNode *root = add_node(reader, NULL, FO_ROOT, entry->style, own.place);
    root->attributes = own.list;
    reader->tree->root = root;
    reader->root = (Parent){.node = root,
                            .entry = entry,
                            .allowed = fo_nesting_children(FO_ROOT, 0),
                            .place = own.place,
                            .has_place = own.has_place};
}

FoReader *
fo_reader_new(const char *file, const FoReadOptions *options,
              Diagnostics *diagnostics)
{
    Reader *reader = g_new0(Reader, 1);
    *reader = (Reader){.tree = fo_tree_new(),
                       .options = options,
                       .diagnostics = diagnostics,
                       .warnings = fo_warnings_new()};
    reader->styles = style_table_new(reader->tree->arena, reader->warnings);
    attribute_reader_init(&reader->attributes, reader->tree->arena,
                          reader->warnings, file);
    reader->markers = g_hash_table_new(g_str_hash, g_str_equal);
    reader->pictures = g_hash_table_new(g_str_hash, g_str_equal);
    reader->ids = g_hash_table_new(g_str_hash, g_str_equal);
    return reader;
}

void
fo_reader_free(FoReader *reader)
{
    if (reader == NULL)
        return;
    fo_tree_free(reader->tree);
    fo_warnings_free(reader->warnings);
    style_table_free(reader->styles);
    attribute_reader_clear(&reader->attributes);
    g_hash_table_unref(reader->markers);
    g_hash_table_unref(reader->pictures);
    g_hash_table_unref(reader->ids);
    g_free(reader);
}

Diagnostics *
fo_reader_diagnostics(const FoReader *reader)
{
    return reader->diagnostics;
}

void
fo_reader_add(FoReader *reader, const xmlNode *element)
{
    if (element == NULL || !is_in_namespace(element, FO_NAMESPACE) ||
        !xml_is(element, "root"))
        return;
    if (reader->root.node == NULL)
        begin_root(reader, element);
    FoNode *root = reader->tree->root, *before = root->last;
    read_children(reader, element, &reader->root);
    fo_space_treat(reader->tree, root,
                   before == NULL ? root->first : before->next);
}

FoTree *
fo_reader_finish(FoReader *reader)
{
    bool is_whole = check_whole(reader);
    fo_warnings_say(reader->warnings, reader->diagnostics);
    FoTree *tree = is_whole ? g_steal_pointer(&reader->tree) : NULL;
    fo_reader_free(reader);
    return tree;
}

FoTree *
fo_read(const xmlDoc *document, const char *file, const FoReadOptions *options,
        Diagnostics *diagnostics)
{
    FoReader *reader = fo_reader_new(file, options, diagnostics);
    fo_reader_add(reader, xmlDocGetRootElement((xmlDoc *)document));
    return fo_reader_finish(reader);
}
