/* SPDX-License-Identifier: MIT */
/*
 * XSLT, held on a short lead.
 *
 * Stylesheets are part of a project that may come from anywhere.  They may
 * compute, nothing else: every file that libxslt asks for, at compile time
 * (xsl:import) or at run time (document()), passes our loader, which reads
 * inside the styles folder only; writing and the network are forbidden; depth,
 * variables and operations are bounded, the last in proportion to the input.
 *
 *   style_transform
 *     find_stylesheet        compiled once; again when a file of it changed
 *       load_document        our loader: also notes the files for that
 *     run
 *       report               libxslt's messages become diagnostics
 *       emit                 <vad:emit>: a part of the result is done
 *         hand_on            and goes to the FO reader
 *
 * libxslt's loader, its default security and libxml2's error functions are
 * process-wide: they are set for the time of a call.
 */
#include "style/style.h"

#include "base/file.h"
#include "base/nearest.h"
#include "base/xml.h"

#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define EXTENSION_URI "urn:vadovas:fo"
enum { MAX_TEMPLATE_DEPTH = 1000, MAX_VARIABLES = 20000, MAX_MESSAGES = 50 };
#define MAX_BYTES ((size_t)4 * 1024 * 1024)
/* our own stylesheets take 200 to 300 operations for each element; a stylesheet
 * that only makes elements takes some 40 bytes of memory for each operation */
#define BASE_OPERATIONS 5000000ul
#define OPERATIONS_PER_ELEMENT 2500ul

typedef struct {
    char *path;
    gint64 seconds, nanoseconds, size;
} StyleFile;

typedef struct {
    xsltStylesheet *sheet;
    GArray *files; /* StyleFile: all that it was made of */
} Stylesheet;

/* the process-wide settings that a call changes, as they were */
typedef struct {
    xmlStructuredErrorFunc structured;
    void *structured_data;
    xsltSecurityPrefs *security;
} Kept;

/* what goes on while libxslt runs */
typedef struct {
    FoReader *reader;      /* gets the result; NULL: it is wanted whole */
    Kept kept;
    char *styles;          /* real path */
    GArray *files;         /* while compiling: those loaded */
    Diagnostics *diagnostics;
    GString *text;         /* of libxslt's messages, until a line ends */
    Place place;           /* of the message that goes on */
    bool is_error;
    int messages;
    bool failed;
} Transformation;

static GHashTable *stylesheets; /* path -> Stylesheet */
static Transformation *current; /* for the loader, which gets no data */

/* ---- files ---- */

static void
clear_file(gpointer data)
{
    g_free(((StyleFile *)data)->path);
}

static void
stylesheet_free(gpointer data)
{
    Stylesheet *stylesheet = data;
    xsltFreeStylesheet(stylesheet->sheet);
    g_array_unref(stylesheet->files);
    g_free(stylesheet);
}

static bool
file_state(const char *path, StyleFile *state)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    state->seconds = status.st_mtim.tv_sec;
    state->nanoseconds = status.st_mtim.tv_nsec;
    state->size = status.st_size;
    return true;
}

static bool
is_fresh(const Stylesheet *stylesheet)
{
    for (guint i = 0; i < stylesheet->files->len; i++) {
        const StyleFile *then =
            &g_array_index(stylesheet->files, StyleFile, i);
        StyleFile now;
        if (!file_state(then->path, &now) || now.seconds != then->seconds ||
            now.nanoseconds != then->nanoseconds || now.size != then->size)
            return false;
    }
    return true;
}

static void
add_error(const char *name, const char *text)
{
    current->failed = true;
    diagnostics_add(current->diagnostics, LEVEL_INVALID, "xslt-error",
                    (Place){name, 0, 0}, "%s", text);
}

/* the path of a message, relative to the styles folder's parent */
static const char *
short_name(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(current->styles);
    size_t length = strlen(folder);
    bool is_below = strncmp(path, folder, length) == 0 && path[length] == '/';
    return g_intern_string(is_below ? path + length + 1 : path);
}

/* a document below the styles folder, parsed as libxslt wants it: with its own
 * dictionary, blanks and all */
static xmlDoc *
parse(const char *path, const char *data, size_t length, xmlDict *dictionary)
{
    xmlParserCtxt *context = xmlNewParserCtxt();
    if (dictionary != NULL) {
        xmlDictFree(context->dict);
        context->dict = dictionary;
        xmlDictReference(dictionary);
    }
    xmlDoc *document = xmlCtxtReadMemory(
        context, data, (int)length, path, NULL,
        XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    if (document != NULL && document->intSubset != NULL) {
        add_error(path, "a <!DOCTYPE> is not allowed here; delete it");
        xmlFreeDoc(document);
        document = NULL;
    }
    xmlFreeParserCtxt(context);
    return document;
}

static xmlDoc *
load_document(const xmlChar *uri, xmlDict *dictionary, int options,
              void *context, xsltLoadType type)
{
    (void)options;
    (void)context;
    (void)type;
    if (current == NULL)
        return NULL;
    g_autofree char *name = g_uri_unescape_string((const char *)uri, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes =
        name == NULL ? NULL
                     : file_load(current->styles, name, MAX_BYTES, &error);
    if (bytes == NULL) {
        bool is_missing =
            g_error_matches(error, FILE_ERROR, FILE_ERROR_MISSING);
        g_autofree char *text = g_strdup_printf(
            is_missing ? "there is no file '%s'"
                       : "'%s' cannot be read; a stylesheet reads only files "
                         "beside it",
            short_name((const char *)uri));
        add_error(current->place.file, text);
        return NULL;
    }
    g_autofree char *path = file_resolve(current->styles, name, NULL);
    StyleFile state = {.path = NULL};
    if (current->files != NULL && file_state(path, &state)) {
        state.path = g_steal_pointer(&path);
        g_array_append_val(current->files, state);
    }
    size_t length;
    const char *data = g_bytes_get_data(bytes, &length);
    return parse((const char *)uri, data, length, dictionary);
}

/* ---- messages ---- */

/* "runtime error: file F line N element E" and the like: a place for the text
 * that follows */
static bool
read_header(const char *line)
{
    const char *error = strstr(line, "error");
    const char *file = strstr(line, ": file ");
    const char *number = file == NULL ? NULL : strstr(file, " line ");
    if (error == NULL || number == NULL || error > file)
        return false;
    g_autofree char *path = g_strndup(file + 7, (gsize)(number - file - 7));
    current->place = (Place){short_name(path), atoi(number + 6), 0};
    current->is_error = true;
    return true;
}

static void
report_line(const char *line)
{
    if (*line == 0 || read_header(line))
        return;
    if (current->failed && !current->is_error) /* advice, a list of calls ... */
        return;
    if (current->messages++ >= MAX_MESSAGES)
        return;
    if (current->is_error)
        current->failed = true;
    diagnostics_add(current->diagnostics,
                    current->is_error ? LEVEL_INVALID : LEVEL_WARNING,
                    current->is_error ? "xslt-error" : "xslt-message",
                    current->place, "%s", line);
    current->is_error = false;
}

static void
report(void *data, const char *format, ...)
{
    (void)data;
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(current->text, format, arguments);
    va_end(arguments);
    char *end;
    while ((end = strchr(current->text->str, '\n')) != NULL) {
        g_autofree char *line =
            g_strndup(current->text->str, (gsize)(end - current->text->str));
        g_string_erase(current->text, 0, end - current->text->str + 1);
        report_line(g_strstrip(line));
    }
}

/* libxml2's own errors: XML syntax, XPath */
static void
report_structured(void *data, xmlError *error)
{
    (void)data;
    if (error->message == NULL || error->level < XML_ERR_ERROR)
        return;
    g_autofree char *text = g_strdup(error->message);
    Place place = current->place;
    if (error->file != NULL)
        place = (Place){short_name(error->file), error->line, 0};
    current->failed = true;
    if (current->messages++ >= MAX_MESSAGES)
        return;
    if (error->domain == XML_FROM_XPATH && error->str1 != NULL)
        diagnostics_add(current->diagnostics, LEVEL_INVALID, "xslt-error",
                        place, "%s: %s", g_strstrip(text), error->str1);
    else
        diagnostics_add(current->diagnostics, LEVEL_INVALID, "xslt-error",
                        place, "%s", g_strstrip(text));
}

/* ---- the process-wide settings, for the time of a call ---- */

static xsltSecurityPrefs *
new_security(void)
{
    xsltSecurityPrefs *security = xsltNewSecurityPrefs();
    /* reading is the loader's business: it knows the folder */
    xsltSetSecurityPrefs(security, XSLT_SECPREF_READ_NETWORK,
                         xsltSecurityForbid);
    xsltSetSecurityPrefs(security, XSLT_SECPREF_WRITE_FILE,
                         xsltSecurityForbid);
    xsltSetSecurityPrefs(security, XSLT_SECPREF_CREATE_DIRECTORY,
                         xsltSecurityForbid);
    xsltSetSecurityPrefs(security, XSLT_SECPREF_WRITE_NETWORK,
                         xsltSecurityForbid);
    return security;
}

static void
begin(Transformation *transformation)
{
    static bool is_registered;
    if (!is_registered) {
        xml_init();
        exsltCommonRegister();
        xsltMaxDepth = MAX_TEMPLATE_DEPTH;
        is_registered = true;
    }
    transformation->kept = (Kept){xmlStructuredError, xmlStructuredErrorContext,
                                  new_security()};
    current = transformation;
    transformation->text = g_string_new(NULL);
    xsltSetLoaderFunc(load_document);
    xsltSetDefaultSecurityPrefs(transformation->kept.security);
    xsltSetGenericErrorFunc(NULL, report);
    xmlSetStructuredErrorFunc(NULL, report_structured);
}

static void
end(void)
{
    Kept kept = current->kept;
    if (current->text->len > 0)
        report(NULL, "\n");
    g_string_free(current->text, TRUE);
    xmlSetStructuredErrorFunc(kept.structured_data, kept.structured);
    xsltSetGenericErrorFunc(NULL, NULL);
    xsltSetDefaultSecurityPrefs(NULL);
    xsltSetLoaderFunc(NULL);
    xsltFreeSecurityPrefs(kept.security);
    current = NULL;
}

/* ---- compiling and running ---- */

static xsltStylesheet *
compile(const char *path)
{
    xmlDoc *document = load_document((const xmlChar *)path, NULL, 0, NULL,
                                     XSLT_LOAD_START);
    if (document == NULL)
        return NULL;
    xsltStylesheet *sheet = xsltParseStylesheetDoc(document);
    if (sheet == NULL) {
        xmlFreeDoc(document);
        return NULL;
    }
    if (sheet->errors > 0 || current->failed) {
        if (!current->failed)
            add_error(short_name(path), "the stylesheet has errors");
        xsltFreeStylesheet(sheet);
        return NULL;
    }
    return sheet;
}

static xsltStylesheet *
find_stylesheet(const char *path)
{
    if (stylesheets == NULL)
        stylesheets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                            stylesheet_free);
    Stylesheet *known = g_hash_table_lookup(stylesheets, path);
    if (known != NULL && is_fresh(known))
        return known->sheet;
    GArray *files = g_array_new(FALSE, FALSE, sizeof(StyleFile));
    g_array_set_clear_func(files, clear_file);
    current->files = files;
    xsltStylesheet *sheet = compile(path);
    current->files = NULL;
    if (sheet == NULL) {
        g_array_unref(files);
        g_hash_table_remove(stylesheets, path);
        return NULL;
    }
    Stylesheet *stylesheet = g_new(Stylesheet, 1);
    *stylesheet = (Stylesheet){sheet, files};
    g_hash_table_replace(stylesheets, g_strdup(path), stylesheet);
    return sheet;
}

static unsigned long
count_elements(const xmlNode *node)
{
    unsigned long count = 0;
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE)
            count += 1 + count_elements(node->children);
    }
    return count;
}

static bool
strips_spaces(const xsltStylesheet *sheet)
{
    for (; sheet != NULL; sheet = sheet->next) {
        if (sheet->stripSpaces != NULL || sheet->stripAll ||
            strips_spaces(sheet->imports))
            return true;
    }
    return false;
}

/* ---- the result in parts ---- */

/* what stands in the root by now; pictures are XML too, and what is wrong with
 * them is no error of the stylesheet */
static void
hand_on(xmlNode *root)
{
    const Kept *kept = &current->kept;
    xmlSetStructuredErrorFunc(kept->structured_data, kept->structured);
    fo_reader_add(current->reader, root);
    xmlSetStructuredErrorFunc(NULL, report_structured);
}

static bool
is_result_root(const xmlNode *node)
{
    return node != NULL && node->type == XML_ELEMENT_NODE &&
           node->parent->type == XML_DOCUMENT_NODE &&
           !XSLT_IS_RES_TREE_FRAG(node->parent);
}

/* <vad:emit>: its content is carried out where it stands; in the outermost
 * element of the result all that is done goes on to the reader and is freed */
static void
emit(xsltTransformContext *context, xmlNode *node, xmlNode *instruction,
     xsltElemPreComp *unused)
{
    (void)unused;
    xmlNode *root = context->insert;
    xsltApplyOneTemplate(context, node, instruction->children, NULL, NULL);
    if (current->reader == NULL || context->state != XSLT_STATE_OK ||
        current->failed || !is_result_root(root))
        return;
    hand_on(root);
    while (root->children != NULL) {
        xmlNode *done = root->children;
        xmlUnlinkNode(done);
        xmlFreeNode(done);
    }
    context->lasttext = NULL; /* to which libxslt would append */
}

/* libxslt numbers the input's elements in fields that nobody else reads; only
 * xsl:strip-space changes what it says, and then we give it a copy */
static xmlDoc *
run(xsltStylesheet *sheet, const xmlDoc *input, const char *const *params)
{
    xmlDoc *copy =
        strips_spaces(sheet) ? xmlCopyDoc((xmlDoc *)input, 1) : NULL;
    xmlDoc *document = copy != NULL ? copy : (xmlDoc *)input;
    xsltTransformContext *context = xsltNewTransformContext(sheet, document);
    unsigned long limit =
        BASE_OPERATIONS +
        OPERATIONS_PER_ELEMENT * count_elements(document->children);
    context->maxTemplateVars = MAX_VARIABLES;
    context->maxTemplateDepth = MAX_TEMPLATE_DEPTH;
    context->opLimit = limit;
    context->xpathCtxt->opLimit = limit;
    xsltSetCtxtSecurityPrefs(current->kept.security, context);
    xsltRegisterExtElement(context, (const xmlChar *)"emit",
                           (const xmlChar *)EXTENSION_URI, emit);
    xsltSetTransformErrorFunc(context, NULL, report);
    if (params != NULL)
        xsltQuoteUserParams(context, (const char **)params);
    xmlDoc *result = xsltApplyStylesheetUser(sheet, document, NULL, NULL, NULL,
                                             context);
    bool is_good = context->state == XSLT_STATE_OK && !current->failed;
    xsltFreeTransformContext(context);
    xmlFreeDoc(copy);
    if (is_good && result != NULL)
        return result;
    if (!current->failed)
        add_error(current->place.file, "the stylesheet stopped");
    xmlFreeDoc(result);
    return NULL;
}

/* the whole result, or with a reader what that did not get yet */
static xmlDoc *
transform(const xmlDoc *input, const char *styles, const char *name,
          const char *const *params, Transformation *transformation)
{
    Diagnostics *diagnostics = transformation->diagnostics;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = file_resolve(styles, name, &error);
    if (path == NULL) {
        g_auto(GStrv) files = file_list(styles);
        g_autofree char *question =
            nearest_question(name, (const char *const *)files);
        diagnostics_add(diagnostics, LEVEL_INVALID, "xslt-missing",
                        (Place){NULL, 0, 0}, "no stylesheet: %s%s",
                        error->message, question);
        return NULL;
    }
    char *folder = realpath(styles, NULL);
    transformation->styles = folder;
    begin(transformation);
    transformation->place.file = short_name(path);
    xsltStylesheet *sheet = find_stylesheet(path);
    xmlDoc *result = sheet == NULL ? NULL : run(sheet, input, params);
    end();
    free(folder);
    return result;
}

xmlDoc *
style_transform(const xmlDoc *input, const char *styles, const char *name,
                const char *const *params, Diagnostics *diagnostics)
{
    Transformation transformation = {.diagnostics = diagnostics};
    return transform(input, styles, name, params, &transformation);
}

bool
style_transform_to(FoReader *reader, const xmlDoc *input, const char *styles,
                   const char *name, const char *const *params)
{
    Transformation transformation = {
        .reader = reader, .diagnostics = fo_reader_diagnostics(reader)};
    xmlDoc *rest = transform(input, styles, name, params, &transformation);
    if (rest == NULL)
        return false;
    fo_reader_add(reader, xmlDocGetRootElement(rest));
    xmlFreeDoc(rest);
    return true;
}

void
style_clear(void)
{
    g_clear_pointer(&stylesheets, g_hash_table_destroy);
}

/* those of a program that was built but not installed (build/vadovas), or
 * installed wherever it is (bin/vadovas); NULL: there are none; owned */
static char *
styles_beside_program(void)
{
    static const char *const places[] = {"../styles",
                                         "../share/vadovas/styles"};
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program == NULL)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(program);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *path =
            g_build_filename(folder, places[i], "book.xsl", NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_path_get_dirname(path);
    }
    return NULL;
}

char *
style_folder(const char *root, Diagnostics *diagnostics)
{
    g_autofree char *own = file_resolve(root, "styles", NULL);
    if (own != NULL && g_file_test(own, G_FILE_TEST_IS_DIR))
        return g_steal_pointer(&own);
    char *beside = styles_beside_program();
    if (beside != NULL)
        return beside;
#ifdef VADOVAS_DATA
    const char *installed = VADOVAS_DATA "/styles";
    if (g_file_test(installed, G_FILE_TEST_IS_DIR))
        return g_strdup(installed);
#endif
    diagnostics_add(diagnostics, LEVEL_INVALID, "styles-missing",
                    (Place){NULL, 0, 0},
                    "there is no folder 'styles' in the project, and none was "
                    "installed; copy the program's styles folder there");
    return NULL;
}
