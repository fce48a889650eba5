#include "tests/support/ref_of.h"

#include <stdio.h>

static ref_kind kind_of(ng_kind kind)
{
    switch (kind) {
    case NG_KIND_INTEGER: return REF_INTEGER;
    case NG_KIND_MINIFLOAT: return REF_MINIFLOAT;
    case NG_KIND_SHIFT: return REF_SHIFT;
    case NG_KIND_APOT: return REF_APOT;
    case NG_KIND_POSIT: return REF_POSIT;
    case NG_KIND_LOGARITHMIC: return REF_LOGARITHMIC;
    case NG_KIND_HIFLOAT: return REF_HIFLOAT;
    case NG_KIND_CODEBOOK: break;
    }
    return REF_CODEBOOK;
}

static ref_specials specials_of(ng_specials specials)
{
    switch (specials) {
    case NG_SPECIALS_NONE: break;
    case NG_SPECIALS_FN: return REF_SPECIALS_FN;
    case NG_SPECIALS_IEEE: return REF_SPECIALS_IEEE;
    case NG_SPECIALS_FNUZ: return REF_SPECIALS_FNUZ;
    case NG_SPECIALS_P3109_EXTENDED: return REF_SPECIALS_P3109_EXTENDED;
    case NG_SPECIALS_P3109_FINITE: return REF_SPECIALS_P3109_FINITE;
    }
    return REF_SPECIALS_NONE;
}

static ref_sign sign_of(ng_sign sign)
{
    switch (sign) {
    case NG_SIGN_SIGNED: break;
    case NG_SIGN_UNSIGNED: return REF_SIGN_UNSIGNED;
    case NG_SIGN_SYMMETRIC: return REF_SIGN_SYMMETRIC;
    case NG_SIGN_SIGN_MAGNITUDE: return REF_SIGN_SIGN_MAGNITUDE;
    case NG_SIGN_TERNARY: return REF_SIGN_TERNARY;
    }
    return REF_SIGN_SIGNED;
}

static ref_scale scale_of(ng_scale scale)
{
    switch (scale) {
    case NG_SCALE_NONE: break;
    case NG_SCALE_E8M0: return REF_SCALE_E8M0;
    case NG_SCALE_BIASED8: return REF_SCALE_BIASED8;
    case NG_SCALE_UE4M3: return REF_SCALE_UE4M3;
    }
    return REF_SCALE_NONE;
}

ref_format ref_format_of(const ng_format *format)
{
    ref_format mirror = {
        .kind = kind_of(format->kind),
        .bits = format->bits,
        .exponent_bits = format->exponent_bits,
        .mantissa_bits = format->mantissa_bits,
        .bias = format->bias,
        .specials = specials_of(format->specials),
        .has_zero = format->has_zero,
        .block = format->block,
        .scale = scale_of(format->scale),
        .sign = sign_of(format->sign),
        .flush = format->flush,
        .terms = format->terms,
        .values = format->codebook != NULL ? format->codebook->value : ref_format_nf4(),
    };
    snprintf(mirror.name, sizeof mirror.name, "%s", format->name);
    return mirror;
}
