#include "model/scale.h"

enum { MANTISSA = 3, FIELD = 0xFF, UE4M3_NAN = 0x7F };

int ng_scale_nan(ng_scale scale)
{
    switch (scale) {
    case NG_SCALE_E8M0: return NG_SCALE_NAN;
    case NG_SCALE_UE4M3: return UE4M3_NAN;
    default: return -1;
    }
}

bool ng_scale_is_nan(ng_scale scale, uint32_t code)
{
    const uint32_t used = scale == NG_SCALE_UE4M3 ? code & UE4M3_NAN : code & FIELD;
    return (int)used == ng_scale_nan(scale);
}

uint32_t ng_scale_largest(ng_scale scale)
{
    switch (scale) {
    case NG_SCALE_E8M0:
    case NG_SCALE_BIASED8: return NG_SCALE_NAN - 1;
    case NG_SCALE_UE4M3: return UE4M3_NAN - 1;
    default: return 0;
    }
}

static ng_number ue4m3(uint32_t code)
{
    const uint32_t hidden = UINT32_C(1) << MANTISSA;
    const uint32_t field = code >> MANTISSA & 0xF;
    const uint32_t mantissa = code & (hidden - 1);
    return field == 0 ? (ng_number){NG_CLASS_FINITE, (int64_t)mantissa, NG_SCALE_LEAST}
                      : (ng_number){NG_CLASS_FINITE, (int64_t)(hidden + mantissa), NG_SCALE_LEAST + (int)field - 1};
}

ng_number ng_scale_decode(ng_scale scale, uint32_t code)
{
    if (ng_scale_is_nan(scale, code)) {
        return (ng_number){NG_CLASS_NAN, 0, 0};
    }
    switch (scale) {
    case NG_SCALE_E8M0:
    case NG_SCALE_BIASED8: return (ng_number){NG_CLASS_FINITE, 1, (int)(code & FIELD) - NG_SCALE_BIAS};
    case NG_SCALE_UE4M3: return ue4m3(code);
    default: return (ng_number){NG_CLASS_FINITE, 1, 0};
    }
}
