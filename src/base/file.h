/* SPDX-License-Identifier: MIT */
/*
 * Files: nothing outside the project is read, nothing is half written.
 *
 * Reading resolves symbolic links and refuses what ends outside the folders
 * that the caller names.  Writing goes to a temporary file in the same folder,
 * is flushed to the disk and renamed over the old one, so a reader sees the old
 * bytes or the new, never a mixture.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <gio/gio.h>
#include <glib.h>
#include <stdbool.h>

#define FILE_ERROR (file_error_quark())
GQuark file_error_quark(void);
typedef enum {
    FILE_ERROR_MISSING,
    FILE_ERROR_OUTSIDE, /* its real place is outside root */
    FILE_ERROR_TOO_LARGE,
    FILE_ERROR_READ,
    FILE_ERROR_WRITE,
    FILE_ERROR_CHANGED, /* changed by somebody since it was read */
} FileErrorCode;

/* the real path of `name` (relative to root, or absolute) if it lies inside
 * root after all symbolic links are resolved; else NULL and error */
char *file_resolve(const char *root, const char *name, GError **error);
/* all bytes of a file inside root, at most max_bytes */
GBytes *file_load(const char *root, const char *name, size_t max_bytes,
                  GError **error);
/* atomic: temporary + fsync + rename + fsync of the folder; makes the folders
 * above it; keeps the mode of an old file */
bool file_save(const char *path, const void *data, size_t length,
               GError **error);
/* The same for a file that was read as `expected` (NULL: there was none; data
 * NULL: it shall go).  If it holds anything else by now, that stays, and the
 * error is FILE_ERROR_CHANGED. */
bool file_replace(const char *path, GBytes *expected, const void *data,
                  size_t length, GError **error);
/* does it hold that still? else FILE_ERROR_CHANGED */
bool file_check(const char *path, GBytes *expected, GError **error);
/* deletes temporary files that a killed program left in a folder; only for who
 * alone writes there */
void file_clean(const char *folder);
/* "today" of the program: SOURCE_DATE_EPOCH, else the clock; seconds, UTC */
gint64 file_today(void);
/* From file_trace_begin on, the path of every file read (file_load) or looked
 * for and of every folder listed is kept, in order: what a result depends on.
 * The list is of char *, borrowed from the trace, and grows; NULL when tracing
 * was never begun.  The one global of this folder. */
void file_trace_begin(void);
void file_trace_add(const char *path);
const GPtrArray *file_trace(void);
void file_trace_end(void);
/* names of the entries of a folder, sorted bytewise, NULL-terminated; an
 * absent folder is empty */
char **file_list(const char *folder);

#endif
