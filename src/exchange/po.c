/* SPDX-License-Identifier: MIT */
/*
 * PO through libgettextpo: what Poedit, Weblate and every tool of gettext read.
 *
 * msgctxt is the identity; fuzzy stands for everything that a person still has
 * to look at.  The library cannot return from its worst errors, so it is left
 * by longjmp; what it held then is lost, which happens once a run at most.  What
 * else it loses is a file's name and, of a file at fault, its last token.
 */
#include "exchange/catalog.h"

#include "base/file.h"
#include "base/message.h"

#include <gettext-po.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

enum { PO_MAX_BYTES = 64 << 20 };

static jmp_buf po_escape;
static char *po_trouble; /* the first thing the library complained about */
static Place po_place;

static void
take_error(int severity, po_message_t message, const char *file, size_t line,
           size_t column, int multiline, const char *text)
{
    (void)message, (void)file, (void)column, (void)multiline;
    if (severity != PO_SEVERITY_WARNING && po_trouble == NULL) {
        po_trouble = g_strstrip(g_strdup(text));
        po_place.line = line == (size_t)-1 ? 0 : (int)line;
    }
    if (severity == PO_SEVERITY_FATAL_ERROR)
        longjmp(po_escape, 1);
}

static void
take_error_pair(int severity, po_message_t message1, const char *file1,
                size_t line1, size_t column1, int multiline1,
                const char *text1, po_message_t message2, const char *file2,
                size_t line2, size_t column2, int multiline2,
                const char *text2)
{
    (void)message2, (void)file2, (void)line2, (void)column2, (void)multiline2,
        (void)text2;
    take_error(severity, message1, file1, line1, column1, multiline1, text1);
}

static const struct po_xerror_handler handler = {take_error, take_error_pair};

/* The library (0.21) frees all of a message but its context. */
static void
free_file(po_file_t file)
{
    po_message_iterator_t walk = po_message_iterator(file, NULL);
    for (po_message_t message = po_next_message(walk); message != NULL;
         message = po_next_message(walk))
        po_message_set_msgctxt(message, NULL);
    po_message_iterator_free(walk);
    po_file_free(file);
}

/* ---- writing -------------------------------------------------------- */

static void
add_header(const Catalog *catalog, po_message_iterator_t walk)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(file_today());
    g_autofree char *day = g_date_time_format(date, "%Y-%m-%d %H:%M+0000");
    g_autofree char *text = g_strdup_printf(
        "Project-Id-Version: %s " VADOVAS_VERSION "\n"
        "POT-Creation-Date: %s\n"
        "PO-Revision-Date: %s\n"
        "Last-Translator: Automatically generated\n"
        "Language-Team: none\n"
        "Language: %s\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        "X-Source-Language: %s\n",
        catalog->name, day, day, catalog->lang, catalog->base_lang);
    po_message_t header = po_message_create();
    po_message_set_msgid(header, "");
    po_message_set_msgstr(header, text);
    po_message_insert(walk, header);
}

static void
add_message(po_message_iterator_t walk, const Catalog *catalog,
            const Entry *entry)
{
    po_message_t message = po_message_create();
    g_autofree char *seal = seal_write(entry);
    g_autoptr(GString) comment = g_string_new(NULL);
    g_string_printf(comment, "%s %s", entry->address, seal);
    if (entry->via != NULL)
        g_string_append_printf(comment, "\n%s: %s", catalog->via_lang,
                               entry->via);
    if (entry->note != NULL)
        g_string_append_printf(comment, "\n%s", entry->note);
    po_message_set_msgctxt(message, entry->id);
    po_message_set_msgid(message, entry->source);
    po_message_set_msgstr(message, entry->target);
    po_message_set_extracted_comments(message, comment->str);
    if (entry->place.file != NULL)
        po_message_add_filepos(message, entry->place.file,
                               (size_t)MAX(entry->place.line, 1));
    bool fuzzy = entry->state == ENTRY_STALE || entry->state == ENTRY_DRAFT;
    po_message_set_fuzzy(message, fuzzy);
    if (entry->state == ENTRY_STALE && entry->previous != NULL) {
        po_message_set_prev_msgctxt(message, entry->id);
        po_message_set_prev_msgid(message, entry->previous);
    }
    po_message_insert(walk, message);
}

/* the library writes only to files */
static bool
write_file(po_file_t file, const char *path)
{
    g_clear_pointer(&po_trouble, g_free);
    return setjmp(po_escape) == 0 &&
           po_file_write(file, path, &handler) != NULL && po_trouble == NULL;
}

char *
po_text(const Catalog *catalog, GError **error)
{
    char *path = NULL;
    int descriptor = g_file_open_tmp("vadovas-XXXXXX.po", &path, error);
    if (descriptor < 0)
        return NULL;
    close(descriptor);
    po_file_t file = po_file_create();
    po_message_iterator_t walk = po_message_iterator(file, NULL);
    add_header(catalog, walk);
    for (guint i = 0; i < catalog->entries->len; i++)
        add_message(walk, catalog, g_ptr_array_index(catalog->entries, i));
    po_message_iterator_free(walk);
    char *text = NULL;
    if (write_file(file, path))
        g_file_get_contents(path, &text, NULL, error);
    else
        g_set_error(error, FILE_ERROR, FILE_ERROR_WRITE, "%s",
                    po_trouble == NULL ? path : po_trouble);
    g_clear_pointer(&po_trouble, g_free);
    free_file(file);
    g_unlink(path);
    g_free(path);
    return text;
}

/* ---- reading -------------------------------------------------------- */

static po_file_t
load_file(const char *path)
{
    g_clear_pointer(&po_trouble, g_free);
    po_place = (Place){path, 0, 0};
    return setjmp(po_escape) == 0 ? po_file_read(path, &handler) : NULL;
}

/* what the library gives anew for each call, and its owner is nobody */
static char *
take_comments(po_message_t message)
{
    const char *comments = po_message_extracted_comments(message);
    char *copy = g_strdup(comments);
    if (*comments != 0 && libgettextpo_version == LIBGETTEXTPO_VERSION)
        free((char *)comments);
    return copy;
}

static char *
header_field(po_message_t header, const char *name)
{
    char *value = po_header_field(po_message_msgstr(header), name);
    char *copy = g_strdup(value == NULL ? "" : value);
    free(value);
    return copy;
}

static bool
is_utf8(const char *content_type)
{
    const char *name = strstr(content_type, "charset=");
    name = name == NULL ? "" : name + strlen("charset=");
    static const char *const fine[] = {"", "CHARSET", "UTF-8", "utf8", "ASCII",
                                       "US-ASCII"};
    for (size_t i = 0; i < G_N_ELEMENTS(fine); i++) {
        if (g_ascii_strcasecmp(name, fine[i]) == 0)
            return true;
    }
    return false;
}

/* false: in another encoding */
static bool
read_header(Catalog *catalog, po_message_t header)
{
    g_free(catalog->lang);
    catalog->lang = header_field(header, "Language");
    g_autofree char *type = header_field(header, "Content-Type");
    return is_utf8(type);
}

static void
read_message(Catalog *catalog, po_message_t message)
{
    const char *id = po_message_msgctxt(message);
    if (id == NULL || po_message_is_obsolete(message))
        return;
    Entry *entry = catalog_add(catalog, id);
    entry->source = g_strdup(po_message_msgid(message));
    entry->target = g_strdup(po_message_msgstr(message));
    entry->place = po_place;
    entry->state = *entry->target == 0             ? ENTRY_MISSING
                   : po_message_is_fuzzy(message) ? ENTRY_STALE
                                                  : ENTRY_DONE;
    g_autofree char *comments = take_comments(message);
    seal_read(entry, comments);
}

/* po_trouble where it is not in UTF-8 */
static Catalog *
read_messages(po_file_t file, const char *path)
{
    Catalog *catalog = catalog_new(path, "", "");
    po_message_iterator_t walk = po_message_iterator(file, NULL);
    for (po_message_t message = po_next_message(walk);
         message != NULL && po_trouble == NULL;
         message = po_next_message(walk)) {
        bool is_header = po_message_msgctxt(message) == NULL &&
                         *po_message_msgid(message) == 0;
        if (!is_header)
            read_message(catalog, message);
        else if (!read_header(catalog, message))
            po_trouble = g_strdup(_("it must be saved in UTF-8"));
    }
    po_message_iterator_free(walk);
    return catalog;
}

Catalog *
po_read(const char *path, Diagnostics *diagnostics)
{
    GStatBuf status;
    bool fits = g_stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
                status.st_size <= PO_MAX_BYTES;
    po_file_t file = fits ? load_file(path) : NULL;
    g_autoptr(Catalog) catalog =
        file == NULL || po_trouble != NULL ? NULL : read_messages(file, path);
    if (file != NULL)
        free_file(file);
    if (catalog != NULL && po_trouble == NULL)
        return g_steal_pointer(&catalog);
    diagnostics_add(diagnostics, LEVEL_INVALID, "import-unreadable",
                    (Place){path, po_place.line, 0},
                    _("this is no PO file that can be read: %s"),
                    !fits                ? _("not a file of at most 64 MB")
                    : po_trouble == NULL ? _("unknown")
                                         : po_trouble);
    g_clear_pointer(&po_trouble, g_free);
    return NULL;
}
