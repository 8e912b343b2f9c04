/* SPDX-License-Identifier: MIT */
/* Arena: blocks that double up to a megabyte, freed together. */
#include "base/arena.h"

#include <malloc.h>
#include <string.h>

typedef struct Block Block;
struct Block {
    Block *previous;
    size_t used, size;
    max_align_t data[];
};

struct Arena {
    Block *block;
    size_t total;
    GHashTable *interned;
};

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

Arena *
arena_new(void)
{
    return g_new0(Arena, 1);
}

void
arena_free(Arena *arena)
{
    if (arena == NULL)
        return;
    for (Block *block = arena->block; block != NULL;) {
        Block *previous = block->previous;
        g_free(block);
        block = previous;
    }
    g_clear_pointer(&arena->interned, g_hash_table_destroy);
    g_free(arena);
}

void *
arena_alloc(Arena *arena, size_t size)
{
    const size_t align = sizeof(void *);
    size = (size + align - 1) & ~(align - 1);
    Block *block = arena->block;
    if (block == NULL || block->size - block->used < size) {
        size_t wanted = block == NULL ? FIRST_BLOCK : block->size * 2;
        wanted = MAX(MIN(wanted, LARGEST_BLOCK), size);
        Block *fresh = g_malloc(sizeof *fresh + wanted);
        *fresh = (Block){.previous = block, .size = wanted};
        arena->total += wanted;
        arena->block = block = fresh;
    }
    void *result = (char *)block->data + block->used;
    block->used += size;
    return memset(result, 0, size);
}

char *
arena_strndup(Arena *arena, const char *text, gssize length)
{
    size_t size = length < 0 ? strlen(text) : (size_t)length;
    char *copy = arena_alloc(arena, size + 1);
    memcpy(copy, text, size);
    return copy;
}

const char *
arena_intern(Arena *arena, const char *text, gssize length)
{
    if (arena->interned == NULL)
        arena->interned = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *key =
        length < 0 ? NULL : g_strndup(text, (size_t)length);
    const char *wanted = key == NULL ? text : key;
    const char *known = g_hash_table_lookup(arena->interned, wanted);
    if (known != NULL)
        return known;
    char *copy = arena_strndup(arena, wanted, -1);
    g_hash_table_add(arena->interned, copy);
    return copy;
}

/* the block that is being filled stays in front */
void
arena_take(Arena *into, Arena *from)
{
    Block *oldest = from->block;
    while (oldest != NULL && oldest->previous != NULL)
        oldest = oldest->previous;
    if (into->block == NULL) {
        into->block = from->block;
    } else if (oldest != NULL) {
        oldest->previous = into->block->previous;
        into->block->previous = from->block;
    }
    into->total += from->total;
    from->block = NULL;
    arena_free(from);
}

size_t
arena_size(const Arena *arena)
{
    return arena->total;
}

void
memory_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
