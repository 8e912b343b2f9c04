/* SPDX-License-Identifier: MIT */
/* Lines by their keys, in an arena of their own. */
#include "layout/line_memo.h"

typedef struct {
    LineKey key;
    TextLines lines;
} Entry;

struct LineMemo {
    GHashTable *entries; /* LineKey -> Entry, in the arena */
    Arena *arena;
};

static guint
key_hash(gconstpointer pointer)
{
    const LineKey *key = pointer;
    return g_direct_hash(key->first) ^ (guint)key->measure ^
           (guint)(key->looseness * 4 + key->indented) << 24;
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
    const LineKey *one = a, *other = b;
    return one->first == other->first && one->measure == other->measure &&
           one->looseness == other->looseness &&
           one->indented == other->indented;
}

LineMemo *
line_memo_new(void)
{
    LineMemo *memo = g_new(LineMemo, 1);
    memo->entries = g_hash_table_new(key_hash, key_equal);
    memo->arena = arena_new();
    return memo;
}

void
line_memo_free(LineMemo *memo)
{
    if (memo == NULL)
        return;
    g_hash_table_unref(memo->entries);
    arena_free(memo->arena);
    g_free(memo);
}

Arena *
line_memo_arena(LineMemo *memo)
{
    return memo->arena;
}

const TextLines *
line_memo_find(const LineMemo *memo, const LineKey *key)
{
    const Entry *entry = g_hash_table_lookup(memo->entries, key);
    return entry == NULL ? NULL : &entry->lines;
}

void
line_memo_keep(LineMemo *memo, const LineKey *key, TextLines lines)
{
    Entry *entry = arena_new0(memo->arena, Entry);
    *entry = (Entry){*key, lines};
    g_hash_table_insert(memo->entries, &entry->key, entry);
}
