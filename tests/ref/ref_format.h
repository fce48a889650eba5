/* ref_format.h: the oracle's own descriptor of a format, and the rows of the catalogue in it.
 *
 * The meaning of the fields stands in model/format.h; the names here mirror it, the definitions in tests/ref/ are written
 * from the standards and papers each file cites.
 */
#ifndef REF_FORMAT_H
#define REF_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    REF_INTEGER,
    REF_MINIFLOAT,
    REF_SHIFT,
    REF_APOT,
    REF_POSIT,
    REF_LOGARITHMIC,
    REF_HIFLOAT,
    REF_CODEBOOK
} ref_kind;

typedef enum {
    REF_SPECIALS_NONE,
    REF_SPECIALS_FN,
    REF_SPECIALS_IEEE,
    REF_SPECIALS_FNUZ,
    REF_SPECIALS_P3109_EXTENDED,
    REF_SPECIALS_P3109_FINITE
} ref_specials;

typedef enum {
    REF_SIGN_SIGNED,
    REF_SIGN_UNSIGNED,
    REF_SIGN_SYMMETRIC,
    REF_SIGN_SIGN_MAGNITUDE,
    REF_SIGN_TERNARY
} ref_sign;

typedef enum { REF_SCALE_NONE, REF_SCALE_E8M0, REF_SCALE_BIASED8, REF_SCALE_UE4M3 } ref_scale;

typedef struct {
    char name[40];
    ref_kind kind;
    unsigned bits;
    unsigned exponent_bits;
    unsigned mantissa_bits;
    int bias;
    ref_specials specials;
    bool has_zero;
    unsigned block;
    ref_scale scale;
    ref_sign sign;
    bool flush;
    unsigned terms;
    const float *values; /* CODEBOOK: 2^bits of them, by code */
} ref_format;

/* Rows of model/formats.def; NULL past the end. */
const ref_format *ref_format_at(size_t index);
size_t ref_format_rows(void);

/* The first rows, up to pot4: the formats with circuits. */
size_t ref_format_count(void);

/* The row named `name`; aborts if there is none, as a test that names it wrongly is no test. */
const ref_format *ref_format_find(const char *name);

/* The values of nf4, the codebook every CODEBOOK row stands for. */
const float *ref_format_nf4(void);

/* Bits of a code that are no sign. */
unsigned ref_format_magnitude_bits(const ref_format *format);

#endif
