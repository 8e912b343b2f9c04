/* SPDX-License-Identifier: MIT */
/*
 * vadovas init-locale: a new country's folder, with everything that is to be
 * filled in.  What nobody has filled in yet says TODO and stops print.
 */
#include "base/file.h"
#include "base/xml.h"
#include "cli/command.h"
#include "overlay/word_diff.h"

#include <string.h>

/* ---- BCP 47 --------------------------------------------------------- */

/* RFC 5646, 2.1: langtag without the grandfathered ones */
static bool
is_language_tag(const char *code)
{
    return strlen(code) <= 35 &&
           g_regex_match_simple(
               "^([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?"
               "(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
               "(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$",
               code, G_REGEX_CASELESS, 0);
}

/* the region of a tag, in capitals; NULL: none.  Owned. */
static char *
find_region(const char *code)
{
    g_auto(GStrv) parts = g_strsplit(code, "-", -1);
    for (int i = 1; parts[0] != NULL && parts[i] != NULL; i++) {
        if (strlen(parts[i]) == 1)
            break;
        if (strlen(parts[i]) == 2)
            return g_ascii_strup(parts[i], -1);
    }
    return NULL;
}

/* ---- files ---------------------------------------------------------- */

static const xmlNode *
base_part(const Project *project, const char *name)
{
    return xml_child(document_root(project->base), name);
}

static void
add_element(GString *xml, const xmlNode *parent, const char *name)
{
    const xmlNode *node = xml_child(parent, name);
    if (node == NULL)
        return;
    g_autofree char *text = xml_text(node);
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(xml, "  <%s>TODO %s</%s>\n", name, escaped, name);
}

static void
add_date(GString *xml, const xmlNode *edition, const char *name)
{
    const char *value = xml_attribute(edition, name);
    if (value != NULL)
        g_string_append_printf(xml, "  <%s>%s</%s>\n", name, value, name);
}

static char *
edition_xml(const Project *project, const char *code)
{
    const xmlNode *edition = base_part(project, "edition");
    g_autofree char *region = find_region(code);
    GString *xml = g_string_new(NULL);
    g_string_append_printf(xml,
                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<edition xmlns=\"urn:vadovas:edition\" "
                           "lang=\"%s\"%s%s%s>\n",
                           code, region == NULL ? "" : " country=\"",
                           region == NULL ? "" : region,
                           region == NULL ? "" : "\"");
    add_element(xml, edition, "title");
    add_element(xml, edition, "subtitle");
    add_element(xml, edition, "project");
    g_string_append(xml, "  <revision>1</revision>\n");
    add_date(xml, edition, "date");
    add_date(xml, edition, "law-date");
    g_string_append(xml, "  <imprint><p>TODO</p></imprint>\n</edition>\n");
    return g_string_free(xml, FALSE);
}

/* has it letters outside of {braces}? */
static bool
has_letters(const char *text)
{
    bool inside = false;
    for (const char *c = text; *c != 0; c = g_utf8_next_char(c)) {
        inside = *c == '{' || (inside && *c != '}');
        if (!inside && g_unichar_isalpha(g_utf8_get_char(c)))
            return true;
    }
    return false;
}

static char *
words_xml(const Project *project, const char *code)
{
    GString *xml = g_string_new(NULL);
    g_string_append_printf(xml,
                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<!-- Translate what says TODO; {number} and the "
                           "like stay. Look at the signs, too. -->\n"
                           "<words xmlns=\"urn:vadovas:words\" lang=\"%s\">\n",
                           code);
    const xmlNode *words = base_part(project, "words");
    for (const xmlNode *word = words == NULL ? NULL : xml_child(words, "word");
         word != NULL; word = xml_next(word, "word")) {
        const char *name = xml_attribute(word, "name");
        if (severity_words_has(name)) /* an edition does not need them */
            continue;
        g_autofree char *text = xml_text(word);
        g_autofree char *escaped = g_markup_escape_text(text, -1);
        g_string_append_printf(xml, "  <word name=\"%s\">%s%s</word>\n", name,
                               has_letters(text) ? "TODO " : "", escaped);
    }
    g_string_append(xml, "</words>\n");
    return g_string_free(xml, FALSE);
}

/* two hyphens end a comment; owned */
static char *
comment_text(const char *text)
{
    GString *safe = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p++) {
        g_string_append_c(safe, *p);
        if (*p == '-' && (p[1] == '-' || p[1] == '\0'))
            g_string_append_c(safe, ' ');
    }
    return g_string_free(safe, FALSE);
}

/* A fact or an act to fill in, in a comment: until then the program says it is
 * missing.  The articles are those that the base cites. */
static void
add_fact(GString *xml, const xmlNode *fact, const char *base, const char *code)
{
    bool is_act = xml_is(fact, "act");
    const char *name = is_act ? "act" : "fact";
    if (strcmp(xml_attribute(fact, "scope"), "country") != 0)
        return;
    g_autofree char *text =
        xml_text(xml_child(fact, is_act ? "source" : "value"));
    g_autofree char *safe = comment_text(text);
    g_string_append_printf(xml,
                           "  <!-- %s: %s\n"
                           "  <%s id=\"%s\" scope=\"country\" verified=\"\" "
                           "review-by=\"\" confidence=\"V\">\n",
                           base, safe, name, xml_attribute(fact, "id"));
    if (!is_act)
        g_string_append_printf(xml, "    <value lang=\"%s\"></value>\n", code);
    g_string_append(xml, "    <source></source>\n");
    for (const xmlNode *article = xml_child(fact, "article"); article != NULL;
         article = xml_next(article, "article")) {
        g_autofree char *number = xml_text(article);
        g_string_append_printf(xml, "    <article>%s</article>\n", number);
    }
    g_string_append_printf(xml, "  </%s>\n  -->\n", name);
}

static char *
facts_xml(const Project *project, const char *code)
{
    const char *root = project->manual->root;
    GString *xml = g_string_new(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!-- For each fact: find it out, fill it in, and take the two comment "
        "marks away. -->\n"
        "<facts xmlns=\"urn:vadovas:facts\">\n");
    g_autofree char *folder = g_build_filename(root, "manual", "facts", NULL);
    g_auto(GStrv) names = file_list(folder);
    for (int i = 0; names[i] != NULL; i++) {
        if (!g_str_has_suffix(names[i], ".xml") || *names[i] == '.')
            continue;
        g_autofree char *name =
            g_build_filename("manual", "facts", names[i], NULL);
        xmlDoc *document = xml_load(root, name, project->diagnostics);
        if (document != NULL &&
            xml_validate(document, "facts", name, project->diagnostics)) {
            const xmlNode *facts = xmlDocGetRootElement(document);
            for (const xmlNode *fact = xml_first(facts); fact != NULL;
                 fact = xml_next(fact, NULL))
                add_fact(xml, fact, project->manual->lang, code);
        }
        xmlFreeDoc(document);
    }
    g_string_append(xml, "</facts>\n");
    return g_string_free(xml, FALSE);
}

static bool
save(const Project *project, const char *code, const char *name, char *text,
     GError **error)
{
    g_autofree char *own = text;
    g_autofree char *file = g_build_filename("locales", code, name, NULL);
    g_autofree char *path =
        g_build_filename(project->manual->root, file, NULL);
    if (!file_save(path, own, strlen(own), error))
        return false;
    printf(_("wrote %s\n"), file);
    return true;
}

/* ---- the command ---------------------------------------------------- */

static bool
check_code(const Project *project, const char *code)
{
    Diagnostics *diagnostics = project->diagnostics;
    g_autofree char *folder =
        g_build_filename(project->manual->root, "locales", code, NULL);
    if (!is_language_tag(code)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "locale-code",
                        (Place){NULL, 0, 0},
                        _("'%s' is no language tag (BCP 47); write the "
                          "language's two or three letters, and the country's "
                          "if it is needed, as in 'de' or 'de-AT'"),
                        code);
        return false;
    }
    if (g_file_test(folder, G_FILE_TEST_EXISTS) ||
        project_has_edition(project, code)) {
        diagnostics_add(
            diagnostics, LEVEL_INVALID, "locale-exists", (Place){NULL, 0, 0},
            _("'%s' is there already; nothing was written. 'vadovas "
              "sync %s' brings it after the base"),
            code, code);
        return false;
    }
    return true;
}

static Result
start(const Project *project, const char *code)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changed = g_ptr_array_new_with_free_func(g_free);
    bool fine =
        save(project, code, "words.xml", words_xml(project, code), &error) &&
        save(project, code, "facts/facts.xml", facts_xml(project, code),
             &error) &&
        save(project, code, "edition.xml", edition_xml(project, code),
             &error) &&
        overlay_sync(project->base, project->manual, code, true, changed,
                     project->diagnostics, &error);
    command_say_files(changed, true);
    if (fine)
        printf(_("now fill in edition.xml, words.xml and facts/facts.xml; "
                 "'vadovas check %s' lists what is left\n"),
               code);
    return fine ? RESULT_DONE
                : command_failure(project->diagnostics, "output-unwritable",
                                  error);
}

int
cmd_init_locale(Session *session, int argc, char **argv)
{
    static const GOptionEntry entries[] = {
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("init-locale"), entries,
                         "Writes locales/CODE: edition.xml, words.xml and "
                         "facts to fill in, and every chapter with its blocks "
                         "to translate. 'vadovas build CODE --draft' shows it "
                         "at once.",
                         &argc, &argv, &code))
        return code;
    if (argc != 2)
        return command_usage("init-locale CODE");
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    if (project == NULL || !check_code(project, argv[1]))
        return RESULT_INVALID;
    return (int)start(project, argv[1]);
}
