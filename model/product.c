#include "model/product.h"

#include "model/parts/family.h"

/* Exponent field clamped to 1, less 1: the shift of the significand above the format's least significant bit. */
static uint32_t alignment(const ng_format *format, uint32_t code)
{
    const uint32_t mask = (UINT32_C(1) << ng_family_exponent_bits(format)) - 1;
    const uint32_t field = code >> ng_family_mantissa_bits(format) & mask;
    return field > 1 ? field - 1 : 0;
}

static uint32_t significand_of(const ng_format *format, uint32_t code)
{
    const int64_t value = ng_decode_finite(format, code).significand;
    return (uint32_t)(value < 0 ? -value : value);
}

ng_wide ng_unaligned_product(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    const ng_format *wf = path->weight;
    const ng_format *af = path->activation;
    const uint32_t w = ng_operand_bits(first, 0, wf->bits);
    const uint32_t a = ng_operand_bits(second, 0, af->bits);
    const unsigned significand_bits = ng_family_mantissa_bits(wf) + ng_family_mantissa_bits(af) + 2;
    const unsigned exponent_bits = ng_product_exponent_bits(wf, af);
    ng_wide product = ng_wide_from_int((int64_t)significand_of(wf, w) * significand_of(af, a));
    ng_wide_put(&product, significand_bits, exponent_bits, alignment(wf, w) + alignment(af, a));
    ng_wide_put(&product, significand_bits + exponent_bits, 1, (w >> (wf->bits - 1)) ^ (a >> (af->bits - 1)));
    return product;
}
