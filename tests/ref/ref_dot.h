/* ref_dot.h: dot products of blocks in exact rational arithmetic (GMP), OCP MX v1.0 section 6, specials as IEEE 754 has
 * them. */
#ifndef REF_DOT_H
#define REF_DOT_H

#include "tests/ref/ref_block_encode.h"

/* A sum in extended real numbers. */
typedef struct {
    ref_class class;
    bool negative; /* of an infinity */
    mpq_t number;  /* when finite */
} ref_sum;

void ref_sum_init(ref_sum *sum);
void ref_sum_clear(ref_sum *sum);

/* sum += scale_x * scale_y * sum_i x[i] * y[i] over block->block elements; the tensors' scales are in the values. */
void ref_dot(const ref_block *x, uint32_t x_scale, const uint16_t *x_codes, const ref_block *y, uint32_t y_scale,
             const uint16_t *y_codes, ref_sum *sum);

/* The sum rounded once to fp64 / fp32, to nearest even. */
double ref_sum_to_double(const ref_sum *sum);
float ref_sum_to_float(const ref_sum *sum);

#endif
