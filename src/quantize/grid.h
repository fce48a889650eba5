/* grid.h: rounding many numbers to the values of a scalar format, fast, with the very bits of model/encode.h.
 *
 * Values are in units of the format's least significant bit: integers that a double holds exactly; for those of
 * ng_grid_serves() below 2^64 in magnitude, with at most mantissa_bits + 1 significant bits (INTEGER: bits - 1).
 *
 *   ng_grid_value(x, factor) * 2^lsb = value of ng_encode_double(format, x * factor * 2^lsb)
 *
 * Scales of tensors are fp32 numbers s; a number x is quantised as the code nearest to x * r, r = fp32(1 / s). The
 * product of two fp32 numbers is exact in double, so there is one rounding only.
 */
#ifndef NG_GRID_H
#define NG_GRID_H

#include "model/format.h"

enum { NG_GRID_LEVELS = 256 };

typedef struct {
    const ng_format *format;
    double smallest;   /* most negative value */
    double largest;
    int64_t precision; /* significant bits below the leading one that rounding keeps; INTEGER: 40, the unit */
    unsigned levels;   /* other kinds: values in rising order and where each takes over from the one below; else 0 */
    double level[NG_GRID_LEVELS];
    double takeover[NG_GRID_LEVELS];
} ng_grid;

/* True for the formats whose exact sums the engine has: scalar INTEGER (of other signs than two's complement to 8 bits), MINIFLOAT
 * of at most 8 bits and 6 exponent bits, not flushed, any specials, SHIFT of at most 6 bits beside a second one of sign, APOT, POSIT
 * of at most 8 bits, HIFLOAT. */
bool ng_grid_serves(const ng_format *format);

/* Range: a scalar format, or the element of a block one: INTEGER and MINIFLOAT as above of any width, and every format
 * of at most 8 bits. */
void ng_grid_init(ng_grid *grid, const ng_format *format);

/* Largest magnitude of a value, in units of the least significant bit. */
double ng_grid_reach(const ng_grid *grid);

/* The factor that takes a number to the grid: fp32(1 / scale) * 2^-lsb, exact. Range: scale a normal fp32 > 0. */
double ng_grid_factor(const ng_grid *grid, float scale);

/* out[i] = value nearest to x[i] * factor. NaN gives 0 and the return value false. */
bool ng_grid_round(const ng_grid *grid, double factor, const float *x, size_t count, double *out);

/* The same, as fp32. Range: formats whose values, in units of the least significant bit, have at most 24 significant
 * bits. */
bool ng_grid_round_float(const ng_grid *grid, double factor, const float *x, size_t count, float *out);

/* The fp32 numbers that the codes stand for: out[i] = fp32(value * 2^lsb * scale). NaN gives 0 and the return value
 * false. */
bool ng_grid_numbers(const ng_grid *grid, float scale, const float *x, size_t count, float *out);

/* sum weight[i] * (x[i] - scale' * value)^2 with scale' = 1 / factor; weight NULL: all 1. Range: x finite. */
double ng_grid_error(const ng_grid *grid, double factor, const float *x, const float *weight, size_t count);

#endif
