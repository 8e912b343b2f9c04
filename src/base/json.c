/* SPDX-License-Identifier: MIT */
#include "base/json.h"

static void
add_text(GString *json, const char *text)
{
    for (const char *c = text; *c != 0; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_printf(json, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            g_string_append_printf(json, "\\u%04x", (unsigned)*c);
        else
            g_string_append_c(json, *c);
    }
}

static void
add_name(GString *json, const char *name)
{
    char last = json->len == 0 ? 0 : json->str[json->len - 1];
    g_string_append_printf(json, "%s\"%s\":", last == '{' ? "" : ",", name);
}

void
json_add_string(GString *json, const char *name, const char *text)
{
    if (text == NULL)
        return;
    add_name(json, name);
    g_string_append_c(json, '"');
    add_text(json, text);
    g_string_append_c(json, '"');
}

void
json_add_int(GString *json, const char *name, int value)
{
    add_name(json, name);
    g_string_append_printf(json, "%d", value);
}
