#include "model/dot.h"

typedef struct {
    const ng_dot_path *path;
    const ng_vector *weights;
    const ng_vector *activations;
} operands;

ng_term ng_dot_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t index)
{
    if (path->weight->block != 0) {
        return ng_block_term(path, weights, activations, index);
    }
    return ng_term_product(path->weight, weights->codes[index], path->activation, activations->codes[index]);
}

static ng_term term_at(const operands *of, size_t index)
{
    return ng_dot_term(of->path, of->weights, of->activations, index);
}

/* Aligns the sum to the largest exponent among the terms [from, to). */
static void align(const operands *of, ng_sum *sum, size_t from, size_t to)
{
    bool any = false;
    int largest = 0;
    for (size_t i = from; i < to; i++) {
        const ng_term term = term_at(of, i);
        if (!ng_wide_is_zero(&term.significand) && (!any || term.alignment > largest)) {
            largest = term.alignment;
            any = true;
        }
    }
    if (any) {
        ng_sum_align(of->path, sum, largest);
    }
}

/* Terms that are aligned together: all of them, or a group. */
static size_t stretch(const ng_accumulator *accumulator, size_t terms)
{
    return accumulator->kind == NG_ACCUMULATE_BLOCKED ? accumulator->group : terms;
}

static void add_at(const operands *of, ng_sum *sum, size_t index)
{
    if (of->path->block_bits > NG_WIDE_BITS) {
        const ng_long_term term = ng_block_long_term(of->path, of->weights, of->activations, index);
        ng_sum_add_long(of->path, sum, &term);
        return;
    }
    const ng_term term = term_at(of, index);
    ng_sum_add(of->path, sum, &term);
}

void ng_dot_drawn(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t products,
                  const ng_random *random, ng_sum *sum)
{
    const operands of = {path, weights, activations};
    const size_t terms = path->weight->block != 0 ? products / path->weight->block : products;
    const size_t step = stretch(&path->accumulator, terms);
    ng_sum_start(path, sum);
    for (size_t i = 0; i < terms; i++) {
        if (random != NULL) {
            sum->random = random[i];
        }
        if (path->accumulator.window != 0 && i % step == 0) {
            align(&of, sum, i, terms - i < step ? terms : i + step);
        }
        add_at(&of, sum, i);
    }
    ng_sum_finish(path, sum);
}

void ng_dot(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t products,
            ng_sum *sum)
{
    ng_dot_drawn(path, weights, activations, products, NULL, sum);
}

void ng_mac(const ng_dot_path *path, ng_sum *sum, uint32_t w, uint32_t a)
{
    const ng_term term = ng_term_product(path->weight, w, path->activation, a);
    ng_sum_add(path, sum, &term);
}
