/* format.h: what a number format is, and the exact value of each of its codes.
 *
 * A format is a descriptor (ng_format): data, never a special code path. Every combination of legal fields is a format with a
 * name that round-trips (model/format_name.h); model/formats.def is the catalogue of those with a row of their own.
 *
 * A scalar code c of `bits` bits decodes to significand * 2^exponent; nothing is rounded (LOGARITHMIC and CODEBOOK: see there).
 *   INTEGER      value = code value * 2^-bias; how the code is read is the field `sign`
 *   MINIFLOAT    s eeee mmm:  e = 0: (-1)^s * m * 2^(1 - bias - y);  e > 0: (-1)^s * (2^y + m) * 2^(e - bias - y)
 *                (IEEE 754-2019 clause 3.3 with x exponent and y mantissa bits). UNSIGNED has no s. `has_zero` false: no
 *                subnormals and no zero, e = 0 is a binade like the others (E8M0). `flush` true: a subnormal code is a zero
 *                of its sign
 *   SHIFT        s ttt:  zero-free: (-1)^s * 2^(t - bias);  with zero: t = 0 is 0, else (-1)^s * 2^(t - 1 - bias);
 *                sign TERNARY: a two-bit two's complement sign field in {0, +1, -1} (10 reads as 0) above t:
 *                value = sign * 2^(t - bias). One bit, zero-free: the binary weights -1, +1 are code 1, 0
 *   APOT         s t[k-1] ... t[0], k = `terms` fields in the b magnitude bits; the sum of k powers of two,
 *                (-1)^s * sum_i p_i;  p_i = 0 for t[i] = 0, else 2^(-i - (t[i] - 1) * k - bias), the fields b / k bits wide
 *                (APoT, arXiv 1909.13144, eq. 5). b = (k - 1) * n + 1 with n >= 2, the odd widths of the authors' code:
 *                t[0..k-2] have n bits and k - 1 for k above, t[k-1] has one bit and the power 2^(-(2^n - 2)(k - 1) - bias),
 *                and the last step of the others (t = 2^n - 1) is one power lower to leave room for it
 *   POSIT        two's complement, regime, es = exponent_bits, fraction; 10...0 is NaR (Posit Standard 2022 for es = 2; Gustafson
 *                and Yonemoto 2017 for other es)
 *   LOGARITHMIC  s l: l two's complement with y = mantissa_bits fraction bits: (-1)^s * 2^(l / 2^y - bias), the most negative l
 *                is zero. Irrational: the significand is the value rounded to 53 bits, to nearest even
 *   HIFLOAT      HiFloat8 (arXiv 2409.16626): s, prefix-coded dot field, exponent in sign and magnitude, mantissa; 0x80 is NaN,
 *                0x6F and 0xEF are the infinities
 *   CODEBOOK     the value stands in a table of `codebook`
 * The least significant bit of a format is the power of two every finite value is a multiple of.
 *
 * Every function is total: bits of a code above the format's width are ignored.
 */
#ifndef NG_FORMAT_H
#define NG_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    NG_KIND_INTEGER = 0,
    NG_KIND_MINIFLOAT = 1,
    NG_KIND_SHIFT = 2,
    NG_KIND_APOT = 3,
    NG_KIND_POSIT = 4,
    NG_KIND_LOGARITHMIC = 5,
    NG_KIND_HIFLOAT = 6,
    NG_KIND_CODEBOOK = 7
} ng_kind;

/* Which codes of a minifloat are not numbers; the first three values are the RTL parameter WeightSpecials/ActivationSpecials.
 *   NONE            every code is a number
 *   FN              all ones (exponent and mantissa) is NaN; no Inf (OCP OFP8 v1.0 E4M3; E8M0 and UE4M3 scales)
 *   IEEE            all-ones exponent: mantissa 0 is Inf, else NaN (OCP E5M2, IEEE 754)
 *   FNUZ            the code of -0 is NaN; no Inf, no -0 (any bias: e4m3b11fnuz). Signed only
 *   P3109_EXTENDED  signed: the code of -0 is NaN, the largest magnitude is Inf; unsigned: all ones is NaN, the code below Inf
 *   P3109_FINITE    signed: as FNUZ; unsigned: all ones is NaN
 * Both P3109 kinds have the bias of the standard, 2^(x-1) (IEEE P3109 draft: 2^(K-P-1) signed, 2^(K-P) unsigned). */
typedef enum {
    NG_SPECIALS_NONE = 0,
    NG_SPECIALS_FN = 1,
    NG_SPECIALS_IEEE = 2,
    NG_SPECIALS_FNUZ = 3,
    NG_SPECIALS_P3109_EXTENDED = 4,
    NG_SPECIALS_P3109_FINITE = 5
} ng_specials;

/* How the sign of an element is written.
 *   SIGNED          the kind's own way: two's complement (INTEGER, POSIT), a sign bit (the others)
 *   UNSIGNED        none (INTEGER, MINIFLOAT, APOT)
 *   SYMMETRIC       INTEGER: two's complement, the encoder never gives the most negative code, ng_format_smallest() is
 *                   -largest; the code still decodes as the number it spells
 *   SIGN_MAGNITUDE  INTEGER: a sign bit above the magnitude (MSFP)
 *   TERNARY         SHIFT: two bits, {0, +1, -1} */
typedef enum {
    NG_SIGN_SIGNED = 0,
    NG_SIGN_UNSIGNED = 1,
    NG_SIGN_SYMMETRIC = 2,
    NG_SIGN_SIGN_MAGNITUDE = 3,
    NG_SIGN_TERNARY = 4
} ng_sign;

/* The scale of a block.
 *   E8M0     2^(code - 127); code 0xFF is NaN and poisons its block (OCP MX v1.0 section 5.4.1)
 *   BIASED8  2^(code - 127), every code a number
 *   UE4M3    the value of the code in unsigned e4m3 with NaN 0x7F, under an fp32 scale of the whole tensor (NVFP4) */
typedef enum { NG_SCALE_NONE = 0, NG_SCALE_E8M0 = 1, NG_SCALE_BIASED8 = 2, NG_SCALE_UE4M3 = 3 } ng_scale;

enum {
    NG_SCALE_BITS = 8,
    NG_SCALE_BIAS = 127,
    NG_SCALE_NAN = 0xFF,
    NG_FORMAT_NAME_SIZE = 40,
    NG_FORMAT_BITS_MAX = 19, /* tf32 */
    NG_BIAS_MAX = 512,       /* |bias|: every value of every format is a double, and so is its least significant bit */
    NG_BLOCK_MAX = 1024,
    NG_CODEBOOK_BITS_MAX = 8
};

/* Values of a CODEBOOK, by code; sorted or not, equal values allowed, all finite, at least one positive, fewer than 192 binades
 * from the last bit of any to the leading one of the largest. Owned by the caller,
 * lives as long as the format. NUL-terminated name of letters, digits and '_' that does not parse as another format. */
typedef struct {
    char name[16];
    unsigned bits;                             /* 1..NG_CODEBOOK_BITS_MAX */
    float value[1 << NG_CODEBOOK_BITS_MAX];    /* the first 2^bits count */
} ng_codebook;

/* Legal descriptors, by kind; fields that are not named are 0, has_zero true, sign SIGNED; |bias| <= NG_BIAS_MAX.
 *   INTEGER      bits 2..16 (UNSIGNED 1..16)
 *   MINIFLOAT    exponent_bits 1..8, mantissa_bits 0..10, bits their sum and the sign; FNUZ is signed; without has_zero the
 *                specials are NONE, FN or IEEE and nothing is flushed; P3109 has its own bias and is not flushed; at least
 *                one finite value is positive
 *   SHIFT        bits 2..8 with has_zero, 1..8 without, 2..8 TERNARY (has_zero true)
 *   APOT         magnitude bits b = bits - sign bit, bits 1..8; terms k 1..4, b = k * n or (k - 1) * n + 1, n >= 1, no
 *                power below 2^(-52 - bias)
 *   POSIT        bits 2..16, es 0..4
 *   LOGARITHMIC  bits 3..16, mantissa_bits 0..7 and at most bits - 2, bits - 1 - mantissa_bits at most 9
 *   HIFLOAT      bits 8
 *   CODEBOOK     bits 1..8, those of its table
 * A block: 1..NG_BLOCK_MAX elements under a scale other than NONE, of at most 8 bits, INTEGER and MINIFLOAT 16; a scalar has block
 * 0 and scale NONE. */
typedef struct {
    char name[NG_FORMAT_NAME_SIZE];
    ng_kind kind;
    unsigned bits;          /* of one element, sign included */
    unsigned exponent_bits; /* MINIFLOAT x, POSIT es, else 0 */
    unsigned mantissa_bits; /* MINIFLOAT y, LOGARITHMIC fraction bits of the logarithm, else 0 */
    int bias;               /* see the kinds above; 0 for POSIT, HIFLOAT, CODEBOOK */
    ng_specials specials;   /* MINIFLOAT only */
    bool has_zero;          /* false: zero-free SHIFT, MINIFLOAT without subnormals */
    unsigned block;         /* elements under one scale, 0 for a scalar format */
    ng_scale scale;
    ng_sign sign;
    bool flush;             /* MINIFLOAT: subnormals are flushed to zero */
    unsigned terms;         /* APOT: powers of two a value is the sum of, else 0 */
    const ng_codebook *codebook; /* CODEBOOK: the caller's table, NULL for the bundled nf4; else NULL */
} ng_format;

typedef enum { NG_CLASS_FINITE = 0, NG_CLASS_INFINITE = 1, NG_CLASS_NAN = 2 } ng_class;

/* value = significand * 2^exponent when finite. The significand carries the sign; an infinity's is +1 or -1.
 * For a special code, ng_decode_finite() gives the number its bits would spell without specials; 0 for NaR. */
typedef struct {
    ng_class category; /* not "class": the header serves C++ too */
    int64_t significand;
    int exponent;
} ng_number;

/* Rows of the catalogue, in table order. NULL past the end. */
const ng_format *ng_format_at(size_t index);
size_t ng_format_count(void);

/* The row named `name`, or NULL. Other names: ng_format_parse() of model/format_name.h. */
const ng_format *ng_format_find(const char *name);

/* True if the fields are a legal format (ranges above); the name is not looked at. */
bool ng_format_valid(const ng_format *format);

/* True if two descriptors mean the same: all fields but the name; codebooks by their names and values. */
bool ng_format_same(const ng_format *a, const ng_format *b);

/* The table of a CODEBOOK format: its own, or the bundled nf4 (QLoRA, arXiv 2305.14314, appendix E). NULL for other kinds. */
const ng_codebook *ng_format_codebook(const ng_format *format);

/* True if a table fits its description above: bits, finite values, one of them positive, a name of 1..15 letters, digits and '_'. */
bool ng_codebook_usable(const ng_codebook *codebook);

/* Exponent of the least significant bit: every finite value, special codes read as ordinary numbers, is an integer multiple of
 * 2^this. LOGARITHMIC: the last of the 53 bits of the smallest value. */
int ng_format_lsb(const ng_format *format);

/* Bits of the largest |value| / 2^lsb as an unsigned integer, special codes read as ordinary numbers. int8: 8 (for -128);
 * e4m3: 18; dense4: 8. */
unsigned ng_format_magnitude_bits(const ng_format *format);

/* Codes of one element: 2^bits. */
uint32_t ng_format_codes(const ng_format *format);

/* The code with the largest / smallest finite value; the lowest such code of a codebook. */
uint32_t ng_format_largest(const ng_format *format);
uint32_t ng_format_smallest(const ng_format *format);

/* Exact value of an element code, specials recognised. */
ng_number ng_decode(const ng_format *format, uint32_t code);

/* Exact value of an element code with special codes read as ordinary numbers: what the datapaths multiply. */
ng_number ng_decode_finite(const ng_format *format, uint32_t code);

/* True if the code is NaN (NaR) or an infinity. */
bool ng_code_is_special(const ng_format *format, uint32_t code);

/* Value of an element code as a double, exact: a finite value of any format has at most 53 significant bits. NaN and
 * infinities as such; a zero with a sign bit set is -0. */
double ng_decode_double(const ng_format *format, uint32_t code);

/* "integer", "minifloat", "shift", "apot", "posit", "logarithmic", "hifloat" or "codebook". */
const char *ng_kind_name(ng_kind kind);

#ifdef __cplusplus
}
#endif

#endif
