#include "src/cli/fields.h"

/* Widths of the fields from the top; they add up to the bits. */
typedef struct {
    unsigned width[NG_FORMAT_BITS_MAX + 1];
    unsigned count;
    unsigned left;
} fields;

/* Appends a field of `width` bits, or of as many as are left. */
static void field(fields *made, unsigned width)
{
    const unsigned taken = width < made->left ? width : made->left;
    if (taken != 0) {
        made->width[made->count++] = taken;
        made->left -= taken;
    }
}

/* Equal bits from `top` down, and the one that ends them. */
static unsigned regime_width(uint32_t code, unsigned top)
{
    const uint32_t first = (code >> top) & 1;
    unsigned width = 1;
    while (width <= top && ((code >> (top - width)) & 1) == first) {
        width++;
    }
    return width + 1;
}

/* The dot field 11, 10, 01, 001, 0001 says how wide the exponent is: 4, 3, 2, 1, 0; 0000 is the subnormals'. */
static void hifloat_fields(fields *made, uint32_t code)
{
    const unsigned two = (code >> 5) & 3;
    if (two != 0) {
        field(made, 2);
        field(made, two + 1);
    } else if ((code & 0x10) != 0) {
        field(made, 3);
        field(made, 1);
    } else {
        field(made, 4);
    }
}

/* k equal fields, or one of a bit above k - 1 equal ones (format.h). */
static void apot_fields(fields *made, unsigned terms)
{
    unsigned width = made->left / terms;
    if (made->left % terms != 0) {
        width = (made->left - 1) / (terms - 1);
        field(made, 1);
    }
    while (made->left > width) {
        field(made, width);
    }
}

static fields split(const ng_format *format, uint32_t code)
{
    fields made = {.left = format->bits};
    if (format->kind == NG_KIND_INTEGER || format->kind == NG_KIND_CODEBOOK) {
        field(&made, format->sign == NG_SIGN_SIGN_MAGNITUDE ? 1 : made.left);
        field(&made, made.left);
        return made;
    }
    if (format->sign != NG_SIGN_UNSIGNED) {
        field(&made, format->sign == NG_SIGN_TERNARY ? 2 : 1);
    }
    switch (format->kind) {
    case NG_KIND_MINIFLOAT: field(&made, format->exponent_bits); break;
    case NG_KIND_POSIT:
        field(&made, made.left != 0 ? regime_width(code, made.left - 1) : 0);
        field(&made, format->exponent_bits);
        break;
    case NG_KIND_LOGARITHMIC: field(&made, made.left - format->mantissa_bits); break;
    case NG_KIND_HIFLOAT: hifloat_fields(&made, code); break;
    case NG_KIND_APOT: apot_fields(&made, format->terms); break;
    default: break;
    }
    field(&made, made.left);
    return made;
}

void ng_fields_text(const ng_format *format, uint32_t code, char text[NG_FIELDS_SIZE])
{
    const fields made = split(format, code);
    unsigned bit = format->bits;
    for (unsigned i = 0; i < made.count; i++) {
        if (i != 0) {
            *text++ = ' ';
        }
        for (unsigned j = 0; j < made.width[i]; j++) {
            *text++ = (code >> --bit) & 1 ? '1' : '0';
        }
    }
    *text = 0;
}
