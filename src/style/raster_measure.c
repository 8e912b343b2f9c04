/* SPDX-License-Identifier: MIT */
/*
 * PNG and JPEG headers.
 *
 * Their size, resolution and colour channels stand in a few bytes that every
 * file must have, so we read those ourselves: nothing is decoded before the
 * pixels are counted, and a file that stops too early is noticed here instead
 * of on the page.  PNG: chunks with checksums up to IEND (PNG specification,
 * second edition, 5.3).  JPEG: segments up to the frame header, and the end
 * marker (ITU-T T.81, annex B).
 */
#include "style/graphic_load.h"

#include <string.h>

#define MAX_PIXELS ((gint64)64 * 1000 * 1000)

static guint32
read32(const guint8 *at)
{
    return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 |
           at[3];
}

static int
read16(const guint8 *at)
{
    return at[0] << 8 | at[1];
}

static bool
fail(const char **trouble, const char *text)
{
    *trouble = text;
    return false;
}

static bool
set_sizes(Graphic *graphic, guint32 width, guint32 height, double dpi_x,
          double dpi_y, const char **trouble)
{
    if (width == 0 || height == 0 || width > G_MAXINT32 || height > G_MAXINT32)
        return fail(trouble, "it has no size");
    if ((gint64)width * height > MAX_PIXELS)
        return fail(trouble, "it has more than 64 million pixels; scale it "
                             "down, 300 for each inch are enough");
    bool is_plausible =
        dpi_x >= 10 && dpi_x <= 10000 && dpi_y >= 10 && dpi_y <= 10000;
    graphic->pixel_width = (int)width;
    graphic->pixel_height = (int)height;
    graphic->width =
        length_from_points(width * 72.0 / (is_plausible ? dpi_x : 96));
    graphic->height =
        length_from_points(height * 72.0 / (is_plausible ? dpi_y : 96));
    return true;
}

/* ---- PNG ---- */

static guint32
checksum(const guint8 *data, size_t length)
{
    static guint32 table[256];
    if (table[1] == 0) {
        for (guint32 i = 0; i < 256; i++) {
            guint32 value = i;
            for (int bit = 0; bit < 8; bit++)
                value = value & 1 ? 0xedb88320u ^ value >> 1 : value >> 1;
            table[i] = value;
        }
    }
    guint32 sum = 0xffffffffu;
    for (size_t i = 0; i < length; i++)
        sum = table[(sum ^ data[i]) & 255] ^ sum >> 8;
    return sum ^ 0xffffffffu;
}

/* colour types 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha */
static bool
read_png_header(const guint8 *data, guint32 length, Graphic *graphic,
                const char **trouble)
{
    if (length != 13)
        return fail(trouble, "its header is damaged");
    int type = data[9];
    if (type > 6 || type == 1 || type == 5)
        return fail(trouble, "its header is damaged");
    graphic->components = type == 0 || type == 4 ? 1 : 3;
    graphic->has_alpha = type >= 4;
    return set_sizes(graphic, read32(data), read32(data + 4), 96, 96, trouble);
}

bool
png_measure(const guint8 *data, size_t length, Graphic *graphic,
            const char **trouble)
{
    size_t at = 8;
    bool has_header = false, has_data = false;
    graphic->kind = GRAPHIC_PNG;
    while (length - at >= 12) {
        guint32 size = read32(data + at);
        const guint8 *type = data + at + 4, *body = data + at + 8;
        if (size > length - at - 12)
            return fail(trouble, "the file is cut off; export it again");
        if (checksum(type, (size_t)size + 4) != read32(body + size))
            return fail(trouble, "the file is damaged; export it again");
        if (memcmp(type, "IHDR", 4) == 0) {
            if (!read_png_header(body, size, graphic, trouble))
                return false;
            has_header = true;
        } else if (!has_header) {
            return fail(trouble, "its header is damaged");
        } else if (memcmp(type, "tRNS", 4) == 0) {
            graphic->has_alpha = true;
        } else if (memcmp(type, "pHYs", 4) == 0 && size == 9 && body[8] == 1) {
            if (!set_sizes(graphic, (guint32)graphic->pixel_width,
                           (guint32)graphic->pixel_height,
                           read32(body) * 0.0254, read32(body + 4) * 0.0254,
                           trouble))
                return false;
        } else if (memcmp(type, "IDAT", 4) == 0) {
            has_data = true;
        } else if (memcmp(type, "IEND", 4) == 0) {
            return has_data || fail(trouble, "it holds no picture");
        }
        at += (size_t)size + 12;
    }
    return fail(trouble, "the file is cut off; export it again");
}

/* ---- JPEG ---- */

static bool
is_frame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
           marker != 0xc8 && marker != 0xcc;
}

/* the end marker stands at the end, but some programs write zeros after it */
static bool
has_jpeg_end(const guint8 *data, size_t length)
{
    size_t least = length > 4096 ? length - 4096 : 2;
    for (size_t at = length; at > least; at--) {
        if (data[at - 1] == 0xd9 && data[at - 2] == 0xff)
            return true;
    }
    return false;
}

static bool
read_jpeg_frame(const guint8 *body, int size, double dpi_x, double dpi_y,
                Graphic *graphic, const char **trouble)
{
    if (size < 6 || body[0] != 8)
        return fail(trouble, "only JPEGs of 8 bits for each colour are "
                             "supported; export it so");
    graphic->components = body[5];
    if (body[5] != 1 && body[5] != 3 && body[5] != 4)
        return fail(trouble, "it has neither 1, 3 nor 4 colour channels");
    return set_sizes(graphic, (guint32)read16(body + 3),
                     (guint32)read16(body + 1), dpi_x, dpi_y, trouble);
}

bool
jpeg_measure(const guint8 *data, size_t length, Graphic *graphic,
             const char **trouble)
{
    double dpi_x = 96, dpi_y = 96;
    size_t at = 2;
    graphic->kind = GRAPHIC_JPEG;
    while (length - at >= 4) {
        if (data[at] != 0xff)
            return fail(trouble, "the file is damaged; export it again");
        int marker = data[at + 1];
        if (marker == 0xff) { /* fill byte */
            at++;
            continue;
        }
        int size = read16(data + at + 2) - 2;
        const guint8 *body = data + at + 4;
        if (size < 0 || (size_t)size > length - at - 4)
            return fail(trouble, "the file is cut off; export it again");
        if (marker == 0xe0 && size >= 12 && memcmp(body, "JFIF", 5) == 0) {
            double unit = body[7] == 1 ? 1 : body[7] == 2 ? 2.54 : 0;
            dpi_x = read16(body + 8) * unit;
            dpi_y = read16(body + 10) * unit;
        } else if (is_frame(marker)) {
            if (marker > 0xc2)
                return fail(trouble, "this kind of JPEG is rare and not "
                                     "supported; export it as a usual one");
            return read_jpeg_frame(body, size, dpi_x, dpi_y, graphic,
                                   trouble) &&
                   (has_jpeg_end(data, length) ||
                    fail(trouble, "the file is cut off; export it again"));
        } else if (marker == 0xd9 || marker == 0xda) {
            break;
        }
        at += (size_t)size + 4;
    }
    return fail(trouble, "it holds no picture");
}
