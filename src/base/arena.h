/* SPDX-License-Identifier: MIT */
/*
 * Arena: memory that lives exactly as long as the tree made in it.
 *
 * Allocation is a bump of a pointer; there is no free of single pieces.
 * Everything given back is zeroed and aligned for pointers and all numbers but
 * long double, which nobody uses: a tree of small nodes is a tenth smaller so.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <glib.h>
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

void *arena_alloc(Arena *arena, size_t size);
/* a copy with a NUL behind it; length < 0: up to the NUL of text */
char *arena_strndup(Arena *arena, const char *text, gssize length);
/* the one copy of text in this arena: equal texts give equal pointers */
const char *arena_intern(Arena *arena, const char *text, gssize length);
/* what lives in `from`, which is freed, lives in `into` from now on; texts that
 * were interned in both stay two */
void arena_take(Arena *into, Arena *from);
size_t arena_size(const Arena *arena);
/* freed blocks, small ones too, go back to the system: what follows asks for
 * large ones, which the allocator takes from elsewhere */
void memory_give_back(void);

#define arena_new0(arena, Type) ((Type *)arena_alloc(arena, sizeof(Type)))
#define arena_array(arena, Type, count)                                        \
    ((Type *)arena_alloc(arena, sizeof(Type) * (size_t)(count)))

#endif
