/* convert.h: an accumulator back to a code of the output format. */
#ifndef NG_CONVERT_H
#define NG_CONVERT_H

#include "model/operand.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Code of path->output nearest to sum * 2^-shift in units of the output's least significant bit; first = sum,
 * second = shift. Ties to even, saturating (model/encode.h). */
ng_wide ng_convert(const ng_datapath *path, const uint64_t *first, const uint64_t *second);

#ifdef __cplusplus
}
#endif

#endif
