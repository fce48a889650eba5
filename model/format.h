/* format.h: what a number format is, and the exact value of each of its codes.
 *
 * A scalar code c decodes to significand * 2^exponent with integer significand; nothing is rounded.
 *   INTEGER    c as two's complement, exponent = -bias
 *   MINIFLOAT  s eeee mmm:  e = 0: (-1)^s * m * 2^(1 - bias - y);  e > 0: (-1)^s * (2^y + m) * 2^(e - bias - y)
 *              (IEEE 754-2019 clause 3.3 with x exponent and y mantissa bits)
 *   SHIFT      s ttt:  zero-free: (-1)^s * 2^(t - bias);  with zero: t = 0 is 0, else (-1)^s * 2^(t - 1 - bias)
 * The least significant bit of a format is the power of two every finite value is a multiple of.
 *
 * Every function is total: bits of a code above the format's width are ignored.
 */
#ifndef NG_FORMAT_H
#define NG_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { NG_KIND_INTEGER = 0, NG_KIND_MINIFLOAT = 1, NG_KIND_SHIFT = 2 } ng_kind;

/* Which codes of a minifloat are not numbers; the values are the RTL parameter WeightSpecials/ActivationSpecials. */
typedef enum { NG_SPECIALS_NONE = 0, NG_SPECIALS_FN = 1, NG_SPECIALS_IEEE = 2 } ng_specials;

/* The 8-bit scale of a block: 2^(code - 127); E8M0 code 0xFF is NaN and poisons its block. */
typedef enum { NG_SCALE_NONE = 0, NG_SCALE_E8M0 = 1, NG_SCALE_BIASED8 = 2 } ng_scale;

enum { NG_SCALE_BITS = 8, NG_SCALE_BIAS = 127, NG_SCALE_NAN = 0xFF, NG_FORMAT_NAME_SIZE = 16 };

typedef struct {
    char name[NG_FORMAT_NAME_SIZE];
    ng_kind kind;
    unsigned bits;          /* of one element, sign included; 1..8 */
    unsigned exponent_bits; /* 0 unless MINIFLOAT */
    unsigned mantissa_bits; /* 0 unless MINIFLOAT */
    int bias;
    ng_specials specials;
    bool has_zero;          /* false: the zero-free shift formats */
    unsigned block;         /* elements under one scale; 0 for a scalar format */
    ng_scale scale;
} ng_format;

typedef enum { NG_CLASS_FINITE = 0, NG_CLASS_INFINITE = 1, NG_CLASS_NAN = 2 } ng_class;

/* value = significand * 2^exponent when finite. The significand carries the sign; an infinity's is +1 or -1.
 * For a special code, ng_decode_finite() gives the number its bits would spell without specials. */
typedef struct {
    ng_class class;
    int64_t significand;
    int exponent;
} ng_number;

/* Rows of the table, in table order. NULL past the end. */
const ng_format *ng_format_at(size_t index);
size_t ng_format_count(void);

/* The row named `name`, or NULL. */
const ng_format *ng_format_find(const char *name);

/* Exponent of the least significant bit: every finite value is an integer multiple of 2^this. */
int ng_format_lsb(const ng_format *format);

/* Bits of the largest |value| / 2^lsb as an unsigned integer, special codes read as ordinary numbers. int8: 8 (for -128);
 * e4m3: 18; dense4: 8. */
unsigned ng_format_magnitude_bits(const ng_format *format);

/* Codes of one element: 2^bits. */
uint32_t ng_format_codes(const ng_format *format);

/* The code with the largest / smallest finite value. */
uint32_t ng_format_largest(const ng_format *format);
uint32_t ng_format_smallest(const ng_format *format);

/* Exact value of an element code, specials recognised. */
ng_number ng_decode(const ng_format *format, uint32_t code);

/* Exact value of an element code with special codes read as ordinary numbers: what the datapaths multiply. */
ng_number ng_decode_finite(const ng_format *format, uint32_t code);

/* True if the code is NaN or an infinity. */
bool ng_code_is_special(const ng_format *format, uint32_t code);

/* Value of an element code as a double; exact for every format of the table. NaN and infinities as such. */
double ng_decode_double(const ng_format *format, uint32_t code);

/* "INTEGER", "MINIFLOAT" or "SHIFT" in lower case. */
const char *ng_kind_name(ng_kind kind);

#endif
