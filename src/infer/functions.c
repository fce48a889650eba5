#include "src/infer/functions.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"

enum { LANES = 16, MANTISSA = 23, BIAS = 127, COLUMNS = 64 };

/* 2^n * e^r with n = round(x / ln 2), |r| <= ln 2 / 2, and the Taylor series of e^r to r^7: its remainder is below
 * (ln 2 / 2)^8 / 8! = 2^-27.5. ln 2 is split in two so that n * high is exact. */
NG_INLINE float exp_one(float given)
{
    const float high = 0.693359375F;
    const float low = -2.12194440e-4F;
    const float anchor = 12582912.0F; /* 1.5 * 2^23: adding it rounds to an integer */
    float x = given < 88.0F ? given : 88.0F; /* NaN becomes 88 here, and NaN again at the end */
    x = x < -87.0F ? -87.0F : x;
    const float n = (x * 1.44269504F + anchor) - anchor;
    const float r = (x - n * high) - n * low;
    float sum = 1.0F / 5040;
    sum = sum * r + 1.0F / 720;
    sum = sum * r + 1.0F / 120;
    sum = sum * r + 1.0F / 24;
    sum = sum * r + 1.0F / 6;
    sum = sum * r + 0.5F;
    sum = sum * r + 1.0F;
    sum = sum * r + 1.0F;
    const int32_t bits = ((int32_t)n + BIAS) << MANTISSA;
    float power;
    memcpy(&power, &bits, sizeof power);
    return given != given ? given : sum * power;
}

NG_VECTORISED void ng_exp(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = exp_one(x[i]);
    }
}

NG_INLINE float erf_one(float x)
{
    const float size = fabsf(x);
    const float t = 1.0F / (1.0F + 0.3275911F * size);
    float sum = 1.061405429F;
    sum = sum * t - 1.453152027F;
    sum = sum * t + 1.421413741F;
    sum = sum * t - 0.284496736F;
    sum = sum * t + 0.254829592F;
    return copysignf(1.0F - sum * t * exp_one(-size * size), x);
}

NG_VECTORISED void ng_erf(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = erf_one(x[i]);
    }
}

/* 1 / (1 + e^-x), by the exponential of the negative side so that nothing cancels. */
NG_INLINE float sigmoid_one(float x)
{
    const float t = exp_one(-fabsf(x));
    return (x < 0 ? t : 1.0F) / (1.0F + t);
}

NG_VECTORISED void ng_sigmoid(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = sigmoid_one(x[i]);
    }
}

/* 1 - 2 / (e^2|x| + 1) with the sign of x; near 0, where that cancels, the Taylor series to x^9: at 0.3 its remainder is
 * below 2^-25 of the result. */
NG_INLINE float tanh_one(float x)
{
    const float size = fabsf(x);
    const float square = x * x;
    float sum = 62.0F / 2835;
    sum = sum * square - 17.0F / 315;
    sum = sum * square + 2.0F / 15;
    sum = sum * square - 1.0F / 3;
    const float far = copysignf(1.0F - 2.0F / (exp_one(2 * size) + 1.0F), x);
    return size < 0.3F ? x + x * square * sum : far;
}

NG_VECTORISED void ng_tanh(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = tanh_one(x[i]);
    }
}

NG_VECTORISED void ng_relu(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = x[i] < 0 ? 0 : x[i];
    }
}

NG_VECTORISED void ng_sqrt(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = sqrtf(x[i]);
    }
}

static float largest_of(const float *x, size_t size)
{
    float largest = x[0];
    for (size_t i = 1; i < size; i++) {
        largest = x[i] > largest ? x[i] : largest;
    }
    return largest;
}

void ng_softmax(const float *x, size_t rows, size_t size, float *out)
{
    for (size_t row = 0; row < rows; row++) {
        const float largest = largest_of(x + row * size, size);
        for (size_t i = 0; i < size; i++) {
            out[row * size + i] = x[row * size + i] - largest;
        }
    }
    ng_exp(out, rows * size, out);
    for (size_t row = 0; row < rows; row++) {
        float *place = out + row * size;
        float sum = 0;
        for (size_t i = 0; i < size; i++) {
            sum += place[i];
        }
        for (size_t i = 0; i < size; i++) {
            place[i] /= sum;
        }
    }
}

/* Softmax down `width` columns of x[size][pitch]. */
NG_VECTORISED static void softmax_columns(const float *x, size_t size, size_t pitch, size_t width, float *out)
{
    float row[COLUMNS] = {0};
    for (size_t k = 0; k < size; k++) {
        for (size_t i = 0; i < width; i++) {
            row[i] = k == 0 || x[k * pitch + i] > row[i] ? x[k * pitch + i] : row[i];
        }
    }
    for (size_t k = 0; k < size; k++) {
        for (size_t i = 0; i < width; i++) {
            out[k * pitch + i] = exp_one(x[k * pitch + i] - row[i]);
        }
    }
    memset(row, 0, sizeof row);
    for (size_t k = 0; k < size; k++) {
        for (size_t i = 0; i < width; i++) {
            row[i] += out[k * pitch + i];
        }
    }
    for (size_t k = 0; k < size; k++) {
        for (size_t i = 0; i < width; i++) {
            out[k * pitch + i] /= row[i];
        }
    }
}

void ng_softmax_middle(const float *x, size_t outer, size_t size, size_t inner, float *out)
{
    for (size_t i = 0; i < outer; i++) {
        for (size_t from = 0; from < inner; from += COLUMNS) {
            const size_t at = i * size * inner + from;
            softmax_columns(x + at, size, inner, inner - from < COLUMNS ? inner - from : COLUMNS, out + at);
        }
    }
}

NG_VECTORISED static float sum_of(const float *x, size_t size)
{
    float partial[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= size; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            partial[lane] += x[i + lane];
        }
    }
    for (size_t lane = 0; i + lane < size; lane++) {
        partial[lane] += x[i + lane];
    }
    float sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        sum += partial[lane];
    }
    return sum;
}

/* Sum of (x - mean)^2, in the order of sum_of(). */
NG_VECTORISED static float squares_of(const float *x, size_t size, float mean)
{
    float partial[LANES] = {0};
    for (size_t i = 0; i < size; i++) {
        const float d = x[i] - mean;
        partial[i % LANES] += d * d;
    }
    float sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        sum += partial[lane];
    }
    return sum;
}

NG_VECTORISED static void normalise_row(const float *x, size_t size, const ng_normal *normal, float *out)
{
    const float mean = sum_of(x, size) / (float)size;
    const float variance = squares_of(x, size, mean) / (float)size;
    const float factor = 1.0F / sqrtf(variance + normal->epsilon);
    for (size_t i = 0; i < size; i++) {
        const float y = (x[i] - mean) * factor * normal->scale[i];
        out[i] = normal->offset != NULL ? y + normal->offset[i] : y;
    }
}

void ng_normalise(const float *x, size_t rows, size_t size, const ng_normal *normal, float *out)
{
    for (size_t row = 0; row < rows; row++) {
        normalise_row(x + row * size, size, normal, out + row * size);
    }
}

NG_VECTORISED static void scale_channels(const float *x, size_t channels, size_t inner, const ng_normal *normal, float *out)
{
    for (size_t c = 0; c < channels; c++) {
        for (size_t i = 0; i < inner; i++) {
            out[c * inner + i] = x[c * inner + i] * normal->scale[c] + normal->offset[c];
        }
    }
}

void ng_scale_channels(const float *x, size_t outer, size_t channels, size_t inner, const ng_normal *normal, float *out)
{
    for (size_t i = 0; i < outer; i++) {
        scale_channels(x + i * channels * inner, channels, inner, normal, out + i * channels * inner);
    }
}

NG_VECTORISED static void add_rows(const float *x, size_t size, size_t inner, float *out)
{
    for (size_t k = 0; k < size; k++) {
        for (size_t j = 0; j < inner; j++) {
            out[j] += x[k * inner + j];
        }
    }
}

void ng_mean(const float *x, size_t outer, size_t size, size_t inner, float *out)
{
    for (size_t i = 0; i < outer; i++) {
        const float *from = x + i * size * inner;
        float *to = out + i * inner;
        if (inner == 1) {
            *to = sum_of(from, size) / (float)size;
            continue;
        }
        memset(to, 0, inner * sizeof *to);
        add_rows(from, size, inner, to);
        for (size_t j = 0; j < inner; j++) {
            to[j] /= (float)size;
        }
    }
}
