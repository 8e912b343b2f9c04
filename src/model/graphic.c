/* SPDX-License-Identifier: MIT */
/* GraphicStore: the same bytes are one Graphic. */
#include "model/graphic.h"

struct GraphicStore {
    GHashTable *graphics; /* digest -> Graphic */
};

static void
graphic_free(gpointer data)
{
    Graphic *graphic = data;
    g_bytes_unref(graphic->bytes);
    g_free(graphic->digest);
    g_free(graphic);
}

GraphicStore *
graphic_store_new(void)
{
    GraphicStore *store = g_new0(GraphicStore, 1);
    store->graphics =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, graphic_free);
    return store;
}

void
graphic_store_free(GraphicStore *store)
{
    if (store == NULL)
        return;
    g_hash_table_unref(store->graphics);
    g_free(store);
}

const Graphic *
graphic_store_add(GraphicStore *store, Graphic graphic)
{
    const Graphic *known = g_hash_table_lookup(store->graphics, graphic.digest);
    if (known != NULL) {
        g_bytes_unref(graphic.bytes);
        g_free(graphic.digest);
        return known;
    }
    Graphic *copy = g_new(Graphic, 1);
    *copy = graphic;
    copy->name = g_intern_string(graphic.name);
    g_hash_table_insert(store->graphics, copy->digest, copy);
    return copy;
}
