/* pair.h: the pairs of formats whose products the engine adds up exactly.
 *
 * Those that a circuit multiplies (model/unit.h), as far as src/quantize rounds tensors to them, and integers times
 * sums of powers of two (APoT) of any width, whose sums are as exact with no circuit to cost. Activations have a zero.
 */
#ifndef NG_PAIR_H
#define NG_PAIR_H

#include "model/unit.h"
#include "src/base/error.h"

bool ng_is_exact_pair(const ng_format *weight, const ng_format *activation);

/* The same, or exit 2 with the reason. */
bool ng_pair_check(const ng_format *weight, const ng_format *activation, ng_error *error);

/* True if a circuit of the table has the pair. */
bool ng_has_circuit(const ng_format *weight, const ng_format *activation);

/* Bits of an exact sum of `terms` products: ng_sum_bits() where there is a circuit, else those of the extreme sum in
 * two's complement, floor(log2(terms * largest |W| * largest |A|)) + 2. Range: an exact pair of scalar formats; terms
 * 1..2^20. */
unsigned ng_exact_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms);

#endif
