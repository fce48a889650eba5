/* rounding.h: which of two neighbours a number becomes. */
#ifndef NG_ROUNDING_H
#define NG_ROUNDING_H

#include "model/encode.h"
#include "model/parts/exact.h"

/* Two neighbours lo < x < hi and what the rules need to know of them. */
typedef struct {
    ng_exact lo;
    ng_exact hi;
    int side;          /* of x against the middle of the nearest modes: -1 below, 0 on it, 1 above */
    bool lo_odd;       /* its code is odd */
    bool hi_odd;
    bool tie_low;      /* CODEBOOK: nearest-even ties and to-odd without one odd code go to lo */
} ng_interval;

/* True for hi, false for lo, by the options (model/encode.h). */
bool ng_round_up(const ng_interval *between, const ng_exact *x, const ng_encode_options *options);

#endif
