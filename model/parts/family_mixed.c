/* Operands of any two kinds that are a sign, an exponent and a short significand, up to 8 bits: minifloats, integers, powers
 * of two, APoT, posits, HiFloat8. The forms are those of rtl/parts/mixed_operand.sv. Logarithmic codes and nf4 have
 * significands of 24 bits and more, E8M0 and P3109's one-bit precision exponents of 7 and more: no circuit. */
#include "model/parts/family.h"

typedef enum {
    FLOAT = 0,          /* {sign, e, m} with subnormals */
    POWER = 1,          /* {sign, t} */
    TERNARY = 2,        /* {two bits of sign, t} */
    INTEGER = 3,        /* two's complement */
    UNSIGNED_INTEGER = 4,
    UNSIGNED_FLOAT = 5,
    SIGN_MAGNITUDE = 6,
    POSIT = 7,          /* a minifloat of the same values behind a table */
    HIFLOAT = 8,
    APOT = 9,
    UNSIGNED_APOT = 10,
    NO_FORM = -1
} form;

/* The parts of a code (rtl/parts/mixed_operand.sv). */
typedef struct {
    form form;
    unsigned exponent_bits;
    unsigned mantissa_bits;
    unsigned significand_bits;
    unsigned range;    /* of the exponents above the lsb */
    bool power;        /* the largest magnitude is a power of two */
} operand;

enum { EXPONENT_BITS_MOST = 6, SIGNIFICAND_BITS_MOST = 8, HIFLOAT_EXPONENTS = 35, HIFLOAT_SPECIALS = 6 };

static const operand nothing = {NO_FORM, 0, 0, 0, 0, false};

static bool is_ternary(const ng_format *format)
{
    return format->sign == NG_SIGN_SYMMETRIC && format->bits == 2;
}

static operand integer_operand(const ng_format *format)
{
    switch (format->sign) {
    case NG_SIGN_UNSIGNED: return (operand){UNSIGNED_INTEGER, 0, 0, format->bits, 0, format->bits == 1};
    case NG_SIGN_SIGN_MAGNITUDE: return (operand){SIGN_MAGNITUDE, 0, 0, format->bits - 1, 0, format->bits == 2};
    default: break;
    }
    return is_ternary(format) ? (operand){TERNARY, 0, 0, 1, 0, true} : (operand){INTEGER, 0, 0, format->bits, 0, true};
}

/* A zero is a field of 0: then the code is a minifloat's without a mantissa. */
static operand shift_operand(const ng_format *format)
{
    if (format->sign == NG_SIGN_TERNARY) {
        return (operand){TERNARY, format->bits - 2, 0, 1, (1U << (format->bits - 2)) - 1, true};
    }
    const unsigned bits = format->bits - 1;
    return format->has_zero ? (operand){FLOAT, bits, 0, 1, bits > 1 ? (1U << bits) - 2 : 0, true}
                            : (operand){POWER, bits, 0, 1, (1U << bits) - 1, true};
}

static operand minifloat_operand(const ng_format *format)
{
    const unsigned x = format->exponent_bits;
    const unsigned y = format->mantissa_bits;
    if (!format->has_zero || x > EXPONENT_BITS_MOST) {
        return nothing;
    }
    return (operand){format->sign == NG_SIGN_UNSIGNED ? UNSIGNED_FLOAT : FLOAT, x, y, y + 1, x > 1 ? (1U << x) - 2 : 0, y == 0};
}

/* The minifloat of the longest fraction y whose lsb is the least posit, 2^-top; its exponent field at 2^top. */
static operand posit_operand(const ng_format *format)
{
    const unsigned es = format->exponent_bits;
    if (format->bits < es + 3) {
        return nothing;
    }
    const unsigned y = format->bits - es - 3;
    const unsigned largest = ((format->bits - 2) << (es + 1)) - y + 1;
    const unsigned x = ng_bit_length(largest);
    return x > EXPONENT_BITS_MOST ? nothing : (operand){POSIT, x, y, y + 1, largest - 1, false};
}

static operand apot_operand(const ng_format *format)
{
    const unsigned bits = ng_format_magnitude_bits(format);
    if (bits > SIGNIFICAND_BITS_MOST || format->bits < 2) {
        return nothing;
    }
    return (operand){format->sign == NG_SIGN_UNSIGNED ? UNSIGNED_APOT : APOT, format->terms, bits - 1, bits, 0, false};
}

static operand operand_of(const ng_format *format)
{
    if (format->block != 0 || format->bits > 8 || format->flush) {
        return nothing;
    }
    switch (format->kind) {
    case NG_KIND_INTEGER: return integer_operand(format);
    case NG_KIND_SHIFT: return format->bits <= 6 + (format->sign == NG_SIGN_TERNARY) ? shift_operand(format) : nothing;
    case NG_KIND_MINIFLOAT: return minifloat_operand(format);
    case NG_KIND_POSIT: return posit_operand(format);
    case NG_KIND_HIFLOAT: return (operand){HIFLOAT, 6, 3, 4, HIFLOAT_EXPONENTS - 1, false};
    case NG_KIND_APOT: return apot_operand(format);
    default: return nothing;
    }
}

bool ng_family_mixed_serves(const ng_format *weight, const ng_format *activation)
{
    return operand_of(weight).form != NO_FORM && operand_of(activation).form != NO_FORM;
}

/* |w * a| < 2^this. */
static unsigned product_bits(const ng_format *weight, const ng_format *activation)
{
    const operand w = operand_of(weight);
    const operand a = operand_of(activation);
    const unsigned less = w.power || a.power ? 1 : 0;
    return w.significand_bits + w.range + a.significand_bits + a.range - less;
}

unsigned ng_family_mixed_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return product_bits(weight, activation) + ng_ceil_log2(terms) + 1;
}

void ng_family_mixed_derive(ng_datapath *path)
{
    (void)path;
}

/* Specials of rtl/parts/minifloat_special.sv: NaR is the code of -0. */
static int specials_of(const ng_format *format)
{
    switch (format->kind) {
    case NG_KIND_POSIT: return NG_SPECIALS_FNUZ;
    case NG_KIND_HIFLOAT: return HIFLOAT_SPECIALS;
    default: return (int)format->specials;
    }
}

static void add_operand(ng_parameter_list *list, const char *role, const ng_format *format)
{
    const operand o = operand_of(format);
    ng_parameter_add(list, role, "Form", (int)o.form);
    ng_parameter_add(list, role, "Bits", (int)format->bits);
    ng_parameter_add(list, role, "ExponentBits", (int)o.exponent_bits);
    ng_parameter_add(list, role, "MantissaBits", (int)o.mantissa_bits);
    ng_parameter_add(list, role, "Specials", specials_of(format));
}

void ng_family_mixed_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    add_operand(list, "Weight", path->weight);
    add_operand(list, "Activation", path->activation);
    ng_parameter_add(list, "", "MagnitudeBits", (int)product_bits(path->weight, path->activation));
}
