/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing lengths without the C library's locale: printf("%f")
 * writes a decimal comma under lt_LT, et_EE and lv_LV.
 */
#include "base/length.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *name;
    double points;
} units[] = {
    {"pt", 1.0},          {"mm", 72.0 / 25.4}, {"cm", 72.0 / 2.54},
    {"in", 72.0},         {"px", 0.75},        {"pc", 12.0},
};

int
length_read(const char *text, Length *length)
{
    char *end = NULL;
    /* strtod reads more than CSS and XSL numbers: no "inf", "0x", "1e3" */
    const char *start = text + (*text == '-' || *text == '+');
    if (!g_ascii_isdigit(*start) &&
        !(*start == '.' && g_ascii_isdigit(start[1])))
        return 0;
    size_t digits = strspn(start, "0123456789.");
    char number[64];
    size_t size = (size_t)(start - text) + digits;
    if (size >= sizeof number)
        return 0;
    memcpy(number, text, size);
    number[size] = 0;
    double value = g_ascii_strtod(number, &end);
    if (*end != 0 || value > 1e8 || value < -1e8)
        return 0;
    const char *unit = text + size;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strncmp(unit, units[i].name, 2) == 0 &&
            !g_ascii_isalpha(unit[2])) {
            *length = length_from_points(value * units[i].points);
            return (int)size + 2;
        }
    }
    if (value == 0 && !g_ascii_isalpha(*unit) && *unit != '%') {
        *length = 0;
        return (int)size;
    }
    return 0;
}

char *
length_write(Length length, char *buffer)
{
    /* thousandths of a point, halves away from zero */
    Length thousandths = length_scale(length, 1000, LENGTH_PER_POINT);
    const char *sign = thousandths < 0 ? "-" : "";
    if (thousandths < 0)
        thousandths = -thousandths;
    int fraction = (int)(thousandths % 1000);
    long long whole = (long long)(thousandths / 1000);
    if (fraction == 0) {
        g_snprintf(buffer, 32, "%s%lld", sign, whole);
        return buffer;
    }
    g_snprintf(buffer, 32, "%s%lld.%03d", sign, whole, fraction);
    for (char *last = buffer + strlen(buffer) - 1; *last == '0'; last--)
        *last = 0;
    return buffer;
}
