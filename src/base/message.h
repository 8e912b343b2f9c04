/* SPDX-License-Identifier: MIT */
/*
 * Messages for translators of manuals, in their own language.
 *
 * The texts in the code are English; po/XX.po holds them in other languages.
 * Names of diagnostics, JSON and everything that programs read stay as they
 * are.
 */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
/* marks a text that is translated where it is used */
#define N_(text) (text)

/* Finds the catalogues: `locale` beside the program, else the installed ones.
 * LANGUAGE, LC_ALL, LC_MESSAGES and LANG choose, also where the system has no
 * locale for that language.  After setlocale. */
void message_init(void);

#endif
