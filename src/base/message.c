/* SPDX-License-Identifier: MIT */
/* Catalogues of messages, through the C library's gettext. */
#include "base/message.h"

#include <glib.h>
#include <locale.h>
#include <stdbool.h>
#include <string.h>

#define DOMAIN "vadovas"

static char *
find_catalogues(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program != NULL) {
        g_autofree char *folder = g_path_get_dirname(program);
        const char *const places[] = {"locale", "../share/locale"};
        for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
            g_autofree char *beside =
                g_build_filename(folder, places[i], NULL);
            if (g_file_test(beside, G_FILE_TEST_IS_DIR))
                return g_steal_pointer(&beside);
        }
    }
    return NULL;
}

/* the first variable that says something, in the order of POSIX */
static const char *
wanted_locale(void)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value != NULL && *value != 0)
            return value;
    }
    return "C";
}

/* A person may want a language for which the machine has no locale.  gettext
 * then needs some other locale than "C", and the language by name. */
static void
choose_language(void)
{
    const char *locale = setlocale(LC_MESSAGES, NULL);
    const char *wanted = wanted_locale();
    const char *language = g_getenv("LANGUAGE");
    bool none = strcmp(wanted, "C") == 0 || strcmp(wanted, "POSIX") == 0;
    if (none || (locale != NULL && strcmp(locale, "C") != 0))
        return;
    if (setlocale(LC_MESSAGES, "C.UTF-8") == NULL)
        return;
    if (language == NULL || *language == 0) {
        g_autofree char *name = g_strndup(wanted, strcspn(wanted, ".@"));
        g_setenv("LANGUAGE", name, TRUE);
    }
}

void
message_init(void)
{
    choose_language();
    g_autofree char *folder = find_catalogues();
    if (folder != NULL)
        bindtextdomain(DOMAIN, folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
}
