/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a chapter: the reader must not crash, must not need long, and
 * what it gives must fit the schema of the Document.
 *
 *   clang -fsanitize=fuzzer,address,undefined -Isrc ... fuzz_read.c
 *   ./fuzz_read -dict=tests/fuzz/markdown.dict -timeout=10 CORPUS
 */
#include "base/xml.h"
#include "read/read.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static xmlNode *
add_chapter(Document *document)
{
    xmlNode *chapter =
        xmlNewChild(document_root(document), NULL, BAD_CAST "chapter", NULL);
    xmlSetProp(chapter, BAD_CAST "file", BAD_CAST "manual/01-fuzz.md");
    xmlSetProp(chapter, BAD_CAST "role", BAD_CAST "chapter");
    return chapter;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xml_init();
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    char *text = g_strndup((const char *)data, size);
    Source *source = source_new("fuzz.md", text, strlen(text), diagnostics);
    if (source == NULL)
        return 0;
    g_autoptr(Document) document = document_new("lt", "lt", "lt");
    document_take_source(document, source);
    xmlNode *chapter = add_chapter(document);
    /* the first line decides where the text is divided into the text itself
     * and a fragment that is read with all of it as context */
    int middle = size == 0 ? 0 : data[0] % (source->line_count + 1);
    ReadOptions whole = {0};
    ReadOptions fragment = {.context = source->text, .fragment = true};
    read_markdown(chapter, source, 1, middle, &whole, diagnostics);
    read_markdown(chapter, source, middle + 1, source->line_count, &fragment,
                  diagnostics);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    read_number_blocks(chapter, ids, diagnostics);
    read_check_references(document, diagnostics);
    g_assert(document_check(document, diagnostics));
    g_autofree char *dump = document_dump(document);
    g_assert(g_utf8_validate(dump, -1, NULL));
    return 0;
}
