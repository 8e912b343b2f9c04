/* SPDX-License-Identifier: MIT */
/*
 * Content: one pass over the operators, copying all that is not ours to change.
 *
 *   pdf_content_rewrite -> rewrite_operator -> start_mark, end_mark,
 *                                              rewrite_inks
 */
#include "pdf/content.h"

#include "pdf/output.h"

#include <string.h>

typedef struct {
    const ContentOptions *options;
    GString *out;
    const char *copied;   /* all before it is in out, or left out */
    const char *operands; /* where the operator's operands begin */
    int next_leaf;
    int depth;      /* of marked content */
    int leaf_depth; /* depth inside the open leaf; 0: outside any */
    bool has_mcid;  /* among the operands */
    bool wants_text; /* the open leaf's text is stored, and not yet there */
    bool lacks_text; /* some leaf did not get its text */
    PdfSpan font;   /* name of the current one */
    PdfSpan actual_text; /* of the span that is open; start NULL: none */
    PdfSpan text_operand, font_operand; /* the last string and name read */
    bool draws_outside;
} ContentPass;

static void
copy_until(ContentPass *pass, const char *end)
{
    g_string_append_len(pass->out, pass->copied, end - pass->copied);
    pass->copied = end;
}

static const char *
artifact_mark(ArtifactKind kind)
{
    switch (kind) {
    case ARTIFACT_HEADER:
        return "/Artifact<</Type/Pagination/Subtype/Header"
               "/Attached[/Top]>>BDC";
    case ARTIFACT_FOOTER:
        return "/Artifact<</Type/Pagination/Subtype/Footer"
               "/Attached[/Bottom]>>BDC";
    case ARTIFACT_BACKGROUND:
        return "/Artifact<</Type/Background>>BDC";
    default:
        return "/Artifact<</Type/Layout>>BDC";
    }
}

/* end: behind BDC or BMC */
static void
start_mark(ContentPass *pass, const char *end)
{
    pass->depth++;
    if (!pass->has_mcid) { /* Cairo's ActualText of a ligature */
        if (pass->text_operand.start > pass->operands)
            pass->actual_text = pass->text_operand;
        return;
    }
    int index = pass->next_leaf++;
    pass->leaf_depth = pass->depth;
    pass->wants_text = index < pass->options->leaf_count &&
                       pass->options->painted != NULL &&
                       pass->options->painted[index].is_stored;
    copy_until(pass, pass->operands);
    pass->copied = end;
    if (!pass->options->tagged || index >= pass->options->leaf_count)
        return;
    const ContentLeaf *leaf = &pass->options->leaves[index];
    if (leaf->role == NULL) {
        g_string_append(pass->out, artifact_mark(leaf->artifact));
    } else {
        g_string_append_c(pass->out, '/');
        g_string_append(pass->out, leaf->role);
        g_string_append(pass->out, "<</MCID ");
        pdf_append_integer(pass->out, leaf->mcid);
        g_string_append(pass->out, ">>BDC");
    }
}

static void
end_mark(ContentPass *pass, const char *end)
{
    pass->actual_text.start = NULL;
    if (pass->depth == pass->leaf_depth) {
        pass->leaf_depth = 0;
        pass->lacks_text |= pass->wants_text;
        pass->wants_text = false;
        if (!pass->options->tagged) {
            copy_until(pass, pass->operands);
            pass->copied = end;
        }
    }
    pass->depth--;
}

static bool
is_painting(PdfSpan operator)
{
    static const char *const names[] = {"Tj", "TJ", "'",  "\"", "f",
                                        "f*", "F",  "S",  "s",  "B",
                                        "B*", "b",  "b*", "Do", "sh"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (pdf_span_is(operator, names[i]))
            return true;
    }
    return false;
}

/* at: behind BI; behind the EI that ends the image */
static const char *
skip_inline_image(const char *at, const char *end)
{
    for (; at + 3 <= end; at++) {
        if (pdf_is_space(at[0]) && at[1] == 'E' && at[2] == 'I' &&
            (at + 3 == end || pdf_is_space(at[3])))
            return at + 3;
    }
    return end;
}

static bool
is_color(PdfSpan operator)
{
    return pdf_span_is(operator, "rg") || pdf_span_is(operator, "RG") ||
           pdf_span_is(operator, "g") || pdf_span_is(operator, "G");
}

static void
rewrite_inks(ContentPass *pass, PdfSpan operator)
{
    InkPass *inks = pass->options->inks;
    if (pdf_span_is(operator, "q")) {
        ink_pass_save(inks);
    } else if (pdf_span_is(operator, "Q")) {
        ink_pass_restore(inks);
    } else if (is_color(operator)) {
        PdfSpan operands = {pass->operands, operator.start};
        copy_until(pass, pass->operands);
        if (ink_pass_replace(inks, operands, operator, pass->out))
            pass->copied = operator.end;
    }
}

/* instead of the filled rectangle */
static void
put_text(ContentPass *pass, PdfSpan operator)
{
    copy_until(pass, operator.start);
    g_string_append(pass->out, "n\n");
    pass->lacks_text |= !stored_text_append(pass->options->stored, pass->out);
    pass->copied = operator.end;
    pass->wants_text = false;
}

static const char *
rewrite_operator(ContentPass *pass, PdfSpan operator, const char *end)
{
    if (pass->options->inks != NULL)
        rewrite_inks(pass, operator);
    if (pdf_span_is(operator, "Tf"))
        pass->font = pass->font_operand;
    else if (pdf_span_is(operator, "Tj") && pass->actual_text.start != NULL &&
             pass->options->glyph_texts != NULL)
        glyph_texts_add(pass->options->glyph_texts, pass->font,
                        pass->text_operand, pass->actual_text);
    if (pass->wants_text && (pdf_span_is(operator, "f") ||
                             pdf_span_is(operator, "f*"))) {
        put_text(pass, operator);
    } else if (pdf_span_is(operator, "BDC") || pdf_span_is(operator, "BMC")) {
        start_mark(pass, operator.end);
    } else if (pdf_span_is(operator, "EMC")) {
        end_mark(pass, operator.end);
    } else if (pdf_span_is(operator, "BI")) {
        pass->draws_outside |= pass->leaf_depth == 0;
        return skip_inline_image(operator.end, end);
    } else if (pass->leaf_depth == 0 && is_painting(operator)) {
        pass->draws_outside = true;
    }
    return operator.end;
}

static bool
check_pass(const ContentPass *pass, GError **error)
{
    if (pass->next_leaf != pass->options->leaf_count || pass->depth != 0) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_LEAVES,
                    "%d leaves were painted, the content has %d",
                    pass->options->leaf_count, pass->next_leaf);
        return false;
    }
    if (pass->lacks_text) {
        g_set_error_literal(error, PDF_ERROR, PDF_ERROR_LEAVES,
                            "a leaf did not get its text");
        return false;
    }
    if (pass->draws_outside && pass->options->tagged) {
        g_set_error_literal(error, PDF_ERROR, PDF_ERROR_LEAVES,
                            "something was painted outside any leaf");
        return false;
    }
    return true;
}

bool
pdf_content_rewrite(const char *content, gsize length,
                    const ContentOptions *options, GString *out, GError **error)
{
    ContentPass pass = {.options = options, .out = out, .copied = content};
    const char *at = content, *end = content + length;
    int nesting = 0; /* of arrays and dictionaries among the operands */
    bool at_operands = true;
    for (;;) {
        PdfToken token = pdf_token_next(&at, end);
        if (token.kind == PDF_TOKEN_END)
            break;
        if (at_operands) {
            pass.operands = token.span.start;
            pass.has_mcid = false;
            at_operands = false;
        }
        switch (token.kind) {
        case PDF_TOKEN_DICTIONARY_START:
        case PDF_TOKEN_ARRAY_START:
            nesting++;
            break;
        case PDF_TOKEN_DICTIONARY_END:
        case PDF_TOKEN_ARRAY_END:
            nesting--;
            break;
        case PDF_TOKEN_NAME:
            pass.has_mcid |= nesting > 0 && pdf_span_is(token.span, "/MCID");
            if (nesting == 0)
                pass.font_operand = token.span;
            break;
        case PDF_TOKEN_STRING:
            pass.text_operand = token.span;
            break;
        case PDF_TOKEN_WORD:
            if (nesting == 0) {
                at = rewrite_operator(&pass, token.span, end);
                at_operands = true;
            }
            break;
        default:
            break;
        }
    }
    copy_until(&pass, end);
    return check_pass(&pass, error);
}
