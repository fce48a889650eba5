#include "model/format_name.h"

#include <string.h>

/* ---- printing ---- */

typedef struct {
    char *text;
    size_t length;
    bool all; /* what is usual is written out, too */
} printer;

static void put(printer *out, const char *text)
{
    for (; *text != 0 && out->length < NG_FORMAT_NAME_SIZE - 1; text++) {
        out->text[out->length++] = *text;
    }
    out->text[out->length] = 0;
}

static void put_number(printer *out, const char *before, unsigned value)
{
    char digits[12];
    size_t at = sizeof digits - 1;
    digits[at] = 0;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    put(out, before);
    put(out, digits + at);
}

/* b<n> or bn<n>; nothing for what is usual. */
static void put_bias(printer *out, int bias, int usual)
{
    if (bias != usual || out->all) {
        put_number(out, bias < 0 ? "bn" : "b", (unsigned)(bias < 0 ? -bias : bias));
    }
}

static int minifloat_bias(unsigned exponent_bits, ng_specials specials)
{
    return (1 << (exponent_bits - 1)) - (specials == NG_SPECIALS_FNUZ ? 0 : 1);
}

/* The bias that makes the largest value 1. */
static int shift_bias(unsigned bits, bool has_zero, ng_sign sign)
{
    if (sign == NG_SIGN_TERNARY) {
        return (1 << (bits - 2)) - 1;
    }
    return (1 << (bits - 1)) - (has_zero ? 2 : 1);
}

static void print_integer(printer *out, const ng_format *f)
{
    put_number(out, f->sign == NG_SIGN_UNSIGNED ? "uint" : "int", f->bits);
    put(out, f->sign == NG_SIGN_SYMMETRIC ? "s" : f->sign == NG_SIGN_SIGN_MAGNITUDE ? "m" : "");
    if (f->bias != 0) {
        put_number(out, f->bias < 0 ? "qn" : "q", (unsigned)(f->bias < 0 ? -f->bias : f->bias));
    }
}

static void print_p3109(printer *out, const ng_format *f)
{
    const bool finite = f->specials == NG_SPECIALS_P3109_FINITE;
    put_number(out, "p3109k", f->bits);
    put_number(out, "p", f->mantissa_bits + 1);
    if (f->sign == NG_SIGN_UNSIGNED) {
        put(out, finite ? "uf" : "ue");
    } else {
        put(out, finite ? "sf" : "");
    }
}

static void print_minifloat(printer *out, const ng_format *f)
{
    static const char endings[][8] = {"", "fn", "ieee", "fnuz"};
    if (f->specials > NG_SPECIALS_FNUZ) {
        print_p3109(out, f);
        return;
    }
    put_number(out, f->sign == NG_SIGN_UNSIGNED ? "ue" : "e", f->exponent_bits);
    put_number(out, "m", f->mantissa_bits);
    put_bias(out, f->bias, minifloat_bias(f->exponent_bits, f->specials));
    put(out, endings[f->specials]);
    put(out, f->flush ? "ftz" : "");
    put(out, f->has_zero ? "" : "nz");
}

static void print_shift(printer *out, const ng_format *f)
{
    put_number(out, f->sign == NG_SIGN_TERNARY ? "tpot" : f->has_zero ? "pot" : "dense", f->bits);
    put_bias(out, f->bias, shift_bias(f->bits, f->has_zero, f->sign));
}

static void print_kind(printer *out, const ng_format *f)
{
    switch (f->kind) {
    case NG_KIND_INTEGER: print_integer(out, f); break;
    case NG_KIND_MINIFLOAT: print_minifloat(out, f); break;
    case NG_KIND_SHIFT: print_shift(out, f); break;
    case NG_KIND_APOT:
        put_number(out, f->sign == NG_SIGN_UNSIGNED ? "uapot" : "apot", f->bits);
        put_number(out, "k", f->terms);
        put_bias(out, f->bias, 0);
        break;
    case NG_KIND_POSIT:
        put_number(out, "posit", f->bits);
        put_number(out, "es", f->exponent_bits);
        break;
    case NG_KIND_LOGARITHMIC:
        put_number(out, "lns", f->bits);
        put_number(out, "f", f->mantissa_bits);
        put_bias(out, f->bias, 0);
        break;
    case NG_KIND_HIFLOAT: put(out, "hif8"); break;
    case NG_KIND_CODEBOOK: put(out, ng_format_codebook(f)->name); break;
    }
}

/* The name of the row that means the same, or NULL. */
static const char *catalogue_name(const ng_format *format)
{
    for (size_t i = 0; i < ng_format_count(); i++) {
        if (ng_format_same(ng_format_at(i), format)) {
            return ng_format_at(i)->name;
        }
    }
    return NULL;
}

static ng_format element_of(const ng_format *format)
{
    ng_format element = *format;
    element.block = 0;
    element.scale = NG_SCALE_NONE;
    return element;
}

/* By the grammar; a name that the catalogue gives to another format (e8m0) is told apart by its bias. */
static void print_element(printer *out, const ng_format *element)
{
    char name[NG_FORMAT_NAME_SIZE];
    printer once = {name, 0, false};
    print_kind(&once, element);
    const ng_format *row = ng_format_find(name);
    if (row != NULL && !ng_format_same(row, element)) {
        once = (printer){name, 0, true};
        print_kind(&once, element);
    }
    put(out, name);
}

static bool is_bfp(const ng_format *f)
{
    return f->kind == NG_KIND_INTEGER && f->sign == NG_SIGN_SIGNED && f->scale == NG_SCALE_BIASED8 &&
           f->bias == (int)f->bits - 2;
}

void ng_format_print(const ng_format *format, char name[NG_FORMAT_NAME_SIZE])
{
    static const char scales[][8] = {"", "_e8m0", "_b8", "_ue4m3"};
    printer out = {name, 0, false};
    const char *row = catalogue_name(format);
    if (row != NULL) {
        put(&out, row);
    } else if (format->block != 0 && is_bfp(format)) {
        put_number(&out, "bfp_m", format->bits);
        put_number(&out, "k", format->block);
    } else if (format->block != 0) {
        const ng_format element = element_of(format);
        const char *scalar = catalogue_name(&element);
        if (scalar != NULL) {
            put(&out, scalar);
        } else {
            print_element(&out, &element);
        }
        put_number(&out, "_k", format->block);
        put(&out, scales[format->scale]);
    } else {
        print_element(&out, format);
    }
}

/* ---- parsing ---- */

typedef struct {
    const char *at;
    bool failed; /* a number was missing or out of any range */
    bool range;
} cursor;

static bool take(cursor *in, const char *word)
{
    const size_t length = strlen(word);
    if (in->failed || strncmp(in->at, word, length) != 0) {
        return false;
    }
    in->at += length;
    return true;
}

/* A decimal number of at most four digits without leading zeros. */
static unsigned number(cursor *in)
{
    unsigned value = 0;
    unsigned digits = 0;
    if (in->failed || in->at[0] < '0' || in->at[0] > '9' || (in->at[0] == '0' && in->at[1] >= '0' && in->at[1] <= '9')) {
        in->failed = true;
        return 0;
    }
    while (in->at[digits] >= '0' && in->at[digits] <= '9') {
        if (digits == 4) {
            in->failed = in->range = true;
            return 0;
        }
        value = 10 * value + (unsigned)(in->at[digits++] - '0');
    }
    in->at += digits;
    return value;
}

/* <letter><n> or <letter>n<n>, or the default. */
static int optional_bias(cursor *in, const char *letter, int usual)
{
    if (!take(in, letter)) {
        return usual;
    }
    const bool negative = take(in, "n");
    const int value = (int)number(in);
    if (negative && value == 0) {
        in->failed = true;
    }
    return negative ? -value : value;
}

static void parse_integer(cursor *in, bool without_sign, ng_format *f)
{
    f->kind = NG_KIND_INTEGER;
    f->bits = number(in);
    f->sign = without_sign     ? NG_SIGN_UNSIGNED
              : take(in, "s") ? NG_SIGN_SYMMETRIC
              : take(in, "m") ? NG_SIGN_SIGN_MAGNITUDE
                              : NG_SIGN_SIGNED;
    f->bias = optional_bias(in, "q", 0);
}

static void parse_minifloat(cursor *in, bool without_sign, ng_format *f)
{
    enum { NO_BIAS = 1 << 20 };
    f->kind = NG_KIND_MINIFLOAT;
    f->sign = without_sign ? NG_SIGN_UNSIGNED : NG_SIGN_SIGNED;
    f->exponent_bits = number(in);
    in->failed = in->failed || !take(in, "m");
    f->mantissa_bits = number(in);
    const int bias = optional_bias(in, "b", NO_BIAS);
    f->specials = take(in, "fnuz")   ? NG_SPECIALS_FNUZ
                  : take(in, "fn")   ? NG_SPECIALS_FN
                  : take(in, "ieee") ? NG_SPECIALS_IEEE
                                     : NG_SPECIALS_NONE;
    f->flush = take(in, "ftz");
    f->has_zero = !take(in, "nz");
    f->bits = (without_sign ? 0 : 1) + f->exponent_bits + f->mantissa_bits;
    const bool usable = f->exponent_bits >= 1 && f->exponent_bits <= 8;
    f->bias = bias != NO_BIAS ? bias : usable ? minifloat_bias(f->exponent_bits, f->specials) : 0;
}

static void parse_p3109(cursor *in, ng_format *f)
{
    f->kind = NG_KIND_MINIFLOAT;
    f->bits = number(in);
    in->failed = in->failed || !take(in, "p");
    const unsigned precision = number(in);
    const bool uf = take(in, "uf");
    const bool ue = take(in, "ue");
    const bool sf = take(in, "sf");
    f->sign = uf || ue ? NG_SIGN_UNSIGNED : NG_SIGN_SIGNED;
    f->specials = uf || sf ? NG_SPECIALS_P3109_FINITE : NG_SPECIALS_P3109_EXTENDED;
    const unsigned width = f->bits + (uf || ue ? 1 : 0); /* exponent bits and precision */
    if (precision >= 1 && precision < width && width - precision <= 8) {
        f->mantissa_bits = precision - 1;
        f->exponent_bits = width - precision;
        f->bias = 1 << (f->exponent_bits - 1);
    }
}

static void parse_shift(cursor *in, bool has_zero, ng_sign sign, ng_format *f)
{
    f->kind = NG_KIND_SHIFT;
    f->sign = sign;
    f->has_zero = has_zero;
    f->bits = number(in);
    const bool usable = f->bits >= (sign == NG_SIGN_TERNARY ? 2 : 1) && f->bits <= 8;
    f->bias = optional_bias(in, "b", usable ? shift_bias(f->bits, has_zero, sign) : 0);
}

static void parse_apot(cursor *in, bool without_sign, ng_format *f)
{
    f->kind = NG_KIND_APOT;
    f->sign = without_sign ? NG_SIGN_UNSIGNED : NG_SIGN_SIGNED;
    f->bits = number(in);
    in->failed = in->failed || !take(in, "k");
    f->terms = number(in);
    f->bias = optional_bias(in, "b", 0);
}

static void parse_posit(cursor *in, ng_format *f)
{
    f->kind = NG_KIND_POSIT;
    f->bits = number(in);
    in->failed = in->failed || !take(in, "es");
    f->exponent_bits = number(in);
}

static void parse_logarithmic(cursor *in, ng_format *f)
{
    f->kind = NG_KIND_LOGARITHMIC;
    f->bits = number(in);
    in->failed = in->failed || !take(in, "f");
    f->mantissa_bits = number(in);
    f->bias = optional_bias(in, "b", 0);
}

/* A scalar by the grammar; false if no form begins like this. */
static bool parse_grammar(cursor *in, ng_format *f)
{
    *f = (ng_format){.has_zero = true};
    if (take(in, "p3109k")) {
        parse_p3109(in, f);
    } else if (take(in, "posit")) {
        parse_posit(in, f);
    } else if (take(in, "uint")) {
        parse_integer(in, true, f);
    } else if (take(in, "int")) {
        parse_integer(in, false, f);
    } else if (take(in, "uapot")) {
        parse_apot(in, true, f);
    } else if (take(in, "apot")) {
        parse_apot(in, false, f);
    } else if (take(in, "tpot")) {
        parse_shift(in, true, NG_SIGN_TERNARY, f);
    } else if (take(in, "pot")) {
        parse_shift(in, true, NG_SIGN_SIGNED, f);
    } else if (take(in, "dense")) {
        parse_shift(in, false, NG_SIGN_SIGNED, f);
    } else if (take(in, "lns")) {
        parse_logarithmic(in, f);
    } else if (take(in, "ue")) {
        parse_minifloat(in, true, f);
    } else if (take(in, "e")) {
        parse_minifloat(in, false, f);
    } else {
        return false;
    }
    return true;
}

/* The rest of a name after its element: nothing, or a block. */
static bool ends_element(const char *rest)
{
    return rest[0] == 0 || (rest[0] == '_' && rest[1] == 'k' && rest[2] >= '0' && rest[2] <= '9');
}

/* A scalar row of the catalogue whose name stands here. */
static bool parse_row(cursor *in, ng_format *f)
{
    for (size_t i = 0; i < ng_format_count(); i++) {
        const ng_format *row = ng_format_at(i);
        const size_t length = strlen(row->name);
        if (row->block == 0 && strncmp(in->at, row->name, length) == 0 && ends_element(in->at + length)) {
            in->at += length;
            *f = *row;
            return true;
        }
    }
    return false;
}

static bool parse_codebook(cursor *in, const ng_codebook *codebooks, size_t count, ng_format *f)
{
    for (size_t i = 0; i < count; i++) {
        const size_t length = ng_codebook_usable(&codebooks[i]) ? strlen(codebooks[i].name) : 0;
        if (length > 0 && strncmp(in->at, codebooks[i].name, length) == 0 && ends_element(in->at + length)) {
            in->at += length;
            *f = (ng_format){.kind = NG_KIND_CODEBOOK, .bits = codebooks[i].bits, .has_zero = true, .codebook = &codebooks[i]};
            return true;
        }
    }
    return false;
}

static void parse_bfp(cursor *in, ng_format *f)
{
    *f = (ng_format){.kind = NG_KIND_INTEGER, .has_zero = true, .scale = NG_SCALE_BIASED8};
    f->bits = number(in);
    f->bias = (int)f->bits - 2;
    in->failed = in->failed || !take(in, "k");
    f->block = number(in);
    if (!in->failed && f->block == 0) {
        in->failed = in->range = true;
    }
}

static void parse_block(cursor *in, ng_format *f)
{
    f->block = number(in);
    f->scale = take(in, "_e8m0")   ? NG_SCALE_E8M0
               : take(in, "_b8")    ? NG_SCALE_BIASED8
               : take(in, "_ue4m3") ? NG_SCALE_UE4M3
                                    : NG_SCALE_NONE;
    if (f->scale == NG_SCALE_NONE) {
        in->failed = true;
    } else if (f->block == 0) {
        in->failed = in->range = true;
    }
}

/* Reads a whole name; false with in->at on the offending character. */
static bool parse_whole(cursor *in, const ng_codebook *codebooks, size_t count, ng_format *f)
{
    if (take(in, "bfp_m")) {
        parse_bfp(in, f);
    } else if (parse_row(in, f) || parse_grammar(in, f) || parse_codebook(in, codebooks, count, f)) {
        if (take(in, "_k")) {
            parse_block(in, f);
        }
    } else {
        return false;
    }
    return !in->failed && in->at[0] == 0;
}

ng_parse_status ng_format_parse(const char *name, const ng_codebook *codebooks, size_t count, ng_format *format,
                                size_t *position)
{
    ng_format made;
    cursor in = {name, false, false};
    const ng_format *row = ng_format_find(name);
    if (row != NULL) {
        *format = *row;
        return NG_PARSE_OK;
    }
    bool fine = parse_whole(&in, codebooks, count, &made);
    if (!fine && !in.range) {
        /* The name of a codebook may begin like another format's. */
        cursor again = {name, false, false};
        ng_format book;
        if (parse_codebook(&again, codebooks, count, &book) && again.at[0] == 0) {
            made = book;
            fine = true;
        }
    }
    if (fine && ng_format_valid(&made)) {
        ng_format_print(&made, made.name);
        *format = made;
        return NG_PARSE_OK;
    }
    if (position != NULL) {
        *position = fine ? 0 : (size_t)(in.at - name);
    }
    return fine || in.range ? NG_PARSE_RANGE : NG_PARSE_SYNTAX;
}
