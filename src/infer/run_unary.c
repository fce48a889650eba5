/* run_unary.c: functions of one number. `number` are the node's (network.h). */
#include <math.h>

#include "src/base/vectorise.h"
#include "src/infer/functions.h"
#include "src/infer/run.h"

void ng_map_Relu(const float *x, size_t count, const float *number, float *out)
{
    (void)number;
    ng_relu(x, count, out);
}

void ng_map_Sqrt(const float *x, size_t count, const float *number, float *out)
{
    (void)number;
    ng_sqrt(x, count, out);
}

void ng_map_Erf(const float *x, size_t count, const float *number, float *out)
{
    (void)number;
    ng_erf(x, count, out);
}

void ng_map_Exp(const float *x, size_t count, const float *number, float *out)
{
    (void)number;
    ng_exp(x, count, out);
}

void ng_map_Sigmoid(const float *x, size_t count, const float *number, float *out)
{
    (void)number;
    ng_sigmoid(x, count, out);
}

void ng_map_Tanh(const float *x, size_t count, const float *number, float *out)
{
    (void)number;
    ng_tanh(x, count, out);
}

/* Bounded like Clip of ONNX: the lower bound first, and NaN stays. */
NG_INLINE float clip(float x, float least, float most)
{
    const float raised = x < least ? least : x;
    return raised > most ? most : raised;
}

#define MAP(name, expression)                                                                          \
    NG_VECTORISED void ng_map_##name(const float *x, size_t count, const float *number, float *out)    \
    {                                                                                                  \
        const float p = number[0];                                                                     \
        const float q = number[1];                                                                     \
        (void)p;                                                                                       \
        (void)q;                                                                                       \
        _Pragma("GCC ivdep")                                                                           \
        for (size_t i = 0; i < count; i++) {                                                           \
            out[i] = expression;                                                                       \
        }                                                                                              \
    }

MAP(Clip, clip(x[i], p, q))
MAP(LeakyRelu, x[i] < 0 ? x[i] * p : x[i])
MAP(HardSigmoid, clip(x[i] * p + q, 0, 1))
MAP(HardSwish, x[i] * clip(x[i] * (1.0F / 6) + 0.5F, 0, 1))
MAP(Neg, -x[i])
MAP(Reciprocal, 1.0F / x[i])

/* Whole powers by multiplication from the left, then the root for a half, then the reciprocal for a negative one. */
NG_INLINE float power(float x, int whole, int half, int negative)
{
    float y = 1;
    for (int i = 0; i < whole; i++) {
        y = i == 0 ? x : y * x;
    }
    y = half != 0 ? sqrtf(x) : y;
    return negative != 0 ? 1.0F / y : y;
}

NG_VECTORISED void ng_map_Pow(const float *x, size_t count, const float *number, float *out)
{
    const float size = fabsf(number[0]);
    const int whole = (int)size;
    const int half = size > 0 && size < 1;
    const int negative = number[0] < 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = power(x[i], whole, half, negative);
    }
}
