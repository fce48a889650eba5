/* array_encode.h: arrays of fp32 to codes of a format of at most 8 bits, with the very bits of ng_encode_double().
 *
 *   codes[i] = ng_encode_double(format, values[i])
 *
 * The code of x is a step function of the bit pattern of |x|, one for each sign: rounding is monotonic. A plan holds those steps in
 * cells: the patterns between `low` and `high` are cut into cells of 2^shift, so narrow that none holds two steps; the
 * step inside a cell is one comparison. Ties are decided where the scalar function decides them, because the steps are
 * found by bisecting it. Two steps stand apart from the numbers:
 *   the lowest cell stands for every |x| below it; its step is between 0 and the smallest fp32 (-0 against what rounds to it)
 *   the highest cell stands for every |x| above it; its step is between infinity and NaN
 *
 *   pattern  31 | 30 ............. shift | shift-1 .... 0        example: e4m3 has 152 cells a sign of 2^20 patterns
 *            s  |  cell + low/2^shift    | compared with `last`
 *
 * Only integer operations: neither the rounding mode nor the flush-to-zero bits of the machine change a bit.
 */
#ifndef NG_ARRAY_ENCODE_H
#define NG_ARRAY_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/array_path.h"
#include "model/format.h"

enum { NG_ARRAY_BITS_MAX = 8, NG_ARRAY_CELLS = 4096 };

/* Code of a pattern p = bits of |x| in this cell: p <= last ? code : code - drop. */
typedef struct {
    int32_t last;
    int16_t code;
    int16_t drop;
} ng_array_cell;

/* Everything an array encode needs; 32 KiB, owned by the caller, written by ng_array_plan_init() only. A format whose steps are too
 * unevenly spread for NG_ARRAY_CELLS (a codebook may be) has cells = 0 and is encoded one by one. */
typedef struct {
    ng_format format;
    unsigned shift;
    int32_t low;      /* first pattern of the lowest and of the highest cell */
    int32_t high;
    int32_t start[2]; /* index of the cell of pattern 0, by sign; may be negative */
    unsigned cells;   /* of both signs */
    ng_array_cell cell[NG_ARRAY_CELLS];
} ng_array_plan;

/* False, and nothing written, if an element has more than 8 bits. A codebook must outlive the plan. A block format stands for its elements. */
bool ng_array_plan_init(ng_array_plan *plan, const ng_format *format);

/* codes[0..count) from values[0..count), on the fastest path of the machine. Range: any count and values, any alignment; the arrays must not
 * overlap (codes written over values not yet read would be encoded). */
void ng_array_encode(const ng_array_plan *plan, const float *restrict values, size_t count, uint8_t *restrict codes);

/* The same on a path of the caller's choice; a path that does not run here gives way to the portable one. */
void ng_array_encode_on(ng_array_path path, const ng_array_plan *plan, const float *restrict values, size_t count,
                        uint8_t *restrict codes);

#endif
