#include "src/estimate/terms.h"

/* rtl/parts/round_shift.sv: the window of the output and its guard narrows by two bits of the shift at a time, the largest first;
 * a single bit that is left shares the carry chain of the rounding. */
static void add_narrowing(const ng_datapath *path, unsigned width, ng_terms *terms)
{
    for (unsigned bits = ng_terms_bit_length(width - 1); bits > 1; bits -= 2) {
        const unsigned kept = path->output->bits + (1U << (bits - 2));
        const unsigned next = kept < width ? kept : width;
        terms->count[NG_TERM_STEPS] += next;
        terms->count[NG_TERM_INPUTS] += width - next;
        width = next;
    }
}

void ng_terms_convert(const ng_datapath *path, ng_terms *terms)
{
    const bool integer = path->output->kind == NG_KIND_INTEGER;
    const unsigned kept = path->output->mantissa_bits + 3U;
    if (integer) {
        add_narrowing(path, path->sum_bits, terms);
    } else {
        terms->count[NG_TERM_INPUTS] = path->sum_bits;
        terms->count[NG_TERM_STEPS] = (double)kept * ng_terms_bit_length(path->sum_bits - 1);
    }
    terms->count[NG_TERM_ROUNDING] = path->output->bits;
    terms->count[NG_TERM_CONVERSION] = 1;
}

/* Booth rows of the multiplier (rtl/parts/wide_product.sv), and the shift of a sum that much longer. */
void ng_terms_dyadic(const ng_datapath *path, ng_terms *terms)
{
    terms->count[NG_TERM_ROWS] = (path->sum_bits + 1.0) * (path->width / 2 + 1);
    add_narrowing(path, path->sum_bits + path->width, terms);
    terms->count[NG_TERM_ROUNDING] = path->output->bits;
    terms->count[NG_TERM_CONVERSION] = 1;
}

void ng_terms_threshold(const ng_datapath *path, ng_terms *terms)
{
    const unsigned thresholds = path->second_bits / path->sum_bits;
    terms->count[NG_TERM_COMPARES] = (double)thresholds * path->sum_bits;
    terms->count[NG_TERM_COUNTS] = thresholds;
    terms->count[NG_TERM_ROUNDING] = path->output->kind == NG_KIND_MINIFLOAT ? path->output->bits : 0;
    terms->count[NG_TERM_CONVERSION] = 1;
}
