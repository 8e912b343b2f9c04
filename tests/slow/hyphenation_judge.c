/* SPDX-License-Identifier: MIT */
/* usage: hyphenation_judge LANGUAGE OUR.dic EXPANDED.dic < words
 * Compares our breaks with libhyphen's, which is fed with the file as its
 * substrings.pl expands it.  Prints the words that differ; the last line is
 * "words N differ M". */
#include <hyphen.h>
#include <stdio.h>
#include <string.h>

#include "text/hyphenation.h"

/* false: the word cannot be written in the dictionary's charset */
static bool
library_breaks(HyphenDict *dictionary, const char *word, int count,
               unsigned char *levels)
{
    gsize length;
    g_autofree char *encoded = g_convert(word, -1, dictionary->cset, "UTF-8",
                                         NULL, &length, NULL);
    if (encoded == NULL)
        return false;
    g_autofree char *hyphens = g_malloc0(length + 5);
    char **replacements = NULL;
    int *positions = NULL, *cuts = NULL;
    hnj_hyphen_hyphenate2(dictionary, encoded, (int)length, hyphens, NULL,
                          &replacements, &positions, &cuts);
    for (int i = 0; i < count; i++)
        levels[i] = i < count - 1 && hyphens[i] % 2 == 1;
    return true;
}

static void
print_word(const gunichar *letters, int count, const unsigned char *levels)
{
    for (int i = 0; i < count; i++) {
        char bytes[7] = {0};
        g_unichar_to_utf8(letters[i], bytes);
        printf("%s%s", bytes, levels[i] != 0 ? "-" : "");
    }
}

int
main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    g_autoptr(Hyphenator) ours = hyphenator_load(argv[2], argv[1]);
    HyphenDict *dictionary = hnj_hyphen_load(argv[3]);
    if (ours == NULL || dictionary == NULL)
        return 2;
    char line[1000];
    int words = 0, differ = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        g_strstrip(line);
        glong count;
        g_autofree gunichar *letters = g_utf8_to_ucs4_fast(line, -1, &count);
        unsigned char a[HYPHENATION_MAX_LETTERS], b[HYPHENATION_MAX_LETTERS];
        if (count < 4 || count > 90 ||
            !library_breaks(dictionary, line, (int)count, b))
            continue;
        hyphenator_points(ours, letters, (int)count, a);
        words++;
        for (int i = 0; i < count; i++)
            if ((a[i] != 0) != (b[i] != 0)) {
                differ++;
                print_word(letters, (int)count, a);
                printf(" library: ");
                print_word(letters, (int)count, b);
                printf("\n");
                break;
            }
    }
    printf("words %d differ %d\n", words, differ);
    hnj_hyphen_free(dictionary);
    return differ > 0;
}
