/* SPDX-License-Identifier: MIT */
/* Catalogues: making them, and the seal. */
#include "exchange/catalog.h"

#include "overlay/canonical.h"

#include <string.h>

#define SEAL_WORD "target:"
#define COPY_WORD " copy"
#define OPEN_WORD " open"

static void
free_entry(gpointer data)
{
    Entry *entry = data;
    g_free(entry->id);
    g_free(entry->address);
    g_free(entry->source);
    g_free(entry->previous);
    g_free(entry->target);
    g_free(entry->note);
    g_free(entry->via);
    g_free(entry->seal);
    g_free(entry);
}

Catalog *
catalog_new(const char *name, const char *base_lang, const char *lang)
{
    Catalog *catalog = g_new0(Catalog, 1);
    catalog->name = g_strdup(name);
    catalog->base_lang = g_strdup(base_lang);
    catalog->lang = g_strdup(lang);
    catalog->entries = g_ptr_array_new_with_free_func(free_entry);
    return catalog;
}

void
catalog_free(Catalog *catalog)
{
    if (catalog == NULL)
        return;
    g_free(catalog->name);
    g_free(catalog->base_lang);
    g_free(catalog->lang);
    g_ptr_array_unref(catalog->entries);
    g_free(catalog);
}

Entry *
catalog_add(Catalog *catalog, const char *id)
{
    Entry *entry = g_new0(Entry, 1);
    entry->id = g_strdup(id);
    g_ptr_array_add(catalog->entries, entry);
    return entry;
}

char *
seal_of(const char *text)
{
    char hash[CANONICAL_HASH_SIZE];
    canonical_hash(text, hash);
    return g_strdup(hash);
}

char *
seal_write(const Entry *entry)
{
    return g_strconcat(SEAL_WORD, entry->seal, entry->copy ? COPY_WORD : "",
                       entry->open ? OPEN_WORD : "", NULL);
}

void
seal_read(Entry *entry, const char *text)
{
    const char *found = text == NULL ? NULL : strstr(text, SEAL_WORD);
    if (found == NULL)
        return;
    found += strlen(SEAL_WORD);
    size_t digits = strspn(found, "0123456789abcdef");
    if (digits + 1 == CANONICAL_HASH_SIZE)
        entry->seal = g_strndup(found, digits);
    found += digits;
    entry->copy = g_str_has_prefix(found, COPY_WORD);
    found += entry->copy ? strlen(COPY_WORD) : 0;
    entry->open = g_str_has_prefix(found, OPEN_WORD);
}
