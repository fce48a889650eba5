#include "src/quantize/layercast.h"

#include <math.h>

#include "model/block_decode.h"
#include "model/encode.h"
#include "src/quantize/scale.h"

enum { SCALED_BITS_MOST = 8, FP32_BITS = 32, SEARCHED_OCTAVES = 7 };

static float largest_magnitude(const float *x, size_t count)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmaxf(largest, fabsf(x[i]));
    }
    return largest;
}

/* ng_scale_search() looks where the largest weight is about the format's largest value. Tapered formats are finest around 1: from
 * there on in strides of what one search covers. */
static float search_scale(const ng_grid *grid, const float *w, size_t count)
{
    const float largest = largest_magnitude(w, count);
    const double top = ldexp(grid->largest, ng_format_lsb(grid->format));
    float best = 1;
    double least = INFINITY;
    for (int octave = 0; octave == 0 || ldexp(1, octave - SEARCHED_OCTAVES) < top; octave += SEARCHED_OCTAVES) {
        const float scale = ng_scale_search(grid, w, NULL, count, ldexpf(largest, octave));
        const double error = ng_grid_error(grid, ng_grid_factor(grid, scale), w, NULL, count);
        if (error < least) {
            least = error;
            best = scale;
        }
    }
    return best;
}

void ng_layercast_row(const ng_grid *grid, const float *w, size_t count, float *numbers)
{
    const ng_format *format = grid->format;
    const bool scaled = format->bits <= SCALED_BITS_MOST;
    const float scale = scaled ? search_scale(grid, w, count) : 1;
    const double reciprocal = (double)(1.0F / scale);
    for (size_t i = 0; i < count; i++) {
        const uint32_t code = ng_encode_double(format, (double)w[i] * reciprocal);
        numbers[i] = (float)(ng_decode_double(format, code) * (double)scale);
    }
}

void ng_layercast_blocks(const ng_format *format, ng_scale_rule rule, const float *w, size_t count, float *numbers)
{
    for (size_t from = 0; from < count; from += format->block) {
        float block[NG_BLOCK_MAX] = {0};
        uint16_t codes[NG_BLOCK_MAX];
        double values[NG_BLOCK_MAX];
        const size_t left = count - from;
        const size_t used = left < format->block ? left : format->block;
        for (size_t i = 0; i < used; i++) {
            block[i] = w[from + i];
        }
        const uint32_t scale = ng_block_encode(format, block, rule, codes);
        ng_block_decode_double(format, 1, scale, codes, values);
        for (size_t i = 0; i < used; i++) {
            numbers[from + i] = (float)values[i];
        }
    }
}

unsigned long long ng_layercast_bits(const ng_format *format, size_t channels, size_t reduction)
{
    if (format->block == 0) {
        const unsigned long long scales = format->bits <= SCALED_BITS_MOST ? FP32_BITS : 0;
        return channels * (reduction * format->bits + scales);
    }
    const size_t blocks = (reduction + format->block - 1) / format->block;
    return (unsigned long long)channels * blocks * (format->block * format->bits + NG_SCALE_BITS);
}
