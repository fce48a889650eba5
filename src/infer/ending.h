/* ending.h: what follows the exact sums of a row of outputs. Every operation rounds to fp32 once; unit is a power of two. */
#ifndef NG_ENDING_H
#define NG_ENDING_H

#include <stddef.h>

typedef struct {
    const float *scales; /* of each channel */
    const float *bias;
    const double *start; /* integers that the sums begin with, in their units: |sum + start| exact in the sums' type */
    size_t channels;
    size_t pitch;        /* from one row of sums to the next */
    size_t step;         /* from one row of the result to the next */
    size_t rows;
} ng_ending;

/* out = sum + bias */
void ng_end_plain(const ng_ending *e, const float *sums, float *out);

/* out = (sum * unit) * scale + bias */
void ng_end_float(const ng_ending *e, const float *sums, float unit, float *out);
void ng_end_double(const ng_ending *e, const double *sums, double unit, float *out);

/* out = ((start + sum) * unit) * scale */
void ng_end_started_float(const ng_ending *e, const float *sums, float unit, float *out);
void ng_end_started_double(const ng_ending *e, const double *sums, double unit, float *out);

/* One of several terms: out = out + (sum * unit) * scale */
void ng_end_add_float(const ng_ending *e, const float *sums, float unit, float *out);
void ng_end_add_double(const ng_ending *e, const double *sums, double unit, float *out);

/* out = out * scale */
void ng_end_scale(const ng_ending *e, float *out);

/* Before the first term and after the last: out = 0, out = out + bias */
void ng_end_clear(const ng_ending *e, float *out);
void ng_end_bias(const ng_ending *e, float *out);

#endif
