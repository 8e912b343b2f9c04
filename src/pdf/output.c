/* SPDX-License-Identifier: MIT */
/* Output: numbers and strings of PDF, the same under every locale. */
#include "pdf/output.h"

#include <math.h>

void
pdf_append_integer(GString *out, gint64 value)
{
    char digits[24];
    int count = 0;
    guint64 rest = value < 0 ? (guint64)0 - (guint64)value : (guint64)value;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        g_string_append_c(out, '-');
    while (count > 0)
        g_string_append_c(out, digits[--count]);
}

/* value / 10^places, without zeros at the end */
static void
append_decimal(GString *out, gint64 value, int places)
{
    gint64 unit = 1;
    for (int i = 0; i < places; i++)
        unit *= 10;
    if (value < 0) {
        g_string_append_c(out, '-');
        value = -value;
    }
    pdf_append_integer(out, value / unit);
    gint64 rest = value % unit;
    if (rest == 0)
        return;
    g_string_append_c(out, '.');
    while (rest > 0) {
        unit /= 10;
        g_string_append_c(out, (char)('0' + rest / unit));
        rest %= unit;
    }
}

void
pdf_append_length(GString *out, Length length)
{
    append_decimal(out, length_scale(length, 1000, LENGTH_PER_POINT), 3);
}

void
pdf_append_number(GString *out, double value)
{
    append_decimal(out, llround(value * 10000), 4);
}

void
pdf_append_reference(GString *out, int number)
{
    pdf_append_integer(out, number);
    g_string_append_len(out, " 0 R ", 5);
}

static void
append_hex(GString *out, gunichar unit)
{
    static const char digits[] = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4)
        g_string_append_c(out, digits[unit >> shift & 15]);
}

static void
append_utf16(GString *out, const char *text)
{
    g_string_append(out, "<FEFF");
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (c > 0xFFFF) {
            append_hex(out, 0xD800 + ((c - 0x10000) >> 10));
            append_hex(out, 0xDC00 + ((c - 0x10000) & 1023));
        } else {
            append_hex(out, c);
        }
    }
    g_string_append_c(out, '>');
}

void
pdf_append_bytes(GString *out, const char *text)
{
    g_string_append_c(out, '(');
    for (; *text != '\0'; text++) {
        if (*text == '(' || *text == ')' || *text == '\\')
            g_string_append_c(out, '\\');
        if (*text == '\r') /* an unescaped one would be read as \n */
            g_string_append(out, "\\r");
        else
            g_string_append_c(out, *text);
    }
    g_string_append_c(out, ')');
}

void
pdf_append_text(GString *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p < 32 || *p > 126) { /* char may be signed: above 127 too */
            append_utf16(out, text);
            return;
        }
    }
    pdf_append_bytes(out, text);
}

void
pdf_append_box(GString *out, Length left, Length bottom, Length right,
               Length top)
{
    g_string_append_c(out, '[');
    pdf_append_length(out, left);
    g_string_append_c(out, ' ');
    pdf_append_length(out, bottom);
    g_string_append_c(out, ' ');
    pdf_append_length(out, right);
    g_string_append_c(out, ' ');
    pdf_append_length(out, top);
    g_string_append_c(out, ']');
}
