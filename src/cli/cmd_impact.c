/* SPDX-License-Identifier: MIT */
/*
 * vadovas impact: what committing a change of the base would make stale.
 *
 * The base of a revision is put into a temporary folder with git's plumbing,
 * beside today's overlays.  A block is hit if it is fit for print there and is
 * not with the working tree's base.  Facts and figures of research change in
 * the editions by themselves; the blocks that show them are told, too, also
 * those of the base.
 *
 *   impact
 *     revision_extract     manual/ of the revision; once more with locales/
 *     copy_folder          today's locales
 *     find_changed         facts and research as text, by id
 *     tell_edition       each
 *     tell_base
 */
#include "base/file.h"
#include "base/json.h"
#include "base/xml.h"
#include "cli/command.h"
#include "facts/fact_store.h"
#include "facts/picture.h"
#include "overlay/detail.h"
#include "pipeline/revision.h"

#include <string.h>

enum { FILE_LIMIT = 1 << 26 };

typedef struct {
    Project *now;
    Manual *manual;   /* of the revision, in the temporary folder */
    Document *before;
    const char *old;     /* folder of the revision's manual and locales */
    GHashTable *changed; /* "fact ID", "research ID" of the base; owned */
    bool json;
    GString *text;       /* of the blocks being listed */
} Impact;

/* ---- the temporary project ------------------------------------------ */

static void
copy_folder(const char *root, const char *name, const char *folder, int depth)
{
    g_autofree char *path = g_build_filename(root, name, NULL);
    g_auto(GStrv) names = file_list(path);
    for (int i = 0; names[i] != NULL; i++) {
        g_autofree char *child = g_build_filename(name, names[i], NULL);
        g_autofree char *source = g_build_filename(root, child, NULL);
        if (g_file_test(source, G_FILE_TEST_IS_DIR) && depth > 0)
            copy_folder(root, child, folder, depth - 1);
        bool wanted = g_str_has_suffix(child, ".md") ||
                      g_str_has_suffix(child, ".xml");
        g_autoptr(GBytes) bytes =
            wanted ? file_load(root, child, FILE_LIMIT, NULL) : NULL;
        if (bytes == NULL)
            continue;
        g_autofree char *target = g_build_filename(folder, child, NULL);
        gsize length = 0;
        const void *data = g_bytes_get_data(bytes, &length);
        file_save(target, data == NULL ? "" : data, length, NULL);
    }
}

/* ---- facts and research --------------------------------------------- */

static char *
dump_node(const xmlNode *node)
{
    xmlDoc *document = xmlNewDoc((const xmlChar *)"1.0");
    xmlDocSetRootElement(document, xmlDocCopyNode((xmlNode *)node, document, 1));
    char *text = xml_dump(document, false);
    xmlFreeDoc(document);
    return text;
}

/* "fact ID" or "research ID" -> text, which is taken */
static void
add_datum(GHashTable *data, const char *kind, const char *id, char *text)
{
    g_hash_table_insert(
        data, g_strdup_printf("%s %s", kind, id == NULL ? "" : id), text);
}

/* an article is another one where its act's source is another */
static void
list_articles(GHashTable *data, const xmlNode *act)
{
    const char *id = xml_attribute(act, "id");
    for (const xmlNode *article = xml_child(act, "article");
         article != NULL && id != NULL;
         article = xml_next(article, "article")) {
        xmlNode *alone = xmlDocCopyNode((xmlNode *)act, NULL, 2);
        for (const xmlNode *node = xml_first(act); node != NULL;
             node = xml_next(node, NULL)) {
            if (node == article || !xml_is(node, "article"))
                xmlAddChild(alone, xmlDocCopyNode((xmlNode *)node, NULL, 1));
        }
        g_autofree char *name = fact_article_id(id, article);
        add_datum(data, "fact", name, dump_node(alone));
        xmlFreeNode(alone);
    }
}

/* "fact ID" and "research ID" -> their XML, of the files of a folder */
static void
list_data(const char *root, const char *folder, GHashTable *data)
{
    g_autoptr(Diagnostics) ignored = diagnostics_new();
    g_autofree char *path = g_build_filename(root, folder, NULL);
    g_auto(GStrv) names = file_list(path);
    for (int i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_build_filename(folder, names[i], NULL);
        xmlDoc *document = g_str_has_suffix(name, ".xml")
                               ? xml_load(root, name, ignored)
                               : NULL;
        const xmlNode *top =
            document == NULL ? NULL : xmlDocGetRootElement(document);
        bool is_facts = top != NULL && xml_is(top, "facts");
        if (top != NULL && !is_facts)
            add_datum(data, "research", xml_attribute(top, "id"),
                      dump_node(top));
        for (const xmlNode *node = is_facts ? xml_first(top) : NULL;
             node != NULL; node = xml_next(node, NULL)) {
            if (xml_is(node, "act"))
                list_articles(data, node);
            else
                add_datum(data, "fact", xml_attribute(node, "id"),
                          dump_node(node));
        }
        xmlFreeDoc(document);
    }
}

/* those of `manual`, or of locales/EDITION; owned */
static GHashTable *
list_all_data(const char *root, const char *edition)
{
    static const char *const kinds[] = {"facts", "research"};
    GHashTable *data =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *folder =
            edition == NULL
                ? g_build_filename("manual", kinds[i], NULL)
                : g_build_filename("locales", edition, kinds[i], NULL);
        list_data(root, folder, data);
    }
    return data;
}

/* the names whose text is another in `fresh` than in `old`, or only in one */
static void
find_changed(GHashTable *changed, GHashTable *old, GHashTable *fresh)
{
    GHashTable *pairs[2][2] = {{old, fresh}, {fresh, old}};
    for (int i = 0; i < 2; i++) {
        GHashTableIter walk;
        gpointer name = NULL, text = NULL;
        g_hash_table_iter_init(&walk, pairs[i][0]);
        while (g_hash_table_iter_next(&walk, &name, &text)) {
            if (g_strcmp0(g_hash_table_lookup(pairs[i][1], name), text) != 0)
                g_hash_table_add(changed, g_strdup(name));
        }
    }
}

/* what an edition has changed of: the base's that it has not of its own, and
 * its own; owned */
static GHashTable *
changed_for(const Impact *impact, const char *edition)
{
    GHashTable *changed =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *root = impact->now->manual->root;
    g_autoptr(GHashTable) old = list_all_data(impact->old, edition);
    g_autoptr(GHashTable) fresh = list_all_data(root, edition);
    GHashTableIter walk;
    gpointer name = NULL;
    g_hash_table_iter_init(&walk, impact->changed);
    while (g_hash_table_iter_next(&walk, &name, NULL)) {
        if (!g_hash_table_contains(fresh, name))
            g_hash_table_add(changed, g_strdup(name));
    }
    find_changed(changed, old, fresh);
    return changed;
}

/* "{{id}}", "{{id:key}}" or "```research id" in a text */
static bool
has_mark(const char *text, const char *name)
{
    const char *id = strchr(name, ' ') + 1;
    bool is_fact = g_str_has_prefix(name, "fact ");
    g_autofree char *inside =
        g_strdup_printf("{{%s%s", id, is_fact ? "}}" : ":");
    g_autofree char *fence = g_strdup_printf("```research %s", id);
    if (strstr(text, inside) != NULL)
        return true;
    for (const char *at = is_fact ? NULL : strstr(text, fence); at != NULL;
         at = strstr(at + 1, fence)) {
        char next = at[strlen(fence)];
        if (next == 0 || g_ascii_isspace(next))
            return true;
    }
    return false;
}

/* the changed fact or research that is named in a text; NULL: none */
static const char *
find_named(GHashTable *changed, const char *text)
{
    GHashTableIter walk;
    gpointer name = NULL;
    g_hash_table_iter_init(&walk, changed);
    while (text != NULL && g_hash_table_iter_next(&walk, &name, NULL)) {
        if (has_mark(text, name))
            return name;
    }
    return NULL;
}

/* the SVG of an edition (NULL: the base) that a text of Markdown shows */
static char *
shown_picture(const Impact *impact, const char *edition, const char *text)
{
    const char *end = text == NULL ? NULL : strstr(text, ".svg");
    const char *start = end;
    while (start != NULL && start > text && start[-1] != '(')
        start--;
    if (start == NULL)
        return NULL;
    g_autofree char *src =
        g_strndup(start, (gsize)(end - start) + strlen(".svg"));
    return picture_text(impact->now->root, edition, src);
}

/* the changed fact or research that a block of an edition shows; NULL: none */
static const char *
find_shown(const Impact *impact, const char *edition,
           const OverlayDetail *detail, GHashTable *changed)
{
    bool same = detail->operation == NULL ||
                strcmp(detail->operation, "same") == 0;
    const char *text = same ? detail->base : detail->target;
    const char *shown = find_named(changed, text);
    g_autofree char *picture =
        shown == NULL ? shown_picture(impact, edition, text) : NULL;
    return picture == NULL ? shown : find_named(changed, picture);
}

/* the same of a block of the base */
static const char *
find_shown_below(const Impact *impact, const xmlNode *node)
{
    bool is_fact = xml_is(node, "fact");
    const char *ref = is_fact || xml_is(node, "research")
                          ? xml_attribute(node, "ref")
                          : NULL;
    const char *colon = ref == NULL ? NULL : strchr(ref, ':');
    g_autofree char *id =
        colon == NULL ? g_strdup(ref) : g_strndup(ref, (gsize)(colon - ref));
    g_autofree char *name = g_strdup_printf(
        "%s %s", is_fact && colon == NULL ? "fact" : "research",
        id == NULL ? "" : id);
    gpointer found = NULL;
    if (ref != NULL && g_hash_table_lookup_extended(impact->changed, name,
                                                    &found, NULL))
        return found;
    g_autofree char *picture = picture_text(impact->now->root, NULL,
                                            xml_attribute(node, "src"));
    const char *texts[] = {xml_attribute(node, "alt"),
                           xml_attribute(node, "index"), picture};
    const char *shown = NULL;
    for (size_t i = 0; shown == NULL && i < G_N_ELEMENTS(texts); i++)
        shown = find_named(impact->changed, texts[i]);
    for (const xmlNode *child = xml_first(node); shown == NULL && child != NULL;
         child = xml_next(child, NULL))
        shown = find_shown_below(impact, child);
    return shown;
}

/* ---- comparing ------------------------------------------------------ */

static bool
is_fit(const OverlayDetail *detail)
{
    return detail->waived ||
           (detail->state == STATE_CURRENT && !detail->damaged);
}

static const OverlayDetail *
find_before(const OverlayDetails *before, const OverlayDetail *detail)
{
    if (detail->key != NULL)
        return overlay_details_find(before, detail->key);
    for (guint i = 0; i < before->list->len; i++) {
        const OverlayDetail *other = g_ptr_array_index(before->list, i);
        if (other->key == NULL && strcmp(other->hash, detail->hash) == 0)
            return other;
    }
    return NULL;
}

/* unfit now, and not so before: a unit that was fit, or a new block */
static bool
is_hit(const OverlayDetails *before, const OverlayDetail *detail)
{
    if (detail->old || is_fit(detail))
        return false;
    const OverlayDetail *other = find_before(before, detail);
    return other == NULL ? detail->key == NULL : is_fit(other);
}

static void
add_block(Impact *impact, const OverlayDetail *detail, const char *by)
{
    const char *state = detail->homeless ? N_("homeless")
                        : detail->base == NULL
                            ? N_("to the attic")
                            : block_state_name(detail->state);
    const char *severity = by == NULL ? severity_word(detail->severity) : NULL;
    if (impact->json) {
        g_string_append(impact->text,
                        g_str_has_suffix(impact->text->str, "[") ? "{" : ",\n{");
        json_add_string(impact->text, "at", detail->at);
        json_add_string(impact->text, "key", detail->key);
        json_add_string(impact->text, "state", by == NULL ? state : NULL);
        json_add_string(impact->text, "severity", severity);
        json_add_string(impact->text, "by", by);
        json_add_string(impact->text, "file", detail->place.file);
        json_add_int(impact->text, "line", detail->place.line);
        json_add_int(impact->text, "words", detail->words);
        g_string_append_c(impact->text, '}');
        return;
    }
    g_string_append_printf(
        impact->text, _("  %s:%d: %s%s%s, %s%s%s (%d words)\n"),
        detail->place.file, detail->place.line, detail->at,
        detail->key == NULL ? "" : _(" key "),
        detail->key == NULL ? "" : detail->key, by == NULL ? _(state) : by,
        severity == NULL ? "" : ", ", severity == NULL ? "" : _(severity),
        detail->words);
}

typedef struct {
    int blocks, words;
} Count;

static void
add_hits(Impact *impact, const OverlayDetails *before,
         const OverlayDetails *now, Count *count)
{
    for (guint i = 0; i < now->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(now->list, i);
        if (!is_hit(before, detail))
            continue;
        count->blocks++;
        count->words += detail->words;
        add_block(impact, detail, NULL);
    }
}

static void
add_shown(Impact *impact, const OverlayDetails *now, Count *count)
{
    g_autoptr(GHashTable) changed = changed_for(impact, now->edition->name);
    for (guint i = 0; i < now->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(now->list, i);
        const char *by = detail->old ? NULL
                                     : find_shown(impact, now->edition->name,
                                                  detail, changed);
        if (by == NULL)
            continue;
        count->blocks++;
        add_block(impact, detail, by);
    }
}

static void
add_edition(const Impact *impact, const char *edition, const Count *hit,
            const GString *hits, const Count *shown, const GString *shows,
            GString *all)
{
    if (impact->json) {
        g_string_append(all, all->len > 1 ? ",\n{" : "{");
        json_add_string(all, "edition", edition);
        json_add_int(all, "blocks", hit->blocks);
        json_add_int(all, "words", hit->words);
        g_string_append_printf(all, ",\"unfit\":%s],\"follow\":%s]}", hits->str,
                               shows->str);
        return;
    }
    if (hits != NULL)
        g_string_append_printf(all,
                               _("%s: %d blocks, %d words would not be fit "
                                 "for print any more\n%s"),
                               edition, hit->blocks, hit->words, hits->str);
    if (shown->blocks > 0)
        g_string_append_printf(all, _("%s: %d blocks follow by themselves\n%s"),
                               edition, shown->blocks, shows->str);
}

static void
tell_edition(Impact *impact, const char *edition, GString *all)
{
    Project *project = impact->now;
    g_autoptr(Diagnostics) ignored = diagnostics_new();
    g_autoptr(OverlayDetails) before =
        overlay_details(impact->before, impact->manual, edition, ignored);
    g_autoptr(OverlayDetails) now =
        overlay_details(project->base, project->manual, edition,
                        project->diagnostics);
    Count hit = {0, 0}, shown = {0, 0};
    g_autoptr(GString) hits = g_string_new(impact->json ? "[" : NULL);
    g_autoptr(GString) shows = g_string_new(impact->json ? "[" : NULL);
    impact->text = hits;
    add_hits(impact, before, now, &hit);
    impact->text = shows;
    add_shown(impact, now, &shown);
    add_edition(impact, edition, &hit, hits, &shown, shows, all);
}

/* the blocks of the base that follow a fact or figure, if there are any */
static void
tell_base(Impact *impact, GString *all)
{
    Count none = {0, 0}, shown = {0, 0};
    g_autoptr(GString) hits = g_string_new(impact->json ? "[" : NULL);
    g_autoptr(GString) shows = g_string_new(impact->json ? "[" : NULL);
    impact->text = shows;
    const xmlNode *root = document_root(impact->now->base);
    for (const xmlNode *chapter = xml_child(root, "chapter"); chapter != NULL;
         chapter = xml_next(chapter, "chapter")) {
        for (const xmlNode *block = xml_first(chapter); block != NULL;
             block = xml_next(block, NULL)) {
            const char *by = find_shown_below(impact, block);
            const char *at = xml_attribute(block, "id");
            if (by == NULL)
                continue;
            OverlayDetail detail = {.at = at == NULL ? "" : at,
                                    .place = document_place(block)};
            shown.blocks++;
            add_block(impact, &detail, by);
        }
    }
    if (shown.blocks > 0)
        add_edition(impact, impact->now->manual->lang, &none,
                    impact->json ? hits : NULL, &shown, shows, all);
}

/* ---- the command ---------------------------------------------------- */

static Result
compare(Impact *impact, const char *revision, const char *folder)
{
    Project *project = impact->now;
    const char *root = project->manual->root;
    const char *const parts[] = {"manual", "locales", NULL};
    const char *const base[] = {"manual", NULL};
    g_autofree char *whole = g_build_filename(folder, "revision", NULL);
    if (!revision_extract(root, revision, base, folder,
                          project->diagnostics) ||
        !revision_extract(root, revision, parts, whole, project->diagnostics))
        return RESULT_INVALID;
    impact->old = whole;
    copy_folder(root, "locales", folder, 2);
    g_autoptr(Diagnostics) ignored = diagnostics_new();
    impact->manual = manual_load(folder, ignored);
    impact->before =
        impact->manual == NULL ? NULL : read_manual(impact->manual, ignored);
    if (impact->before == NULL) {
        diagnostics_add(project->diagnostics, LEVEL_INVALID, "revision-unknown",
                        (Place){NULL, 0, 0},
                        _("the manual of '%s' cannot be read"), revision);
        return RESULT_INVALID;
    }
    g_autoptr(GHashTable) old = list_all_data(whole, NULL);
    g_autoptr(GHashTable) fresh = list_all_data(root, NULL);
    find_changed(impact->changed, old, fresh);
    g_autoptr(GString) all = g_string_new(impact->json ? "[" : NULL);
    for (char **name = project->manual->editions; *name != NULL; name++)
        tell_edition(impact, *name, all);
    tell_base(impact, all);
    g_string_append(all, impact->json ? "]\n" : "");
    return command_print(all->str) ? RESULT_DONE : RESULT_INVALID;
}

static Result
run(Project *project, const char *revision, bool json)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", &error);
    if (folder == NULL)
        return command_failure(project->diagnostics, "output-unwritable",
                               error);
    Impact impact = {
        .now = project,
        .changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .json = json};
    Result result = compare(&impact, revision, folder);
    revision_delete(folder);
    manual_free(impact.manual);
    document_free(impact.before);
    g_hash_table_unref(impact.changed);
    return result;
}

int
cmd_impact(Session *session, int argc, char **argv)
{
    bool json = false;
    int code = RESULT_INVALID;
    if (!command_json_options(session, "impact",
                              "Which blocks of which editions, and how many "
                              "words, would not be fit for print any more if "
                              "the base of the working tree (chapters, "
                              "figures, facts, research) replaced that of the "
                              "git revision REV (HEAD).",
                              &argc, &argv, &json, &code))
        return code;
    if (argc > 1 && strcmp(argv[1], "--") == 0) {
        argc--;
        argv++;
    }
    if (argc > 2)
        return command_usage("impact [REV]");
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    if (project == NULL)
        return RESULT_INVALID;
    return (int)run(project, argc == 2 ? argv[1] : "HEAD", json);
}
