/* SPDX-License-Identifier: MIT */
/* Rules: regular expressions with the words that are said about them. */
#include "prose/rules.h"

#include "base/file.h"
#include "base/xml.h"

#include <string.h>

static void
clear_rule(gpointer data)
{
    Rule *rule = data;
    g_regex_unref(rule->find);
    g_free(rule->help);
}

static void
add_rule(Rules *rules, const xmlNode *node, const char *file,
         Diagnostics *diagnostics)
{
    static const char *const kinds[RULE_KINDS] = {
        "quotation", "number", "space", "article", "date", "contact"};
    const char *kind = xml_attribute(node, "kind");
    int known = 0;
    while (known < RULE_KINDS - 1 && strcmp(kinds[known], kind) != 0)
        known++;
    g_autoptr(GError) error = NULL;
    Rule rule = {
        .kind = (RuleKind)known,
        .find = g_regex_new(xml_attribute(node, "find"), G_REGEX_OPTIMIZE, 0,
                            &error),
    };
    if (rule.find == NULL) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "prose-rule-invalid",
                        (Place){file, (int)xmlGetLineNo((xmlNode *)node), 0},
                        "%s", error->message);
        return;
    }
    rule.help = g_strstrip(xml_text(node));
    g_array_append_val(rules->rules, rule);
}

Rules *
rules_load(const char *styles_folder, const char *lang,
           Diagnostics *diagnostics)
{
    Rules *rules = g_new0(Rules, 1);
    rules->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_set_clear_func(rules->rules, clear_rule);
    g_autofree char *own = g_ascii_strdown(lang, -1);
    own[strcspn(own, "-")] = '\0';
    g_autofree char *file = g_strdup_printf("prose/%s.xml", own);
    g_autofree char *found = file_resolve(styles_folder, file, NULL);
    xmlDoc *xml =
        found == NULL ? NULL : xml_load(styles_folder, file, diagnostics);
    if (xml != NULL && xml_validate(xml, "prose", file, diagnostics)) {
        const xmlNode *root = xmlDocGetRootElement(xml);
        rules->dictionary = g_strdup(xml_attribute(root, "dictionary"));
        rules->also = g_strdup(xml_attribute(root, "also"));
        for (const xmlNode *node = xml_child(root, "rule"); node != NULL;
             node = xml_next(node, "rule"))
            add_rule(rules, node, file, diagnostics);
    }
    if (xml != NULL)
        xmlFreeDoc(xml);
    return rules;
}

void
rules_free(Rules *rules)
{
    g_array_unref(rules->rules);
    g_free(rules->dictionary);
    g_free(rules->also);
    g_free(rules);
}
