/* format_name.h: the name of a format says all of it: parse(print(f)) = f for every legal descriptor.
 *
 *   int<b>[s|m][q<f>]      two's complement; s symmetric, m sign and magnitude; q: f fraction bits (bias f)   int8 int4s int8q6
 *   uint<b>[q<f>]          unsigned
 *   [u]e<x>m<y>[b<n>][fn|ieee|fnuz][ftz][nz]
 *                          minifloat, u unsigned; b: bias n (bn<n> negative), default 2^(x-1)-1, fnuz 2^(x-1); ftz subnormals
 *                          flushed; nz no zero and no subnormals                                    e4m3 e4m3b11fnuz ue4m3fn
 *   p3109k<k>p<p>[sf|ue|uf]  IEEE P3109: k bits, precision p; signed extended, or f finite, u unsigned           p3109k8p4
 *   pot<b>[b<n>]  dense<b>[b<n>]  tpot<b>[b<n>]      power of two: with zero, zero-free, ternary sign; default bias makes the
 *                          largest value 1
 *   [u]apot<b>k<k>[b<n>]   sum of k powers of two; default bias 0
 *   posit<b>es<e>   lns<b>f<f>[b<n>]   hif8   NAME of a codebook (nf4, or one the caller brings)
 *   ELEMENT_k<n>_<e8m0|b8|ue4m3>   a block of n elements under a scale                                    e3m2_k32_e8m0
 * Names of the catalogue (model/formats.def) stand for their rows and are what is printed for them: binary = dense1,
 * ternary = int2s, bf16 = e8m7ieee, fp16, tf32, e8m0, mxfp8_e4m3, bfp_m4k32, msfp12, nvfp4, ...; bfp_m<m>k<n> is any
 * int<m>q<m-2>_k<n>_b8.
 */
#ifndef NG_FORMAT_NAME_H
#define NG_FORMAT_NAME_H

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    NG_PARSE_OK = 0,
    NG_PARSE_SYNTAX = 1, /* not a name */
    NG_PARSE_RANGE = 2   /* a name of no legal format: a number is out of range */
} ng_parse_status;

/* Fills *format from a name, its own name being the canonical one. `codebooks` (may be NULL when count is 0) are looked up
 * after everything else. On failure *format is untouched and *position is the offset of the offending character (position
 * may be NULL). Range: any NUL-terminated string; never reads past it. */
ng_parse_status ng_format_parse(const char *name, const ng_codebook *codebooks, size_t count, ng_format *format,
                                size_t *position);

/* Writes the canonical name, NUL-terminated, into name[NG_FORMAT_NAME_SIZE]. Range: ng_format_valid(format). */
void ng_format_print(const ng_format *format, char name[NG_FORMAT_NAME_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
