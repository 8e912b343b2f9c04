/* SPDX-License-Identifier: MIT */
/*
 * Files: reading stays inside a folder, writing is all or nothing.
 */
#define _GNU_SOURCE /* renameat2 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_QUARK(vadovas-file-error, file_error)

static GPtrArray *trace;

void
file_trace_begin(void)
{
    if (trace == NULL)
        trace = g_ptr_array_new_with_free_func(g_free);
}

void
file_trace_add(const char *path)
{
    if (trace != NULL)
        g_ptr_array_add(trace, g_strdup(path));
}

const GPtrArray *
file_trace(void)
{
    return trace;
}

void
file_trace_end(void)
{
    g_clear_pointer(&trace, g_ptr_array_unref);
}

static bool
lies_inside(const char *path, const char *root)
{
    size_t length = strlen(root);
    return strncmp(path, root, length) == 0 &&
           (path[length] == 0 || path[length] == '/' ||
            (length > 0 && root[length - 1] == '/'));
}

char *
file_resolve(const char *root, const char *name, GError **error)
{
    g_autofree char *joined = g_path_is_absolute(name)
                                  ? g_strdup(name)
                                  : g_build_filename(root, name, NULL);
    char *real = realpath(joined, NULL);
    if (real == NULL) {
        g_set_error(error, FILE_ERROR,
                    errno == ENOENT || errno == ENOTDIR ? FILE_ERROR_MISSING
                                                        : FILE_ERROR_READ,
                    "cannot read '%s': %s", name, g_strerror(errno));
        return NULL;
    }
    char *real_root = realpath(root, NULL);
    bool inside = real_root != NULL && lies_inside(real, real_root);
    free(real_root);
    if (!inside) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_OUTSIDE,
                    "'%s' lies outside the project; only files below the "
                    "project's folder are read: copy it there",
                    name);
        free(real);
        return NULL;
    }
    char *result = g_strdup(real);
    free(real);
    return result;
}

static GBytes *
read_all(int descriptor, size_t size, const char *name, GError **error)
{
    char *data = g_malloc(size + 1);
    size_t done = 0;
    while (done < size) {
        ssize_t count = read(descriptor, data + done, size - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            g_set_error(error, FILE_ERROR, FILE_ERROR_READ,
                        "cannot read '%s': %s", name, g_strerror(errno));
            g_free(data);
            return NULL;
        }
        if (count == 0)
            break;
        done += (size_t)count;
    }
    return g_bytes_new_take(data, done);
}

GBytes *
file_load(const char *root, const char *name, size_t max_bytes, GError **error)
{
    g_autofree char *path = file_resolve(root, name, error);
    if (path == NULL)
        return NULL;
    /* O_NONBLOCK: a named pipe must not stop us before fstat refuses it */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_READ, "cannot read '%s': %s",
                    name, g_strerror(errno));
        if (descriptor >= 0)
            close(descriptor);
        return NULL;
    }
    GBytes *bytes = NULL;
    if (!S_ISREG(status.st_mode))
        g_set_error(error, FILE_ERROR, FILE_ERROR_READ,
                    "cannot read '%s': it is not a regular file", name);
    else if ((unsigned long long)status.st_size > max_bytes)
        g_set_error(error, FILE_ERROR, FILE_ERROR_TOO_LARGE,
                    "'%s' has %lld bytes, more than the %zu allowed", name,
                    (long long)status.st_size, max_bytes);
    else {
        g_autofree char *joined = g_path_is_absolute(name)
                                      ? g_strdup(name)
                                      : g_build_filename(root, name, NULL);
        file_trace_add(joined);
        bytes = read_all(descriptor, (size_t)status.st_size, name, error);
    }
    close(descriptor);
    return bytes;
}

static bool
fail_write(const char *path, GError **error)
{
    g_set_error(error, FILE_ERROR, FILE_ERROR_WRITE, "cannot write '%s': %s",
                path, g_strerror(errno));
    return false;
}

static bool
write_all(int descriptor, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t count = write(descriptor, data, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        data += count;
        length -= (size_t)count;
    }
    return true;
}

static bool
sync_folder(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool done = fsync(descriptor) == 0 || errno == EINVAL;
    close(descriptor);
    return done;
}

#define TEMPORARY ".vadovas-"

/* a file beside `path` with these bytes, on the disk; its path, or NULL */
static char *
write_temporary(const char *path, const void *data, size_t length,
                GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *temporary =
        g_strdup_printf("%s/.%s" TEMPORARY "XXXXXX", folder, base);
    bool there = g_mkdir_with_parents(folder, 0777) == 0;
    int descriptor =
        there ? g_mkstemp_full(temporary, O_RDWR | O_CLOEXEC, 0600) : -1;
    if (descriptor < 0) {
        fail_write(there ? path : folder, error);
        return NULL;
    }

    struct stat old;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = stat(path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask;
    bool done = write_all(descriptor, data, length) &&
                fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0;
    int failure = errno;
    if (close(descriptor) != 0 && done) {
        failure = errno;
        done = false;
    }
    if (done)
        return g_steal_pointer(&temporary);
    g_unlink(temporary);
    errno = failure;
    fail_write(path, error);
    return NULL;
}

/* of a rename: `done`, or why not */
static bool
finish_rename(bool done, const char *temporary, const char *path,
              GError **error)
{
    int failure = errno;
    g_autofree char *folder = g_path_get_dirname(path);
    if (done)
        return sync_folder(folder) || fail_write(folder, error);
    g_unlink(temporary);
    errno = failure;
    return fail_write(path, error);
}

bool
file_save(const char *path, const void *data, size_t length, GError **error)
{
    g_autofree char *temporary = write_temporary(path, data, length, error);
    return temporary != NULL &&
           finish_rename(g_rename(temporary, path) == 0, temporary, path,
                         error);
}

/* ---- replacing what was read ----------------------------------------- */

static bool
fail_changed(const char *path, GError **error)
{
    g_set_error(error, FILE_ERROR, FILE_ERROR_CHANGED,
                "'%s' was changed by somebody else meanwhile", path);
    return false;
}

static bool
holds(const char *path, const void *data, size_t length)
{
    g_autofree char *found = NULL;
    gsize size = 0;
    return g_file_get_contents(path, &found, &size, NULL) && size == length &&
           memcmp(found, data, length) == 0;
}

bool
file_check(const char *path, GBytes *expected, GError **error)
{
    gsize length = 0;
    const void *data = expected == NULL ? NULL
                                        : g_bytes_get_data(expected, &length);
    bool same = expected == NULL ? !g_file_test(path, G_FILE_TEST_EXISTS)
                                 : holds(path, data, length);
    return same || fail_changed(path, error);
}

static bool
exchange(const char *a, const char *b)
{
    return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0;
}

/* Trades places, so that nobody's save can fall between looking and renaming:
 * what lay there is looked at afterwards, and put back if it is not expected. */
static bool
trade(const char *temporary, const char *path, GBytes *expected,
      const void *data, size_t length, GError **error)
{
    gsize size = 0;
    const void *old = g_bytes_get_data(expected, &size);
    bool traded = exchange(temporary, path);
    if (!traded && (errno == EINVAL || errno == ENOSYS)) { /* file system */
        if (holds(path, old, size))
            return finish_rename(g_rename(temporary, path) == 0, temporary,
                                 path, error);
        g_unlink(temporary);
        return fail_changed(path, error);
    }
    if (traded && holds(temporary, old, size)) {
        g_unlink(temporary);
        return finish_rename(true, temporary, path, error);
    }
    /* if meanwhile our own was replaced, that is the newest: once more */
    if (traded && exchange(temporary, path) && !holds(temporary, data, length))
        exchange(temporary, path);
    g_unlink(temporary);
    return fail_changed(path, error);
}

/* as `trade`: moved away, looked at, deleted or put back */
static bool
file_delete(const char *path, GBytes *expected, GError **error)
{
    g_autofree char *temporary = write_temporary(path, "", 0, error);
    if (temporary == NULL)
        return false;
    if (g_rename(path, temporary) != 0) {
        bool gone = errno == ENOENT;
        g_unlink(temporary);
        return gone || fail_write(path, error);
    }
    gsize size = 0;
    const void *old = g_bytes_get_data(expected, &size);
    if (holds(temporary, old, size)) {
        g_unlink(temporary);
        return finish_rename(true, temporary, path, error);
    }
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
        g_unlink(temporary); /* a newer one lies there */
    return fail_changed(path, error);
}

bool
file_replace(const char *path, GBytes *expected, const void *data,
             size_t length, GError **error)
{
    if (data == NULL)
        return expected == NULL || file_delete(path, expected, error);
    g_autofree char *temporary = write_temporary(path, data, length, error);
    if (temporary == NULL)
        return false;
    if (expected != NULL)
        return trade(temporary, path, expected, data, length, error);
    if (link(temporary, path) == 0) {
        g_unlink(temporary);
        return finish_rename(true, temporary, path, error);
    }
    if (errno != EEXIST)
        return finish_rename(g_rename(temporary, path) == 0, temporary, path,
                             error);
    g_unlink(temporary);
    return fail_changed(path, error);
}

void
file_clean(const char *folder)
{
    g_auto(GStrv) names = file_list(folder);
    for (int i = 0; names[i] != NULL; i++) {
        if (*names[i] != '.' || strstr(names[i], TEMPORARY) == NULL)
            continue;
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_unlink(path);
    }
}

gint64
file_today(void)
{
    const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
    gint64 seconds = 0;
    if (epoch != NULL &&
        g_ascii_string_to_signed(epoch, 10, 0, G_GINT64_CONSTANT(253402300799),
                                 &seconds, NULL))
        return seconds;
    return g_get_real_time() / G_USEC_PER_SEC;
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
file_list(const char *folder)
{
    GPtrArray *names = g_ptr_array_new();
    file_trace_add(folder);
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    const char *name;
    while (directory != NULL && (name = g_dir_read_name(directory)) != NULL)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}
