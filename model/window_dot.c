/* window_dot: y = sum over lanes of w[i] * a[i], each product rounded to `width` bits below the largest alignment exponent.
 *
 * Result {sum, exponent, flag}: sum in units of 2^(E + 2 - width), E the largest alignment exponent of the products that are
 * not zero (model/term.h); the exponent field is E plus both biases, where the field of a one-bit exponent, which is 1 for
 * every code, counts 0. Nothing to align: both are 0. The error is at most ng_window_error(). */
#include "model/operand.h"
#include "model/sum.h"
#include "model/window.h"

static uint32_t code_at(const uint64_t *word, const ng_format *format, unsigned lane)
{
    return ng_operand_bits(word, lane * format->bits, format->bits);
}

static int counted_bias(const ng_format *format)
{
    return format->exponent_bits == 1 ? format->bias - 1 : format->bias;
}

void ng_window_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                   ng_wide *result)
{
    const ng_accumulator accumulator = {
        .kind = NG_ACCUMULATE_WINDOW, .window = path->width, .cut = path->rounding};
    ng_term terms[NG_LANES_MAX];
    bool special = false;
    bool any = false;
    int largest = 0;
    (void)previous;
    for (unsigned i = 0; i < path->lanes; i++) {
        terms[i] = ng_term_product(path->weight, code_at(first, path->weight, i), path->activation,
                                   code_at(second, path->activation, i));
        special = special || terms[i].special;
        if (!ng_wide_is_zero(&terms[i].significand)) {
            largest = !any || terms[i].alignment > largest ? terms[i].alignment : largest;
            any = true;
        }
    }
    ng_wide sum = ng_wide_from_int(0);
    for (unsigned i = 0; any && i < path->lanes; i++) {
        const ng_wide cut = ng_window_cut(&accumulator, &terms[i].significand, terms[i].exponent,
                                          ng_window_unit(&accumulator, largest), 0);
        sum = ng_wide_add(sum, cut);
    }
    const int field = any ? largest + counted_bias(path->weight) + counted_bias(path->activation) : 0;
    *result = ng_wide_truncate(sum, path->sum_bits);
    ng_wide_put(result, path->sum_bits, path->scale_bits, (uint64_t)field);
    if (path->flag_bits != 0) {
        ng_wide_put(result, path->sum_bits + path->scale_bits, 1, special);
    }
}
