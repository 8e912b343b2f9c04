/* SPDX-License-Identifier: MIT */
/*
 * The matcher against real revisions: tests/overlay/pairs.txt, pairs of blocks
 * labelled by hand.  Each pair alone, between neighbours that stay, and all of
 * them at once, where nothing stays that a guess could lean on.
 *
 * A wrong match puts a translation under another text: there must be none.  A
 * missed one only goes to the attic; those are counted and printed.
 */
#include "overlay_project.h"

#include "overlay/match.h"

enum { LEAST_PAIRS = 60 };

typedef struct {
    bool same;
    char *where, *old, *new;
} LabelledPair;

typedef struct {
    int right, missed, wrong, kept; /* kept apart: other texts */
} Score;

static void
free_pair(gpointer data)
{
    LabelledPair *pair = data;
    g_free(pair->where);
    g_free(pair->old);
    g_free(pair->new);
    g_free(pair);
}

static GPtrArray *
load_pairs(void)
{
    const char *root = g_getenv("ROOT") == NULL ? "." : g_getenv("ROOT");
    g_autofree char *path =
        g_build_filename(root, "tests", "overlay", "pairs.txt", NULL);
    g_autofree char *text = NULL;
    GError *error = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    GPtrArray *pairs = g_ptr_array_new_with_free_func(free_pair);
    g_auto(GStrv) parts = g_strsplit(text, "\n% ", -1);
    for (int i = 1; parts[i] != NULL; i++) {
        LabelledPair *pair = g_new0(LabelledPair, 1);
        g_auto(GStrv) lines = g_strsplit(parts[i], "\n", 2);
        g_auto(GStrv) halves = g_strsplit(lines[1], "\n%\n", 2);
        pair->same = g_str_has_prefix(lines[0], "same ");
        pair->where = g_strdup(lines[0]);
        pair->old = g_strstrip(g_strdup(halves[0]));
        pair->new = g_strstrip(g_strdup(halves[1]));
        g_ptr_array_add(pairs, pair);
    }
    return pairs;
}

/* footnotes that nobody refers to are no blocks: calls for those of a text */
static void
add_calls(GString *book, const char *text)
{
    if (g_str_has_prefix(text, "[^"))
        g_string_append_printf(book, "[%.*s] ", (int)strcspn(text + 1, "]"),
                               text + 1);
}

/* where the unit that was made for the old text went: the block's canonical
 * text, or NULL */
static const char *
find_match(const Edition *edition, const char *old)
{
    g_autofree char *wanted = canonical_text(old);
    for (guint i = 0; i < edition->units->len; i++) {
        const Unit *unit = g_ptr_array_index(edition->units, i);
        if (g_strcmp0(unit->src_canonical, wanted) == 0)
            return unit->block == NULL ? NULL : unit->block->canonical;
    }
    g_error("no unit for '%s'", old);
}

static void
judge(const LabelledPair *pair, const Edition *edition, Score *score)
{
    const char *found = find_match(edition, pair->old);
    g_autofree char *wanted = canonical_text(pair->new);
    bool is_new = g_strcmp0(found, wanted) == 0;
    score->right += pair->same && is_new;
    score->kept += !pair->same && found == NULL;
    score->missed += pair->same && found == NULL;
    if (pair->same ? found == NULL || is_new : found == NULL) {
        if (found == NULL && pair->same)
            g_test_message("missed: %s: %.60s", pair->where, pair->old);
        return;
    }
    score->wrong++;
    g_test_message("WRONG: %s: '%.80s' under '%.80s'", pair->where, pair->old,
                   found);
}

/* translates the old book and matches its units with the new one */
static void
replay(Project *project, const char *old, const char *new,
       const GPtrArray *pairs, Score *score)
{
    project_delete(project, OVERLAY);
    project_write(project, BASE, old);
    project_sync(project);
    project_translate(project, OVERLAY);
    project_sync(project);
    project_write(project, BASE, new);
    project_load(project);
    g_autoptr(Edition) edition = edition_load(project->base, project->manual,
                                              "et", project->diagnostics);
    g_assert_false(edition->failed);
    match_units(edition, &(MatchOptions){.for_sync = true},
                project->diagnostics);
    for (guint i = 0; i < pairs->len; i++)
        judge(g_ptr_array_index(pairs, i), edition, score);
}

static void
say(const char *how, const Score *score)
{
    g_test_message("%s: %d edited texts found again, %d missed; %d other texts "
                   "kept apart; %d wrong",
                   how, score->right, score->missed, score->kept, score->wrong);
}

static const char before[] = "Šis sakinys stovi prieš ir niekada nesikeičia.";
static const char after[] = "O šitas stovi po jo ir taip pat visada tas pats.";

static void
test_alone(void)
{
    g_autoptr(GPtrArray) pairs = load_pairs();
    g_assert_cmpint(pairs->len, >=, LEAST_PAIRS);
    g_autoptr(Project) project = project_new("# A\n");
    Score score = {0};
    for (guint i = 0; i < pairs->len; i++) {
        LabelledPair *pair = g_ptr_array_index(pairs, i);
        g_autoptr(GPtrArray) one = g_ptr_array_new();
        g_ptr_array_add(one, pair);
        GString *calls = g_string_new("Šaltiniai: ");
        add_calls(calls, pair->old);
        add_calls(calls, pair->new);
        g_autofree char *old = g_strdup_printf(
            "# Skyrius apie viską {#visko-skyrius}\n\n%s\n\n%s\n\n%s\n\n%s\n",
            calls->str, before, pair->old, after);
        g_autofree char *new = g_strdup_printf(
            "# Skyrius apie viską {#visko-skyrius}\n\n%s\n\n%s\n\n%s\n\n%s\n",
            calls->str, before, pair->new, after);
        g_string_free(calls, TRUE);
        replay(project, old, new, one, &score);
    }
    say("each alone", &score);
    g_assert_cmpint(score.wrong, ==, 0);
}

/* a text that stands in two pairs is taken once */
static GPtrArray *
distinct_pairs(const GPtrArray *pairs)
{
    GPtrArray *some = g_ptr_array_new();
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < pairs->len; i++) {
        LabelledPair *pair = g_ptr_array_index(pairs, i);
        /* a label or an id names a block, in the whole chapter */
        char *ends[2];
        for (int j = 0; j < 2; j++) {
            const char *text = j == 0 ? pair->old : pair->new;
            const char *id = strstr(text, "{#");
            ends[j] = g_str_has_prefix(text, "[^")
                          ? g_strndup(text, strcspn(text, "]"))
                          : g_strdup(id != NULL ? id : text);
        }
        bool twice = g_hash_table_contains(seen, ends[0]) ||
                     g_hash_table_contains(seen, ends[1]);
        if (!twice)
            g_ptr_array_add(some, pair);
        for (int j = 0; j < 2; j++)
            g_hash_table_add(seen, ends[j]);
    }
    return some;
}

static void
test_together(void)
{
    g_autoptr(GPtrArray) pairs = load_pairs();
    g_autoptr(GPtrArray) some = distinct_pairs(pairs);
    g_autoptr(Project) project = project_new("# A\n");
    GString *old = g_string_new("# Senas pavadinimas {#senas}\n\n");
    GString *new = g_string_new("# Visai kitas vardas {#visai}\n\n");
    for (guint i = 0; i < some->len; i++) {
        const LabelledPair *pair = g_ptr_array_index(some, i);
        add_calls(old, pair->old);
        add_calls(new, pair->new);
    }
    for (guint i = 0; i < some->len; i++) {
        const LabelledPair *pair = g_ptr_array_index(some, i);
        g_string_append_printf(old, "\n\n%s", pair->old);
        /* and in another order */
        pair = g_ptr_array_index(some, (i * 7) % some->len);
        g_string_append_printf(new, "\n\n%s", pair->new);
    }
    g_assert_cmpint(some->len % 7, !=, 0);
    g_string_append_c(old, '\n');
    g_string_append_c(new, '\n');
    Score score = {0};
    replay(project, old->str, new->str, some, &score);
    g_string_free(old, TRUE);
    g_string_free(new, TRUE);
    say("all at once, in another order", &score);
    g_assert_cmpint(score.wrong, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/overlay/match/alone", test_alone);
    g_test_add_func("/overlay/match/together", test_together);
    return g_test_run();
}
