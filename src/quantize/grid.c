#include "src/quantize/grid.h"

#include <math.h>
#include <string.h>

#include "model/encode.h"
#include "src/base/vectorise.h"

enum { DOUBLE_MANTISSA = 52, DOUBLE_BIAS = 1023, CHUNK = 256, LANES = 8, SWEPT_LEVELS = 32 };
enum { SHIFT_BITS_MOST = 6, BITS_MOST = 8, EXPONENT_BITS_MOST = 6, HIFLOAT_MANTISSA_BITS = 3 }; /* of what ng_grid_serves() */

/* The value of a code in units of the least significant bit. */
static double code_value(const ng_format *format, uint32_t code)
{
    return ldexp(ng_decode_double(format, code), -ng_format_lsb(format));
}

static bool reaches(const ng_format *format, double v, double above)
{
    return code_value(format, ng_encode_double(format, ldexp(v, ng_format_lsb(format)))) >= above;
}

/* The smallest double at which ng_encode_double() gives `above` or more rather than `below`, their codes being
 * neighbours: the midpoint, or the next double if the tie goes down, but for a posit, whose rounding is of the bits. */
static double find_takeover(const ng_format *format, double below, double above)
{
    double low = below;
    double high = above;
    double middle = low + (high - low) / 2;
    if (middle > low && middle < high && !reaches(format, nextafter(middle, below), above) &&
        reaches(format, nextafter(middle, above), above)) {
        return reaches(format, middle, above) ? middle : nextafter(middle, above);
    }
    while (middle > low && middle < high) {
        if (reaches(format, middle, above)) {
            high = middle;
        } else {
            low = middle;
        }
        middle = low + (high - low) / 2;
    }
    return high;
}

static void add_level(ng_grid *grid, double value)
{
    unsigned at = grid->levels;
    while (at > 0 && grid->level[at - 1] >= value) {
        at--;
    }
    if (at < grid->levels && grid->level[at] <= value) {
        return; /* the second code of a value */
    }
    memmove(&grid->level[at + 1], &grid->level[at], (grid->levels - at) * sizeof grid->level[0]);
    grid->level[at] = value;
    grid->levels++;
}

/* The codes that are encoded to: no special ones, and not the most negative one of SYMMETRIC. */
static void find_levels(ng_grid *grid)
{
    for (uint32_t code = 0; code < ng_format_codes(grid->format); code++) {
        const double value = code_value(grid->format, code);
        if (value >= grid->smallest && value <= grid->largest) {
            add_level(grid, value);
        }
    }
    for (unsigned i = 1; i < grid->levels; i++) {
        grid->takeover[i] = find_takeover(grid->format, grid->level[i - 1], grid->level[i]);
    }
}

/* Kinds whose values are evenly spaced within a binade, and whose ties go to the even significand. */
static bool is_even(const ng_format *format)
{
    if (format->kind == NG_KIND_INTEGER) {
        return format->sign == NG_SIGN_SIGNED || format->sign == NG_SIGN_UNSIGNED || format->sign == NG_SIGN_SYMMETRIC;
    }
    return format->sign == NG_SIGN_SIGNED &&
           (format->kind == NG_KIND_MINIFLOAT && format->mantissa_bits >= 1 && format->has_zero && !format->flush);
}

bool ng_grid_serves(const ng_format *format)
{
    if (format->block != 0 || (format->sign != NG_SIGN_SIGNED && format->bits > BITS_MOST)) {
        return false;
    }
    switch (format->kind) {
    case NG_KIND_INTEGER:
    case NG_KIND_APOT:
    case NG_KIND_HIFLOAT: return true;
    case NG_KIND_POSIT: return ng_format_codes(format) <= NG_GRID_LEVELS;
    case NG_KIND_SHIFT: return format->bits <= SHIFT_BITS_MOST + (format->sign == NG_SIGN_TERNARY);
    case NG_KIND_MINIFLOAT: return format->bits <= BITS_MOST && format->exponent_bits <= EXPONENT_BITS_MOST && !format->flush;
    default: return false;
    }
}

/* Most significant bits below the leading one; INTEGER's are all above the lsb. */
static int64_t precision_of(const ng_format *format)
{
    switch (format->kind) {
    case NG_KIND_MINIFLOAT: return (int64_t)format->mantissa_bits;
    case NG_KIND_POSIT:
        return format->bits > format->exponent_bits + 3 ? (int64_t)(format->bits - format->exponent_bits - 3) : 0;
    case NG_KIND_HIFLOAT: return HIFLOAT_MANTISSA_BITS;
    default: return 40;
    }
}

void ng_grid_init(ng_grid *grid, const ng_format *format)
{
    *grid = (ng_grid){
        .format = format,
        .smallest = code_value(format, ng_format_smallest(format)),
        .largest = code_value(format, ng_format_largest(format)),
        .precision = precision_of(format),
    };
    if (!is_even(format) && ng_format_codes(format) <= NG_GRID_LEVELS) {
        find_levels(grid);
    }
}

double ng_grid_reach(const ng_grid *grid)
{
    return fmax(grid->largest, -grid->smallest);
}

double ng_grid_factor(const ng_grid *grid, float scale)
{
    return ldexp((double)(1.0F / scale), -ng_format_lsb(grid->format));
}

/* Rounds v, within the grid's range, to `precision` bits below its leading one, or to integers where that is coarser:
 * adding 1.5 * 2^52 quanta leaves no room for the bits to be rounded away, and the addition rounds to nearest even.
 * A significand that is even is an even code in every format, a binade's first included. */
NG_INLINE double round_to(double v, int64_t precision)
{
    int64_t bits;
    memcpy(&bits, &v, sizeof bits);
    const int64_t field = (bits >> DOUBLE_MANTISSA) & 0x7FF;
    const int64_t least = DOUBLE_BIAS + precision;
    const int64_t shift = DOUBLE_MANTISSA - precision;
    const int64_t magic = (((field > least ? field : least) + shift) << DOUBLE_MANTISSA) | INT64_C(1) << (DOUBLE_MANTISSA - 1);
    double anchor;
    memcpy(&anchor, &magic, sizeof anchor);
    return (v + anchor) - anchor;
}

NG_INLINE double clamp(double v, double smallest, double largest)
{
    v = v > largest ? largest : v;
    return v < smallest ? smallest : v;
}

/* One chunk through the levels: values in [level[i], ...) from takeover[i] on. */
NG_VECTORISED static void round_levels(const ng_grid *grid, const double *v, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = grid->level[0];
    }
    for (unsigned k = 1; k < grid->levels; k++) {
        const double from = grid->takeover[k];
        const double value = grid->level[k];
        for (size_t i = 0; i < count; i++) {
            out[i] = v[i] >= from ? value : out[i];
        }
    }
}

/* The same where there are many of them: the last level that has taken over, by halving. */
static void search_levels(const ng_grid *grid, const double *v, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) {
        unsigned low = 0;
        unsigned high = grid->levels - 1;
        while (low < high) {
            const unsigned middle = high - (high - low) / 2;
            if (v[i] >= grid->takeover[middle]) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        out[i] = grid->level[low];
    }
}

/* v[i] = x[i] * factor, NaN replaced by 0; returns how many there were. */
NG_VECTORISED static int scale_chunk(const float *x, double factor, size_t count, double *v)
{
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        const double product = (double)x[i] * factor;
        const int nan = product != product;
        bad += nan;
        v[i] = nan ? 0 : product;
    }
    return bad;
}

/* Both steps at once, for formats whose values are evenly spaced within a binade; the result in either type. */
#define ROUND_CHUNK(name, type)                                                                              \
    NG_VECTORISED static int name(const ng_grid *grid, double factor, const float *x, size_t count, type *out) \
    {                                                                                                        \
        const double smallest = grid->smallest;                                                              \
        const double largest = grid->largest;                                                                \
        const int64_t precision = grid->precision;                                                           \
        int64_t bad = 0;                                                                                     \
        for (size_t i = 0; i < count; i++) {                                                                 \
            const double product = (double)x[i] * factor;                                                    \
            const double v = product != product ? 0 : product;                                               \
            bad |= product != product;                                                                       \
            out[i] = (type)round_to(clamp(v, smallest, largest), precision);                                 \
        }                                                                                                    \
        return bad != 0;                                                                                     \
    }

ROUND_CHUNK(round_to_double, double)
ROUND_CHUNK(round_to_float, float)

static bool level_chunk(const ng_grid *grid, double factor, const float *x, size_t count, double *out)
{
    double v[CHUNK];
    const int bad = scale_chunk(x, factor, count, v);
    if (grid->levels <= SWEPT_LEVELS) {
        round_levels(grid, v, count, out);
    } else {
        search_levels(grid, v, count, out);
    }
    return bad == 0;
}

static size_t chunk_size(size_t left)
{
    return left < CHUNK ? left : CHUNK;
}

bool ng_grid_round(const ng_grid *grid, double factor, const float *x, size_t count, double *out)
{
    bool fine = true;
    if (grid->levels == 0) {
        return round_to_double(grid, factor, x, count, out) == 0;
    }
    for (size_t at = 0; at < count; at += CHUNK) {
        fine = level_chunk(grid, factor, x + at, chunk_size(count - at), out + at) && fine;
    }
    return fine;
}

bool ng_grid_round_float(const ng_grid *grid, double factor, const float *x, size_t count, float *out)
{
    double values[CHUNK];
    bool fine = true;
    if (grid->levels == 0) {
        return round_to_float(grid, factor, x, count, out) == 0;
    }
    for (size_t at = 0; at < count; at += CHUNK) {
        const size_t size = chunk_size(count - at);
        fine = level_chunk(grid, factor, x + at, size, values) && fine;
        for (size_t i = 0; i < size; i++) {
            out[at + i] = (float)values[i];
        }
    }
    return fine;
}

/* Adds the weighted squared differences to LANES interleaved sums: a fixed order that vectorises. */
NG_VECTORISED static void add_errors(const float *x, const double *values, const float *weight, double inverse,
                                     size_t count, double *sums)
{
    for (size_t from = 0; from < count; from += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            const double difference = (double)x[from + lane] - values[from + lane] * inverse;
            sums[lane] += (double)weight[from + lane] * (difference * difference);
        }
    }
}

bool ng_grid_numbers(const ng_grid *grid, float scale, const float *x, size_t count, float *out)
{
    const double factor = ng_grid_factor(grid, scale);
    const double unit = ldexp((double)scale, ng_format_lsb(grid->format));
    double values[CHUNK];
    bool fine = true;
    for (size_t from = 0; from < count; from += CHUNK) {
        const size_t many = count - from < CHUNK ? count - from : CHUNK;
        fine = ng_grid_round(grid, factor, x + from, many, values) && fine;
        for (size_t i = 0; i < many; i++) {
            out[from + i] = (float)(values[i] * unit);
        }
    }
    return fine;
}

double ng_grid_error(const ng_grid *grid, double factor, const float *x, const float *weight, size_t count)
{
    double sums[LANES] = {0};
    for (size_t at = 0; at < count; at += CHUNK) {
        const size_t size = chunk_size(count - at);
        /* Whole groups of lanes: what is behind the end counts with weight 0. */
        float numbers[CHUNK] = {0};
        float weights[CHUNK] = {0};
        double values[CHUNK] = {0};
        memcpy(numbers, x + at, size * sizeof *numbers);
        for (size_t i = 0; i < size; i++) {
            weights[i] = weight != NULL ? weight[at + i] : 1;
        }
        (void)ng_grid_round(grid, factor, numbers, size, values);
        add_errors(numbers, values, weights, 1 / factor, (size + LANES - 1) / LANES * LANES, sums);
    }
    double sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        sum += sums[lane];
    }
    return sum;
}
