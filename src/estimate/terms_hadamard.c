#include "src/estimate/terms.h"

/* A sum and a difference for every two points, a bit longer at each stage: the carry. */
void ng_terms_hadamard(const ng_datapath *path, ng_terms *terms)
{
    for (unsigned bits = path->activation->bits; bits < path->sum_bits; bits++) {
        terms->count[NG_TERM_SUMS] += (double)path->lanes * bits;
        terms->count[NG_TERM_CARRIES] += path->lanes;
    }
    terms->count[NG_TERM_CIRCUIT] = 1;
}
