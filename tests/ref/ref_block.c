#include "tests/ref/ref_block.h"

bool ref_block_scale_is_nan(const ref_format *format, uint32_t scale)
{
    return (format->scale == REF_SCALE_E8M0 && scale == REF_SCALE_NAN) ||
           (format->scale == REF_SCALE_UE4M3 && scale % 128 == 127);
}
