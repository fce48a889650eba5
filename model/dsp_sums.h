/* dsp_sums.h: what dsp_dot and dsp_mac share: the sums of every weight vector with every activation vector. */
#ifndef NG_DSP_SUMS_H
#define NG_DSP_SUMS_H

#include "model/unit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* sum[u * weights + v] = before + sum over lanes of w[lane][v] * a[lane][u], modulo 2^sum_bits, packed from bit 0 up; before: the
 * previous result's, 0 where that is NULL. */
ng_wide ng_dsp_sums(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous);

#ifdef __cplusplus
}
#endif

#endif
