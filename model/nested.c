#include "model/nested.h"

static unsigned clamp_bits(unsigned bits)
{
    return bits < 1 ? 1 : bits > NG_NESTED_BITS ? NG_NESTED_BITS : bits;
}

static uint32_t low_bits(uint32_t word, unsigned count)
{
    return word & ((UINT32_C(1) << count) - 1);
}

/* The low `bits` bits as two's complement. */
static int32_t as_signed(uint32_t word, unsigned bits)
{
    const int32_t value = (int32_t)low_bits(word, bits);
    const int32_t half = 1 << (bits - 1);
    return value >= half ? value - 2 * half : value;
}

uint32_t ng_nested_residual(uint32_t code, unsigned bits)
{
    return low_bits(code, NG_NESTED_BITS - clamp_bits(bits));
}

uint32_t ng_nested_join(uint32_t prefix, uint32_t residual, unsigned bits)
{
    const unsigned wide = clamp_bits(bits);
    const unsigned below = NG_NESTED_BITS - wide;
    return low_bits(prefix, wide) << below | low_bits(residual, below);
}

uint32_t ng_nested_slice(uint32_t code, unsigned bits, ng_nested_rule rule)
{
    const unsigned wide = clamp_bits(bits);
    const unsigned below = NG_NESTED_BITS - wide;
    const uint32_t prefix = low_bits(code, NG_NESTED_BITS) >> below;
    const bool up = rule == NG_NESTED_ROUND && below > 0 && (code >> (below - 1) & 1) != 0;
    const uint32_t most = (UINT32_C(1) << (wide - 1)) - 1;
    return up && prefix != most ? low_bits(prefix + 1, wide) : prefix;
}

ng_number ng_nested_decode(uint32_t slice, unsigned bits, ng_nested_rule rule)
{
    const unsigned wide = clamp_bits(bits);
    const int64_t cell = INT64_C(1) << (NG_NESTED_BITS - wide);
    const int64_t value = as_signed(slice, wide) * cell;
    return rule == NG_NESTED_CENTRE ? (ng_number){NG_CLASS_FINITE, 2 * value + cell - 1, -1}
                                    : (ng_number){NG_CLASS_FINITE, value, 0};
}
