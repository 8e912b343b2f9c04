/* SPDX-License-Identifier: MIT */
/*
 * Flate: zlib data of known and unknown size, by libdeflate, which is about
 * twice as fast as zlib where all bytes are at hand.
 */
#ifndef PDF_FLATE_H
#define PDF_FLATE_H

#include <glib.h>
#include <stdbool.h>

typedef struct Flate Flate;

Flate *flate_new(void);
void flate_free(Flate *flate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Flate, flate_free)

/* replaces output; false: damaged data, or more than limit bytes */
bool flate_inflate(Flate *flate, const void *data, gsize length, gsize limit,
                   GByteArray *output);
/* appends to output */
void flate_deflate(Flate *flate, const void *data, gsize length,
                   GByteArray *output);
/* the CRC-32 of zlib and PNG */
guint32 flate_crc32(const void *data, gsize length);

#endif
