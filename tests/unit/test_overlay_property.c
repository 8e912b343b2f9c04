/* SPDX-License-Identifier: MIT */
/*
 * Whatever is done to the base: no text of a person is lost or doubled, a
 * second sync changes nothing, and when the base comes back to what it was,
 * every translation is current again.
 *
 * Each target holds a number that stands nowhere else, so that losing it, or
 * having it twice, is seen in the bytes of the files.
 */
#include "overlay_project.h"

enum {
    CHAPTERS = 2,
    PARAGRAPHS = 7,
    EDITS = 12,
    QUICK_ROUNDS = 15,
    SLOW_ROUNDS = 200, /* -m slow */
};

static const char *const words[] = {
    "auka",     "pareigūnas", "klausia",  "atsako",  "teismas", "byla",
    "liudija",  "prokuroras", "saugo",    "žmogus",  "darbas",  "sutartis",
    "pinigai",  "kelias",     "stotis",   "telefonas", "pagalba", "diena",
    "naktis",   "miestas",    "vaikas",   "moteris", "vyras",   "įstatymas",
};

typedef struct {
    GPtrArray *chapters[CHAPTERS]; /* of GString: blocks, owned */
    int made; /* numbers of words that are unique */
} Book;

static void
free_block(gpointer block)
{
    g_string_free(block, TRUE);
}

static int
pick(int count)
{
    return g_test_rand_int_range(0, count);
}

static GString *
make_paragraph(Book *book)
{
    GString *text = g_string_new(NULL);
    int count = 4 + pick(16);
    for (int i = 0; i < count; i++) {
        g_string_append_printf(text, "%s%s", i == 0 ? "" : " ",
                               words[pick((int)G_N_ELEMENTS(words))]);
        if (i % 5 == 2) /* words that other paragraphs do not have */
            g_string_append_printf(text, " ypatingas%c%c%c",
                                   'a' + book->made % 26,
                                   'a' + book->made / 26 % 26,
                                   'a' + book->made / 676 % 26);
        if (i % 5 == 2)
            book->made++;
    }
    g_string_append_c(text, '.');
    return text;
}

static Book *
make_book(void)
{
    Book *book = g_new0(Book, 1);
    for (int i = 0; i < CHAPTERS; i++) {
        book->chapters[i] = g_ptr_array_new_with_free_func(free_block);
        GString *title = g_string_new(NULL);
        g_string_printf(title, "# Skyrius %c {#s%d}", 'A' + i, i);
        g_ptr_array_add(book->chapters[i], title);
        for (int j = 0; j < PARAGRAPHS; j++)
            g_ptr_array_add(book->chapters[i], make_paragraph(book));
    }
    return book;
}

static void
free_book(Book *book)
{
    for (int i = 0; i < CHAPTERS; i++)
        g_ptr_array_unref(book->chapters[i]);
    g_free(book);
}

static Book *
copy_book(const Book *book)
{
    Book *copy = g_new0(Book, 1);
    copy->made = book->made;
    for (int i = 0; i < CHAPTERS; i++) {
        copy->chapters[i] = g_ptr_array_new_with_free_func(free_block);
        for (guint j = 0; j < book->chapters[i]->len; j++) {
            const GString *block = book->chapters[i]->pdata[j];
            g_ptr_array_add(copy->chapters[i], g_string_new(block->str));
        }
    }
    return copy;
}

static void
write_book(const Project *project, const Book *book)
{
    for (int i = 0; i < CHAPTERS; i++) {
        GString *text = g_string_new(NULL);
        for (guint j = 0; j < book->chapters[i]->len; j++) {
            const GString *block = book->chapters[i]->pdata[j];
            g_string_append_printf(text, "%s\n\n", block->str);
        }
        g_autofree char *name = g_strdup_printf("manual/0%d.md", i + 1);
        project_write(project, name, text->str);
        g_string_free(text, TRUE);
    }
}

/* ---- what editors do ------------------------------------------------ */

static void
change_word(GString *block)
{
    if (g_str_has_prefix(block->str, "#"))
        return;
    g_auto(GStrv) parts = g_strsplit(block->str, " ", -1);
    int count = (int)g_strv_length(parts);
    int index = pick(count);
    g_free(parts[index]);
    parts[index] = g_strdup(words[pick((int)G_N_ELEMENTS(words))]);
    g_autofree char *text = g_strjoinv(" ", parts);
    g_string_assign(block, text);
}

/* a paragraph, or a new one where the chapter has none; its index */
static guint
pick_paragraph(Book *book, GPtrArray *chapter)
{
    if (chapter->len < 2)
        g_ptr_array_add(chapter, make_paragraph(book));
    return 1 + (guint)pick((int)chapter->len - 1);
}

static void
split_block(GPtrArray *chapter, guint index)
{
    GString *block = chapter->pdata[index];
    char *blank = strchr(block->str + block->len / 2, ' ');
    if (blank == NULL)
        return;
    GString *rest = g_string_new(blank + 1);
    g_string_truncate(block, (gsize)(blank - block->str));
    g_string_append_c(block, '.');
    g_ptr_array_insert(chapter, (int)index + 1, rest);
}

static void
merge_blocks(GPtrArray *chapter, guint index)
{
    if (index + 1 >= chapter->len)
        return;
    GString *block = chapter->pdata[index];
    const GString *next = chapter->pdata[index + 1];
    g_string_append_printf(block, " %s", next->str);
    g_ptr_array_remove_index(chapter, index + 1);
}

static void
edit_book(Book *book)
{
    GPtrArray *chapter = book->chapters[pick(CHAPTERS)];
    GPtrArray *other = book->chapters[pick(CHAPTERS)];
    guint index = pick_paragraph(book, chapter);
    switch (pick(8)) {
    case 0:
    case 1:
        change_word(chapter->pdata[index]);
        break;
    case 2:
        g_ptr_array_remove_index(chapter, index);
        break;
    case 3:
        g_ptr_array_insert(chapter, (int)index, make_paragraph(book));
        break;
    case 4: {
        GString *block = g_ptr_array_steal_index(chapter, index);
        g_ptr_array_insert(other, 1 + pick((int)other->len), block);
        break;
    }
    case 5:
        split_block(chapter, index);
        break;
    case 6:
        merge_blocks(chapter, index);
        break;
    case 7: { /* wrapped anew: no change at all */
        GString *block = chapter->pdata[index];
        char *blank = strchr(block->str + block->len / 3, ' ');
        if (blank != NULL)
            *blank = '\n';
        break;
    }
    }
}

/* ---- what translators do -------------------------------------------- */

/* fills every TODO with a numbered text; the number of texts made so far */
static int
fill_todos(const Project *project, const char *name, int number)
{
    g_autofree char *text = project_read(project, name);
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool open = false;
    bool heading = false;
    for (int i = 0; lines[i + 1] != NULL; i++) {
        char *todo = g_str_has_prefix(lines[i], "<!-- ov:translate")
                         ? strstr(lines[i], " TODO")
                         : NULL;
        if (todo != NULL) {
            *todo = 0;
            open = true;
            heading = g_str_has_prefix(lines[i + 2], "# ");
            if (!heading && pick(8) == 0) { /* a replace instead */
                char *operation = strstr(lines[i], "translate");
                memmove(operation + 7, operation + 9,
                        strlen(operation + 9) + 1);
                memcpy(operation, "replace", 7);
            }
        }
        g_string_append_printf(out, "%s\n", lines[i]);
        if (open && strcmp(lines[i], "-->") == 0) {
            g_string_append_printf(out, "\n%sTõlge --> nr N%dN siin.\n",
                                   heading ? "# " : "", number++);
            open = false;
        }
    }
    project_write(project, name, out->str);
    g_string_free(out, TRUE);
    return number;
}

/* local texts of a chapter; their numbers go on from `number` */
static int
add_inserts(const Project *project, int chapter, int number)
{
    g_autofree char *name = g_strdup_printf("locales/et/0%d.md", chapter + 1);
    g_autofree char *text = project_read(project, name);
    GString *out = g_string_new(text);
    static const char *const places[] = {"after", "before"};
    for (int i = 0; i < 3; i++)
        g_string_append_printf(out,
                               "\n<!-- ov:insert %s=s%d.p%d -->\n\nLisa "
                               "--> nr N%dN siin.\n",
                               places[pick(2)], chapter, 1 + pick(PARAGRAPHS),
                               number++);
    g_string_append_printf(out,
                           "\n<!-- ov:insert last-in=s%d reason=\"x y\" -->"
                           "\n\nLõpp nr N%dN siin.\n",
                           chapter, number++);
    project_write(project, name, out->str);
    g_string_free(out, TRUE);
    return number;
}

static int
fill_all(const Project *project, int number)
{
    number = fill_todos(project, "locales/et/01.md", number);
    return fill_todos(project, "locales/et/02.md", number);
}

static void
acknowledge_some(const Project *project)
{
    for (int i = 1; i <= CHAPTERS; i++) {
        g_autofree char *name = g_strdup_printf("locales/et/0%d.md", i);
        g_autofree char *text = project_read(project, name);
        char *flag = strstr(text, " STALE");
        if (flag == NULL || pick(2) == 0)
            continue;
        memmove(flag, flag + 6, strlen(flag + 6) + 1);
        project_write(project, name, text);
    }
}

/* ---- the properties ------------------------------------------------- */

static char *
read_overlays(const Project *project)
{
    g_autofree char *first = project_read(project, "locales/et/01.md");
    g_autofree char *second = project_read(project, "locales/et/02.md");
    return g_strconcat(first, second, NULL);
}

static void
check_texts(const Project *project, int made)
{
    g_autofree char *all = read_overlays(project);
    for (int i = 0; i < made; i++) {
        g_autofree char *mark = g_strdup_printf(" nr N%dN siin.", i);
        const char *found = strstr(all, mark);
        if (found == NULL || strstr(found + 1, mark) != NULL)
            g_error("text %d is %s in\n%s", i,
                    found == NULL ? "lost" : "doubled", all);
    }
}

static void
sync_and_check(Project *project, int made)
{
    project_sync(project);
    check_texts(project, made);
    g_autofree char *once = read_overlays(project);
    int again = project_sync(project);
    g_autofree char *twice = read_overlays(project);
    if (again != 0)
        g_error("a second sync changed\n%s\ninto\n%s", once, twice);
}

/* Every block of the base is current.  An insert may be left for review: it
 * follows harmless changes of its anchor without a word, and when that is
 * deleted later, it no longer knows the first text. */
static bool
blocks_are_current(Project *project)
{
    g_autofree char *states = project_states(project);
    g_auto(GStrv) parts = g_strsplit(states, " ", -1);
    bool current = true;
    for (int i = 0; parts[i] != NULL; i++) {
        bool insert = *parts[i] == '+';
        if (g_str_has_suffix(parts[i], ":current") ||
            (insert && strstr(parts[i], ":homeless") == NULL &&
             (strstr(parts[i], ":review") || strstr(parts[i], ":current"))))
            continue;
        g_test_message("%s", parts[i]);
        current = false;
    }
    return current;
}

static Project *
start(Book *book, int *made)
{
    Project *project = project_new("# A\n");
    const char *const chapters[] = {"01.md", "02.md", NULL};
    project_write_manual(project, chapters);
    write_book(project, book);
    project_sync(project);
    *made = fill_all(project, 0);
    for (int i = 0; i < CHAPTERS; i++)
        *made = add_inserts(project, i, *made);
    sync_and_check(project, *made);
    g_assert_true(project_is_current(project));
    return project;
}

static int
rounds(void)
{
    return g_test_slow() ? SLOW_ROUNDS : QUICK_ROUNDS;
}

static void
test_revert(void)
{
    for (int round = 0; round < rounds(); round++) {
        Book *original = make_book();
        int made = 0;
        g_autoptr(Project) project = start(original, &made);
        Book *book = copy_book(original);
        for (int i = 0; i < EDITS; i++) {
            for (int j = pick(3); j >= 0; j--)
                edit_book(book);
            write_book(project, book);
            sync_and_check(project, made);
        }
        write_book(project, original);
        sync_and_check(project, made);
        if (!blocks_are_current(project)) {
            g_autofree char *text =
                project_read(project, "locales/et/01.md");
            print_diagnostics(project);
            g_error("not current after revert (round %d):\n%s", round, text);
        }
        free_book(book);
        free_book(original);
    }
}

static void
test_people(void)
{
    for (int round = 0; round < rounds(); round++) {
        Book *book = make_book();
        int made = 0;
        g_autoptr(Project) project = start(book, &made);
        for (int i = 0; i < EDITS; i++) {
            for (int j = pick(4); j >= 0; j--)
                edit_book(book);
            if (pick(4) == 0) { /* the same sentence twice */
                GPtrArray *chapter = book->chapters[0];
                const GString *block =
                    chapter->pdata[pick_paragraph(book, chapter)];
                g_ptr_array_add(book->chapters[1], g_string_new(block->str));
            }
            write_book(project, book);
            sync_and_check(project, made);
            if (pick(2) == 0)
                made = fill_all(project, made);
            acknowledge_some(project);
            sync_and_check(project, made);
        }
        free_book(book);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/overlay/property/revert", test_revert);
    g_test_add_func("/overlay/property/people", test_people);
    return g_test_run();
}
