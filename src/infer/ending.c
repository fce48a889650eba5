#include "src/infer/ending.h"

#include "src/base/vectorise.h"

/* One loop over rows and channels; `value` is in terms of s, the sum, and y, the result's place. */
#define NG_ENDING(name, parameters, type, value)                              \
    NG_VECTORISED void name parameters                                                   \
    {                                                                                    \
        for (size_t row = 0; row < e->rows; row++) {                                     \
            const type *s = sums + row * e->pitch;                                       \
            float *y = out + row * e->step;                                              \
            NG_IVDEP                                                                     \
            for (size_t i = 0; i < e->channels; i++) {                                   \
                y[i] = (value);                                                          \
            }                                                                            \
        }                                                                                \
    }
#define NG_IVDEP _Pragma("GCC ivdep")

NG_ENDING(ng_end_plain, (const ng_ending *e, const float *sums, float *out), float, s[i] + e->bias[i])

NG_ENDING(ng_end_float, (const ng_ending *e, const float *sums, float unit, float *out), float,
          (s[i] * unit) * e->scales[i] + e->bias[i])

NG_ENDING(ng_end_double, (const ng_ending *e, const double *sums, double unit, float *out), double,
          (float)(s[i] * unit) * e->scales[i] + e->bias[i])

NG_ENDING(ng_end_started_float, (const ng_ending *e, const float *sums, float unit, float *out), float,
          ((s[i] + (float)e->start[i]) * unit) * e->scales[i])

NG_ENDING(ng_end_started_double, (const ng_ending *e, const double *sums, double unit, float *out), double,
          (float)((s[i] + e->start[i]) * unit) * e->scales[i])

NG_ENDING(ng_end_add_float, (const ng_ending *e, const float *sums, float unit, float *out), float,
          y[i] + (s[i] * unit) * e->scales[i])

NG_ENDING(ng_end_add_double, (const ng_ending *e, const double *sums, double unit, float *out), double,
          y[i] + (float)(s[i] * unit) * e->scales[i])

void ng_end_scale(const ng_ending *e, float *out)
{
    for (size_t row = 0; row < e->rows; row++) {
        for (size_t i = 0; i < e->channels; i++) {
            out[row * e->step + i] *= e->scales[i];
        }
    }
}

void ng_end_clear(const ng_ending *e, float *out)
{
    for (size_t row = 0; row < e->rows; row++) {
        for (size_t i = 0; i < e->channels; i++) {
            out[row * e->step + i] = 0;
        }
    }
}

void ng_end_bias(const ng_ending *e, float *out)
{
    for (size_t row = 0; row < e->rows; row++) {
        for (size_t i = 0; i < e->channels; i++) {
            out[row * e->step + i] += e->bias[i];
        }
    }
}
