#include "model/parts/exp2_fraction.h"

/* floor(2^(2^-k) * 2^126), k = 1..7: repeated square roots of 2. */
static const uint64_t root[NG_EXP2_FRACTION_MOST][2] = {
    {UINT64_C(0x2CBEC4D9BAA55F4F), UINT64_C(0x5A827999FCEF3242)},
    {UINT64_C(0xA356918C17217B7B), UINT64_C(0x4C1BF828C6DC54B7)},
    {UINT64_C(0x7DF23143AC529E48), UINT64_C(0x45CAE0F1F545EB73)},
    {UINT64_C(0x62E4ADC610AA60D9), UINT64_C(0x42D561B3E6243D8A)},
    {UINT64_C(0x9F1523ADA32905FF), UINT64_C(0x4166C34C5615D0EB)},
    {UINT64_C(0xBDF2B293DE8A6F7A), UINT64_C(0x40B268F9DE0183B9)},
    {UINT64_C(0x1299AB8CDB737E90), UINT64_C(0x4058F6A7ECCCD5B6)},
};

/* a * b for unsigned a, b below 2^128, by digits of 32 bits. */
static ng_wide multiply(const ng_wide *a, const uint64_t b[2])
{
    ng_wide product = {{0}};
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned j = 0; j < 4; j++) {
            const uint64_t x = a->limb[i / 2] >> (32 * (i % 2)) & UINT32_MAX;
            const uint64_t y = b[j / 2] >> (32 * (j % 2)) & UINT32_MAX;
            product = ng_wide_add(product, ng_wide_shift_left((ng_wide){{x * y, 0, 0, 0}}, 32 * (i + j)));
        }
    }
    return product;
}

ng_wide ng_exp2_fraction(unsigned numerator, unsigned bits)
{
    const ng_wide one = ng_wide_shift_left(ng_wide_from_int(1), NG_EXP2_BITS);
    if (numerator >> bits != 0) {
        return ng_wide_shift_left(one, 1);
    }
    ng_wide power = one;
    for (unsigned k = 1; k <= bits; k++) {
        if ((numerator >> (bits - k) & 1) != 0) {
            const ng_wide product = multiply(&power, root[k - 1]);
            power = ng_wide_shift_right(product, NG_EXP2_BITS);
        }
    }
    return power;
}
