/* SPDX-License-Identifier: MIT */
/*
 * Proof: two sets of needles, one scan.
 *
 * A needle is a piece of squeezed text of at least ANCHOR bytes; its first
 * ANCHOR bytes are its key in a hash table, and a text is scanned with a window
 * of that size, so that the time does not depend on how many needles there are.
 * Needles of removed texts are runs of words.
 *
 * Most kept texts stand whole on the pages, one behind the other, and are found
 * so.  The others become needles, end to end, and where one is not found because
 * a page ends in it, its parts must continue what was found before and after it.
 */
#define _GNU_SOURCE /* memmem */
#include "pdf/proof.h"

#include "pdf/read_text.h"

#include <string.h>

enum { ANCHOR = 16, RUN_WORDS = 5, CHUNK = 32, MOST_SAID = 20,
       WINDOW = 16384, STEP = 4096 /* a page or two */ };

typedef struct {
    guint32 start, length; /* in the set's text */
    guint32 owner;         /* index of a Piece */
    guint32 found;         /* position + 1 in what was scanned; 0: not yet */
    bool is_kept;          /* of a removed text: also stands in a kept one */
} Needle;

/* the hash stands beside the index, so that a miss costs no look at the text */
typedef struct {
    guint32 hash, index; /* index + 1 of a needle; 0: free */
} Slot;

typedef struct {
    GString *text; /* squeezed */
    GArray *needles;
    Slot *slots;
    guint8 *filter;   /* a bit for each hash that may be there, 8 a slot: small
                         enough to stay near while a whole book is scanned */
    guint slot_count; /* power of two */
} NeedleSet;

typedef struct {
    guint32 start, length;
    guint32 *chunks; /* needles, end to end; kept pieces only */
    guint chunk_count;
    bool on_page, is_whole; /* is_whole: in the file being checked */
    Place place;
} Piece;

struct Proof {
    NeedleSet removed, kept;
    GArray *removed_pieces, *kept_pieces;
    GPtrArray *chunk_lists;
};

/* ---- needles ---- */

static void
needle_set_init(NeedleSet *set)
{
    set->text = g_string_new(NULL);
    set->needles = g_array_new(FALSE, FALSE, sizeof(Needle));
    set->slot_count = 1024;
    set->slots = g_new0(Slot, set->slot_count);
    set->filter = g_new0(guint8, set->slot_count);
}

static void
needle_set_clear(NeedleSet *set)
{
    g_string_free(set->text, TRUE);
    g_array_unref(set->needles);
    g_free(set->slots);
    g_free(set->filter);
}

static guint32
anchor_hash(const char *at)
{
    guint64 a, b;
    memcpy(&a, at, 8);
    memcpy(&b, at + 8, 8);
    a = (a ^ (b >> 29)) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    b = (b ^ (a >> 32)) * G_GUINT64_CONSTANT(0xC2B2AE3D27D4EB4F);
    return (guint32)((a ^ b) >> 32);
}

/* false: surely not there */
static bool
filter_holds(const NeedleSet *set, guint32 hash)
{
    return set->filter[hash & (set->slot_count - 1)] & (1 << (hash >> 29));
}

static void
put_in_slot(NeedleSet *set, guint32 index)
{
    const Needle *needle = &g_array_index(set->needles, Needle, index);
    guint32 hash = anchor_hash(set->text->str + needle->start);
    guint slot = hash;
    while (set->slots[slot &= set->slot_count - 1].index != 0)
        slot++;
    set->slots[slot] = (Slot){hash, index + 1};
    set->filter[hash & (set->slot_count - 1)] |= (guint8)(1 << (hash >> 29));
}

static void
make_room(NeedleSet *set)
{
    if (set->needles->len * 2 < set->slot_count)
        return;
    g_free(set->slots);
    g_free(set->filter);
    set->slot_count *= 2;
    set->slots = g_new0(Slot, set->slot_count);
    set->filter = g_new0(guint8, set->slot_count);
    for (guint i = 0; i < set->needles->len; i++)
        put_in_slot(set, i);
}

/* the index of this needle, or of one like it */
static guint32
add_needle(NeedleSet *set, guint32 start, guint32 length, guint32 owner)
{
    const char *text = set->text->str + start;
    guint32 hash = anchor_hash(text);
    for (guint slot = hash;; slot++) {
        Slot found = set->slots[slot &= set->slot_count - 1];
        guint32 index = found.index;
        if (index == 0)
            break;
        if (found.hash != hash)
            continue;
        const Needle *other = &g_array_index(set->needles, Needle, index - 1);
        if (other->length == length &&
            memcmp(set->text->str + other->start, text, length) == 0)
            return index - 1;
    }
    Needle needle = {.start = start, .length = length, .owner = owner};
    g_array_append_val(set->needles, needle);
    put_in_slot(set, set->needles->len - 1);
    make_room(set);
    return set->needles->len - 1;
}

typedef void (*Found)(Needle *needle, gsize at, void *data);

static void
scan(NeedleSet *set, const GString *text, Found found, void *data)
{
    if (set->needles->len == 0)
        return;
    for (gsize at = 0; at + ANCHOR <= text->len; at++) {
        guint32 hash = anchor_hash(text->str + at);
        if (!filter_holds(set, hash))
            continue;
        for (guint slot = hash;; slot++) {
            Slot found_slot = set->slots[slot &= set->slot_count - 1];
            guint32 index = found_slot.index;
            if (index == 0)
                break;
            if (found_slot.hash != hash)
                continue;
            Needle *needle = &g_array_index(set->needles, Needle, index - 1);
            if (at + needle->length <= text->len &&
                memcmp(set->text->str + needle->start, text->str + at,
                       needle->length) == 0)
                found(needle, at, data);
        }
    }
}

/* ---- what is told beforehand ---- */

Proof *
proof_new(void)
{
    Proof *proof = g_new0(Proof, 1);
    needle_set_init(&proof->removed);
    needle_set_init(&proof->kept);
    proof->removed_pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    proof->kept_pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    proof->chunk_lists = g_ptr_array_new_with_free_func(g_free);
    return proof;
}

void
proof_free(Proof *proof)
{
    if (proof == NULL)
        return;
    needle_set_clear(&proof->removed);
    needle_set_clear(&proof->kept);
    g_array_unref(proof->removed_pieces);
    g_array_unref(proof->kept_pieces);
    g_ptr_array_unref(proof->chunk_lists);
    g_free(proof);
}

/* the starts of the words of a text, which is appended squeezed; the end last */
static GArray *
append_words(const char *text, GString *out)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (const char *p = text; *p != '\0';) {
        const char *end = p;
        while (*end != '\0' && !g_unichar_isspace(g_utf8_get_char(end)))
            end = g_utf8_next_char(end);
        guint32 start = (guint32)out->len;
        if (end > p && squeeze(p, end - p, out))
            g_array_append_val(starts, start);
        p = *end == '\0' ? end : g_utf8_next_char(end);
    }
    guint32 end = (guint32)out->len;
    g_array_append_val(starts, end);
    return starts;
}

void
proof_add_removed(Proof *proof, const char *text, Place place)
{
    NeedleSet *set = &proof->removed;
    Piece piece = {.start = (guint32)set->text->len, .place = place};
    guint32 owner = proof->removed_pieces->len;
    g_autoptr(GArray) starts = append_words(text, set->text);
    guint words = starts->len - 1;
    const guint32 *at = (const guint32 *)(const void *)starts->data;
    for (guint first = 0; first + RUN_WORDS <= words; first++) {
        guint last = first + RUN_WORDS;
        while (last < words && at[last] - at[first] < ANCHOR)
            last++;
        if (at[last] - at[first] >= ANCHOR)
            add_needle(set, at[first], at[last] - at[first], owner);
    }
    piece.length = (guint32)set->text->len - piece.start;
    g_array_append_val(proof->removed_pieces, piece);
}

/* not in the middle of a character */
static guint32
character_start(const GString *text, guint32 at)
{
    while (at < text->len && ((guchar)text->str[at] & 0xC0) == 0x80)
        at++;
    return at;
}

static void
cut_in_chunks(Proof *proof, Piece *piece, guint32 owner)
{
    NeedleSet *set = &proof->kept;
    guint32 end = piece->start + piece->length;
    guint most = piece->length / CHUNK + 1;
    piece->chunks = g_new(guint32, most);
    g_ptr_array_add(proof->chunk_lists, piece->chunks);
    for (guint32 at = piece->start; at < end;) {
        guint32 next = character_start(set->text, MIN(at + CHUNK, end));
        if (end - next < ANCHOR)
            next = end;
        piece->chunks[piece->chunk_count++] =
            add_needle(set, at, next - at, owner);
        at = next;
    }
}

void
proof_add_kept(Proof *proof, const char *text, bool on_page, Place place)
{
    NeedleSet *set = &proof->kept;
    Piece piece = {.start = (guint32)set->text->len,
                   .on_page = on_page,
                   .place = place};
    if (!squeeze(text, -1, set->text))
        return;
    piece.length = (guint32)set->text->len - piece.start;
    /* runs must not reach over from one text to the next */
    g_string_append_c(set->text, '\n');
    g_array_append_val(proof->kept_pieces, piece);
}

/* ---- removed texts ---- */

static void
mark_kept(Needle *needle, gsize at, void *data)
{
    (void)at, (void)data;
    needle->is_kept = true;
}

typedef struct {
    Proof *proof;
    const ReadText *text;
    bool in_flow;
    const char *where;
    guint32 last_owner; /* said once for each text in a row */
    int count;
    Diagnostics *diagnostics;
} LeakSearch;

/* the first page that ends at or behind this place of the flow */
static guint
first_page_end(const ReadText *text, gsize at)
{
    guint low = 0, high = text->page_ends->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(text->page_ends, guint, middle) < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static guint
page_of(const ReadText *text, gsize at)
{
    return first_page_end(text, at + 1) + 1;
}

static void
say_leaked(Needle *needle, gsize at, void *data)
{
    LeakSearch *search = data;
    if (needle->is_kept || needle->owner == search->last_owner)
        return;
    search->last_owner = needle->owner;
    if (++search->count > MOST_SAID)
        return;
    const Piece *piece =
        &g_array_index(search->proof->removed_pieces, Piece, needle->owner);
    g_autofree char *place =
        search->in_flow
            ? g_strdup_printf("on page %u", page_of(search->text, at))
            : g_strdup(search->where);
    g_autofree char *run =
        g_strndup(search->proof->removed.text->str + needle->start,
                  needle->length);
    diagnostics_add(search->diagnostics, LEVEL_INVALID, "text-leaked",
                    piece->place,
                    "this text was removed from the edition, but the finished "
                    "file holds words of it %s ('%s'); the file was not "
                    "written: look whether a picture shows them, else report "
                    "the fault",
                    place, run);
}

static bool
check_removed(Proof *proof, const ReadText *text, Diagnostics *diagnostics)
{
    LeakSearch search = {.proof = proof,
                         .text = text,
                         .in_flow = true,
                         .last_owner = G_MAXUINT32,
                         .diagnostics = diagnostics};
    scan(&proof->removed, proof->kept.text, mark_kept, NULL);
    scan(&proof->removed, text->flow, say_leaked, &search);
    search.in_flow = false;
    search.where = "in what stands beside the text";
    scan(&proof->removed, text->furniture, say_leaked, &search);
    search.where = "in its outline, descriptions or metadata";
    scan(&proof->removed, text->strings, say_leaked, &search);
    return search.count == 0;
}

/* ---- kept texts ---- */

static void
note_position(Needle *needle, gsize at, void *data)
{
    (void)data;
    if (needle->found == 0)
        needle->found = (guint32)at + 1;
}

/* of the flow */
typedef struct {
    const char *text;
    gsize length;
} Stretch;

static const char *
find(Stretch stretch, const char *part, gsize length)
{
    return memmem(stretch.text, stretch.length, part, length);
}

static bool
holds(Stretch stretch, const char *part, gsize length)
{
    return find(stretch, part, length) != NULL;
}

/* of the flow, so many bytes before and behind a place */
static Stretch
stretch_around(const GString *flow, gsize at, gsize reach)
{
    gsize first = at > reach ? at - reach : 0;
    gsize last = MIN(at + reach, flow->len);
    return (Stretch){flow->str + first, last - first};
}

/* Pieces that stand whole near the one before them.  Of a piece that a page cuts,
 * at least its start is there; where not even the starts of several long ones
 * are, the place is lost (contents come between), and sought behind it, then in
 * the whole. */
static void
find_in_order(Proof *proof, const GString *flow)
{
    enum { LOST = 3, START = 2 * ANCHOR, LONG_START = 4 * ANCHOR };
    gsize at = 0;
    int misses = 0;
    for (guint i = 0; i < proof->kept_pieces->len; i++) {
        Piece *piece = &g_array_index(proof->kept_pieces, Piece, i);
        piece->is_whole = false;
        if (!piece->on_page)
            continue;
        const char *text = proof->kept.text->str + piece->start;
        gsize length = piece->length;
        const char *found = NULL;
        if (at + length <= flow->len &&
            memcmp(flow->str + at, text, length) == 0)
            found = flow->str + at;
        if (found == NULL)
            found = find(stretch_around(flow, at, STEP + length), text, length);
        piece->is_whole = found != NULL;
        if (found == NULL && length > START) {
            length = START;
            found = find(stretch_around(flow, at, STEP), text, length);
        }
        if (found == NULL && piece->length >= LONG_START && ++misses >= LOST) {
            length = LONG_START;
            gsize from = MIN(at, flow->len);
            found = find((Stretch){flow->str + from, flow->len - from}, text,
                         length);
            if (found == NULL)
                found = find((Stretch){flow->str, flow->len}, text, length);
        }
        if (found == NULL)
            continue;
        misses = 0;
        at = (gsize)(found - flow->str) + length;
    }
}

/* The others in needles: not before a file is there, since they take more memory
 * than their texts, and would lie about while pages are made. */
static void
cut_others(Proof *proof)
{
    for (guint i = 0; i < proof->kept_pieces->len; i++) {
        Piece *piece = &g_array_index(proof->kept_pieces, Piece, i);
        if (piece->on_page && !piece->is_whole && piece->chunks == NULL &&
            piece->length >= ANCHOR)
            cut_in_chunks(proof, piece, i);
    }
}

/* The piece in parts, each as long as can be found; a page's end is a cut, but
 * scraps are no proof, save one at the start: a piece may begin with the last
 * word of a page. */
static bool
is_found_in_parts(Stretch flow, const char *text, gsize length)
{
    enum { MOST_PARTS = 40, LEAST = 8 };
    if (holds(flow, text, length))
        return true;
    for (int parts = 0; length > 0 && parts < MOST_PARTS; parts++) {
        gsize low = 0, high = length; /* low is found, high perhaps */
        while (low < high) {
            gsize middle = (low + high + 1) / 2;
            if (holds(flow, text, middle))
                low = middle;
            else
                high = middle - 1;
        }
        if (low == 0 || (low < LEAST && low < length && parts > 0))
            return false;
        text += low;
        length -= low;
    }
    return length == 0;
}

/* how many bytes behind (or before) a found neighbour go on as the chunk */
static guint32
match_forward(const GString *flow, gsize at, const char *chunk, guint32 length)
{
    guint32 n = 0;
    while (n < length && at + n < flow->len && flow->str[at + n] == chunk[n])
        n++;
    return n;
}

static guint32
match_backward(const GString *flow, gsize at, const char *chunk, guint32 length)
{
    guint32 n = 0;
    while (n < length && n < at &&
           flow->str[at - n - 1] == chunk[length - n - 1])
        n++;
    return n;
}

static bool
is_cut_by_page(const Proof *proof, const GString *flow, const Piece *piece,
               guint i)
{
    const GArray *needles = proof->kept.needles;
    const Needle *chunk = &g_array_index(needles, Needle, piece->chunks[i]);
    if (i == 0 || i + 1 == piece->chunk_count)
        return false;
    const Needle *before =
        &g_array_index(needles, Needle, piece->chunks[i - 1]);
    const Needle *after = &g_array_index(needles, Needle, piece->chunks[i + 1]);
    if (before->found == 0 || after->found == 0)
        return false;
    const char *text = proof->kept.text->str + chunk->start;
    return match_forward(flow, before->found - 1 + before->length, text,
                         chunk->length) +
               match_backward(flow, after->found - 1, text, chunk->length) >=
           chunk->length;
}

/* a page that begins in the stretch begins so */
static bool
begins_page(const ReadText *text, Stretch near, const char *part, gsize length)
{
    gsize from = (gsize)(near.text - text->flow->str);
    for (guint i = first_page_end(text, from); i < text->page_ends->len; i++) {
        gsize start = g_array_index(text->page_ends, guint, i);
        if (start + length > from + near.length)
            return false;
        if (memcmp(text->flow->str + start, part, length) == 0)
            return true;
    }
    return false;
}

/* A piece of a word or two: whole, or its end begins a page.  Without tags the
 * running heads are part of the flow, and only its parts can be asked for. */
static bool
is_short_found(const ReadText *text, Stretch near, const char *piece,
               gsize length)
{
    if (holds(near, piece, length))
        return true;
    for (gsize cut = 1; cut < length && holds(near, piece, cut); cut++) {
        bool is_found = !text->is_tagged
                            ? holds(near, piece + cut, length - cut)
                            : begins_page(text, near, piece + cut,
                                          length - cut);
        if (is_found)
            return true;
    }
    return false;
}

/* *at: about where; moves to where it was */
static bool
is_on_pages(const Proof *proof, const ReadText *read, const Piece *piece,
            gsize *at)
{
    const GString *flow = read->flow;
    const char *text = proof->kept.text->str + piece->start;
    bool is_short = piece->length < ANCHOR;
    bool is_plain = piece->chunk_count > 0 && !is_short;
    for (guint i = 0; i < piece->chunk_count && !is_short; i++) {
        const Needle *chunk =
            &g_array_index(proof->kept.needles, Needle, piece->chunks[i]);
        if (chunk->found != 0)
            *at = chunk->found - 1;
        else if (!is_cut_by_page(proof, flow, piece, i))
            is_plain = false;
    }
    if (is_plain)
        return true;
    /* some pages, a chapter, the whole: most are found near by, and a search
     * of the whole for each of the others would grow with the square */
    for (gsize reach = WINDOW;; reach *= 16) {
        Stretch near = stretch_around(flow, *at, reach);
        if (is_short ? is_short_found(read, near, text, piece->length)
                     : is_found_in_parts(near, text, piece->length))
            return true;
        if (near.length == flow->len)
            return false;
    }
}

static bool
check_kept(Proof *proof, const ReadText *text, Diagnostics *diagnostics)
{
    GArray *needles = proof->kept.needles;
    find_in_order(proof, text->flow);
    cut_others(proof);
    for (guint i = 0; i < needles->len; i++)
        g_array_index(needles, Needle, i).found = 0;
    scan(&proof->kept, text->flow, note_position, NULL);
    int lost = 0;
    gsize at = 0;
    for (guint i = 0; i < proof->kept_pieces->len && lost < MOST_SAID; i++) {
        const Piece *piece = &g_array_index(proof->kept_pieces, Piece, i);
        if (!piece->on_page || piece->is_whole ||
            is_on_pages(proof, text, piece, &at))
            continue;
        lost++;
        g_autofree char *words =
            g_strndup(proof->kept.text->str + piece->start,
                      MIN(piece->length, 60));
        g_autofree char *valid = g_utf8_make_valid(words, -1);
        diagnostics_add(diagnostics, LEVEL_INVALID, "text-lost", piece->place,
                        "this text is not on the pages of the finished file "
                        "('%s'); the file was not written: report the fault",
                        valid);
    }
    return lost == 0;
}

bool
proof_check(Proof *proof, GBytes *pdf, bool is_whole, Diagnostics *diagnostics,
            GError **error)
{
    ReadText text;
    bool is_good = read_text(&text, pdf, error);
    if (is_good) {
        is_good = check_removed(proof, &text, diagnostics);
        if (is_whole)
            is_good = check_kept(proof, &text, diagnostics) && is_good;
    }
    read_text_clear(&text);
    return is_good;
}
