/* plain_double.h: a double to the plain kinds by integer arithmetic on its 64 bits, to the code ng_encode() gives. */
#ifndef NG_PLAIN_DOUBLE_H
#define NG_PLAIN_DOUBLE_H

#include "model/format.h"

/* Code nearest to value, ties to even, saturating. False, and *code untouched, where this short way does not lead:
 * formats other than signed two's complement and signed minifloats with subnormals and a mantissa; zeros, subnormal doubles,
 * infinities and NaN. */
bool ng_plain_double(const ng_format *format, double value, uint32_t *code);

#endif
