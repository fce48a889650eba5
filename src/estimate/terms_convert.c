#include "src/estimate/terms.h"

static unsigned log2_above(unsigned value)
{
    unsigned bits = 0;
    while ((1U << bits) < value) {
        bits++;
    }
    return bits;
}

void ng_terms_convert(const ng_datapath *path, ng_terms *terms)
{
    const bool integer = path->output->kind == NG_KIND_INTEGER;
    const unsigned kept = integer ? path->output->bits : path->output->mantissa_bits + 3U;
    const unsigned steps = log2_above(path->sum_bits);
    terms->count[NG_TERM_INPUTS] = path->sum_bits;
    terms->count[NG_TERM_STEPS] = (double)kept * (integer ? (steps + 1) / 2 : steps);
    terms->count[NG_TERM_ROUNDING] = integer ? path->output->bits : path->output->mantissa_bits;
    terms->count[NG_TERM_EXPONENTS] = 0;
    terms->count[NG_TERM_CONVERSION] = 1;
}
