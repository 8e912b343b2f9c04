/* SPDX-License-Identifier: MIT */
/*
 * Random histories of a manual, one change of the base after the other, each
 * synced: edit, insert, delete, move within and between chapters, split, merge,
 * rename a heading, go back to the first version.
 *
 * A model that knows nothing of the code says what must come of each: which
 * text stands under which block, its state and its severity.  It can, because
 * every word of the base stands there once: a block is known by its words, and
 * "equal" is strcmp.  Besides, every text, note and reason holds a number that
 * stands nowhere else, so that one lost or doubled is seen in the bytes.
 *
 *   test_model    the histories
 *     change        does something to the book, and says so to the model
 *     settle        the model's rules
 *     check         the files, the states, a second sync
 *   test_people   several changes at once, with inserts: nothing is lost
 */
#include "overlay_project.h"

enum {
    CHAPTERS = 2,
    PARAGRAPHS = 4,
    STEPS = 5,
    QUICK_HISTORIES = 150,
    SLOW_HISTORIES = 5000, /* -m slow */
    QUICK_PEOPLE = 20,
    SLOW_PEOPLE = 500,
    LEAST_WORDS = 12,
    MOST_WORDS = 22,
    NOWHERE = -1,
};

typedef struct {
    int id;
    GString *text;
    bool heading;
} Block;

/* a person's text */
typedef struct {
    int number;
    bool replace;
    char *source; /* of the base, that it is about */
    char *latest; /* of the base, that its unit has seen */
    int block;    /* id, or NOWHERE: attic or homeless */
    int next;     /* while settling */
    bool divided; /* what the unit has seen last is a split or merge */
} Text;

typedef struct {
    Project *project;
    GPtrArray *chapters[CHAPTERS]; /* Block, owned */
    GPtrArray *texts;              /* Text, owned */
    int blocks, words;             /* made so far */
    int split, merged;             /* the block of the last change, or NOWHERE */
    bool acknowledged; /* the first texts may be about later versions now */
    GString *story;
} World;

/* ---- the base ------------------------------------------------------- */

static int
pick(int count)
{
    return g_test_rand_int_range(0, count);
}

static void
free_block(gpointer data)
{
    Block *block = data;
    g_string_free(block->text, TRUE);
    g_free(block);
}

static void
free_text(gpointer data)
{
    Text *text = data;
    g_free(text->source);
    g_free(text->latest);
    g_free(text);
}

static Block *
new_block(World *world, bool heading)
{
    Block *block = g_new0(Block, 1);
    block->id = world->blocks++;
    block->text = g_string_new(NULL);
    block->heading = heading;
    return block;
}

/* a word that stands nowhere else; letters only */
static char *
new_word(World *world)
{
    GString *word = g_string_new("žo");
    for (int number = world->words++; number > 0; number /= 20)
        g_string_append_c(word, "bcdfghjklmnprstvzaui"[number % 20]);
    g_string_append(word, "do");
    return g_string_free(word, FALSE);
}

static Block *
new_paragraph(World *world)
{
    Block *block = new_block(world, false);
    int count = LEAST_WORDS + pick(MOST_WORDS - LEAST_WORDS);
    for (int i = 0; i < count; i++) {
        g_autofree char *word = new_word(world);
        g_string_append_printf(block->text, "%s%s", i == 0 ? "" : " ", word);
    }
    g_string_append_c(block->text, '.');
    return block;
}

static Block *
new_heading(World *world)
{
    Block *block = new_block(world, true);
    g_string_append_c(block->text, '#');
    for (int i = 0; i < 6; i++) {
        g_autofree char *word = new_word(world);
        g_string_append_printf(block->text, " %s", word);
    }
    return block;
}

static void
write_base(const World *world)
{
    for (int i = 0; i < CHAPTERS; i++) {
        GString *text = g_string_new(NULL);
        for (guint j = 0; j < world->chapters[i]->len; j++) {
            const Block *block = world->chapters[i]->pdata[j];
            if (block->heading) /* its id changes with its words */
                g_string_append_printf(text, "%s {#s%d-%u}\n\n",
                                       block->text->str, i,
                                       g_str_hash(block->text->str) % 1000);
            else
                g_string_append_printf(text, "%s\n\n", block->text->str);
        }
        g_autofree char *name = g_strdup_printf("manual/0%d.md", i + 1);
        project_write(world->project, name, text->str);
        g_string_free(text, TRUE);
    }
}

static GPtrArray *
copy_chapter(const GPtrArray *chapter)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(free_block);
    for (guint i = 0; i < chapter->len; i++) {
        const Block *block = chapter->pdata[i];
        Block *same = g_memdup2(block, sizeof(*block));
        same->text = g_string_new(block->text->str);
        g_ptr_array_add(copy, same);
    }
    return copy;
}

static int
count_words(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    return (int)g_strv_length(words);
}

/* ---- changes -------------------------------------------------------- */

/* puts something in the place of a word, or behind it */
static void
change_word(World *world, Block *block)
{
    static const char *const kinds[] = {"word", "number", "negation",
                                        "reference", "comma"};
    int kind = block->heading ? 0 : pick((int)G_N_ELEMENTS(kinds));
    g_auto(GStrv) parts = g_strsplit(block->text->str, " ", -1);
    int index = 1 + pick((int)g_strv_length(parts) - 2);
    g_autofree char *old = parts[index];
    bool plain = g_str_has_prefix(old, "žo") && !strpbrk(old, ".,");
    g_autofree char *fresh = new_word(world);
    if (kind == 1)
        parts[index] = g_strdup_printf("%s %d", old, 10 + world->words++);
    else if (kind == 2 && plain)
        parts[index] = g_strconcat("ne", old, NULL);
    else if (kind == 3)
        parts[index] = g_strdup_printf("%s {{f%d}}", old, world->words++);
    else if (kind == 4 && plain)
        parts[index] = g_strconcat(old, ",", NULL);
    else
        parts[index] = g_strconcat(fresh, strchr(old, '.') ? "." : "", NULL);
    g_autofree char *text = g_strjoinv(" ", parts);
    g_string_assign(block->text, text);
    g_string_append_printf(world->story, "%s in block %d\n", kinds[kind],
                           block->id);
}

static void
split_block(World *world, GPtrArray *chapter, guint index)
{
    Block *block = chapter->pdata[index];
    if (count_words(block->text->str) < 20)
        return;
    char *blank = strchr(block->text->str + block->text->len / 2, ' ');
    if (blank == NULL || blank[-1] == '.')
        return;
    Block *rest = new_block(world, false);
    g_string_assign(rest->text, blank + 1);
    g_string_truncate(block->text, (gsize)(blank - block->text->str));
    g_string_append_c(block->text, '.');
    g_ptr_array_insert(chapter, (int)index + 1, rest);
    world->split = block->id;
    g_string_append_printf(world->story, "block %d is split\n", block->id);
}

static Text *
find_text(const World *world, int block)
{
    for (guint i = 0; i < world->texts->len; i++) {
        Text *text = world->texts->pdata[i];
        if (text->block == block)
            return text;
    }
    return NULL;
}

static void
merge_blocks(World *world, GPtrArray *chapter, guint index)
{
    Block *block = chapter->pdata[index];
    const Block *next =
        index + 1 < chapter->len ? chapter->pdata[index + 1] : NULL;
    if (next == NULL || count_words(block->text->str) > MOST_WORDS ||
        count_words(next->text->str) > MOST_WORDS)
        return;
    Text *first = find_text(world, block->id);
    Text *second = find_text(world, next->id);
    /* a replace without a block stays in its place and may return any time */
    if (second != NULL && second->replace)
        return;
    g_string_append_printf(world->story, "blocks %d and %d are merged\n",
                           block->id, next->id);
    g_string_append_printf(block->text, " %s", next->text->str);
    if (first != NULL && second != NULL)
        world->merged = block->id;
    else if (second != NULL)
        second->block = block->id;
    g_ptr_array_remove_index(chapter, index + 1);
}

static void
move_block(World *world, GPtrArray *chapter, guint index)
{
    GPtrArray *other = world->chapters[pick(CHAPTERS)];
    Block *block = g_ptr_array_steal_index(chapter, index);
    g_ptr_array_insert(other, 1 + pick((int)other->len), block);
    g_string_append_printf(world->story, "block %d moves\n", block->id);
}

static void
go_back(World *world, GPtrArray *const *first)
{
    for (int i = 0; i < CHAPTERS; i++) {
        g_ptr_array_unref(world->chapters[i]);
        world->chapters[i] = copy_chapter(first[i]);
    }
    g_string_append(world->story, "back to the first version\n");
}

static void
change(World *world, GPtrArray *const *first)
{
    world->split = world->merged = NOWHERE;
    GPtrArray *chapter = world->chapters[pick(CHAPTERS)];
    int what = pick(12);
    if (chapter->len < 2)
        what = 6;
    guint index = chapter->len < 2 ? 0 : 1 + (guint)pick((int)chapter->len - 1);
    Block *block = chapter->pdata[index];
    if (what < 4 || (what == 10 && world->acknowledged))
        change_word(world, block);
    else if (what == 4)
        change_word(world, chapter->pdata[0]); /* the heading and its id */
    else if (what == 5)
        move_block(world, chapter, index);
    else if (what == 6)
        g_ptr_array_insert(chapter, (int)MAX(index, 1), new_paragraph(world));
    else if (what == 7 || what == 8)
        split_block(world, chapter, index);
    else if (what == 9)
        merge_blocks(world, chapter, index);
    else if (what == 10)
        go_back(world, first);
    else if (chapter->len > 2) {
        g_string_append_printf(world->story, "block %d goes\n", block->id);
        g_ptr_array_remove_index(chapter, index);
    }
}

/* ---- the model ------------------------------------------------------ */

typedef bool (*Fits)(const Text *text, const Block *block);

static bool
fits_source(const Text *text, const Block *block)
{
    return strcmp(text->source, block->text->str) == 0;
}

static bool
fits_latest(const Text *text, const Block *block)
{
    return strcmp(text->latest, block->text->str) == 0;
}

static bool
fits_id(const Text *text, const Block *block)
{
    return text->block == block->id;
}

/* texts without a block, and blocks without a text, that fit each other */
static void
pair(World *world, bool alive, Fits fits)
{
    for (int i = 0; i < CHAPTERS; i++) {
        for (guint j = 0; j < world->chapters[i]->len; j++) {
            const Block *block = world->chapters[i]->pdata[j];
            Text *found = NULL;
            bool taken = false;
            for (guint k = 0; k < world->texts->len; k++) {
                Text *text = world->texts->pdata[k];
                taken = taken || text->next == block->id;
                bool living = text->block != NOWHERE || text->replace;
                if (found == NULL && text->next == NOWHERE &&
                    living == alive && fits(text, block))
                    found = text;
            }
            if (found != NULL && !taken)
                found->next = block->id;
        }
    }
}

static const Block *
find_block(const World *world, int id)
{
    for (int i = 0; i < CHAPTERS; i++) {
        for (guint j = 0; j < world->chapters[i]->len; j++) {
            const Block *block = world->chapters[i]->pdata[j];
            if (block->id == id)
                return block;
        }
    }
    return NULL;
}

/* what a sync must make of the base as it is now */
static void
settle(World *world)
{
    for (guint i = 0; i < world->texts->len; i++)
        ((Text *)world->texts->pdata[i])->next = NOWHERE;
    pair(world, true, fits_source);
    pair(world, true, fits_latest);
    pair(world, false, fits_source);
    pair(world, false, fits_latest);
    pair(world, true, fits_id);
    for (guint i = 0; i < world->texts->len; i++) {
        Text *text = world->texts->pdata[i];
        text->block = text->next;
        const Block *block = find_block(world, text->block);
        if (block == NULL)
            continue;
        if (strcmp(text->latest, block->text->str) != 0)
            text->divided = block->id == world->split ||
                            block->id == world->merged;
        g_free(text->latest);
        text->latest = g_strdup(block->text->str);
    }
}

static void
count_tokens(GHashTable *counts, const char *text, int by)
{
    g_auto(GStrv) words = g_strsplit_set(text, " .,#", -1);
    for (int i = 0; words[i] != NULL; i++) {
        int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, words[i]));
        if (*words[i] != 0)
            g_hash_table_insert(counts, g_strdup(words[i]),
                                GINT_TO_POINTER(count + by));
    }
}

/* of the change between two texts: the words that only one of them has */
static const char *
weigh(const char *old, const char *new, bool divided)
{
    static const char *const names[] = {"typographic", "wording", "structure",
                                        "reference", "negation", "number"};
    g_autoptr(GHashTable) counts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    count_tokens(counts, old, 1);
    count_tokens(counts, new, -1);
    int weight = divided ? 2 : 0;
    GHashTableIter walk;
    gpointer word = NULL, count = NULL;
    g_hash_table_iter_init(&walk, counts);
    while (g_hash_table_iter_next(&walk, &word, &count)) {
        if (GPOINTER_TO_INT(count) == 0)
            continue;
        g_autofree char *negated = g_strconcat("ne", word, NULL);
        bool negates =
            GPOINTER_TO_INT(g_hash_table_lookup(counts, negated)) != 0;
        int own = g_str_has_prefix(word, "{{")             ? 3
                  : g_ascii_isdigit(*(const char *)word) ? 5
                  : negates                              ? 4
                                                         : 1;
        weight = MAX(weight, own);
    }
    return names[weight];
}

/* ---- what people do ------------------------------------------------- */

/* Translates what says TODO; sometimes a replace, with a reason, or a note for
 * colleagues.  The order of units is that of the blocks. */
static void
translate(World *world)
{
    for (int i = 0; i < CHAPTERS; i++) {
        g_autofree char *name = g_strdup_printf("locales/et/0%d.md", i + 1);
        g_autofree char *file = project_read(world->project, name);
        g_auto(GStrv) lines = g_strsplit(file, "\n", -1);
        GString *out = g_string_new(NULL);
        Text *open = NULL;
        bool heading = false;
        for (int j = 0; lines[j + 1] != NULL; j++) {
            char *todo = g_str_has_prefix(lines[j], "<!-- ov:translate")
                             ? strstr(lines[j], " TODO")
                             : NULL;
            if (todo != NULL) {
                *todo = 0;
                open = g_new0(Text, 1);
                open->number = (int)world->texts->len;
                open->source = g_strdup(lines[j + 2]);
                char *id = strstr(open->source, " {#");
                if (id != NULL)
                    *id = 0;
                open->latest = g_strdup(open->source);
                heading = *open->source == '#';
                open->replace = !heading && pick(6) == 0;
                g_ptr_array_add(world->texts, open);
            }
            if (todo != NULL && open->replace)
                g_string_append_printf(out,
                                       "<!-- ov:replace%s reason=\"R%dR --> x\"",
                                       lines[j] + strlen("<!-- ov:translate"),
                                       open->number);
            else
                g_string_append(out, lines[j]);
            g_string_append_c(out, '\n');
            if (open != NULL && open->number % 3 == 0 &&
                strcmp(lines[j + 1], "-->") == 0)
                g_string_append_printf(out, "=note\nM%dM\n\\=kas?\n",
                                       open->number);
            if (open != NULL && strcmp(lines[j], "-->") == 0) {
                g_string_append_printf(out, "\n%sTõlge --> nr N%dN siin.\n",
                                       heading ? "# " : "", open->number);
                open = NULL;
            }
        }
        /* a reason may hold no arrow but an escaped one */
        g_string_replace(out, "R --> x\"", "R --\\> x\"", 0);
        project_write(world->project, name, out->str);
        g_string_free(out, TRUE);
    }
    /* whose text it is, the base says: every word stands there once */
    for (guint i = 0; i < world->texts->len; i++) {
        Text *text = world->texts->pdata[i];
        for (int j = 0; j < CHAPTERS && text->block == 0; j++)
            for (guint k = 0; k < world->chapters[j]->len; k++) {
                const Block *block = world->chapters[j]->pdata[k];
                if (fits_source(text, block))
                    text->block = block->id;
            }
    }
}

static char *
read_overlays(const Project *project)
{
    g_autofree char *first = project_read(project, "locales/et/01.md");
    g_autofree char *second = project_read(project, "locales/et/02.md");
    return g_strconcat(first, second, NULL);
}

/* the key of the unit that holds this text; owned */
static char *
find_key(const World *world, const Text *text)
{
    g_autofree char *all = read_overlays(world->project);
    g_autofree char *mark = g_strdup_printf(" nr N%dN", text->number);
    char *found = strstr(all, mark);
    g_assert_nonnull(found);
    *found = 0;
    return g_strndup(g_strrstr(all, " key=") + strlen(" key="), 4);
}

/* somebody says that an outdated text fits what its unit has seen */
static void
acknowledge(World *world)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < world->texts->len; i++) {
        Text *text = world->texts->pdata[i];
        if (text->block == NOWHERE ||
            strcmp(text->source, text->latest) == 0 || pick(2) == 0)
            continue;
        g_ptr_array_add(keys, find_key(world, text));
        g_free(text->source);
        text->source = g_strdup(text->latest);
        text->divided = false;
        g_string_append_printf(world->story, "text %d is acknowledged\n",
                               text->number);
    }
    if (keys->len == 0)
        return;
    world->acknowledged = true;
    g_ptr_array_add(keys, NULL);
    project_load(world->project);
    SyncOptions options = {.edition = "et",
                           .write = true,
                           .acknowledge = (const char *const *)keys->pdata};
    GError *error = NULL;
    overlay_sync_with(world->project->base, world->project->manual, &options,
                      NULL, world->project->diagnostics, &error);
    g_assert_no_error(error);
}

/* ---- checks --------------------------------------------------------- */

G_GNUC_PRINTF(2, 3)
static void
fail(const World *world, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *all = read_overlays(world->project);
    print_diagnostics(world->project);
    g_error("%s\nafter\n%s\n%s", what, world->story->str, all);
}

/* each mark stands there once */
static void
check_marks(const World *world)
{
    g_autofree char *all = read_overlays(world->project);
    for (guint i = 0; i < world->texts->len; i++) {
        const Text *text = world->texts->pdata[i];
        g_autofree char *target =
            g_strdup_printf(" nr N%dN siin.\n", text->number);
        g_autofree char *reason = g_strdup_printf("\"R%dR --\\> x\"",
                                                  text->number);
        g_autofree char *note = g_strdup_printf("=note\nM%dM\n\\=kas?\n",
                                                text->number);
        const char *const marks[] = {target, text->replace ? reason : NULL,
                                     text->number % 3 == 0 ? note : NULL};
        for (size_t j = 0; j < G_N_ELEMENTS(marks); j++) {
            const char *found = marks[j] ? strstr(all, marks[j]) : NULL;
            if (marks[j] != NULL &&
                (found == NULL || strstr(found + 1, marks[j]) != NULL))
                fail(world, "'%s' is %s", marks[j],
                     found == NULL ? "lost" : "doubled");
        }
    }
}

/* "state severity text" that the model expects of a block; owned */
static char *
expect(const World *world, const Block *block)
{
    const Text *text = find_text(world, block->id);
    if (text == NULL)
        return g_strdup("missing");
    if (strcmp(text->source, block->text->str) == 0)
        return g_strdup_printf("current text %d", text->number);
    return g_strdup_printf(
        "%s %s text %d", text->replace ? "review" : "stale",
        weigh(text->source, block->text->str, text->divided), text->number);
}

/* number of the text that stands in the unit with this key, or NOWHERE */
static int
text_of(const char *all, const char *key)
{
    g_autofree char *mark = g_strdup_printf(" key=%s ", key);
    const char *unit = strstr(all, mark);
    const char *end = unit == NULL ? NULL : strstr(unit, "<!-- ov:");
    const char *found = unit == NULL ? NULL : strstr(unit, " nr N");
    return found == NULL || (end != NULL && found > end)
               ? NOWHERE
               : atoi(found + strlen(" nr N"));
}

/* what is said of a block, and the number of the text in its unit or NOWHERE */
typedef void (*CheckBlock)(World *world, const Block *block,
                           const OverlayBlock *found, int number);

static void
check_blocks(World *world, CheckBlock check)
{
    OverlayReport *report = NULL;
    Document *document = project_apply(world->project, true, &report);
    g_autofree char *all = read_overlays(world->project);
    guint index = 0;
    for (int i = 0; i < CHAPTERS; i++) {
        for (guint j = 0; j < world->chapters[i]->len; j++, index++) {
            const OverlayBlock *found = g_ptr_array_index(report->blocks, index);
            check(world, world->chapters[i]->pdata[j], found,
                  text_of(all, found->key));
        }
    }
    overlay_report_free(report);
    document_free(document);
}

static void
check_state(World *world, const Block *block, const OverlayBlock *found,
            int number)
{
    g_autofree char *text = number == NOWHERE
                                ? g_strdup("")
                                : g_strdup_printf(" text %d", number);
    g_autofree char *state = g_strdup_printf(
        "%s%s%s%s", block_state_name(found->state),
        found->severity == NULL ? "" : " ",
        found->severity == NULL ? "" : found->severity, text);
    g_autofree char *expected = expect(world, block);
    if (strcmp(state, expected) != 0)
        fail(world, "block %d ('%s') is '%s', not '%s'", block->id,
             block->text->str, state, expected);
}

/* what is current must be a text about just this block, whatever happened */
static void
check_claim(World *world, const Block *block, const OverlayBlock *found,
            int number)
{
    if (found->state == STATE_CURRENT &&
        (number == NOWHERE ||
         !fits_source(world->texts->pdata[number], block)))
        fail(world, "block %d is current with text %d", block->id, number);
}

static void
sync_and_count(const World *world)
{
    project_sync(world->project);
    check_marks(world);
    if (project_sync(world->project) != 0)
        fail(world, "a second sync changed something");
}

static void
sync_and_check(World *world)
{
    sync_and_count(world);
    check_blocks(world, check_state);
}

/* the model itself says that every block is current */
static void
check_all_current(const World *world)
{
    for (int i = 0; i < CHAPTERS; i++) {
        for (guint j = 0; j < world->chapters[i]->len; j++) {
            g_autofree char *state = expect(world, world->chapters[i]->pdata[j]);
            if (!g_str_has_prefix(state, "current "))
                fail(world, "a block is '%s' after going back", state);
        }
    }
}

/* ---- histories ------------------------------------------------------ */

static World *
new_world(Project *project)
{
    World *world = g_new0(World, 1);
    world->project = project;
    world->texts = g_ptr_array_new_with_free_func(free_text);
    world->story = g_string_new(NULL);
    world->split = world->merged = NOWHERE;
    world->blocks = 1; /* 0: a text that does not know its block yet */
    for (int i = 0; i < CHAPTERS; i++) {
        world->chapters[i] = g_ptr_array_new_with_free_func(free_block);
        g_ptr_array_add(world->chapters[i], new_heading(world));
        for (int j = 0; j < PARAGRAPHS; j++)
            g_ptr_array_add(world->chapters[i], new_paragraph(world));
    }
    project_delete(project, "locales/et/01.md");
    project_delete(project, "locales/et/02.md");
    write_base(world);
    return world;
}

static void
free_world(World *world)
{
    for (int i = 0; i < CHAPTERS; i++)
        g_ptr_array_unref(world->chapters[i]);
    g_ptr_array_unref(world->texts);
    g_string_free(world->story, TRUE);
    g_free(world);
}

static void
run_history(Project *project)
{
    World *world = new_world(project);
    project_sync(project);
    translate(world);
    sync_and_check(world);
    GPtrArray *first[CHAPTERS];
    for (int i = 0; i < CHAPTERS; i++)
        first[i] = copy_chapter(world->chapters[i]);
    for (int i = 0; i < STEPS; i++) {
        change(world, first);
        write_base(world);
        settle(world);
        sync_and_check(world);
        if (pick(6) == 0) {
            translate(world);
            sync_and_check(world);
        }
        if (pick(8) == 0) {
            acknowledge(world);
            sync_and_check(world);
        }
    }
    go_back(world, first);
    world->split = world->merged = NOWHERE;
    write_base(world);
    if (world->acknowledged) {
        sync_and_count(world);
        check_blocks(world, check_claim);
    } else {
        settle(world);
        sync_and_check(world);
        check_all_current(world);
    }
    for (int i = 0; i < CHAPTERS; i++)
        g_ptr_array_unref(first[i]);
    free_world(world);
}

static Project *
two_chapters(void)
{
    Project *project = project_new("# A\n");
    const char *const chapters[] = {"01.md", "02.md", NULL};
    project_write_manual(project, chapters);
    return project;
}

static void
test_model(void)
{
    g_autoptr(Project) project = two_chapters();
    int count = g_test_slow() ? SLOW_HISTORIES : QUICK_HISTORIES;
    for (int i = 0; i < count; i++)
        run_history(project);
    g_test_message("%d histories of %d changes each, all as the model said",
                   count, STEPS + 1);
}

/* ---- several changes at once ---------------------------------------- */

/* local texts of a chapter, each with its note */
static void
add_inserts(World *world, int chapter)
{
    static const char *const places[] = {"after", "before"};
    g_autofree char *name = g_strdup_printf("locales/et/0%d.md", chapter + 1);
    g_autofree char *file = project_read(world->project, name);
    GString *out = g_string_new(file);
    for (int i = 0; i < 3; i++) {
        const Block *heading = world->chapters[chapter]->pdata[0];
        Text *text = g_new0(Text, 1);
        text->number = (int)world->texts->len;
        text->block = NOWHERE;
        text->source = g_strdup("");
        text->latest = g_strdup("");
        g_ptr_array_add(world->texts, text);
        g_autofree char *id = g_strdup_printf(
            "s%d-%u", chapter, g_str_hash(heading->text->str) % 1000);
        g_autofree char *where =
            i == 2 ? g_strdup_printf("last-in=%s", id)
                   : g_strdup_printf("%s=%s.p%d", places[pick(2)], id,
                                     1 + pick(PARAGRAPHS));
        g_autofree char *note =
            text->number % 3 != 0
                ? g_strdup(" ")
                : g_strdup_printf("\n=note\nM%dM\n\\=kas?\n", text->number);
        g_string_append_printf(out,
                               "\n<!-- ov:insert %s%s-->\n\nLisa nr N%dN "
                               "siin.\n",
                               where, note, text->number);
    }
    project_write(world->project, name, out->str);
    g_string_free(out, TRUE);
}

static void
delete_words(const World *world)
{
    for (int i = 1; i <= CHAPTERS; i++) {
        g_autofree char *name = g_strdup_printf("locales/et/0%d.md", i);
        g_autofree char *text = project_read(world->project, name);
        char *flag = strstr(text, " STALE");
        if (flag == NULL || pick(2) == 0)
            continue;
        memmove(flag, flag + 6, strlen(flag + 6) + 1);
        project_write(world->project, name, text);
    }
}

/* The blocks of the first version are current again.  An insert may be left for
 * review: it follows harmless changes of its anchor without a word, and when
 * that is deleted later, it no longer knows the first text. */
static void
check_back(World *world)
{
    g_autofree char *states = project_states(world->project);
    g_auto(GStrv) parts = g_strsplit(states, " ", -1);
    for (int i = 0; parts[i] != NULL; i++) {
        bool insert = *parts[i] == '+' && strstr(parts[i], ":homeless") == NULL;
        if (!g_str_has_suffix(parts[i], ":current") &&
            !(insert && (strstr(parts[i], ":review") ||
                         strstr(parts[i], ":current"))))
            fail(world, "%s after going back", parts[i]);
    }
}

static void
run_people(Project *project)
{
    World *world = new_world(project);
    project_sync(project);
    translate(world);
    for (int i = 0; i < CHAPTERS; i++)
        add_inserts(world, i);
    sync_and_count(world);
    g_assert_true(project_is_current(project));
    GPtrArray *first[CHAPTERS];
    for (int i = 0; i < CHAPTERS; i++)
        first[i] = copy_chapter(world->chapters[i]);
    bool changed = pick(2) == 0; /* by people, too */
    for (int i = 0; i < STEPS; i++) {
        for (int j = pick(4); j >= 0; j--)
            change(world, first);
        if (pick(4) == 0) { /* the same sentence twice */
            const GPtrArray *from = world->chapters[0];
            const Block *block = from->pdata[pick((int)from->len)];
            Block *twin = new_block(world, false);
            g_string_assign(twin->text, block->heading ? "Ir dar kartą."
                                                       : block->text->str);
            g_ptr_array_add(world->chapters[1], twin);
        }
        write_base(world);
        sync_and_count(world);
        if (changed && pick(2) == 0)
            translate(world);
        if (changed)
            delete_words(world);
        sync_and_count(world);
    }
    go_back(world, first);
    write_base(world);
    sync_and_count(world);
    if (!changed)
        check_back(world);
    for (int i = 0; i < CHAPTERS; i++)
        g_ptr_array_unref(first[i]);
    free_world(world);
}

static void
test_people(void)
{
    g_autoptr(Project) project = two_chapters();
    int count = g_test_slow() ? SLOW_PEOPLE : QUICK_PEOPLE;
    for (int i = 0; i < count; i++)
        run_people(project);
    g_test_message("%d histories of up to %d changes at once, nothing lost",
                   count, STEPS * 4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/overlay/property/model", test_model);
    g_test_add_func("/overlay/property/people", test_people);
    return g_test_run();
}
