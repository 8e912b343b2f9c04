/* SPDX-License-Identifier: MIT */
/*
 * Words: what changed between two texts, and how much it matters.
 *
 * A text is taken apart into words, numbers, references and signs.  The
 * shortest edit script (Myers, "An O(ND) Difference Algorithm and Its
 * Variations", 1986) gives the diff that people read, the similarity by which
 * edited blocks are found again, and the severity of a change.
 */
#ifndef OVERLAY_WORD_DIFF_H
#define OVERLAY_WORD_DIFF_H

#include "model/document.h"

typedef enum {
    TOKEN_WORD,      /* letters, digits, marks; inner - ' . between them */
    TOKEN_REFERENCE, /* [^x] {{x}} ](x) <http:x> {file=x} */
    TOKEN_BREAK,     /* the end of a canonical line */
    TOKEN_SIGN,      /* any other character */
} TokenKind;

typedef struct {
    guint64 hash;  /* equal for equal tokens */
    int start, end; /* bytes of the text */
    TokenKind kind;
    bool blank_before;
} Token;

typedef struct {
    const char *text; /* borrowed */
    Token *tokens;
    int count;
    int words; /* how many are TOKEN_WORD */
} TokenList;

TokenList *token_list_new(const char *canonical);
void token_list_free(TokenList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TokenList, token_list_free)

/* tokens in common, in order (the longest common subsequence), or -1 as soon
 * as more than `distance` tokens would have to be put in and taken out */
int token_list_common(const TokenList *a, const TokenList *b, int distance);

/* in rising order: the highest of a change wins */
typedef enum {
    SEVERITY_NONE,
    SEVERITY_TYPOGRAPHIC,
    SEVERITY_WORDING,
    SEVERITY_STRUCTURE,
    SEVERITY_REFERENCE,
    SEVERITY_NEGATION,
    SEVERITY_NUMBER,
} Severity;
const char *severity_name(Severity severity); /* "NUMBER" ...; NONE: "" */
/* for people, to be translated where it is said: "number" ...; NONE: NULL */
const char *severity_word(Severity severity);
/* SEVERITY_NONE for an unknown name or NULL */
Severity severity_read(const char *name);

/* The words of a language that make a change weighty, from words.xml:
 * negation-words ("ne nei nėra"), negation-prefixes ("ne nebe"),
 * reference-words ("str. straipsn* pants"; * stands for any ending).  Blanks
 * divide them. */
typedef struct {
    char **negation, **prefixes, **references; /* casefolded; may be NULL */
} SeverityWords;
SeverityWords *severity_words_new(const Document *base);
void severity_words_free(SeverityWords *words);
/* is `name` of words.xml such a list about the base's text, never printed? */
bool severity_words_has(const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SeverityWords, severity_words_free)

/* "… in one line [-taken out-] {+put in+} with some context …"; owned.
 * *severity, may be NULL, of the change from canonical text a to b. */
char *word_diff(const char *a, const char *b, const SeverityWords *words,
                Severity *severity);

/* only the severity of that change */
Severity word_severity(const char *a, const char *b,
                       const SeverityWords *words);

#endif
