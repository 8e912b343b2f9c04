/* SPDX-License-Identifier: MIT */
/* The RELAX NG schemas of src/schemas, put into the program by the build. */
#ifndef BASE_SCHEMAS_H
#define BASE_SCHEMAS_H

typedef struct {
    const char *name; /* file name without .rng; NULL ends the list */
    const char *text;
} EmbeddedSchema;

extern const EmbeddedSchema embedded_schemas[];

#endif
