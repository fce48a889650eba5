/* transpose.h: bit matrices between "one word a case" and "one word a bit". */
#ifndef NG_TRANSPOSE_H
#define NG_TRANSPOSE_H

#include <stdint.h>

/* Transposes a 64 x 64 bit matrix in place: bit j of row i becomes bit i of row j. */
void ng_transpose64(uint64_t rows[64]);

#endif
