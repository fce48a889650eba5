#include "src/quantize/affine.h"

#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/blas.h"
#include "src/quantize/adam.h"
#include "src/quantize/block.h"
#include "src/quantize/scale.h"

enum { REFRESH = 20, SEARCHED_MOST = 1 << 14 };

/* An operand of the layer: numbers[rows][n], as they are and as they are quantised. */
typedef struct {
    const ng_format *format;
    ng_grid grid;
    bool each;          /* a scale for each row */
    size_t rows;
    double *numbers;
    double *quantised;
    double *gradient;
    float *scales;      /* [rows], or one */
} operand;

typedef struct {
    const ng_affine_options *options;
    size_t n;
    size_t n1;
    size_t n2;
    operand weight;     /* [channels]: W R^-1 */
    operand input;      /* [count]: R x */
    double *w;          /* [channels][n] */
    double *x;          /* [count][n] */
    double *wanted;     /* [count][channels] */
    double *difference; /* [count][channels] */
    double *matrix;     /* [n][n] R */
    double *inverse;    /* [n][n] */
    double *kronecker;  /* [n][n] P1 kron P2 */
    double *slope;      /* [n][n] d/dR */
    double *scratch;    /* [n][n] */
    double *best;       /* [n][n] */
    double least;
    double *parameters; /* P1, P2, c */
    double *gradient;
    float *narrow;      /* [n], a row as fp32 */
    lapack_int *pivots;
} state;

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static size_t parameter_count(const state *s)
{
    return s->n1 * s->n1 + s->n2 * s->n2 + s->n;
}

static bool make_operand(operand *o, const ng_format *format, bool each, size_t rows, size_t n)
{
    *o = (operand){.format = format, .each = each, .rows = rows};
    if (format->block == 0) {
        ng_grid_init(&o->grid, format);
    }
    o->numbers = malloc(3 * rows * n * sizeof *o->numbers);
    o->scales = malloc(rows * sizeof *o->scales);
    if (o->numbers == NULL || o->scales == NULL) {
        return false;
    }
    o->quantised = o->numbers + rows * n;
    o->gradient = o->quantised + rows * n;
    return true;
}

static bool allocate(state *s, size_t channels, size_t count)
{
    const size_t n = s->n;
    const size_t square = n * n;
    s->w = malloc((channels * n + count * n + 2 * count * channels + 6 * square + 2 * parameter_count(s)) * sizeof *s->w);
    s->narrow = malloc((n + SEARCHED_MOST) * sizeof *s->narrow);
    s->pivots = malloc(n * sizeof *s->pivots);
    if (s->w == NULL || s->narrow == NULL || s->pivots == NULL || !make_operand(&s->weight, s->options->weight, true, channels, n) ||
        !make_operand(&s->input, s->options->activation, false, count, n)) {
        return false;
    }
    s->x = s->w + channels * n;
    s->wanted = s->x + count * n;
    s->difference = s->wanted + count * channels;
    s->matrix = s->difference + count * channels;
    s->inverse = s->matrix + square;
    s->kronecker = s->inverse + square;
    s->slope = s->kronecker + square;
    s->scratch = s->slope + square;
    s->best = s->scratch + square;
    s->parameters = s->best + square;
    s->gradient = s->parameters + parameter_count(s);
    return true;
}

static void free_state(state *s)
{
    free(s->w);
    free(s->narrow);
    free(s->pivots);
    free(s->weight.numbers);
    free(s->weight.scales);
    free(s->input.numbers);
    free(s->input.scales);
}

/* ---- quantising -------------------------------------------------------------------------------------------------- */

static float search(const operand *o, const float *x, size_t count)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fabsf(x[i]) > largest ? fabsf(x[i]) : largest;
    }
    return ng_scale_search(&o->grid, x, NULL, count, largest);
}

/* Scales by least squared error; of inputs on at most SEARCHED_MOST of them, evenly taken. */
static void refresh(operand *o, size_t n, float *narrow)
{
    if (o->format->block != 0) {
        return;
    }
    if (o->each) {
        for (size_t row = 0; row < o->rows; row++) {
            for (size_t i = 0; i < n; i++) {
                narrow[i] = (float)o->numbers[row * n + i];
            }
            o->scales[row] = search(o, narrow, n);
        }
        return;
    }
    const size_t total = o->rows * n;
    const size_t count = total < SEARCHED_MOST ? total : SEARCHED_MOST;
    for (size_t i = 0; i < count; i++) {
        narrow[i] = (float)o->numbers[i * total / count];
    }
    o->scales[0] = search(o, narrow, count);
}

/* One row, at the scale that stands there. */
static void quantise_row(const state *s, operand *o, size_t row)
{
    const size_t n = s->n;
    const double *from = o->numbers + row * n;
    double *to = o->quantised + row * n;
    for (size_t i = 0; i < n; i++) {
        s->narrow[i] = (float)from[i];
    }
    if (o->format->block != 0) {
        (void)ng_block_round(o->format, s->options->rule, s->narrow, 1, n);
        for (size_t i = 0; i < n; i++) {
            to[i] = (double)s->narrow[i];
        }
        return;
    }
    const float scale = o->scales[o->each ? row : 0];
    const double step = ldexp((double)scale, ng_format_lsb(o->format));
    (void)ng_grid_round(&o->grid, ng_grid_factor(&o->grid, scale), s->narrow, n, to);
    for (size_t i = 0; i < n; i++) {
        to[i] *= step;
    }
}

static void quantise(const state *s, operand *o)
{
    for (size_t row = 0; row < o->rows; row++) {
        quantise_row(s, o, row);
    }
}

/* No gradient where a number is beyond the format's range. */
static void mask(const operand *o, size_t n)
{
    for (size_t i = 0; o->format->block == 0 && i < o->rows * n; i++) {
        const double step = ldexp((double)o->scales[o->each ? i / n : 0], ng_format_lsb(o->format));
        const bool inside = o->numbers[i] >= o->grid.smallest * step && o->numbers[i] <= o->grid.largest * step;
        o->gradient[i] = inside ? o->gradient[i] : 0;
    }
}

/* ---- the transform and its operands ------------------------------------------------------------------------------ */

static void product(bool transpose_a, bool transpose_b, size_t rows, size_t columns, size_t depth, double factor, const double *a,
                    const double *b, double more, double *c)
{
    cblas_dgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans, (int)rows,
                (int)columns, (int)depth, factor, a, (int)(transpose_a ? rows : depth), b, (int)(transpose_b ? depth : columns), more,
                c, (int)columns);
}

static bool invert(const state *s, const double *matrix, double *inverse)
{
    const int n = (int)s->n;
    memcpy(inverse, matrix, s->n * s->n * sizeof *inverse);
    return LAPACKE_dgetrf(LAPACK_COL_MAJOR, n, n, inverse, n, s->pivots) == 0 &&
           LAPACKE_dgetri(LAPACK_COL_MAJOR, n, inverse, n, s->pivots) == 0;
}

/* R from the parameters. */
static void compose(const state *s)
{
    const double *p1 = s->parameters;
    const double *p2 = p1 + s->n1 * s->n1;
    const double *c = p2 + s->n2 * s->n2;
    for (size_t i = 0; i < s->n; i++) {
        for (size_t j = 0; j < s->n; j++) {
            const double value = p1[i / s->n2 * s->n1 + j / s->n2] * p2[i % s->n2 * s->n2 + j % s->n2];
            s->kronecker[i * s->n + j] = value;
            s->matrix[i * s->n + j] = value * c[j];
        }
    }
}

/* Operands under R. False for a singular one. */
static bool transform(const state *s)
{
    if (!invert(s, s->matrix, s->inverse)) {
        return false;
    }
    product(false, false, s->weight.rows, s->n, s->n, 1, s->w, s->inverse, 0, s->weight.numbers);
    product(false, true, s->input.rows, s->n, s->n, 1, s->x, s->matrix, 0, s->input.numbers);
    return true;
}

/* Outputs of the quantised operands less the wanted ones; the mean square of it. */
static double compare(state *s)
{
    const size_t count = s->input.rows * s->weight.rows;
    quantise(s, &s->weight);
    quantise(s, &s->input);
    memcpy(s->difference, s->wanted, count * sizeof *s->difference);
    product(false, true, s->input.rows, s->weight.rows, s->n, 1, s->input.quantised, s->weight.quantised, -1, s->difference);
    return cblas_ddot((int)count, s->difference, 1, s->difference, 1) / (double)count;
}

/* ---- learning ---------------------------------------------------------------------------------------------------- */

static void to_factors(const state *s)
{
    const size_t n = s->n;
    const double *p1 = s->parameters;
    const double *p2 = p1 + s->n1 * s->n1;
    const double *c = p2 + s->n2 * s->n2;
    double *g1 = s->gradient;
    double *g2 = g1 + s->n1 * s->n1;
    double *gc = g2 + s->n2 * s->n2;
    memset(s->gradient, 0, parameter_count(s) * sizeof *s->gradient);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            const size_t outer = i / s->n2 * s->n1 + j / s->n2;
            const size_t inner = i % s->n2 * s->n2 + j % s->n2;
            const double slope = s->slope[i * n + j];
            g1[outer] += slope * c[j] * p2[inner];
            g2[inner] += slope * c[j] * p1[outer];
            gc[j] += slope * s->kronecker[i * n + j];
        }
    }
}

/* factor: makes the error comparable from layer to layer. */
static void differentiate(state *s, double factor)
{
    const size_t n = s->n;
    const size_t channels = s->weight.rows;
    const size_t count = s->input.rows;
    product(true, false, channels, n, count, factor, s->difference, s->input.quantised, 0, s->weight.gradient);
    product(false, false, count, n, channels, factor, s->difference, s->weight.quantised, 0, s->input.gradient);
    mask(&s->weight, n);
    mask(&s->input, n);
    product(true, false, n, n, channels, 1, s->weight.numbers, s->weight.gradient, 0, s->scratch);
    product(true, false, n, n, count, 1, s->input.gradient, s->x, 0, s->slope);
    product(false, true, n, n, n, -1, s->scratch, s->inverse, 1, s->slope);
    to_factors(s);
}

static double hadamard_entry(size_t i, size_t j, size_t size)
{
    return (__builtin_popcountll(i & j) % 2 == 0 ? 1 : -1) / sqrt((double)size);
}

static void start(state *s)
{
    const bool hadamard = s->options->hadamard && (s->n & (s->n - 1)) == 0;
    double *p = s->parameters;
    for (size_t size = s->n1, i = 0; i < 2; size = s->n2, i++) {
        for (size_t k = 0; k < size * size; k++) {
            p[k] = hadamard ? hadamard_entry(k / size, k % size, size) : k / size == k % size ? 1 : 0;
        }
        p += size * size;
    }
    for (size_t i = 0; i < s->n; i++) {
        p[i] = 1;
    }
}

/* Searches scales and measures; keeps the transform if it is the best one. */
static double measure(state *s)
{
    refresh(&s->weight, s->n, s->narrow);
    refresh(&s->input, s->n, s->narrow);
    const double error = compare(s);
    if (error < s->least) {
        s->least = error;
        memcpy(s->best, s->matrix, s->n * s->n * sizeof *s->best);
    }
    return error;
}

static bool descend(state *s)
{
    ng_adam adam;
    if (!ng_adam_init(&adam, parameter_count(s))) {
        return false;
    }
    const double factor = 2 / (fmax(s->least, 1e-30) * (double)(s->input.rows * s->weight.rows));
    for (unsigned step = 0; step <= s->options->steps; step++) {
        compose(s);
        if (!transform(s)) {
            break;
        }
        if (step % REFRESH == 0 || step == s->options->steps) {
            (void)measure(s);
        } else {
            (void)compare(s);
        }
        differentiate(s, factor);
        ng_adam_step(&adam, s->options->rate * (1 - (double)step / (s->options->steps + 1)), s->gradient, s->parameters);
    }
    ng_adam_free(&adam);
    return true;
}

static void load(state *s, const float *w, const float *rows)
{
    for (size_t i = 0; i < s->weight.rows * s->n; i++) {
        s->w[i] = (double)w[i];
    }
    for (size_t i = 0; i < s->input.rows * s->n; i++) {
        s->x[i] = (double)rows[i];
    }
    product(false, true, s->input.rows, s->weight.rows, s->n, 1, s->x, s->w, 0, s->wanted);
    for (size_t i = 0; i < s->n * s->n; i++) {
        s->matrix[i] = i / s->n == i % s->n;
    }
}

/* The best transform as fp32 numbers, and the weights under its inverse. */
static bool finish(state *s, float *matrix, float *folded)
{
    for (size_t i = 0; i < s->n * s->n; i++) {
        matrix[i] = (float)s->best[i];
        s->matrix[i] = (double)matrix[i];
    }
    if (!transform(s)) {
        return false;
    }
    for (size_t i = 0; i < s->weight.rows * s->n; i++) {
        folded[i] = (float)s->weight.numbers[i];
    }
    return true;
}

bool ng_affine_learn(const ng_affine_options *options, const float *w, size_t channels, const float *rows, size_t count, size_t n,
                     float *matrix, float *folded, double error[2])
{
    state s = {.options = options, .n = n, .n1 = 1, .least = INFINITY};
    for (size_t i = 2; i * i <= n; i++) {
        s.n1 = n % i == 0 ? i : s.n1;
    }
    s.n2 = n / s.n1;
    bool fine = allocate(&s, channels, count);
    if (fine) {
        ng_blas_single();
        load(&s, w, rows);
        fine = transform(&s);
        error[0] = measure(&s);
        start(&s);
        fine = fine && descend(&s) && finish(&s, matrix, folded);
        error[1] = s.least;
    }
    free_state(&s);
    return fine;
}
