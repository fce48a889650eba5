/* The fp32 engine against the second definition of the operators, and its parts against plain loops and libm. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"
#include "src/infer/arrays.h"
#include "src/infer/functions.h"
#include "src/infer/matrices.h"
#include "tests/support/onnx_check.h"
#include "tests/support/random.h"

enum { NUMBERS = 4099 };

/* ---- functions ------------------------------------------------------------------------------------------------- */

START_TEST(exponential_and_error_function)
{
    float x[NUMBERS];
    float got[NUMBERS];
    for (unsigned i = 0; i < NUMBERS; i++) {
        x[i] = -20.0F + 40.0F * (float)i / NUMBERS;
    }
    ng_exp(x, NUMBERS, got);
    for (unsigned i = 0; i < NUMBERS; i++) {
        ck_assert_double_le(fabs((double)got[i] / exp((double)x[i]) - 1), 0x1p-22);
    }
    ng_erf(x, NUMBERS, got);
    for (unsigned i = 0; i < NUMBERS; i++) {
        ck_assert_double_le(fabs((double)got[i] - erf((double)x[i])), 0x1p-20);
    }
    x[0] = -1000;
    x[1] = 1000;
    ng_exp(x, 2, got);
    ck_assert(got[0] > 0 && got[0] < 1e-37F && isfinite(got[1]) && got[1] > 1e38F);
}
END_TEST

START_TEST(relu_and_root)
{
    const float x[5] = {-2, 0, 3, 0.25F, -0.0F};
    float got[5];
    ng_relu(x, 5, got);
    ck_assert(got[0] <= 0 && got[0] >= 0 && got[2] >= 3 && got[2] <= 3);
    ng_sqrt(x + 1, 3, got);
    ck_assert(got[2] >= 0.5F && got[2] <= 0.5F);
}
END_TEST

START_TEST(softmax_and_mean)
{
    float x[6 * 40];
    float got[6 * 40];
    for (unsigned i = 0; i < 240; i++) {
        x[i] = (float)random_double(1, i, -3, 3);
    }
    ng_softmax(x, 6, 40, got);
    for (unsigned row = 0; row < 6; row++) {
        double sum = 0;
        for (unsigned i = 0; i < 40; i++) {
            sum += exp((double)x[row * 40 + i]);
        }
        for (unsigned i = 0; i < 40; i++) {
            ck_assert_double_eq_tol((double)got[row * 40 + i], exp((double)x[row * 40 + i]) / sum, 1e-6);
        }
    }
    for (size_t inner = 1; inner <= 8; inner *= 2) {
        ng_mean(x, 3, 80 / inner, inner, got);
        for (size_t i = 0; i < 3 * inner; i++) {
            double sum = 0;
            for (size_t k = 0; k < 80 / inner; k++) {
                sum += (double)x[(i / inner) * 80 + k * inner + i % inner];
            }
            ck_assert_double_eq_tol((double)got[i], sum / (80.0 / (double)inner), 1e-5);
        }
    }
}
END_TEST

/* ---- arrays ---------------------------------------------------------------------------------------------------- */

/* Shapes out of {1, n} for each axis of both operands, checked element by element. */
START_TEST(stretched_operands)
{
    const size_t sizes[3] = {2, 3, 5};
    float a[30];
    float b[30];
    float got[30];
    for (unsigned i = 0; i < 30; i++) {
        a[i] = (float)random_double(2, i, -2, 2);
        b[i] = (float)random_double(3, i, -2, 2);
    }
    for (unsigned mask = 0; mask < 64; mask++) {
        ng_shape x = {3, {0}};
        ng_shape y = {3, {0}};
        ng_shape out = {3, {0}};
        for (unsigned i = 0; i < 3; i++) {
            x.size[i] = mask >> i & 1 ? 1 : sizes[i];
            y.size[i] = mask >> (i + 3) & 1 ? 1 : sizes[i];
            out.size[i] = x.size[i] > y.size[i] ? x.size[i] : y.size[i];
        }
        ng_combine(NG_SUBTRACT, a, &x, b, &y, got, &out);
        for (size_t i = 0; i < ng_shape_count(&out); i++) {
            const size_t p = i / (out.size[1] * out.size[2]);
            const size_t q = i / out.size[2] % out.size[1];
            const size_t r = i % out.size[2];
            const float left = a[((x.size[0] == 1 ? 0 : p) * x.size[1] + (x.size[1] == 1 ? 0 : q)) * x.size[2] +
                                 (x.size[2] == 1 ? 0 : r)];
            const float right = b[((y.size[0] == 1 ? 0 : p) * y.size[1] + (y.size[1] == 1 ? 0 : q)) * y.size[2] +
                                  (y.size[2] == 1 ? 0 : r)];
            ck_assert_msg(got[i] >= left - right && got[i] <= left - right, "mask %u element %zu", mask, i);
        }
    }
}
END_TEST

START_TEST(each_operation_in_place)
{
    const ng_shape shape = {1, {37}};
    const ng_shape one = {0, {0}};
    const float two = 2;
    float x[37];
    for (unsigned i = 0; i < 37; i++) {
        x[i] = (float)i;
    }
    ng_combine(NG_ADD, x, &shape, &two, &one, x, &shape);
    ng_combine(NG_MULTIPLY, x, &shape, x, &shape, x, &shape);
    ng_combine(NG_DIVIDE, x, &shape, &two, &one, x, &shape);
    ng_combine(NG_SUBTRACT, &two, &one, x, &shape, x, &shape);
    for (unsigned i = 0; i < 37; i++) {
        const float expected = 2 - (float)((i + 2) * (i + 2)) / 2;
        ck_assert(x[i] >= expected && x[i] <= expected);
    }
}
END_TEST

START_TEST(permutations)
{
    const ng_shape shape = {4, {2, 3, 4, 5}};
    static const unsigned orders[][4] = {{0, 1, 2, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {0, 2, 1, 3}, {3, 2, 1, 0}};
    float x[120];
    float got[120];
    for (unsigned i = 0; i < 120; i++) {
        x[i] = (float)i;
    }
    for (size_t k = 0; k < sizeof orders / sizeof orders[0]; k++) {
        ng_permute(x, &shape, orders[k], got);
        for (size_t i = 0; i < 120; i++) {
            size_t index[4];
            size_t from[4];
            size_t rest = i;
            for (unsigned axis = 4; axis-- > 0;) {
                index[axis] = rest % shape.size[orders[k][axis]];
                rest /= shape.size[orders[k][axis]];
            }
            for (unsigned axis = 0; axis < 4; axis++) {
                from[orders[k][axis]] = index[axis];
            }
            const float expected = x[((from[0] * 3 + from[1]) * 4 + from[2]) * 5 + from[3]];
            ck_assert(got[i] >= expected && got[i] <= expected);
        }
    }
}
END_TEST

/* ---- products -------------------------------------------------------------------------------------------------- */

/* Integers, so that the sums are exact and any difference is a mistake. Sizes around those of the tiles. */
static void check_gemm(bool wide, size_t rows, size_t channels, size_t depth)
{
    float *a = calloc((rows + NG_TILE_ROWS_MOST) * depth, sizeof(float));
    double *da = calloc((rows + NG_TILE_ROWS_MOST) * depth, sizeof(double));
    float *w = calloc(channels * depth, sizeof(float));
    double *dw = calloc(channels * depth, sizeof(double));
    void *c = calloc((rows + NG_TILE_ROWS_MOST) * (channels + 64), sizeof(double));
    ng_panels panels;
    ck_assert(a != NULL && da != NULL && w != NULL && dw != NULL && c != NULL);
    for (size_t i = 0; i < rows * depth; i++) {
        da[i] = a[i] = (float)random_below(4, i, 255) - 127;
    }
    for (size_t i = 0; i < channels * depth; i++) {
        dw[i] = w[i] = (float)random_below(5, i, 255) - 127;
    }
    ck_assert(ng_panels_init(&panels, wide ? NULL : w, wide ? dw : NULL, channels, depth, depth));
    const ng_rows plain = {wide ? (const void *)da : (const void *)a, depth, depth, 0};
    ng_gemm(&panels, &plain, rows, c);
    for (size_t i = 0; i < rows * channels; i++) {
        double sum = 0;
        for (size_t k = 0; k < depth; k++) {
            sum += da[i / channels * depth + k] * dw[i % channels * depth + k];
        }
        const size_t place = i / channels * panels.pitch + i % channels;
        const double got = wide ? ((double *)c)[place] : (double)((float *)c)[place];
        ck_assert_msg(got >= sum && got <= sum, "%zu x %zu x %zu at %zu: %g, not %g", rows, channels, depth, i, got, sum);
    }
    ng_panels_free(&panels);
    free(a);
    free(da);
    free(w);
    free(dw);
    free(c);
}

START_TEST(gemm_of_every_tile)
{
    static const size_t channels[] = {1, 10, 16, 17, 32, 33, 48, 49, 64, 65, 80, 128, 130};
    for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
        for (size_t rows = 1; rows < 30; rows += 5) {
            check_gemm(false, rows, channels[i], 37);
            check_gemm(true, rows, channels[i], 37);
        }
    }
}
END_TEST

/* Windows of every stride, dilation and border against an index computed for each element. */
static void check_window(const ng_window *w, size_t element)
{
    enum { IMAGES = 2 };
    const size_t pixels = w->height * w->width * w->channels;
    const size_t columns = w->kernel[0] * w->kernel[1] * w->channels;
    const size_t step = columns + 3;
    const size_t rows = IMAGES * w->output[0] * w->output[1];
    float *in = calloc(IMAGES * pixels, element);
    float *out = calloc(rows * step, element);
    const size_t unit = element / sizeof(float);
    ck_assert(in != NULL && out != NULL);
    for (size_t i = 0; i < IMAGES * pixels; i++) {
        in[i * unit] = (float)(i + 1);
    }
    memset(out, 0xAA, rows * step * element);
    ng_window_rows(w, in, element, 1, rows - 1, step, out);
    for (size_t row = 1; row < rows; row++) {
        for (size_t k = 0; k < step; k++) {
            const size_t position = row % (w->output[0] * w->output[1]);
            const size_t tap = k / w->channels;
            const long y = (long)(position / w->output[1] * w->stride[0] + tap / w->kernel[1] * w->dilation[0]) - (long)w->before[0];
            const long x = (long)(position % w->output[1] * w->stride[1] + tap % w->kernel[1] * w->dilation[1]) - (long)w->before[1];
            const bool inside = k < columns && y >= 0 && x >= 0 && y < (long)w->height && x < (long)w->width;
            const size_t from = row / (w->output[0] * w->output[1]) * pixels +
                                ((size_t)y * w->width + (size_t)x) * w->channels + k % w->channels;
            const float expected = inside ? in[from * unit] : 0;
            const float got = out[((row - 1) * step + k) * unit];
            ck_assert_msg(got >= expected && got <= expected, "row %zu column %zu: %g, not %g", row, k, (double)got,
                          (double)expected);
        }
    }
    free(in);
    free(out);
}

START_TEST(windows)
{
    for (unsigned i = 0; i < 300; i++) {
        ng_window w = {.height = 1 + random_below(6, i, 9), .width = 1 + random_below(7, i, 9),
                       .channels = 1 + random_below(8, i, 20)};
        bool fits = true;
        for (unsigned axis = 0; axis < 2; axis++) {
            w.kernel[axis] = 1 + random_below(9 + axis, i, 4);
            w.stride[axis] = 1 + random_below(11 + axis, i, 3);
            w.dilation[axis] = 1 + random_below(13 + axis, i, 2);
            w.before[axis] = random_below(15 + axis, i, 4);
            const size_t size = (axis == 0 ? w.height : w.width) + w.before[axis] + random_below(17 + axis, i, 4);
            const size_t span = (w.kernel[axis] - 1) * w.dilation[axis] + 1;
            fits = fits && size >= span;
            w.output[axis] = fits ? (size - span) / w.stride[axis] + 1 : 0;
        }
        if (fits) {
            check_window(&w, i % 2 ? sizeof(float) : sizeof(double));
        }
    }
}
END_TEST

START_TEST(small_matrices)
{
    float a[2 * 3 * 4];
    float b[2 * 4 * 5];
    float got[2 * 3 * 5];
    for (unsigned i = 0; i < 40; i++) {
        a[i % 24] = (float)(i % 7) - 3;
        b[i] = (float)(i % 5) - 2;
    }
    memset(got, 0, sizeof got);
    for (unsigned i = 0; i < 2; i++) {
        ng_matrix_add(a + 12 * i, b + 20 * i, &(ng_matrix_size){3, 4, 5}, got + 15 * i);
    }
    for (unsigned i = 0; i < 30; i++) {
        float sum = 0;
        for (unsigned k = 0; k < 4; k++) {
            sum += a[i / 15 * 12 + i % 15 / 5 * 4 + k] * b[i / 15 * 20 + k * 5 + i % 5];
        }
        ck_assert(got[i] >= sum && got[i] <= sum);
    }
}
END_TEST

/* ---- whole networks -------------------------------------------------------------------------------------------- */

START_TEST(networks_against_the_second_definition)
{
    static const char *const paths[] = {"networks/resnet8.onnx", "networks/vit4.onnx", "networks/mobile.onnx"};
    ng_buffer file;
    ng_error error;
    ck_assert_msg(ng_read_file(paths[_i], 1 << 24, &file, &error), "%s", error.text);
    Onnx__ModelProto *model = onnx__model_proto__unpack(NULL, file.size, file.data);
    ck_assert_ptr_nonnull(model);
    onnx_check_file(paths[_i], model, 3, 1e-5, paths[_i]);
    onnx__model_proto__free_unpacked(model, NULL);
    ng_buffer_free(&file);
}
END_TEST

Suite *ng_suite_infer(void);

Suite *ng_suite_infer(void)
{
    Suite *suite = suite_create("infer");
    TCase *tcase = tcase_create("infer");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, exponential_and_error_function);
    tcase_add_test(tcase, relu_and_root);
    tcase_add_test(tcase, softmax_and_mean);
    tcase_add_test(tcase, stretched_operands);
    tcase_add_test(tcase, each_operation_in_place);
    tcase_add_test(tcase, permutations);
    tcase_add_test(tcase, gemm_of_every_tile);
    tcase_add_test(tcase, windows);
    tcase_add_test(tcase, small_matrices);
    tcase_add_loop_test(tcase, networks_against_the_second_definition, 0, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
