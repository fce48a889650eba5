/* block_accumulate: sum' = fp32(sum + product * 2^exponent). */
#include "model/block_accumulate.h"

#include "model/wide.h"

enum {
    MANTISSA = 23,
    FIELD_MOST = 255,
    LEAST = -149,  /* exponent of the smallest subnormal */
    FAR = 2000,    /* beyond it an exponent makes no difference: overflow, or nothing but a sticky bit */
    TOP = 200      /* bit of the larger addend's leading one: far above the last bit kept, far below the sign */
};

static const uint32_t sign_bit = UINT32_C(1) << 31;
static const uint32_t infinity = (uint32_t)FIELD_MOST << MANTISSA;
static const uint32_t quiet_nan = UINT32_C(0x7FC00000);

typedef struct {
    ng_wide magnitude;
    bool negative;
    int exponent; /* of bit 0 */
    int top;      /* exponent of the leading one */
} term;

static term make_term(uint64_t magnitude, bool negative, int exponent)
{
    const ng_wide wide = {{magnitude, 0, 0, 0}};
    return (term){wide, negative, exponent, exponent + (int)ng_wide_length(&wide) - 1};
}

static term from_float(uint32_t bits)
{
    const int field = (int)(bits >> MANTISSA & FIELD_MOST);
    const uint32_t hidden = field != 0 ? UINT32_C(1) << MANTISSA : 0;
    const uint32_t significand = (bits & ((UINT32_C(1) << MANTISSA) - 1)) | hidden;
    return make_term(significand, (bits & sign_bit) != 0, LEAST + (field != 0 ? field - 1 : 0));
}

static term from_product(int64_t product, int exponent)
{
    const uint64_t magnitude = product < 0 ? 0 - (uint64_t)product : (uint64_t)product;
    const int near = exponent > FAR ? FAR : exponent < -FAR ? -FAR : exponent;
    return make_term(magnitude, product < 0, near);
}

/* The term as an integer in units of 2^base; bits below it leave a one in the last place. */
static ng_wide aligned(const term *t, int base)
{
    if (t->exponent >= base) {
        return ng_wide_shift_left(t->magnitude, (unsigned)(t->exponent - base));
    }
    const unsigned shift = (unsigned)(base - t->exponent);
    ng_wide kept = ng_wide_shift_right(t->magnitude, shift);
    const ng_wide lost = ng_wide_truncate(t->magnitude, shift < NG_WIDE_BITS ? shift : NG_WIDE_BITS);
    kept.limb[0] |= !ng_wide_is_zero(&lost);
    return kept;
}

static ng_wide signed_value(const term *t, int base)
{
    const ng_wide magnitude = aligned(t, base);
    return t->negative ? ng_wide_negate(magnitude) : magnitude;
}

/* fp32 nearest to magnitude * 2^base, as bits without sign. Range: magnitude > 0. */
static uint32_t round_to_float(const ng_wide *magnitude, int base)
{
    const int top = base + (int)ng_wide_length(magnitude) - 1;
    const int quantum = top - MANTISSA > LEAST ? top - MANTISSA : LEAST;
    if (quantum - LEAST >= FIELD_MOST) {
        return infinity;
    }
    const ng_wide rounded = quantum > base ? ng_wide_round_even(magnitude, (unsigned)(quantum - base))
                                           : ng_wide_shift_left(*magnitude, (unsigned)(base - quantum));
    /* The significand's leading one, or its carry, adds itself to the exponent field. */
    const uint32_t bits = ((uint32_t)(quantum - LEAST) << MANTISSA) + (uint32_t)rounded.limb[0];
    return bits < infinity ? bits : infinity;
}

uint32_t ng_block_accumulate(uint32_t sum, int64_t product, int exponent)
{
    const uint32_t magnitude = sum & ~sign_bit;
    if (magnitude >= infinity) {
        return magnitude > infinity ? quiet_nan : sum;
    }
    if (product == 0) {
        return magnitude == 0 ? 0 : sum;
    }
    const term b = from_product(product, exponent);
    const term a = from_float(sum);
    const int base = (magnitude != 0 && a.top > b.top ? a.top : b.top) - TOP;
    const ng_wide total = ng_wide_add(signed_value(&a, base), signed_value(&b, base));
    if (ng_wide_is_zero(&total)) {
        return 0;
    }
    const bool negative = ng_wide_is_negative(&total);
    const ng_wide size = negative ? ng_wide_negate(total) : total;
    return round_to_float(&size, base) | (negative ? sign_bit : 0);
}
