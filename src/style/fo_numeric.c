/* SPDX-License-Identifier: MIT */
/*
 * Expressions: a recursive descent over the grammar of XSL 1.1 section 5.9.
 *
 *   read_sum          term (("+" | "-") term)*
 *     read_product    sign (("*" | "div" | "mod") sign)*
 *       read_sign     "-"* primary
 *         read_primary   "(" sum ")" | number unit? | function
 *           read_function   min, max, abs ... or the caller's
 *
 * A "-" between two values has a blank before it in XSL, since names may hold
 * one ("label-end"); after a number we do not need the blank.
 */
#include "style/fo_numeric.h"

#include <math.h>
#include <string.h>

enum { MAX_DEPTH = 32, MAX_ARGUMENTS = 8, MAX_NAME = 40 };
#define MAX_POINTS 1e6

typedef struct {
    FoExpression *expression;
    const char *at;
    int depth;
} Parser;

static bool read_sum(Parser *parser, FoNumeric *result);

static bool
fail(Parser *parser, const char *trouble)
{
    if (parser->expression->trouble == NULL)
        parser->expression->trouble = trouble;
    return false;
}

static void
skip_blanks(Parser *parser)
{
    while (g_ascii_isspace(*parser->at))
        parser->at++;
}

static bool
may_be_in_name(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

FoNumeric
fo_numeric_length(Length length)
{
    return (FoNumeric){1, length_points(length), 0, 0};
}

FoNumeric
fo_numeric_sum(FoNumeric a, FoNumeric b)
{
    return (FoNumeric){MAX(a.power, b.power), a.value + b.value,
                       a.percent + b.percent, a.proportion + b.proportion};
}

static FoNumeric
scale(FoNumeric a, double factor)
{
    return (FoNumeric){a.power, a.value * factor, a.percent * factor,
                       a.proportion * factor};
}

static bool
is_plain(const FoNumeric *numeric)
{
    return numeric->percent == 0 && numeric->proportion == 0;
}

bool
fo_numeric_dimension(const FoNumeric *numeric, FoDimension *dimension)
{
    bool zero = numeric->power == 0 && numeric->value == 0;
    if (numeric->power != 1 && !zero)
        return false;
    if (numeric->proportion != 0) {
        *dimension = (FoDimension){FO_DIMENSION_PROPORTION,
                                   length_from_points(numeric->proportion)};
        return numeric->value == 0 && numeric->percent == 0 &&
               numeric->proportion > 0;
    }
    if (numeric->percent == 0) {
        *dimension = (FoDimension){FO_DIMENSION_LENGTH,
                                   length_from_points(numeric->value)};
        return true;
    }
    if (numeric->percent == 1 && numeric->value < 0) {
        *dimension = (FoDimension){FO_DIMENSION_REST,
                                   length_from_points(-numeric->value)};
        return true;
    }
    *dimension = (FoDimension){FO_DIMENSION_PERCENT,
                               length_from_points(numeric->percent)};
    return numeric->value == 0;
}

FoNumeric
fo_dimension_numeric(FoDimension dimension)
{
    double value = length_points(dimension.value);
    switch (dimension.kind) {
    case FO_DIMENSION_LENGTH:
        return (FoNumeric){1, value, 0, 0};
    case FO_DIMENSION_PERCENT:
        return (FoNumeric){1, 0, value, 0};
    case FO_DIMENSION_REST:
        return (FoNumeric){1, -value, 1, 0};
    case FO_DIMENSION_PROPORTION:
        return (FoNumeric){1, 0, 0, value};
    default:
        return (FoNumeric){1, 0, 0, 0};
    }
}

/* ---- numbers ---- */

/* digits of an XSL number: no exponent, no "inf", whatever the locale */
static int
number_length(const char *text)
{
    int digits = 0, length = 0;
    while (g_ascii_isdigit(text[length])) {
        length++;
        digits++;
    }
    if (text[length] == '.') {
        length++;
        while (g_ascii_isdigit(text[length])) {
            length++;
            digits++;
        }
    }
    return digits == 0 ? 0 : length;
}

static bool
read_unit(Parser *parser, double number, FoNumeric *result)
{
    static const struct {
        const char *name;
        double points;
    } units[] = {{"pt", 1},          {"mm", 72 / 25.4}, {"cm", 72 / 2.54},
                 {"in", 72},         {"px", 0.75},      {"pc", 12}};
    const char *at = parser->at;
    int length = 0;
    while (g_ascii_isalpha(at[length]))
        length++;
    parser->at += length;
    if (length == 0) {
        *result = (FoNumeric){0, number, 0, 0};
        return true;
    }
    if (length == 2 && strncmp(at, "em", 2) == 0) {
        *result = (FoNumeric){
            1, number * length_points(parser->expression->em), 0, 0};
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strlen(units[i].name) == (size_t)length &&
            strncmp(at, units[i].name, (size_t)length) == 0) {
            *result = (FoNumeric){1, number * units[i].points, 0, 0};
            return true;
        }
    }
    return fail(parser, "the unit is none of pt, mm, cm, in, px, pc, em, %");
}

static bool
read_number(Parser *parser, int length, FoNumeric *result)
{
    char digits[64];
    if (length >= (int)sizeof digits)
        return fail(parser, "the number is too long");
    memcpy(digits, parser->at, (size_t)length);
    digits[length] = 0;
    double number = g_ascii_strtod(digits, NULL);
    parser->at += length;
    if (*parser->at == '%') {
        parser->at++;
        const FoExpression *expression = parser->expression;
        *result = expression->has_base
                      ? (FoNumeric){1,
                                    number / 100 *
                                        length_points(expression->base),
                                    0, 0}
                      : (FoNumeric){1, 0, number / 100, 0};
    } else if (!read_unit(parser, number, result)) {
        return false;
    }
    return fabs(result->value) <= MAX_POINTS ||
           fail(parser, "the number is too large");
}

/* ---- functions ---- */

static bool
is_like(const FoNumeric *a, const FoNumeric *b)
{
    return a->power == b->power && is_plain(a) && is_plain(b);
}

static bool
apply_function(Parser *parser, const char *name, const FoNumeric *arguments,
               int count, FoNumeric *result)
{
    *result = arguments[0];
    if (strcmp(name, "proportional-column-width") == 0) {
        *result = (FoNumeric){1, 0, 0, arguments[0].value};
        return (count == 1 && arguments[0].power == 0) ||
               fail(parser, "proportional-column-width() takes one number");
    }
    if (strcmp(name, "min") == 0 || strcmp(name, "max") == 0) {
        if (count != 2 || !is_like(&arguments[0], &arguments[1]))
            return fail(parser, "min() and max() take two values of one kind");
        result->value = name[1] == 'i' ? fmin(arguments[0].value,
                                              arguments[1].value)
                                       : fmax(arguments[0].value,
                                              arguments[1].value);
        return true;
    }
    if (count != 1 || !is_plain(&arguments[0]))
        return fail(parser, "the function takes one value without per cent");
    if (strcmp(name, "abs") == 0)
        result->value = fabs(result->value);
    else if (result->power != 0)
        return fail(parser, "the function takes a number without unit");
    else if (strcmp(name, "round") == 0)
        result->value = floor(result->value + 0.5);
    else if (strcmp(name, "floor") == 0)
        result->value = floor(result->value);
    else
        result->value = ceil(result->value);
    return true;
}

static bool
is_arithmetic(const char *name)
{
    static const char *const names[] = {
        "min", "max", "abs", "round", "floor", "ceiling",
        "proportional-column-width", NULL};
    return g_strv_contains(names, name);
}

static bool
read_arguments(Parser *parser, const char *name, FoNumeric *result)
{
    FoNumeric arguments[MAX_ARGUMENTS];
    int count = 0;
    for (bool more = true; more; parser->at++) {
        if (count == MAX_ARGUMENTS || !read_sum(parser, &arguments[count]))
            return false;
        count++;
        skip_blanks(parser);
        if (*parser->at != ',' && *parser->at != ')')
            return fail(parser, "a ')' is missing");
        more = *parser->at == ',';
    }
    return apply_function(parser, name, arguments, count, result);
}

/* the caller's functions take nothing or the name of a property */
static bool
read_property_function(Parser *parser, const char *name, FoNumeric *result)
{
    const FoExpression *expression = parser->expression;
    char argument[MAX_NAME * 2];
    size_t length = strcspn(parser->at, ")");
    if (parser->at[length] != ')' || length >= sizeof argument)
        return fail(parser, "a ')' is missing");
    memcpy(argument, parser->at, length);
    argument[length] = 0;
    parser->at += length + 1;
    char *property = g_strstrip(argument);
    size_t end = strlen(property);
    if (end >= 2 && (*property == '\'' || *property == '"') &&
        property[end - 1] == *property) {
        property[end - 1] = 0;
        property++;
    }
    return (expression->call != NULL &&
            expression->call(expression->data, name, property, result)) ||
           fail(parser, "there is no such function here");
}

static bool
read_function(Parser *parser, FoNumeric *result)
{
    char name[MAX_NAME];
    size_t length = 0;
    while (may_be_in_name(parser->at[length]))
        length++;
    if (length == 0 || length >= sizeof name || parser->at[length] != '(')
        return fail(parser, NULL);
    memcpy(name, parser->at, length);
    name[length] = 0;
    parser->at += length + 1;
    if (is_arithmetic(name))
        return read_arguments(parser, name, result);
    return read_property_function(parser, name, result);
}

/* ---- the grammar ---- */

static bool
read_primary(Parser *parser, FoNumeric *result)
{
    skip_blanks(parser);
    if (*parser->at == '(') {
        parser->at++;
        if (!read_sum(parser, result))
            return false;
        skip_blanks(parser);
        if (*parser->at != ')')
            return fail(parser, "a ')' is missing");
        parser->at++;
        return true;
    }
    int length = number_length(parser->at);
    if (length > 0)
        return read_number(parser, length, result);
    return read_function(parser, result);
}

static bool
read_sign(Parser *parser, FoNumeric *result)
{
    bool negative = false;
    skip_blanks(parser);
    while (*parser->at == '-' || *parser->at == '+') {
        negative ^= *parser->at == '-';
        parser->at++;
        skip_blanks(parser);
    }
    if (!read_primary(parser, result))
        return false;
    if (negative)
        *result = scale(*result, -1);
    return true;
}

static bool
multiply(Parser *parser, FoNumeric *left, FoNumeric right)
{
    if (left->power != 0 && right.power != 0 &&
        (!is_plain(left) || !is_plain(&right)))
        return fail(parser, "per cent cannot be multiplied by a length");
    FoNumeric product = right.power == 0 ? scale(*left, right.value)
                                         : scale(right, left->value);
    product.power = left->power + right.power;
    *left = product;
    return true;
}

static bool
divide(Parser *parser, FoNumeric *left, FoNumeric right, bool modulo)
{
    if (!is_plain(&right) || right.value == 0)
        return fail(parser, "that is a division by zero or per cent");
    if (modulo) {
        if (!is_plain(left) || left->power != right.power)
            return fail(parser, "mod takes two values of one kind");
        left->value = fmod(left->value, right.value);
        return true;
    }
    if (right.power > left->power)
        return fail(parser, "a number cannot be divided by a length");
    *left = scale(*left, 1 / right.value);
    left->power -= right.power;
    return true;
}

static bool
takes_word(Parser *parser, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(parser->at, word, length) != 0 ||
        may_be_in_name(parser->at[length]))
        return false;
    parser->at += length;
    return true;
}

static bool
read_product(Parser *parser, FoNumeric *result)
{
    if (!read_sign(parser, result))
        return false;
    for (;;) {
        FoNumeric right;
        skip_blanks(parser);
        if (*parser->at == '*') {
            parser->at++;
            if (!read_sign(parser, &right) ||
                !multiply(parser, result, right))
                return false;
        } else if (takes_word(parser, "div")) {
            if (!read_sign(parser, &right) ||
                !divide(parser, result, right, false))
                return false;
        } else if (takes_word(parser, "mod")) {
            if (!read_sign(parser, &right) ||
                !divide(parser, result, right, true))
                return false;
        } else {
            return true;
        }
    }
}

static bool
read_sum(Parser *parser, FoNumeric *result)
{
    if (++parser->depth > MAX_DEPTH)
        return fail(parser, "there are too many brackets");
    if (!read_product(parser, result))
        return false;
    for (;;) {
        skip_blanks(parser);
        char sign = *parser->at;
        if (sign != '+' && sign != '-')
            break;
        parser->at++;
        FoNumeric right;
        if (!read_product(parser, &right))
            return false;
        bool zero = (result->power == 0 && result->value == 0) ||
                    (right.power == 0 && right.value == 0);
        if (result->power != right.power && !zero)
            return fail(parser, "a number and a length cannot be added");
        *result = fo_numeric_sum(*result,
                                 sign == '-' ? scale(right, -1) : right);
    }
    parser->depth--;
    return true;
}

bool
fo_numeric_read(FoExpression *expression, const char *text, FoNumeric *result)
{
    Parser parser = {expression, text, 0};
    expression->trouble = NULL;
    if (!read_sum(&parser, result))
        return false;
    skip_blanks(&parser);
    if (*parser.at != 0)
        return fail(&parser, NULL);
    if (!isfinite(result->value) || fabs(result->value) > MAX_POINTS ||
        fabs(result->percent) > 1e4 || fabs(result->proportion) > 1e6)
        return fail(&parser, "the value is too large");
    return true;
}
