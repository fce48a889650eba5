/* Operands of different kinds, one of them at least a minifloat: powers of two, integers and minifloats of up to 8 bits;
 * minifloats without a mantissa and without a sign as well. The forms are those of rtl/parts/mixed_operand.sv. */
#include "model/parts/family.h"

typedef enum {
    FLOAT = 0,          /* {sign, e, m} with subnormals */
    POWER = 1,          /* {sign, t} */
    TERNARY = 2,        /* {two bits of sign, t} */
    INTEGER = 3,        /* two's complement */
    UNSIGNED_INTEGER = 4,
    UNSIGNED_FLOAT = 5,
    SIGN_MAGNITUDE = 6,
    NO_FORM = -1
} form;

/* The parts of a code (rtl/parts/mixed_operand.sv). */
typedef struct {
    form form;
    unsigned exponent_bits;
    unsigned mantissa_bits;
    unsigned significand_bits;
    bool power;        /* the largest magnitude is a power of two */
} operand;

static bool is_ternary(const ng_format *format)
{
    return format->sign == NG_SIGN_SYMMETRIC && format->bits == 2;
}

static operand integer_operand(const ng_format *format)
{
    switch (format->sign) {
    case NG_SIGN_UNSIGNED: return (operand){UNSIGNED_INTEGER, 0, 0, format->bits, format->bits == 1};
    case NG_SIGN_SIGN_MAGNITUDE: return (operand){SIGN_MAGNITUDE, 0, 0, format->bits - 1, format->bits == 2};
    default: break;
    }
    return is_ternary(format) ? (operand){TERNARY, 0, 0, 1, true} : (operand){INTEGER, 0, 0, format->bits, true};
}

/* A zero is a field of 0: then the code is a minifloat's without a mantissa. */
static operand shift_operand(const ng_format *format)
{
    if (format->sign == NG_SIGN_TERNARY) {
        return (operand){TERNARY, format->bits - 2, 0, 1, true};
    }
    return (operand){format->has_zero ? FLOAT : POWER, format->bits - 1, 0, 1, true};
}

static bool fits(const ng_format *format)
{
    const bool specials = format->specials == NG_SPECIALS_NONE ||
                          (ng_family_minifloat(format) && format->sign == NG_SIGN_SIGNED);
    return format->block == 0 && format->bits <= 8 && !format->flush && specials;
}

static operand operand_of(const ng_format *format)
{
    const operand none = {NO_FORM, 0, 0, 0, false};
    if (!fits(format)) {
        return none;
    }
    switch (format->kind) {
    case NG_KIND_INTEGER: return integer_operand(format);
    case NG_KIND_SHIFT:
        return format->bits <= 6 + (format->sign == NG_SIGN_TERNARY) ? shift_operand(format) : none;
    case NG_KIND_MINIFLOAT: break;
    default: return none;
    }
    if (!format->has_zero || format->exponent_bits > 6) {
        return none;
    }
    return (operand){format->sign == NG_SIGN_UNSIGNED ? UNSIGNED_FLOAT : FLOAT, format->exponent_bits,
                     format->mantissa_bits, format->mantissa_bits + 1, format->mantissa_bits == 0};
}

bool ng_family_mixed_serves(const ng_format *weight, const ng_format *activation)
{
    const bool any = weight->kind == NG_KIND_MINIFLOAT || activation->kind == NG_KIND_MINIFLOAT;
    return any && operand_of(weight).form != NO_FORM && operand_of(activation).form != NO_FORM;
}

/* Range of the exponents above the lsb. */
static unsigned range(const operand *o)
{
    if (o->form == FLOAT || o->form == UNSIGNED_FLOAT) {
        return o->exponent_bits > 1 ? (1U << o->exponent_bits) - 2 : 0;
    }
    return (1U << o->exponent_bits) - 1;
}

/* |w * a| < 2^this. */
static unsigned product_bits(const ng_format *weight, const ng_format *activation)
{
    const operand w = operand_of(weight);
    const operand a = operand_of(activation);
    const unsigned less = w.power || a.power ? 1 : 0;
    return w.significand_bits + range(&w) + a.significand_bits + range(&a) - less;
}

unsigned ng_family_mixed_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return product_bits(weight, activation) + ng_ceil_log2(terms) + 1;
}

void ng_family_mixed_derive(ng_datapath *path)
{
    (void)path;
}

static void add_operand(ng_parameter_list *list, const char *role, const ng_format *format)
{
    const operand o = operand_of(format);
    ng_parameter_add(list, role, "Form", (int)o.form);
    ng_parameter_add(list, role, "Bits", (int)format->bits);
    ng_parameter_add(list, role, "ExponentBits", (int)o.exponent_bits);
    ng_parameter_add(list, role, "MantissaBits", (int)o.mantissa_bits);
    ng_parameter_add(list, role, "Specials", (int)format->specials);
}

void ng_family_mixed_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    add_operand(list, "Weight", path->weight);
    add_operand(list, "Activation", path->activation);
    ng_parameter_add(list, "", "MagnitudeBits", (int)product_bits(path->weight, path->activation));
}
