/* SPDX-License-Identifier: MIT */
/*
 * A sync that moves units between chapters is killed between two system calls,
 * at every place there is (-m slow) or at some; and at the same places somebody
 * saves a file from an editor.  Whatever happens, every text is still there,
 * and the next sync makes of the files what the first would have made.
 *
 * The sync runs in a child under ptrace, which stops it behind each call.
 */
#include "overlay_project.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHAPTERS = 4,
    LEAST_KILLS = 500,
    /* behind the last look at the files a save is one after the sync: an editor
     * that writes what it read before takes the new units out again, and they
     * are in build/backup */
    LAST_CALLS = 12,
    QUICK_STEP = 23, /* of how many places one is tried in the quick suite */
};

/* before and after: sentences trade places between chapters, one chapter is
 * renamed, so that a file is made and one goes */
static const char *const names[2][CHAPTERS] = {
    {"01.md", "02.md", "03.md", "04.md"}, {"01.md", "02.md", "03.md", "05.md"}};
static const char *const books[2][CHAPTERS] = {
    {"# A {#a}\n\nPirmas sakinys čia stovi.\n\nAntras sakinys taip pat stovi.\n",
     "# B {#b}\n\nTrečias sakinys kitame skyriuje.\n\nKetvirtas lieka vietoje.\n",
     "# C {#c}\n\nPenktas sakinys, kurio niekas nejudina.\n",
     "# D {#d}\n\nŠeštas sakinys pervadintame skyriuje.\n"},
    {"# A {#a}\n\nTrečias sakinys kitame skyriuje.\n\nPirmas sakinys čia stovi.\n",
     "# B {#b}\n\nAntras sakinys taip pat stovi.\n\nKetvirtas lieka vietoje.\n",
     "# C {#c}\n\nPenktas sakinys, kurio niekas nejudina.\n",
     "# D {#d}\n\nŠeštas sakinys pervadintame skyriuje.\n"},
};
static const char *const texts[] = {"EePirmas", "EeAntras", "EeTrečias",
                                    "EeKetvirtas", "EePenktas", "EeŠeštas"};

static void
write_book(const Project *project, int version)
{
    for (int i = 0; i < CHAPTERS; i++) {
        g_autofree char *old = g_strconcat("manual/", names[!version][i], NULL);
        g_autofree char *new = g_strconcat("manual/", names[version][i], NULL);
        project_delete(project, old);
        project_write(project, new, books[version][i]);
    }
    const char *chapters[CHAPTERS + 1] = {NULL};
    memcpy(chapters, names[version], sizeof(names[version]));
    project_write_manual(project, chapters);
}

/* name -> text of the overlay files */
static GHashTable *
read_overlays(const Project *project)
{
    GHashTable *files =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *folder = g_build_filename(project->root, "locales/et", NULL);
    g_auto(GStrv) found = file_list(folder);
    for (int i = 0; found[i] != NULL; i++) {
        g_autofree char *name = g_strconcat("locales/et/", found[i], NULL);
        if (!g_str_has_suffix(name, ".xml"))
            g_hash_table_insert(files, g_strdup(name),
                                project_read(project, name));
    }
    return files;
}

static void
restore_overlays(const Project *project, GHashTable *files)
{
    g_autoptr(GHashTable) present = read_overlays(project);
    GHashTableIter walk;
    gpointer name = NULL, text = NULL;
    g_hash_table_iter_init(&walk, present);
    while (g_hash_table_iter_next(&walk, &name, NULL))
        project_delete(project, name);
    g_hash_table_iter_init(&walk, files);
    while (g_hash_table_iter_next(&walk, &name, &text))
        project_write(project, name, text);
}

static char *
join(GHashTable *files)
{
    GString *all = g_string_new(NULL);
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(files), (GCompareFunc)strcmp);
    for (GList *key = keys; key != NULL; key = key->next)
        g_string_append_printf(all, "%s:\n%s", (char *)key->data,
                               (char *)g_hash_table_lookup(files, key->data));
    return g_string_free(all, FALSE);
}

static char *
join_overlays(const Project *project)
{
    g_autoptr(GHashTable) files = read_overlays(project);
    return join(files);
}

/* ---- the child ------------------------------------------------------ */

static pid_t
start_sync(Project *project)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
            _exit(77);
        raise(SIGSTOP);
        SyncOptions options = {.edition = "et",
                               .write = true,
                               .has_seed = true,
                               .seed = 1};
        bool done = overlay_sync_with(project->base, project->manual, &options,
                                      NULL, project->diagnostics, NULL);
        _exit(done ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status))
        return -1;
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD);
    return child;
}

/* runs the child until it is behind its `count`-th call; false: it ended first,
 * with *code */
static bool
run_calls(pid_t child, int count, int *code)
{
    int status = 0;
    for (int stops = 0; stops < 2 * count;) {
        ptrace(PTRACE_SYSCALL, child, NULL, NULL);
        waitpid(child, &status, 0);
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
            return false;
        }
        stops += WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80);
    }
    return true;
}

static int
finish(pid_t child)
{
    int status = 0;
    ptrace(PTRACE_CONT, child, NULL, NULL);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

typedef struct {
    Project *project;
    GHashTable *before; /* the overlays before the sync */
    char *after;        /* and all of them after it */
    int calls;          /* of the whole sync */
} Scene;

static void
clear_scene(Scene *scene)
{
    project_free(scene->project);
    g_hash_table_unref(scene->before);
    g_free(scene->after);
}

/* from one version of the book to the other; false: nothing can be traced here */
static bool
make_scene(Scene *scene, int from)
{
    Project *project = project_new("# A\n");
    scene->project = project;
    project_delete(project, "manual/01.md");
    write_book(project, from);
    project_sync(project);
    for (int i = 0; i < CHAPTERS; i++) {
        g_autofree char *name =
            g_strconcat("locales/et/", names[from][i], NULL);
        project_translate(project, name);
    }
    project_sync(project);
    g_assert_true(project_is_current(project));
    scene->before = read_overlays(project);
    write_book(project, !from);
    project_sync(project);
    g_assert_true(project_is_current(project));
    scene->after = join_overlays(project);
    restore_overlays(project, scene->before);
    pid_t child = start_sync(project);
    int code = -1;
    if (child < 0)
        return false;
    for (scene->calls = 0; run_calls(child, 1, &code); scene->calls++)
        continue;
    g_assert_cmpint(code, ==, 0);
    g_autofree char *traced = join_overlays(project);
    g_assert_cmpstr(traced, ==, scene->after);
    return true;
}

static int
step(void)
{
    return g_test_slow() ? 1 : QUICK_STEP;
}

/* ---- kills ---------------------------------------------------------- */

static int
kill_everywhere(int from)
{
    Scene scene = {0};
    if (!make_scene(&scene, from)) {
        g_test_skip("ptrace is not allowed here");
        clear_scene(&scene);
        return LEAST_KILLS;
    }
    Project *project = scene.project;
    int kills = 0, halves = 0;
    g_autofree char *before = join(scene.before);
    for (int i = 0; i <= scene.calls; i += step()) {
        restore_overlays(project, scene.before);
        pid_t child = start_sync(project);
        int code = 0;
        run_calls(child, i, &code);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        kills++;
        g_autofree char *all = join_overlays(project);
        halves += strcmp(all, before) != 0 && strcmp(all, scene.after) != 0;
        for (size_t j = 0; j < G_N_ELEMENTS(texts); j++)
            if (strstr(all, texts[j]) == NULL)
                g_error("killed behind call %d: %s is lost in\n%s", i, texts[j],
                        all);
        project_sync(project);
        g_autofree char *healed = join_overlays(project);
        if (strcmp(healed, scene.after) != 0)
            g_error("killed behind call %d, not healed:\n%s", i, healed);
        g_assert_cmpint(project_sync(project), ==, 0);
    }
    g_test_message("%d kills between the %d system calls of a sync, %d of them "
                   "left files half done; all healed",
                   kills, scene.calls, halves);
    g_assert_cmpint(halves, >, 0);
    clear_scene(&scene);
    return kills;
}

static void
test_killed(void)
{
    int kills = kill_everywhere(0);
    kills += kill_everywhere(1);
    if (g_test_slow())
        g_assert_cmpint(kills, >=, LEAST_KILLS);
}

/* ---- an editor ------------------------------------------------------ */

/* saves what an editor read before the sync began, with one word changed; as
 * most do (a new file, renamed) or into the old file */
static void
save(const Scene *scene, const char *name, const char *old, const char *new,
     bool in_place)
{
    GString *text = g_string_new(g_hash_table_lookup(scene->before, name));
    g_assert_cmpint((int)g_string_replace(text, old, new, 1), ==, 1);
    g_autofree char *path = g_build_filename(scene->project->root, name, NULL);
    FILE *file = in_place ? fopen(path, "w") : NULL;
    if (file != NULL) {
        fwrite(text->str, 1, text->len, file);
        fclose(file);
    } else {
        project_write(scene->project, name, text->str);
    }
    g_string_free(text, TRUE);
}

static bool
is_backed_up(const Project *project, const char *text)
{
    for (int i = 0; i < CHAPTERS; i++) {
        g_autofree char *name =
            g_strconcat("build/backup/locales/et/", names[0][i], NULL);
        g_autofree char *old = project_read(project, name);
        if (old != NULL && strstr(old, text) != NULL)
            return true;
    }
    return false;
}

static void
test_editor(void)
{
    static const char *const edits[][3] = {
        {"locales/et/01.md", "EePirmas", "Esimene"}, /* stays in its file */
        {"locales/et/02.md", "EeKetvirtas", "Neljas"},
        {"locales/et/02.md", "EeTrečias", "Kolmas"},  /* goes to another */
        {"locales/et/04.md", "EeŠeštas", "Kuues"},   /* the file goes */
    };
    Scene scene = {0};
    if (!make_scene(&scene, 0)) {
        g_test_skip("ptrace is not allowed here");
        clear_scene(&scene);
        return;
    }
    Project *project = scene.project;
    int saves = 0;
    for (int i = 0; i <= scene.calls; i += step()) {
        int which = saves % (int)G_N_ELEMENTS(edits);
        const char *const *edit = edits[which];
        restore_overlays(project, scene.before);
        pid_t child = start_sync(project);
        int code = 0;
        bool stopped = run_calls(child, i, &code);
        save(&scene, edit[0], edit[1], edit[2], saves / 4 % 2 == 1);
        if (stopped)
            code = finish(child);
        saves++;
        g_autofree char *all = join_overlays(project);
        if (strstr(all, edit[2]) == NULL)
            g_error("saved behind call %d (exit code %d): %s is lost in\n%s", i,
                    code, edit[2], all);
        for (size_t j = 0; j < G_N_ELEMENTS(texts); j++) {
            if (strcmp(texts[j], edit[1]) == 0 || strstr(all, texts[j]) != NULL)
                continue;
            if (i < scene.calls - LAST_CALLS || !is_backed_up(project, texts[j]))
                g_error("saved behind call %d: %s is lost in\n%s", i, texts[j],
                        all);
        }
    }
    g_test_message("%d saves between the %d system calls of a sync, none lost",
                   saves, scene.calls);
    clear_scene(&scene);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/overlay/killed/everywhere", test_killed);
    g_test_add_func("/overlay/killed/editor", test_editor);
    return g_test_run();
}
