/* family.h: what a row of model/families.def has to say; the functions it consists of, and the words they share.
 *
 * For a family NAME:
 *   ng_family_NAME_serves(weight, activation)         true if its circuits multiply the pair
 *   ng_family_NAME_sum_bits(weight, activation, n)    bits of an exact sum of n products of a served pair, n 1..2^20
 *   ng_family_NAME_derive(path)                       what is not as ng_datapath_init() has it: the sum holds `terms`
 *                                                     products, an operand is its lanes' codes, a special code flags
 *   ng_family_NAME_parameters(path, list)             RTL parameters of the formats, before Lanes, ChainLength, SumBits
 */
#ifndef NG_FAMILY_H
#define NG_FAMILY_H

#include "model/unit.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    ng_parameter *parameters;
    unsigned count;
} ng_parameter_list;

/* Appends the parameter named role and name in one word. */
void ng_parameter_add(ng_parameter_list *list, const char *role, const char *name, int value);

/* True for a scalar minifloat with a sign, 3 to 8 bits, at most 6 of exponent, at least one of mantissa, and subnormals;
 * any bias and any specials. */
bool ng_family_minifloat(const ng_format *format);

/* True for a signed integer of 3 to 8 bits, scalar or an element. */
bool ng_family_integer(const ng_format *format);

/* True for a scalar integer of at most 8 bits, two's complement or unsigned. */
bool ng_family_any_integer(const ng_format *format);

/* True for a scalar that is a sign and nothing else: binary (dense1) and ternary (int2s, or a ternary sign without a
 * shift). */
bool ng_family_sign(const ng_format *format);

/* True for an integer of a sign and a magnitude, 3 to 8 bits, which is a minifloat with x = 1, y = bits - 2 and the
 * same lsb. */
bool ng_family_sign_magnitude(const ng_format *format);

/* x and y of a minifloat, or of such an integer as one; of others the fields as they are. */
unsigned ng_family_exponent_bits(const ng_format *format);
unsigned ng_family_mantissa_bits(const ng_format *format);

/* True for a scalar of at most 5 bits whose codes are all numbers, of less than 15 bits in units of its lsb; the
 * largest of their magnitudes; the parameters Table0.. of its values, two to each. */
bool ng_family_is_table(const ng_format *format);
int64_t ng_family_table_largest(const ng_format *format);
void ng_family_table_add_values(ng_parameter_list *list, const ng_format *format);

/* The parameters Digits, ShortLast and the values of a table whose radix-4 digits are looked up. */
void ng_family_table_add_digits(ng_parameter_list *list, const ng_format *format);

/* The two parameters of such an integer: Bits, Signed. */
void ng_family_add_integer(ng_parameter_list *list, const char *role, const ng_format *format);

/* The two parameters every minifloat has: ExponentBits, MantissaBits. */
void ng_family_add_fields(ng_parameter_list *list, const char *role, const ng_format *format);

/* Least number of bits n with value < 2^n; least n with value <= 2^n. */
unsigned ng_bit_length(uint64_t value);
unsigned ng_ceil_log2(uint64_t value);

/* n products of 2^(m - 1), the largest magnitudes of integers and powers of two of m bits: two's complement width. */
unsigned ng_family_power_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms);

/* n products of magnitudes below 2^m: magnitude bits of both + ceil(log2 n) + 1. */
unsigned ng_family_float_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms);

/* The two's complement width of the extreme sums of n products, as the circuits read the codes; no bit more. Range:
 * at most 8 bits a code, products of at most 2^40 in units of the pair's lsb. */
unsigned ng_family_exact_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms);

#define FAMILY(id, name)                                                                                             \
    bool ng_family_##name##_serves(const ng_format *weight, const ng_format *activation);                            \
    unsigned ng_family_##name##_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms);      \
    void ng_family_##name##_derive(ng_datapath *path);                                                               \
    void ng_family_##name##_parameters(const ng_datapath *path, ng_parameter_list *list);
#include "model/families.def"
#undef FAMILY

#ifdef __cplusplus
}
#endif

#endif
