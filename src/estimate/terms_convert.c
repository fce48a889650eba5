#include "src/estimate/terms.h"

/* rtl/parts/round_shift.sv: the window of the output and its guard narrows by two bits of the shift at a time, the largest first;
 * a single bit that is left shares the carry chain of the rounding. */
static void add_narrowing(const ng_datapath *path, ng_terms *terms)
{
    unsigned width = path->sum_bits;
    for (unsigned bits = ng_terms_bit_length(path->sum_bits - 1); bits > 1; bits -= 2) {
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
        add_narrowing(path, terms);
    } else {
        terms->count[NG_TERM_INPUTS] = path->sum_bits;
        terms->count[NG_TERM_STEPS] = (double)kept * ng_terms_bit_length(path->sum_bits - 1);
    }
    terms->count[NG_TERM_ROUNDING] = path->output->bits;
    terms->count[NG_TERM_CONVERSION] = 1;
}
