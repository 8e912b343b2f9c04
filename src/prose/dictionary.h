/* SPDX-License-Identifier: MIT */
/* Words of a language: a dictionary of hunspell, and a project's own list. */
#ifndef PROSE_DICTIONARY_H
#define PROSE_DICTIONARY_H

#include "base/diagnostic.h"

typedef struct Dictionary Dictionary;

/* name: of the files, "en_GB"; NULL: the first of the language.  NULL where
 * there is none, without a diagnostic. */
Dictionary *dictionary_open(const char *name, const char *lang);
void dictionary_free(Dictionary *dictionary);
bool dictionary_knows(Dictionary *dictionary, const char *word);
/* the nearest words, ", " between; slow; owned */
char *dictionary_suggest(Dictionary *dictionary, const char *word);

/* FILE below root: a word a line; "stem*" is the stem with any ending; two words
 * are a pair that may stand twice; NAME.md is a chapter whose words are not
 * looked up; # begins a remark */
typedef struct WordList WordList;
WordList *word_list_load(const char *root, const char *file);
void word_list_free(WordList *list);
bool word_list_has(const WordList *list, const char *word);

#endif
