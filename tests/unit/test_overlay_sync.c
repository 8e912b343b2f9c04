/* SPDX-License-Identifier: MIT */
/* Sync: one test for each kind of change of the base, and for what can happen
 * to files.  docs/format/overlay.md is the contract. */
#include "overlay_project.h"

#include "overlay/sync.h"

static const char base_text[] =
    "# Darbas {#darbas}\n"
    "\n"
    "Lietuvoje atsakomybę už prekybą žmonėmis nustato Baudžiamojo kodekso 147 "
    "straipsnis.[^bk]\n"
    "\n"
    "Auka retai pasako, kad ji yra auka, todėl pareigūnas turi klausti "
    "atsargiai ir ramiai.\n"
    "\n"
    "## Požymiai {#pozymiai}\n"
    "\n"
    "Svarbiausi požymiai, kuriuos mato patrulis, išvardyti žemiau pateiktame "
    "sąraše.\n"
    "\n"
    "- dokumentai atimti;\n"
    "- atlyginimas nemokamas;\n"
    "\n"
    "| Institucija | Telefonas |\n"
    "|-------------|-----------|\n"
    "| Policija    | 112       |\n"
    "\n"
    "```\n"
    "kodas --> lieka\n"
    "```\n"
    "\n"
    "## Pokalbis {#pokalbis}\n"
    "\n"
    "Kreipkitės į darbo inspekciją, kai žmogus dirba be sutarties ir be "
    "poilsio.\n"
    "\n"
    "[^bk]: Baudžiamasis kodeksas.\n";

/* ---- the life of a file --------------------------------------------- */

static void
test_create(void)
{
    g_autoptr(Project) project = project_new(base_text);
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *text = project_read(project, OVERLAY);
    g_test_message("%s", text);
    g_assert_true(g_str_has_prefix(
        text, "<!-- ov:file v=1 base=01.md from=lt to=et norm=1 -->\n\n"
              "<!-- ov:translate at=darbas.h key="));
    g_assert_nonnull(strstr(text, " TODO\n=src\n# Darbas {#darbas}\n-->\n"));
    g_assert_nonnull(strstr(text, "at=fn.bk key="));
    g_assert_null(strstr(text, "kodas")); /* code is the same by default */
    g_assert_cmpint(project_sync(project), ==, 0);
    g_autofree char *states = project_states(project);
    g_assert_cmpstr(states, ==,
                    "darbas:missing darbas.p1:missing darbas.p2:missing "
                    "pozymiai:missing pozymiai.p1:missing pozymiai.l1:missing "
                    "pozymiai.t1:missing pozymiai.c1:current pokalbis:missing "
                    "pokalbis.p1:missing darbas.fn.bk:missing");
    g_assert_false(project_is_current(project));
    g_assert_true(diagnostics_has(project->diagnostics, "block-missing"));
}

static void
test_translated(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_keys_reproducible(void)
{
    g_autoptr(Project) a = project_new(base_text);
    g_autoptr(Project) b = project_new(base_text);
    project_sync(a);
    project_sync(b);
    g_autofree char *text_a = project_read(a, OVERLAY);
    g_autofree char *text_b = project_read(b, OVERLAY);
    g_assert_cmpstr(text_a, ==, text_b);
}

static void
test_hand_written(void)
{
    g_autoptr(Project) project = project_new("# A {#a}\n\nVienas žodis čia.\n");
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.h -->\n\n# Ee\n\n"
                  "<!-- ov:translate at=a.p1 -->\n\nÜks sõna siin.\n\n"
                  "<!-- ov:insert after=a.p1 reason=\"EE\" -->\n\nLisa.\n");
    g_autofree char *before = project_states(project);
    g_assert_cmpstr(before, ==, "a:draft a.p1:draft +a.p1:draft");
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *text = project_read(project, OVERLAY);
    g_test_message("%s", text);
    g_assert_nonnull(strstr(text, "=src\nVienas žodis čia.\n-->\n\nÜks sõna"));
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_hand_written_wrong(void)
{
    g_autoptr(Project) project = project_new("# A {#a}\n\nVienas.\n");
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.p7 -->\n\nÜks.\n");
    project_sync(project);
    g_assert_true(diagnostics_has(project->diagnostics, "anchor-unknown"));
    g_assert_cmpint(project->changed->len, ==, 0);
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.p1 -->\n\nÜks.\n\n"
                  "<!-- ov:replace at=a.p1 -->\n\nKaks.\n");
    project_sync(project);
    g_assert_true(diagnostics_has(project->diagnostics, "unit-duplicate"));
    g_assert_cmpint(project->changed->len, ==, 0);
}

/* ---- changes of the base -------------------------------------------- */

static void
test_typo(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "atsargiai ir", "atsargiai, ir");
    g_autofree char *early = project_states(project);
    g_assert_nonnull(strstr(early, "darbas.p2:stale:typographic"));
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *states = project_states(project);
    g_assert_cmpstr(states, ==, early);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "STALE\n=src"));
    g_assert_nonnull(strstr(text, "=diff TYPOGRAPHIC\n"));
    g_assert_cmpint(project_sync(project), ==, 0);
    /* the person looks, and deletes the word */
    project_replace(project, OVERLAY, " STALE", "");
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_null(strstr(after, "now="));
    g_assert_nonnull(strstr(after, "=src\nAuka retai pasako, kad ji yra auka, "
                                   "todėl pareigūnas turi klausti atsargiai, "));
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_superscript(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "kodekso 147 ", "kodekso 147¹ ");
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p1:stale:reference"));
    g_assert_false(project_is_current(project));
    g_assert_true(diagnostics_has(project->diagnostics, "block-stale"));
}

static void
test_edited_twice_and_back(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *before = project_read(project, OVERLAY);
    project_replace(project, BASE, "atsargiai ir ramiai", "labai atsargiai");
    project_sync(project);
    project_replace(project, BASE, "labai atsargiai", "tik atsargiai");
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "=src\nAuka retai pasako, kad ji yra auka, "
                                  "todėl pareigūnas turi klausti atsargiai "
                                  "ir ramiai.\n=now\nAuka retai pasako, kad ji "
                                  "yra auka, todėl pareigūnas turi klausti tik "
                                  "atsargiai.\n"));
    g_assert_null(strstr(text, "labai"));
    project_write(project, BASE, base_text);
    g_assert_true(project_is_current(project));
    project_sync(project);
    g_autofree char *after = project_read(project, OVERLAY);
    /* what somebody writes meanwhile, for the other base, must not pass for it */
    char *seal = strstr(after, " ack=");
    g_assert_nonnull(seal);
    size_t length = strlen(" ack=01234567");
    memmove(seal, seal + length, strlen(seal + length) + 1);
    g_assert_cmpstr(after, ==, before);
}

static bool
acknowledge(Project *project, const char *key, bool edited)
{
    project_load(project);
    const char *const keys[] = {key, NULL};
    SyncOptions options = {.edition = "et",
                           .write = true,
                           .acknowledge = key == NULL ? NULL : keys,
                           .acknowledge_edited = edited};
    GError *error = NULL;
    overlay_sync_with(project->base, project->manual, &options, NULL,
                      project->diagnostics, &error);
    g_assert_no_error(error);
    return diagnostics_count_from(project->diagnostics, LEVEL_ERROR) == 0;
}

/* a number or negation is not acknowledged by deleting a word alone */
static void
test_forged(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "turi klausti", "neturi klausti");
    project_sync(project);
    project_replace(project, OVERLAY, " STALE", "");
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:review:negation"));
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, " REVIEW\n"));
    g_assert_cmpint(project_sync(project), ==, 0);
    /* the text is changed too: a merge may give the same, so ack must say it */
    project_replace(project, OVERLAY, "turi Eeklausti", "ei tohi küsida");
    project_replace(project, OVERLAY, " REVIEW", "");
    g_autofree char *altered = project_states(project);
    g_assert_nonnull(strstr(altered, "darbas.p2:draft"));
    g_assert_cmpint(project_sync(project), ==, 0);
    g_assert_true(diagnostics_has(project->diagnostics, "unit-unconfirmed"));
    g_assert_false(project_is_current(project));
    g_assert_true(acknowledge(project, NULL, true));
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_acknowledge(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "turi klausti", "neturi klausti");
    project_replace(project, BASE, "dokumentai atimti", "dokumentai paimti");
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    const char *at = strstr(text, "at=darbas.p2 key=") + 17;
    g_autofree char *key = g_strndup(at, 4);
    g_assert_true(acknowledge(project, key, false));
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:current"));
    g_assert_nonnull(strstr(states, "pozymiai.l1:stale"));
    /* only texts that were changed since they were flagged */
    g_assert_true(acknowledge(project, NULL, true));
    g_autofree char *same = project_states(project);
    g_assert_cmpstr(same, ==, states);
    project_replace(project, OVERLAY, "Eedokumentai", "paberid");
    g_assert_true(acknowledge(project, NULL, true));
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
    g_assert_false(acknowledge(project, "zzzz", false));
    g_assert_true(diagnostics_has(project->diagnostics, "key-unknown"));
}

static void
test_shuffle(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_write(
        project, BASE,
        "# Darbas {#darbas}\n\n"
        "Kreipkitės į darbo inspekciją, kai žmogus dirba be sutarties ir be "
        "poilsio.\n\n"
        "| Institucija | Telefonas |\n|--|--|\n| Policija | 112 |\n\n"
        "Auka retai pasako, kad ji yra auka, todėl pareigūnas turi\nklausti "
        "atsargiai ir ramiai.\n\n"
        "## Pokalbis {#pokalbis}\n\n"
        "Svarbiausi požymiai, kuriuos mato patrulis, išvardyti žemiau "
        "pateiktame sąraše.\n\n"
        "Lietuvoje atsakomybę už prekybą žmonėmis nustato Baudžiamojo kodekso "
        "147 straipsnis.[^bk]\n\n"
        "## Požymiai {#pozymiai}\n\n"
        "* dokumentai atimti;\n* atlyginimas nemokamas;\n\n"
        "```\nkodas --> lieka\n```\n\n"
        "[^bk]: Baudžiamasis kodeksas.\n");
    g_assert_true(project_is_current(project)); /* without a sync */
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_null(strstr(text, "STALE"));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_moved_edited_renamed(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *text = project_read(project, BASE);
    GString *base = g_string_new(text);
    g_string_replace(base,
                     "Auka retai pasako, kad ji yra auka, todėl pareigūnas "
                     "turi klausti atsargiai ir ramiai.\n\n",
                     "", 1);
    g_string_replace(base, "## Pokalbis {#pokalbis}\n",
                     "## Pirmas pokalbis {#pirmas-pokalbis}\n\nAuka retai "
                     "pasako, kad ji auka, todėl pareigūnas turi klausti "
                     "atsargiai ir lėtai.\n",
                     1);
    project_write(project, BASE, base->str);
    g_string_free(base, TRUE);
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_test_message("%s", states);
    g_assert_nonnull(strstr(states, "pirmas-pokalbis.p1:stale:wording"));
    g_assert_nonnull(strstr(states, "pirmas-pokalbis.p2:current"));
    g_autofree char *overlay = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(overlay, "at=pirmas-pokalbis.p1 key="));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_split(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "yra auka, todėl pareigūnas",
                    "yra auka.\n\nTodėl pareigūnas");
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_test_message("%s", states);
    g_assert_nonnull(strstr(states, "darbas.p2:stale:structure "
                                    "darbas.p3:missing"));
    g_autofree char *overlay = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(overlay, " hint="));
    g_assert_cmpint(project_sync(project), ==, 0);
    project_write(project, BASE, base_text);
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_null(strstr(after, "hint="));
}

static void
test_merge(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "straipsnis.[^bk]\n\nAuka",
                    "straipsnis.[^bk] Auka");
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_test_message("%s", states);
    g_assert_nonnull(strstr(states, "darbas.p1:stale:"));
    g_autofree char *overlay = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(overlay, "<!-- ov:attic -->"));
    g_assert_nonnull(strstr(overlay, "EeAuka")); /* kept, in the attic */
    g_assert_cmpint(project_sync(project), ==, 0);
    project_write(project, BASE, base_text);
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_null(strstr(after, "ov:attic"));
}

static void
test_table_row(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "| Policija    | 112       |\n",
                    "| Policija    | 112       |\n| Linija | 8 800 |\n");
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "pozymiai.t1:stale:number"));
}

static void
test_rewritten(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE,
                    "Auka retai pasako, kad ji yra auka, todėl pareigūnas turi "
                    "klausti atsargiai ir ramiai.",
                    "Visai kitoks sakinys apie teisingumą stovi dabar šioje "
                    "vietoje be jokio ryšio.");
    project_sync(project);
    g_assert_true(diagnostics_has(project->diagnostics, "unit-to-attic"));
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:missing"));
    g_autofree char *overlay = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(overlay, "=tgt\nEeAuka"));
    g_assert_nonnull(strstr(overlay, " hint=")); /* the gap points to it */
    g_assert_cmpint(project_sync(project), ==, 0);
    project_write(project, BASE, base_text);
    project_sync(project);
    g_assert_true(project_is_current(project));
}

static void
test_same_sentence_elsewhere(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "## Pokalbis {#pokalbis}\n",
                    "## Pokalbis {#pokalbis}\n\nAuka retai pasako, kad ji yra "
                    "auka, todėl pareigūnas turi klausti atsargiai ir "
                    "ramiai.\n");
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:current"));
    g_assert_nonnull(strstr(states, "pokalbis.p1:missing"));
    g_assert_nonnull(strstr(states, "pokalbis.p2:current"));
}

/* ---- inserts, replacements, removals -------------------------------- */

static Project *
project_with_insert(void)
{
    Project *project = project_translated(base_text);
    g_autofree char *text = project_read(project, OVERLAY);
    g_autofree char *more =
        g_strdup_printf("%s\n<!-- ov:insert after=darbas.p2 reason=\"EE\" "
                        "-->\n\nKohalik lõik.\n",
                        text);
    project_write(project, OVERLAY, more);
    project_sync(project);
    g_assert_true(project_is_current(project));
    return project;
}

static void
test_insert_edited(void)
{
    g_autoptr(Project) project = project_with_insert();
    project_replace(project, BASE, "atsargiai ir", "lėtai ir");
    g_autofree char *early = project_states(project);
    g_assert_nonnull(strstr(early, "+darbas.p2:current:wording"));
    g_assert_true(
        diagnostics_has(project->diagnostics, "insert-anchor-changed"));
    project_sync(project);
    g_assert_cmpint(project_sync(project), ==, 0);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:stale:wording +darbas.p2:current"));
    project_replace(project, BASE, "turi klausti", "neturi klausti");
    project_sync(project);
    g_autofree char *later = project_states(project);
    g_assert_nonnull(strstr(later, "+darbas.p2:review:negation"));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_insert_moved(void)
{
    g_autoptr(Project) project = project_with_insert();
    static const char paragraph[] =
        "Auka retai pasako, kad ji yra auka, todėl pareigūnas turi klausti "
        "atsargiai ir ramiai.\n\n";
    project_replace(project, BASE, paragraph, "");
    g_autofree char *moved = g_strconcat("## Pokalbis {#pokalbis}\n\n",
                                         paragraph, NULL);
    project_replace(project, BASE, "## Pokalbis {#pokalbis}\n\n", moved);
    g_assert_true(project_is_current(project));
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "insert after=pokalbis.p1 "));
    g_assert_true(project_is_current(project));
}

static void
test_insert_deleted(void)
{
    g_autoptr(Project) project = project_with_insert();
    project_replace(project, BASE,
                    "Auka retai pasako, kad ji yra auka, todėl pareigūnas turi "
                    "klausti atsargiai ir ramiai.\n\n",
                    "");
    g_autofree char *early = project_states(project);
    g_test_message("%s", early);
    g_assert_nonnull(strstr(early, "+darbas.p1:review:structure"));
    project_sync(project);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "+darbas.p1:review:"));
    g_assert_cmpint(project_sync(project), ==, 0);
    project_write(project, BASE, base_text);
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "insert after=darbas.p2 "));
}

static void
test_replace_homeless(void)
{
    g_autoptr(Project) project = project_new("# A {#a}\n\nVienas du trys.\n");
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.h -->\n\n# Ee\n\n"
                  "<!-- ov:replace at=a.p1 reason=\"EE\" -->\n\nOma tekst.\n");
    project_sync(project);
    g_assert_true(project_is_current(project));
    project_replace(project, BASE, "Vienas du trys.\n", "Kita.\n");
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "Oma tekst."));
    g_assert_null(strstr(text, "attic"));
    g_assert_cmpint(project_sync(project), ==, 0);
    g_assert_false(project_is_current(project));
    g_assert_true(diagnostics_has(project->diagnostics, "unit-homeless"));
}

static void
test_remove(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *text = project_read(project, OVERLAY);
    char *unit = strstr(text, "<!-- ov:translate at=darbas.p1");
    char *end = strstr(unit, "<!-- ov:translate at=darbas.p2");
    g_autofree char *changed = g_strdup_printf(
        "%.*s<!-- ov:remove at=darbas.p1 reason=\"EE-s ei kohaldu\" -->\n\n%s",
        (int)(unit - text), text, end);
    project_write(project, OVERLAY, changed);
    project_sync(project);
    OverlayReport *report = NULL;
    Document *document = project_apply(project, false, &report);
    g_assert_cmpint(
        diagnostics_count_from(project->diagnostics, LEVEL_ERROR), ==, 0);
    g_autofree char *dump = document_dump(document);
    g_assert_null(strstr(dump, "147"));
    overlay_report_free(report);
    document_free(document);
    project_replace(project, BASE, "kodekso 147 ", "kodekso 148 ");
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p1:review:reference"));
    project_sync(project);
    g_autofree char *again = project_states(project);
    g_assert_cmpstr(states, ==, again);
}

static void
test_remove_section(void)
{
    g_autoptr(Project) project = project_new(base_text);
    project_write(project, OVERLAY,
                  "<!-- ov:remove section=pozymiai reason=\"EE\" -->\n");
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_null(strstr(text, "at=pozymiai"));
    project_translate(project, OVERLAY);
    project_sync(project);
    g_assert_true(project_is_current(project));
    project_replace(project, BASE, "- atlyginimas nemokamas;\n",
                    "- atlyginimas nemokamas;\n\nNauja pastraipa.\n");
    g_autofree char *states = project_states(project);
    g_test_message("%s", states);
    g_assert_nonnull(strstr(states, "pozymiai.p2:review:structure"));
    g_assert_nonnull(strstr(states, "pozymiai.l1:current"));
    project_sync(project);
    g_autofree char *again = project_states(project);
    g_assert_cmpstr(states, ==, again);
    g_assert_cmpint(project_sync(project), ==, 0);
    project_replace(project, OVERLAY, " REVIEW", "");
    g_assert_true(project_is_current(project));
    project_sync(project);
    g_assert_true(project_is_current(project));
}

/* the footnote of a removed paragraph needs no translation */
static void
test_remove_note(void)
{
    g_autoptr(Project) project = project_new(base_text);
    project_write(project, OVERLAY,
                  "<!-- ov:remove at=darbas.p1 reason=\"EE\" -->\n");
    project_sync(project);
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_null(strstr(text, "at=fn.bk"));
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.fn.bk:current"));
}

/* ---- files ---------------------------------------------------------- */

static void
write_two_chapters(Project *project, const char *first, const char *second)
{
    const char *const chapters[] = {"01.md", "02.md", NULL};
    project_write_manual(project, chapters);
    project_write(project, "manual/01.md", first);
    project_write(project, "manual/02.md", second);
}

static void
test_between_chapters(void)
{
    g_autoptr(Project) project = project_new("# A\n");
    write_two_chapters(project,
                       "# A {#a}\n\nPirmas sakinys čia stovi.\n\nAntras "
                       "sakinys taip pat stovi.\n",
                       "# B {#b}\n\nTrečias sakinys kitame skyriuje.\n");
    g_assert_cmpint(project_sync(project), ==, 2);
    project_translate(project, "locales/et/01.md");
    project_translate(project, "locales/et/02.md");
    project_sync(project);
    g_assert_true(project_is_current(project));
    /* both give and both take */
    write_two_chapters(project,
                       "# A {#a}\n\nPirmas sakinys čia stovi.\n\nTrečias "
                       "sakinys kitame skyriuje.\n",
                       "# B {#b}\n\nAntras sakinys taip pat stovi.\n");
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 2);
    g_autofree char *first = project_read(project, "locales/et/01.md");
    g_autofree char *second = project_read(project, "locales/et/02.md");
    g_assert_nonnull(strstr(first, "EeTrečias"));
    g_assert_null(strstr(first, "EeAntras"));
    g_assert_nonnull(strstr(second, "EeAntras"));
    g_assert_true(project_is_current(project));
    g_autofree char *backup =
        project_read(project, "build/backup/locales/et/01.md");
    g_assert_nonnull(strstr(backup, "EeAntras"));
    g_assert_cmpint(project_sync(project), ==, 0);
}

/* the state after a kill: the unit stands in both files */
static void
test_twins_healed(void)
{
    g_autoptr(Project) project = project_new("# A\n");
    write_two_chapters(project, "# A {#a}\n\nPirmas sakinys čia stovi.\n",
                       "# B {#b}\n");
    project_sync(project);
    project_translate(project, "locales/et/01.md");
    project_translate(project, "locales/et/02.md");
    project_sync(project);
    g_autofree char *old = project_read(project, "locales/et/01.md");
    write_two_chapters(project, "# A {#a}\n",
                       "# B {#b}\n\nPirmas sakinys čia stovi.\n");
    project_sync(project);
    project_write(project, "locales/et/01.md", old);
    g_assert_true(project_is_current(project));
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *first = project_read(project, "locales/et/01.md");
    g_assert_null(strstr(first, "EePirmas"));
    g_assert_cmpint(project_sync(project), ==, 0);
}

/* every moment between two renames: the first n files are written, then the
 * machine stops; the next sync brings everything together again */
static void
test_killed(void)
{
    static const char a[] = "# A {#a}\n\nPirmas sakinys čia stovi.\n\nAntras "
                            "sakinys taip pat stovi.\n";
    static const char b[] = "# B {#b}\n\nTrečias sakinys kitame skyriuje.\n";
    static const char new_a[] = "# A {#a}\n\nTrečias sakinys kitame "
                                "skyriuje.\n\nPirmas sakinys čia stovi.\n";
    static const char new_b[] =
        "# B {#b}\n\nAntras sakinys taip pat stovi.\n";
    for (int writes = 0; writes < 4; writes++) {
        g_autoptr(Project) project = project_new("# A\n");
        write_two_chapters(project, a, b);
        project_sync(project);
        project_translate(project, "locales/et/01.md");
        project_translate(project, "locales/et/02.md");
        project_sync(project);
        write_two_chapters(project, new_a, new_b);
        project_load(project);
        g_autoptr(Edition) edition = edition_load(
            project->base, project->manual, "et", project->diagnostics);
        SyncOptions options = {.edition = "et"};
        g_autoptr(SyncPlan) plan =
            sync_plan(edition, &options, project->diagnostics);
        for (int i = 0; i < writes; i++) {
            const PlannedFile *file =
                g_ptr_array_index(plan->files, (guint)i % plan->files->len);
            g_assert_nonnull(file->both); /* both give and take */
            project_write(project, file->file->path,
                          i < 2 ? file->both : file->text);
            g_autofree char *first = project_read(project, OVERLAY);
            g_autofree char *second =
                project_read(project, "locales/et/02.md");
            g_autofree char *all = g_strconcat(first, second, NULL);
            g_assert_nonnull(strstr(all, "EeTrečias"));
            g_assert_nonnull(strstr(all, "EeAntras"));
        }
        project_sync(project);
        g_assert_true(project_is_current(project));
        g_assert_cmpint(project_sync(project), ==, 0);
    }
}

/* somebody saves a file between our reading and our writing */
static void
test_changed_meanwhile(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, BASE, "atsargiai ir", "atsargiai, ir");
    project_load(project);
    g_autoptr(Edition) edition = edition_load(project->base, project->manual,
                                              "et", project->diagnostics);
    SyncOptions options = {.edition = "et"};
    g_autoptr(SyncPlan) plan =
        sync_plan(edition, &options, project->diagnostics);
    project_replace(project, OVERLAY, "EeAuka", "Ohver");
    g_autofree char *edited = project_read(project, OVERLAY);
    GError *error = NULL;
    g_assert_false(sync_write(edition, plan, &error));
    g_assert_error(error, FILE_ERROR, FILE_ERROR_CHANGED);
    g_error_free(error);
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_cmpstr(after, ==, edited);
}

/* the plan of a sync that forgot a text is never written */
static void
test_would_lose(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_load(project);
    g_autoptr(Edition) edition = edition_load(project->base, project->manual,
                                              "et", project->diagnostics);
    g_autoptr(GPtrArray) before = sync_human_texts(edition);
    SyncOptions options = {.edition = "et"};
    g_autoptr(SyncPlan) plan =
        sync_plan(edition, &options, project->diagnostics);
    GError *error = NULL;
    g_assert_true(
        sync_check_nothing_lost(before, plan, edition->arena, &error));
    PlannedFile *file = g_ptr_array_index(plan->files, 0);
    GString *text = g_string_new(file->text);
    g_string_replace(text, "EeAuka", "Eeauka", 1);
    g_free(file->text);
    file->text = g_string_free(text, FALSE);
    g_assert_false(
        sync_check_nothing_lost(before, plan, edition->arena, &error));
    g_assert_error(error, OVERLAY_ERROR, OVERLAY_ERROR_WOULD_LOSE);
    g_error_free(error);
}

/* ---- under git ------------------------------------------------------ */

/* merges three versions of the overlay with git; false where there is none */
static bool
merge_with_git(Project *project, const char *ours, const char *base,
               const char *theirs, bool *clean)
{
    g_autofree char *git = g_find_program_in_path("git");
    if (git == NULL) {
        g_test_skip("no git here");
        return false;
    }
    project_write(project, "ours", ours);
    project_write(project, "base", base);
    project_write(project, "theirs", theirs);
    char *command[] = {git, (char *)"merge-file", (char *)"-p", (char *)"ours",
                       (char *)"base", (char *)"theirs", NULL};
    g_autofree char *merged = NULL;
    int status = 0;
    GError *error = NULL;
    g_spawn_sync(project->root, command, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, &merged, NULL, &status, &error);
    g_assert_no_error(error);
    *clean = g_spawn_check_wait_status(status, NULL);
    project_write(project, OVERLAY, merged);
    return true;
}

/* one syncs after the base, the other improves the same translation */
static void
test_git_sync_edit(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *base = project_read(project, OVERLAY);
    project_replace(project, OVERLAY, "EeAuka", "Ohver");
    g_autofree char *theirs = project_read(project, OVERLAY);
    project_write(project, OVERLAY, base);
    project_replace(project, BASE, "turi klausti", "neturi klausti");
    project_sync(project);
    g_autofree char *ours = project_read(project, OVERLAY);
    bool clean = false;
    if (!merge_with_git(project, ours, base, theirs, &clean))
        return;
    g_assert_true(clean);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:stale:negation"));
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "\n\nOhver "));
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_git_edit_edit(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *base = project_read(project, OVERLAY);
    project_replace(project, OVERLAY, "EeAuka", "Ohver");
    g_autofree char *theirs = project_read(project, OVERLAY);
    project_write(project, OVERLAY, base);
    project_replace(project, OVERLAY, "EeAuka", "Kannatanu");
    g_autofree char *ours = project_read(project, OVERLAY);
    bool clean = true;
    if (!merge_with_git(project, ours, base, theirs, &clean))
        return;
    g_assert_false(clean);
    g_assert_false(project_is_current(project));
    g_assert_true(diagnostics_has(project->diagnostics, "conflict-marker"));
    g_assert_cmpint(project_sync(project), ==, 0);
}

/* two people sync after different versions of the base; whatever git makes of
 * it, nothing that is stale looks current */
static void
test_git_sync_sync(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *base = project_read(project, OVERLAY);
    project_replace(project, BASE, "turi klausti", "privalo klausti");
    project_sync(project);
    g_autofree char *theirs = project_read(project, OVERLAY);
    project_write(project, OVERLAY, base);
    project_replace(project, BASE, "privalo klausti", "neturi klausti");
    project_sync(project);
    g_autofree char *ours = project_read(project, OVERLAY);
    bool clean = true;
    if (!merge_with_git(project, ours, base, theirs, &clean))
        return;
    g_assert_false(project_is_current(project));
    /* the same base on both sides: the same bytes */
    if (!merge_with_git(project, ours, base, ours, &clean))
        return;
    g_assert_true(clean);
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "darbas.p2:stale:negation"));
}

static void
test_key_duplicate(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *text = project_read(project, OVERLAY);
    char *unit = strstr(text, "<!-- ov:translate at=darbas.p1");
    char *end = strstr(unit, "<!-- ov:translate at=darbas.p2");
    g_autofree char *changed =
        g_strdup_printf("%s\n%.*sJa veel.\n", text, (int)(end - unit), unit);
    project_write(project, OVERLAY, changed);
    g_assert_cmpint(project_sync(project), ==, 0);
    g_assert_true(diagnostics_has(project->diagnostics, "key-duplicate"));
}

static void
test_renamed_chapter(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *old = project_read(project, OVERLAY);
    const char *const chapters[] = {"05-naujas.md", NULL};
    project_write_manual(project, chapters);
    project_write(project, "manual/05-naujas.md", base_text);
    g_assert_true(project_is_current(project));
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *gone = project_read(project, OVERLAY);
    g_assert_null(gone);
    g_autofree char *backup =
        project_read(project, "build/backup/locales/et/01.md");
    g_assert_cmpstr(backup, ==, old);
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_crlf_nfd(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *text = project_read(project, OVERLAY);
    g_autofree char *decomposed =
        g_utf8_normalize(text, -1, G_NORMALIZE_NFD);
    GString *crlf = g_string_new("\xEF\xBB\xBF");
    g_string_append(crlf, decomposed);
    g_string_replace(crlf, "\n", "\r\n", 0);
    project_write(project, OVERLAY, crlf->str);
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
    /* a change keeps the line ends */
    project_replace(project, BASE, "atsargiai ir", "atsargiai, ir");
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(after, "=now\r\n"));
    g_auto(GStrv) lines = g_strsplit(after, "\n", -1);
    for (int i = 0; lines[i + 1] != NULL; i++)
        g_assert_true(g_str_has_suffix(lines[i], "\r"));
    g_string_free(crlf, TRUE);
}

static void
test_crlf_base(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    GString *crlf = g_string_new(base_text);
    g_string_replace(crlf, "\n", "\r\n", 0);
    g_autofree char *decomposed =
        g_utf8_normalize(crlf->str, -1, G_NORMALIZE_NFD);
    project_write(project, BASE, decomposed);
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
    g_string_free(crlf, TRUE);
}

static void
test_hostile_text(void)
{
    static const char text[] =
        "# A {#a}\n\n"
        "Rodyklė --> ir --!> bei --\\> tekste.\n\n"
        "Pastraipa\nsu eilute\n=src\nviduje\n\n"
        "Antraštė\n--------\n\n"
        "> ````\n> ```\n> <!-- ov:same at=x -->\n> ```\n> ````\n\n"
        "- punktas\n\n  ```\n  -->\n  ```\n";
    g_autoptr(Project) project = project_translated(text);
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
    g_autofree char *overlay = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(overlay, "Rodyklė --\\> ir --\\!> bei --\\\\> "));
    g_assert_nonnull(strstr(overlay, "\n\\=src\nviduje"));
    /* into the attic and back */
    project_write(project, BASE, "# A {#a}\n");
    project_sync(project);
    g_assert_cmpint(project_sync(project), ==, 0);
    project_write(project, BASE, text);
    project_sync(project);
    g_assert_true(project_is_current(project));
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_cmpstr(after, ==, overlay);
}

static void
test_autocorrected(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    g_autofree char *before = project_read(project, OVERLAY);
    project_replace(project, OVERLAY, "\n-->\n", "\n–>\n");
    g_assert_true(project_is_current(project));
    g_assert_true(
        diagnostics_has(project->diagnostics, "directive-autocorrected"));
    g_assert_cmpint(project_sync(project), ==, 1);
    g_autofree char *after = project_read(project, OVERLAY);
    g_assert_cmpstr(after, ==, before);
}

static void
test_damaged(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, OVERLAY, "=src\nAuka retai", "=src\nAuka dažnai");
    g_assert_cmpint(project_sync(project), ==, 0);
    g_assert_true(diagnostics_has(project->diagnostics, "unit-damaged"));
    g_assert_false(project_is_current(project));
}

static void
test_conflict(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, OVERLAY, "EeAuka", "<<<<<<< HEAD\nEeAuka");
    project_replace(project, OVERLAY, "Eeramiai.\n\n<!--",
                    "Eeramiai.\n=======\nMuu\n>>>>>>> teine\n\n<!--");
    g_assert_cmpint(project_sync(project), ==, 0);
    g_assert_true(diagnostics_has(project->diagnostics, "conflict-marker"));
}

static void
test_notes_kept(void)
{
    g_autoptr(Project) project = project_translated(base_text);
    project_replace(project, OVERLAY, "\n-->\n\nEeAuka",
                    "\n=note\nKüsi Tallinnast.\n-->\n\n<!-- tõlkija: kas nii? "
                    "-->\n\nEeAuka");
    g_assert_true(project_is_current(project));
    g_assert_cmpint(project_sync(project), ==, 0);
    project_replace(project, BASE, "atsargiai ir", "atsargiai, ir");
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "=note\nKüsi Tallinnast.\n"));
    g_assert_nonnull(strstr(text, "<!-- tõlkija: kas nii? -->\n\nEeAuka"));
}

/* a target in which somebody left only a comment is still nothing */
static void
test_todo_with_text(void)
{
    g_autoptr(Project) project = project_new("# A {#a}\n\nVienas.\n");
    project_sync(project);
    project_replace(project, OVERLAY, "=src\nVienas.\n-->\n",
                    "=src\nVienas.\n-->\n\n<!-- hiljem -->\n");
    g_autofree char *states = project_states(project);
    g_assert_cmpstr(states, ==, "a:missing a.p1:missing");
    g_assert_cmpint(project_sync(project), ==, 0);
    project_replace(project, OVERLAY, "<!-- hiljem -->", "Üks.");
    g_autofree char *draft = project_states(project);
    g_assert_cmpstr(draft, ==, "a:missing a.p1:draft");
}

static void
test_dry_run(void)
{
    g_autoptr(Project) project = project_new(base_text);
    GError *error = NULL;
    g_assert_true(overlay_sync(project->base, project->manual, "et", false,
                               project->changed, project->diagnostics, &error));
    g_assert_cmpint(project->changed->len, ==, 1);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_null(text);
}

#define ADD(name) g_test_add_func("/overlay/sync/" #name, test_##name)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(create);
    ADD(translated);
    ADD(keys_reproducible);
    ADD(hand_written);
    ADD(hand_written_wrong);
    ADD(typo);
    ADD(superscript);
    ADD(edited_twice_and_back);
    ADD(forged);
    ADD(acknowledge);
    ADD(shuffle);
    ADD(moved_edited_renamed);
    ADD(split);
    ADD(merge);
    ADD(table_row);
    ADD(rewritten);
    ADD(same_sentence_elsewhere);
    ADD(insert_edited);
    ADD(insert_moved);
    ADD(insert_deleted);
    ADD(replace_homeless);
    ADD(remove);
    ADD(remove_section);
    ADD(remove_note);
    ADD(between_chapters);
    ADD(twins_healed);
    ADD(killed);
    ADD(changed_meanwhile);
    ADD(would_lose);
    ADD(git_sync_edit);
    ADD(git_edit_edit);
    ADD(git_sync_sync);
    ADD(key_duplicate);
    ADD(renamed_chapter);
    ADD(crlf_nfd);
    ADD(crlf_base);
    ADD(hostile_text);
    ADD(autocorrected);
    ADD(damaged);
    ADD(conflict);
    ADD(notes_kept);
    ADD(todo_with_text);
    ADD(dry_run);
    return g_test_run();
}
