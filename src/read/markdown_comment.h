/* SPDX-License-Identifier: MIT */
/* What comments on lines of their own say about the block behind them. */
#ifndef READ_MARKDOWN_COMMENT_H
#define READ_MARKDOWN_COMMENT_H

#include "read/markdown.h"

/* zero at first */
typedef struct {
    char *pin, *audience, *index;
    Place place; /* of the last of them */
} Wishes;

/* true where the HTML block is nothing but comments, which are taken */
bool comment_take(const Reading *reading, Wishes *wishes, const char *html,
                  Place place);
/* the block is what they were meant for */
void comment_fulfil(const Reading *reading, xmlNode *block, Wishes *wishes);
/* no block is left; says so where one was wanted */
void comment_end(const Reading *reading, Wishes *wishes);

#endif
