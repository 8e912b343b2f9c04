/* SPDX-License-Identifier: MIT */
/*
 * Length: every distance of the program.
 *
 * A 64-bit count of 1/65536 PDF points (1/72 inch), so that layout is exact
 * integer arithmetic and the same on every machine.  Another unit says so in
 * its name (width_mm).  Text positions are byte offsets, half open.
 */
#ifndef BASE_LENGTH_H
#define BASE_LENGTH_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t Length;

#define LENGTH_PER_POINT ((Length)65536)
#define POINTS(n) ((Length)(n) * LENGTH_PER_POINT)
/* larger than any page, small enough that sums never overflow */
#define LENGTH_MAX ((Length)1 << 46)

static inline double
length_points(Length length)
{
    return (double)length / 65536.0;
}

/* points to the nearest Length; only for values read from files */
static inline Length
length_from_points(double points)
{
    return (Length)(points * 65536.0 + (points < 0 ? -0.5 : 0.5));
}

/* value * numerator / denominator, rounded to nearest, halves away from 0;
 * denominator > 0 */
static inline Length
length_scale(Length value, int64_t numerator, int64_t denominator)
{
    __int128 product = (__int128)value * numerator;
    __int128 half = denominator / 2;
    product += product < 0 ? -half : half;
    return (Length)(product / denominator);
}

/* Reads "12pt", "4.5mm", "1cm", "1in", "16px" (1 px = 1/96 in), "2pc", "0".
 * Writes *length and returns the number of bytes read, 0 if there is no length
 * at the start of text.  "em" is the business of the caller. */
int length_read(const char *text, Length *length);

/* shortest decimal of points with at most 3 places, always with a full stop;
 * buffer holds at least 32 bytes; returns buffer */
char *length_write(Length length, char *buffer);

#endif
