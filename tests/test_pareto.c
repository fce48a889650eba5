/* Fronts against the definition itself: every point compared with every other, on small grids so that ties, equal
 * points and missing coordinates are common. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "src/pareto/pareto.h"

enum { POINTS_MAX = 40, ROUNDS = 400 };

/* A seeded 64-bit linear congruential step; the high bits are the random ones. */
static unsigned draw(unsigned long long *state, unsigned below)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(*state >> 33) % below;
}

static double draw_value(unsigned long long *state)
{
    const unsigned value = draw(state, 9);
    return value == 8 ? NAN : (double)value - 4.0;
}

/* The definition written out with signs instead of the library's helpers. */
static bool beaten(const double *values, const int *signs, size_t count, size_t a, size_t b)
{
    size_t no_worse = 0;
    size_t better = 0;
    for (size_t k = 0; k < count; k++) {
        const double gain = signs[k] * (values[a * count + k] - values[b * count + k]);
        no_worse += gain >= 0;
        better += gain > 0;
    }
    return no_worse == count && better > 0;
}

static bool expected(const double *values, const int *signs, size_t count, size_t points, size_t index)
{
    for (size_t k = 0; k < count; k++) {
        if (isnan(values[index * count + k])) {
            return false;
        }
    }
    for (size_t i = 0; i < points; i++) {
        if (beaten(values, signs, count, i, index)) {
            return false;
        }
    }
    return true;
}

static void round_of(unsigned long long *state, size_t count)
{
    ng_objective objectives[NG_OBJECTIVES_MAX] = {{{0}, NG_MINIMISE}};
    int signs[NG_OBJECTIVES_MAX];
    double values[POINTS_MAX * NG_OBJECTIVES_MAX];
    bool on_front[POINTS_MAX];
    const size_t points = draw(state, POINTS_MAX + 1);
    for (size_t k = 0; k < count; k++) {
        objectives[k].direction = draw(state, 2) ? NG_MAXIMISE : NG_MINIMISE;
        signs[k] = objectives[k].direction == NG_MAXIMISE ? 1 : -1;
    }
    for (size_t i = 0; i < points * count; i++) {
        values[i] = draw_value(state);
    }
    ck_assert(ng_pareto_front(objectives, count, values, points, on_front, NULL));
    for (size_t i = 0; i < points; i++) {
        ck_assert_msg(on_front[i] == expected(values, signs, count, points, i), "point %zu of %zu", i, points);
    }
}

START_TEST(against_the_definition)
{
    unsigned long long state = (unsigned long long)_i;
    for (int i = 0; i < ROUNDS; i++) {
        round_of(&state, (size_t)_i);
    }
}
END_TEST

static const ng_objective area_accuracy[] = {{"honest_sites_per_mac", NG_MINIMISE}, {"top1_pct", NG_MAXIMISE}};

/* Equal points share their fate; the same area with less accuracy is beaten; NaN beats nothing. */
START_TEST(by_hand)
{
    const double values[][2] = {{10, 80}, {10, 80}, {10, 79}, {20, 90}, {30, 90}, {NAN, 99}, {5, NAN}, {40, 80}};
    static const bool wanted[] = {true, true, false, true, false, false, false, false};
    bool on_front[8];
    ck_assert(ng_pareto_front(area_accuracy, 2, &values[0][0], 8, on_front, NULL));
    ck_assert_mem_eq(on_front, wanted, sizeof wanted);
    ck_assert(ng_dominates(area_accuracy, 2, values[3], values[4]));
    ck_assert(!ng_dominates(area_accuracy, 2, values[0], values[1]));
    ck_assert(!ng_dominates(area_accuracy, 2, values[5], values[2]));
}
END_TEST

START_TEST(refused)
{
    const double infinite[] = {1, 2, 3, INFINITY};
    bool on_front[2];
    ng_error error;
    ck_assert(!ng_pareto_front(area_accuracy, 2, infinite, 2, on_front, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_str_eq(error.text, "top1_pct of point 1 is infinite");
    ck_assert(!ng_pareto_front(area_accuracy, 0, infinite, 2, on_front, &error));
    ck_assert(!ng_pareto_front(area_accuracy, NG_OBJECTIVES_MAX + 1, infinite, 0, on_front, &error));
}
END_TEST

Suite *ng_suite_pareto(void);

Suite *ng_suite_pareto(void)
{
    Suite *suite = suite_create("pareto");
    TCase *tcase = tcase_create("pareto");
    tcase_add_loop_test(tcase, against_the_definition, 1, 5);
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
