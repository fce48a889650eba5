/* fields.h: the bits of a code, its fields apart.
 *
 *   MINIFLOAT s eeee mmm   SHIFT s ttt (ternary ss ttt)   APOT s tt tt   LOGARITHMIC s llll ffff   INTEGER, CODEBOOK as they are
 *   POSIT     s regime es fraction, as the bits stand (the regime with the bit that ends it)
 *   HIFLOAT   s dot exponent mantissa
 */
#ifndef NG_FIELDS_H
#define NG_FIELDS_H

#include "model/format.h"

enum { NG_FIELDS_SIZE = 2 * NG_FORMAT_BITS_MAX + 1 };

void ng_fields_text(const ng_format *format, uint32_t code, char text[NG_FIELDS_SIZE]);

#endif
