/* wide.h: 256-bit two's complement integers, the accumulator type of the golden model.
 *
 * value(x) = sum limb[i] * 2^(64 i), limb[3] signed. Every operation is modulo 2^256; the longest sum of the
 * supported formats (e6m1 x e6m1, 2^20 terms) needs 149 bits, so nothing wraps in practice.
 *
 * Range: any bit pattern. Examples: {1,0,0,0} = 1; {~0,~0,~0,~0} = -1; {0,1,0,0} = 2^64.
 */
#ifndef NG_WIDE_H
#define NG_WIDE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_WIDE_LIMBS = 4, NG_WIDE_BITS = 256 };

typedef struct {
    uint64_t limb[NG_WIDE_LIMBS];
} ng_wide;

/* value as a wide integer, sign-extended. */
ng_wide ng_wide_from_int(int64_t value);

/* a + b modulo 2^256. */
ng_wide ng_wide_add(ng_wide a, ng_wide b);

/* -a modulo 2^256. */
ng_wide ng_wide_negate(ng_wide a);

/* a * b modulo 2^256; exact for signed operands whose lengths add up to 255 bits at most. */
ng_wide ng_wide_multiply(ng_wide a, ng_wide b);

/* a * 2^shift modulo 2^256. Range: shift any; 256 and more gives 0. */
ng_wide ng_wide_shift_left(ng_wide a, unsigned shift);

/* Logical right shift, zeros come in. Range: shift any; 256 and more gives 0. */
ng_wide ng_wide_shift_right(ng_wide a, unsigned shift);

/* Bits [position, position + count) of a as an unsigned number. Range: count 0..64; bits past 255 read as 0. */
uint64_t ng_wide_bits(const ng_wide *a, unsigned position, unsigned count);

/* ORs the low `count` bits of value into a at position. Range: count 0..64; bits past 255 are dropped. */
void ng_wide_put(ng_wide *a, unsigned position, unsigned count, uint64_t value);

/* The low `bits` bits of a, zero above. Range: bits 0..256. */
ng_wide ng_wide_truncate(ng_wide a, unsigned bits);

/* The low `bits` bits of a read as two's complement. Range: bits 1..256. */
ng_wide ng_wide_sign_extend(ng_wide a, unsigned bits);

/* True for a < 0. */
bool ng_wide_is_negative(const ng_wide *a);

bool ng_wide_is_zero(const ng_wide *a);

bool ng_wide_equal(const ng_wide *a, const ng_wide *b);

/* Bits needed to write a as an unsigned number: 0 for 0, floor(log2 a) + 1 otherwise. */
unsigned ng_wide_length(const ng_wide *a);

/* round(a / 2^shift) to nearest, ties to even, for unsigned a. Range: shift any. */
ng_wide ng_wide_round_even(const ng_wide *a, unsigned shift);

/* a * 2^exponent as a double, rounded once to nearest even. Range: |result| below DBL_MAX is the caller's duty. */
double ng_wide_to_double(const ng_wide *a, int exponent);

#ifdef __cplusplus
}
#endif

#endif
