#include "tests/support/layers.h"

#include "tests/support/random.h"

float layer_normal(uint64_t seed, uint64_t index)
{
    double sum = -6;
    for (uint64_t i = 0; i < 12; i++) {
        sum += (double)(random_bits(seed, index * 12 + i) >> 11) * 0x1p-53;
    }
    return (float)sum;
}

void layer_weights(uint64_t seed, size_t channels, size_t reduction, float *weights)
{
    for (size_t i = 0; i < channels * reduction; i++) {
        weights[i] = layer_normal(seed, i);
    }
}

void layer_rows(uint64_t seed, size_t rows, size_t reduction, float *x)
{
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < reduction; i++) {
            const float before = i > 0 ? x[row * reduction + i - 1] : 0;
            x[row * reduction + i] = layer_normal(seed + 1, row * reduction + i) + 0.8F * before;
        }
    }
}

double layer_error(const float *x, size_t rows, size_t reduction, const double *v, const float *w)
{
    double sum = 0;
    for (size_t row = 0; row < rows; row++) {
        double output = 0;
        for (size_t i = 0; i < reduction; i++) {
            output += (double)x[row * reduction + i] * (v[i] - (double)w[i]);
        }
        sum += output * output;
    }
    return sum;
}
