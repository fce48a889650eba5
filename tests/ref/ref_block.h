/* ref_block.h: the power-of-two scale of a block, OCP MX v1.0 section 5. */
#ifndef REF_BLOCK_H
#define REF_BLOCK_H

#include "tests/ref/ref_round.h"

enum { REF_SCALE_CODES = 256, REF_SCALE_NAN = 255 };

/* True if the scale code makes its whole block NaN (OCP MX v1.0 section 5.4.1: E8M0 has one NaN, 0xFF;
 * NVFP4: UE4M3 has 0x7F, whose eighth bit means nothing). */
bool ref_block_scale_is_nan(const ref_format *format, uint32_t scale);

#endif
