#include "model/array_encode.h"

#include "model/parts/array_cell.h"
#include "model/encode.h"

enum { STEPS = 1 << NG_ARRAY_BITS_MAX, PATTERN_OF_ONE = 0x3F800000, NO_STEP = INT32_MAX };

/* The codes of one sign: `zero` at pattern 0, code[i] from pattern first[i] up to the next. */
typedef struct {
    uint32_t zero;
    unsigned count;
    int32_t first[STEPS];
    uint32_t code[STEPS];
} staircase;

static uint32_t encode_pattern(const ng_format *format, unsigned sign, int32_t magnitude)
{
    const uint32_t pattern = (uint32_t)magnitude | (uint32_t)sign << 31;
    float value;
    memcpy(&value, &pattern, sizeof value);
    return ng_encode_double(format, (double)value);
}

/* Range: code(from) is not that of infinity. The first pattern above `from` with another code than it. */
static int32_t next_step(const ng_format *format, unsigned sign, int32_t from, uint32_t code)
{
    int32_t below = from;
    int32_t above = NG_FLOAT_INFINITY;
    while (above - below > 1) {
        const int32_t middle = below + (above - below) / 2;
        if (encode_pattern(format, sign, middle) == code) {
            below = middle;
        } else {
            above = middle;
        }
    }
    return above;
}

static void climb(const ng_format *format, unsigned sign, staircase *stairs)
{
    const uint32_t end = encode_pattern(format, sign, NG_FLOAT_INFINITY);
    uint32_t code = encode_pattern(format, sign, 0);
    int32_t at = 0;
    stairs->zero = code;
    stairs->count = 0;
    while (code != end && stairs->count < STEPS) {
        at = next_step(format, sign, at, code);
        code = encode_pattern(format, sign, at);
        stairs->first[stairs->count] = at;
        stairs->code[stairs->count] = code;
        stairs->count++;
    }
}

/* Lowest and highest step of both signs. The one above 0 itself is not counted: the lowest cell holds it. */
static void ends(const staircase stairs[2], int32_t *lowest, int32_t *highest)
{
    *lowest = NO_STEP;
    *highest = 0;
    for (unsigned sign = 0; sign < 2; sign++) {
        for (unsigned i = 0; i < stairs[sign].count; i++) {
            const int32_t step = stairs[sign].first[i];
            *lowest = step > 1 && step < *lowest ? step : *lowest;
            *highest = step > 1 && step > *highest ? step : *highest;
        }
    }
    if (*highest == 0) {
        *lowest = *highest = PATTERN_OF_ONE;
    }
}

/* Fills the cells of one sign, low to high. False if two steps fall into one. */
static bool fill(ng_array_plan *plan, unsigned sign, const staircase *stairs, ng_array_cell *cells)
{
    const int32_t first = plan->low >> plan->shift;
    const int32_t count = (plan->high >> plan->shift) - first + 1;
    uint32_t code = stairs->zero;
    unsigned next = 0;
    for (int32_t i = 0; i < count; i++) {
        /* The lowest cell begins at 0, and no step is in the highest but that of NaN. */
        const int32_t start = i == 0 ? 0 : (first + i) << plan->shift;
        const int64_t stop = (int64_t)(first + i + 1) << plan->shift;
        while (next < stairs->count && stairs->first[next] == start) {
            code = stairs->code[next++];
        }
        cells[i] = (ng_array_cell){NO_STEP, (int16_t)code, 0};
        if (next < stairs->count && stairs->first[next] < stop && i < count - 1) {
            cells[i].last = stairs->first[next] - 1;
            cells[i].drop = (int16_t)(code - stairs->code[next]);
            code = stairs->code[next++];
        }
        if (next < stairs->count && stairs->first[next] < stop) {
            return false;
        }
    }
    const uint32_t nan = encode_pattern(&plan->format, sign, NG_FLOAT_INFINITY + 1);
    cells[count - 1].last = NG_FLOAT_INFINITY;
    cells[count - 1].drop = (int16_t)(code - nan);
    return true;
}

/* Cuts the range of the steps into cells of 2^shift. False if they are too many or too wide. */
static bool cut(ng_array_plan *plan, const staircase stairs[2], unsigned shift)
{
    int32_t lowest = 0;
    int32_t highest = 0;
    ends(stairs, &lowest, &highest);
    const int32_t first = (lowest >> shift) - 1;
    const int32_t last = (highest >> shift) + 1;
    const int32_t count = last - first + 1;
    if (first < 0 || last > NG_FLOAT_INFINITY >> shift || count > NG_ARRAY_CELLS / 2) {
        return false;
    }
    plan->shift = shift;
    plan->low = first << shift;
    plan->high = last << shift;
    plan->start[0] = -first;
    plan->start[1] = count - first;
    plan->cells = 2 * (unsigned)count;
    return fill(plan, 0, &stairs[0], plan->cell) && fill(plan, 1, &stairs[1], plan->cell + count);
}

bool ng_array_plan_init(ng_array_plan *plan, const ng_format *format)
{
    staircase stairs[2];
    if (!ng_format_valid(format) || format->bits > NG_ARRAY_BITS_MAX) {
        return false;
    }
    plan->format = *format;
    climb(format, 0, &stairs[0]);
    climb(format, 1, &stairs[1]);
    for (unsigned shift = NG_FLOAT_MANTISSA_BITS; shift > 0; shift--) {
        if (cut(plan, stairs, shift)) {
            return true;
        }
    }
    plan->cells = 0;
    return true;
}

static void encode_portable(const ng_array_plan *plan, const float *restrict values, size_t count,
                            uint8_t *restrict codes)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t pattern = ng_float_pattern(values[i]);
        codes[i] = ng_array_code(plan, pattern >> 31, (int32_t)(pattern & NG_FLOAT_MAGNITUDE));
    }
}

void ng_array_encode_on(ng_array_path path, const ng_array_plan *plan, const float *restrict values, size_t count,
                        uint8_t *restrict codes)
{
    size_t done = 0;
    if (plan->cells == 0) {
        for (; done < count; done++) {
            codes[done] = (uint8_t)ng_encode_double(&plan->format, (double)values[done]);
        }
        return;
    }
#if defined(__x86_64__) && defined(__GNUC__)
    if (path == NG_PATH_AVX2 && ng_array_path_runs(path)) {
        done = ng_array_encode_avx2(plan, values, count, codes);
    }
#endif
    encode_portable(plan, values + done, count - done, codes + done);
}

void ng_array_encode(const ng_array_plan *plan, const float *restrict values, size_t count, uint8_t *restrict codes)
{
    ng_array_encode_on(ng_array_path_best(), plan, values, count, codes);
}
