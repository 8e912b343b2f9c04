/* SPDX-License-Identifier: MIT */
/* The edition's document: what stands in it, under which ids, in which state,
 * and what the gate refuses. */
#include "overlay_project.h"

static const char base_text[] =
    "# Darbas {#darbas}\n\n"
    "Nustato [kodeksas][k] 147 straipsnis.[^bk]\n\n"
    "<!-- id: svarbu -->\n"
    "<!-- audience: judges -->\n"
    "Antra pastraipa su {{linija}}.\n\n"
    "## Požymiai {#pozymiai}\n\n"
    "- vienas\n- du\n\n"
    "| A | B |\n|---|---|\n| 1 | 2 |\n\n"
    ": Lentelė\n\n"
    "> [!LAW] Kodeksas\n> Nuostata.\n\n"
    "[^bk]: Baudžiamasis kodeksas.\n\n"
    "[k]: http://example.org/lt\n";

static const char overlay_text[] =
    "<!-- ov:translate at=darbas.h -->\n\n# Töö\n\n"
    "<!-- ov:translate at=darbas.p1 -->\n\n"
    "Sätestab [koodeks][k] § 133.[^bk]\n\nTeine lõik [siin][e].\n\n"
    "<!-- ov:insert after=darbas.p1 reason=\"EE\" -->\n\n"
    "Kohalik.[^et-a]\n\n[^et-a]: Kohalik märkus.\n\n"
    "<!-- ov:insert after=darbas.p1 -->\n\n"
    "## Kohalik peatükk {#kohalik}\n\n- üks\n- kaks\n\n"
    "<!-- ov:translate at=svarbu -->\n\n<!-- märkus -->\n\n"
    "Teine {{linija}}.\n\n"
    "<!-- ov:translate at=pozymiai.h -->\n\n## Tunnused\n\n"
    "<!-- ov:insert first-in=pozymiai -->\n\nEsimesena.\n\n"
    "<!-- ov:insert last-in=darbas -->\n\nPäris viimasena.\n\n"
    "<!-- ov:insert last-in=pozymiai -->\n\nViimasena.\n\n"
    "<!-- ov:insert before=pozymiai.l1 -->\n\nEnne loendit.\n\n"
    "<!-- ov:replace at=pozymiai.l1 reason=\"muu\" -->\n\n"
    "Loendi asemel.\n\n- x\n\n"
    "<!-- ov:translate at=pozymiai.t1 -->\n\n"
    "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n"
    "<!-- ov:translate at=pozymiai.p1 -->\n\n: Tabel\n\n"
    "<!-- ov:translate at=pozymiai.q1 -->\n\n> [!LAW] Koodeks\n> Säte.\n\n"
    "<!-- ov:translate at=fn.bk -->\n\n[^bk]: Karistusseadustik.\n\n"
    "[e]: http://example.org/et\n\n[k]: http://example.org/ee\n";

static const xmlNode *
find_block(const xmlNode *node, const char *id)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        /* a chapter has the id of its heading */
        if (!xml_is(node, "chapter") &&
            g_strcmp0(xml_attribute(node, "id"), id) == 0)
            return node;
        const xmlNode *found = find_block(node->children, id);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
assert_text(const Document *document, const char *id, const char *wanted)
{
    const xmlNode *node = find_block(document_root(document), id);
    g_test_message("block %s", id);
    g_assert_nonnull(node);
    g_autofree char *text = xml_text(node);
    g_assert_cmpstr(g_strstrip(text), ==, wanted);
}

static void
test_document(void)
{
    g_autoptr(Project) project = project_new(base_text);
    project_write(project, OVERLAY, overlay_text);
    project_sync(project);
    g_assert_true(project_is_current(project));
    OverlayReport *report = NULL;
    g_autoptr(Document) document = project_apply(project, false, &report);
    read_check_references(document, project->diagnostics);
    print_diagnostics(project);
    g_assert_cmpint(diagnostics_length(project->diagnostics), ==, 0);
    overlay_report_free(report);
    g_autofree char *dump = document_dump(document);
    g_test_message("%s", dump);
    const xmlNode *root = document_root(document);
    g_assert_cmpstr(xml_attribute(root, "lang"), ==, "et");
    g_assert_cmpstr(xml_attribute(root, "base-lang"), ==, "lt");
    assert_text(document, "darbas", "Töö");
    assert_text(document, "darbas.p1", "Sätestab koodeks § 133.");
    assert_text(document, "darbas.p1-2", "Teine lõik siin.");
    assert_text(document, "svarbu", "Teine .");
    assert_text(document, "darbas.fn.bk", "Karistusseadustik.");
    assert_text(document, "darbas.fn.et-a", "Kohalik märkus.");
    assert_text(document, "kohalik", "Kohalik peatükk");
    assert_text(document, "pozymiai.l1", "Loendi asemel.");
    assert_text(document, "pozymiai.t1.r3", "34");
    assert_text(document, "pozymiai.q1.p1", "Säte.");
    const xmlNode *svarbu = find_block(root, "svarbu");
    g_assert_cmpstr(xml_attribute(svarbu, "audience"), ==, "judges");
    g_assert_cmpstr(xml_attribute(svarbu, "pin"), ==, "svarbu");
    g_assert_cmpstr(xml_attribute(svarbu, "origin"), ==, "translate");
    g_assert_cmpstr(xml_attribute(svarbu, "state"), ==, "current");
    g_assert_cmpstr(xml_attribute(svarbu, "file"), ==, OVERLAY);
    const xmlNode *list = find_block(root, "pozymiai.l1-2");
    g_assert_true(xml_is(list, "list"));
    g_assert_cmpstr(xml_attribute(list, "reason"), ==, "muu");
    g_assert_nonnull(find_block(root, "pozymiai.l1-2.i1"));
    /* the edition's link definitions come before the base's */
    g_assert_nonnull(strstr(dump, "http://example.org/ee"));
    g_assert_nonnull(strstr(dump, "http://example.org/et"));
    g_assert_null(strstr(dump, "http://example.org/lt"));
    /* the order of inserts */
    static const char *const order[] = {
        "Teine lõik",  "Kohalik.",     "Kohalik peatükk", "Teine <fact",
        "Tunnused",    "Esimesena.",   "Enne loendit.",   "Loendi asemel.",
        "Tabel",       "Koodeks",      "Karistusseadustik", "Viimasena.",
        "Päris viimasena.",
    };
    const char *at = dump;
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        at = strstr(at, order[i]);
        g_test_message("%s", order[i]);
        g_assert_nonnull(at);
    }
}

static void
test_missing_in_draft(void)
{
    g_autoptr(Project) project = project_new(base_text);
    OverlayReport *report = NULL;
    g_autoptr(Document) document = project_apply(project, true, &report);
    overlay_report_free(report);
    g_assert_cmpint(
        diagnostics_count_from(project->diagnostics, LEVEL_ERROR), ==, 0);
    const xmlNode *node = find_block(document_root(document), "svarbu");
    g_assert_cmpstr(xml_attribute(node, "lang"), ==, "lt");
    g_assert_cmpstr(xml_attribute(node, "state"), ==, "missing");
    g_assert_cmpstr(xml_attribute(node, "origin"), ==, "base");
}

static void
check_broken(const char *base, const char *target, const char *why)
{
    g_autofree char *text = g_strdup_printf("# A {#a}\n\n%s\n", base);
    g_autoptr(Project) project = project_new(text);
    project_sync(project);
    g_autofree char *overlay = project_read(project, OVERLAY);
    char *unit = strstr(overlay, "ov:translate");
    unit = strstr(unit + 1, "ov:translate");
    char *todo = strstr(unit, " TODO");
    char *end = strstr(todo, "-->\n") + 4;
    g_autofree char *changed =
        g_strdup_printf("%.*s%.*s\n%s\n%s", (int)(todo - overlay), overlay,
                        (int)(end - todo - 5), todo + 5, target, end);
    project_write(project, OVERLAY, changed);
    OverlayReport *report = NULL;
    document_free(project_apply(project, false, &report));
    const OverlayBlock *block = g_ptr_array_index(report->blocks, 1);
    g_assert_cmpstr(block_state_name(block->state), ==,
                    why == NULL ? "current" : "broken");
    overlay_report_free(report);
    bool found = why == NULL;
    for (int i = 0; i < diagnostics_length(project->diagnostics); i++) {
        const Diagnostic *d = diagnostics_get(project->diagnostics, i);
        if (strcmp(d->name, "block-broken") == 0 && why != NULL)
            found = found || strstr(d->text, why) != NULL;
    }
    g_assert_true(found);
}

static void
test_broken(void)
{
    check_broken("- a\n- b", "- x\n- y", NULL);
    check_broken("- a\n- b", "- x", "it has 1 items, the base 2");
    check_broken("|a|b|\n|-|-|\n|1|2|", "|a|\n|-|\n|1|", "columns");
    check_broken("## B {#b}", "### B", "marks #");
    check_broken("## B {#b}", "## B {#c}", "inherits its id");
    check_broken("Tekstas.[^x]\n\n[^x]: y", "Tekst.", "footnotes");
    check_broken("Tekstas.[^x]\n\n[^x]: y", "Tekst.[^x]", NULL);
    check_broken("Tekstas.", "- Tekst.", "it is a list");
    check_broken("> [!LAW] A\n> b", "> [!TIP] A\n> b", "its kind is");
}

static void
test_figure(void)
{
    static const char svg[] =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Auka</text></svg>";
    g_autoptr(Project) project =
        project_new("# A {#a}\n\n![Alt](figures/x.svg \"Cap\")\n");
    project_write(project, "manual/figures/x.svg", svg);
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(strstr(text, "\"Cap\")\n{file="));
    project_translate(project, OVERLAY);
    project_sync(project);
    g_assert_false(project_is_current(project));
    g_assert_true(diagnostics_has(project->diagnostics, "block-broken"));
    project_write(project, "locales/et/figures/x.svg", svg);
    g_assert_true(project_is_current(project));
    /* another picture under the same name makes the unit stale */
    project_write(project, "manual/figures/x.svg", "<svg/>");
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "a.f1:stale"));
}

static void
test_same(void)
{
    g_autoptr(Project) project =
        project_new("# A {#a}\n\n112\n\n```\nkodas\n```\n\n---\n");
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.h -->\n\n# Ee\n\n"
                  "<!-- ov:same at=a.p1 -->\n\n"
                  "<!-- ov:replace at=a.c1 -->\n\n```\nkood\n```\n");
    project_sync(project);
    OverlayReport *report = NULL;
    g_autoptr(Document) document = project_apply(project, false, &report);
    overlay_report_free(report);
    const xmlNode *node = find_block(document_root(document), "a.p1");
    g_assert_cmpstr(xml_attribute(node, "origin"), ==, "same");
    g_assert_null(xml_attribute(node, "lang"));
    assert_text(document, "a.c1", "kood");
    project_replace(project, BASE, "112", "113");
    g_autofree char *states = project_states(project);
    g_assert_nonnull(strstr(states, "a.p1:review:number"));
}

/* the base has gone on in every way; the book as it was translated knows
 * nothing of it, except where nobody has translated anything */
static void
test_as_translated(void)
{
    static const char old[] =
        "# A {#a}\n\nVienas du trys keturi.\n\n- penki šeši\n- septyni\n\n"
        "112 ir [b][b]\n\nMums netinka.\n\n[b]: http://example.org\n";
    g_autoptr(Project) project = project_new(old);
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.h -->\n\n# Ee\n\n"
                  "<!-- ov:translate at=a.p1 -->\n\nÜks kaks.\n\n"
                  "<!-- ov:translate at=a.l1 -->\n\n- viis\n- seitse\n\n"
                  "<!-- ov:same at=a.p2 -->\n\n"
                  "<!-- ov:remove at=a.p3 reason=\"ei\" -->\n");
    project_sync(project);
    g_assert_true(project_is_current(project));
    project_replace(project, BASE, "keturi.", "keturi 5.");
    project_replace(project, BASE, "- septyni\n", "- septyni\n- aštuoni\n");
    project_replace(project, BASE, "112 ir", "113 ir");
    project_replace(project, BASE, "netinka", "netinka ir dabar");
    project_replace(project, BASE, "\n[b]:", "\nVisai naujas dalykas čia.\n\n[b]:");
    for (int synced = 0; synced < 2; synced++) {
        OverlayOptions options = {
            .edition = "et", .draft = true, .as_translated = true};
        g_autoptr(OverlayReport) report = NULL;
        g_autoptr(Document) document =
            project_apply_with(project, &options, &report);
        const xmlNode *root = document_root(document);
        for (guint i = 0; i < report->blocks->len; i++) {
            const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
            bool is_new = i == report->blocks->len - 1;
            g_test_message("%s", block->id);
            g_assert_cmpint(block->state, ==,
                            is_new ? STATE_MISSING : STATE_CURRENT);
        }
        assert_text(document, "a.p1", "Üks kaks.");
        assert_text(document, "a.l1", "viisseitse");
        assert_text(document, "a.p2", "112 ir b");
        assert_text(document, "a.p4", "Visai naujas dalykas čia.");
        g_assert_null(find_block(root, "a.p3"));
        const xmlNode *same = find_block(root, "a.p2");
        g_assert_cmpstr(xml_attribute(same, "file"), ==, OVERLAY);
        g_autofree char *overlay = project_read(project, OVERLAY);
        g_auto(GStrv) lines = g_strsplit(overlay, "\n", -1);
        g_assert_cmpstr(lines[document_line(same) - 1], ==, "112 ir [b][b]");
        project_sync(project);
        g_assert_false(project_is_current(project));
    }
    /* a translation that never had the form of its base stays broken */
    project_replace(project, OVERLAY, "- seitse\n", "");
    OverlayOptions options = {
        .edition = "et", .draft = true, .as_translated = true};
    g_autoptr(OverlayReport) report = NULL;
    document_free(project_apply_with(project, &options, &report));
    const OverlayBlock *list = g_ptr_array_index(report->blocks, 2);
    g_assert_cmpint(list->state, ==, STATE_BROKEN);
}

static void
test_waiver(void)
{
    g_autoptr(Project) project =
        project_translated("# A {#a}\n\nVienas du trys keturi penki.\n");
    project_replace(project, BASE, "penki", "šeši");
    project_sync(project);
    g_autofree char *text = project_read(project, OVERLAY);
    const char *unit = strstr(text, "at=a.p1 key=") + strlen("at=a.p1 key=");
    const char *now = strstr(unit, " now=") + strlen(" now=");
    g_autofree char *waiver = g_strdup_printf(
        "<edition xmlns=\"urn:vadovas:edition\" lang=\"et\"><title>K</title>"
        "<waiver key=\"%.4s\" src=\"%.8s\" date=\"2026-01-01\">põhjus</waiver>"
        "</edition>",
        unit, now);
    g_assert_false(project_is_current(project));
    project_write(project, "locales/et/edition.xml", waiver);
    OverlayReport *report = NULL;
    document_free(project_apply(project, false, &report));
    g_assert_cmpint(
        diagnostics_count_from(project->diagnostics, LEVEL_ERROR), ==, 0);
    const OverlayBlock *block = g_ptr_array_index(report->blocks, 1);
    g_assert_true(block->waived && block->state == STATE_STALE);
    overlay_report_free(report);
    project_replace(project, BASE, "šeši", "septyni");
    g_assert_false(project_is_current(project));
}

static void
test_status(void)
{
    g_autoptr(Project) project = project_new(
        "# A {#a}\n\nVienas du trys keturi.\n\nPenki šeši septyni.\n");
    project_write(project, OVERLAY,
                  "<!-- ov:translate at=a.p1 -->\n\nÜks kaks.\n");
    project_sync(project);
    g_autoptr(OverlayReport) report = overlay_status(
        project->base, project->manual, "et", project->diagnostics);
    g_autoptr(GArray) counts = overlay_status_count(report);
    g_assert_cmpint(counts->len, ==, 2);
    const StatusCounts *sum = &g_array_index(counts, StatusCounts, 1);
    g_assert_cmpint(sum->words[STATE_CURRENT], ==, 4);
    g_assert_cmpint(sum->words[STATE_MISSING], ==, 4);
    g_assert_cmpint(sum->blocks[STATE_MISSING], ==, 2);
    g_assert_cmpint(status_percent(sum), ==, 50);
    g_autofree char *table = overlay_status_table(report, "et");
    g_assert_cmpstr(
        table, ==,
        "et\n"
        "chapter   words  done  current    stale   review  missing    draft   "
        "broken\n"
        "01.md         8   50%        1        -        -        2        -   "
        "     -\n"
        "all           8   50%        1        -        -        2        -   "
        "     -\n");
    g_autofree char *json = overlay_status_json(report, "et");
    g_test_message("%s", json);
    g_assert_true(g_str_has_prefix(json, "{\"percent\":50,\"blocks\":{"));
    g_assert_nonnull(strstr(json, "\"unfit\":[{\"state\":\"missing\","
                                  "\"chapter\":\"01.md\",\"at\":\"a.h\""));
}

/* a person may not lose text by a wrong directive */
static void
test_refused_files(void)
{
    static const char *const cases[][2] = {
        {"Tekst.\n", "text-without-unit"},
        {"<!-- ov:same at=a.p1 -->\n\nTekst.\n", "text-without-unit"},
        {"<!-- ov:insert at=a.p1 -->\n\nTekst.\n", "directive-syntax"},
        {"<!-- ov:translate after=a.p1 -->\n\nTekst.\n", "directive-syntax"},
        {"<!-- ov:translate -->\n\nTekst.\n", "directive-syntax"},
        {"<!-- ov:tranlsate at=a.p1 -->\n\nTekst.\n", "directive-syntax"},
        {"<!-- ov:translate at=a.p1 foo=1 -->\n\nTekst.\n",
         "directive-syntax"},
        {"<!-- ov:translate at=a.p1 at=a.p2 -->\n\nTekst.\n",
         "directive-syntax"},
        {"<!-- ov:file v=2 -->\n", "overlay-header"},
        {"<!-- ov:file v=1 to=lv -->\n", "overlay-header"},
        {"<!-- ov:translate at=a.p1\n=tgt\nTekst\n-->\n", "directive-syntax"},
        {"<!-- ov:insert after=b.p1 -->\n\nTekst.\n", "anchor-unknown"},
        {"<!-- ov:remove section=b -->\n", "anchor-unknown"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Project) project = project_new("# A {#a}\n\nVienas.\n");
        project_write(project, OVERLAY, cases[i][0]);
        g_test_message("case %zu", i);
        g_assert_cmpint(project_sync(project), ==, 0);
        print_diagnostics(project);
        g_assert_true(diagnostics_has(project->diagnostics, cases[i][1]));
        g_assert_false(project_is_current(project));
        g_assert_true(diagnostics_has(project->diagnostics, cases[i][1]));
    }
}

#define ADD(name) g_test_add_func("/overlay/apply/" #name, test_##name)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(document);
    ADD(missing_in_draft);
    ADD(broken);
    ADD(figure);
    ADD(same);
    ADD(as_translated);
    ADD(waiver);
    ADD(status);
    ADD(refused_files);
    return g_test_run();
}
