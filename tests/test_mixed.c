/* Mixed precision by integer programming against trying every choice. */
#include <check.h>
#include <math.h>

#include "src/quantize/mixed.h"
#include "tests/support/random.h"

enum { LAYERS = 7, OPTIONS = 4, BUDGETS = 2, CHOICES = 1 << 14, INSTANCES = 60 };

typedef struct {
    double loss[LAYERS * OPTIONS];
    double cost[BUDGETS * LAYERS * OPTIONS];
    double budget[BUDGETS];
} instance;

static double share(uint64_t seed, uint64_t index)
{
    return (double)random_below(seed, index, 1000000) / 1e6;
}

/* Options of rising cost and mostly falling loss, over six decades of loss; the second budget only now and then binds. */
static void make(instance *in, uint64_t seed)
{
    for (size_t i = 0; i < LAYERS * OPTIONS; i++) {
        const double rank = (double)(i % OPTIONS) + 1;
        in->loss[i] = exp(6 * share(seed, i)) / (rank * rank);
        in->cost[i] = floor(rank * (10 + 90 * share(seed + 1, i / OPTIONS)));
        in->cost[LAYERS * OPTIONS + i] = floor(100 * share(seed + 2, i));
    }
    in->budget[0] = floor(55.0 * LAYERS * (1.2 + 2 * share(seed, 99)));
    in->budget[1] = floor(50.0 * LAYERS * (0.6 + share(seed, 98)));
}

static void choice_of(unsigned number, size_t *choice)
{
    for (size_t layer = 0; layer < LAYERS; layer++, number /= OPTIONS) {
        choice[layer] = number % OPTIONS;
    }
}

static double loss_of(const instance *in, const size_t *choice)
{
    double sum = 0;
    for (size_t layer = 0; layer < LAYERS; layer++) {
        sum += in->loss[layer * OPTIONS + choice[layer]];
    }
    return sum;
}

START_TEST(optimum_by_force)
{
    unsigned solved = 0;
    for (uint64_t seed = 0; seed < INSTANCES; seed++) {
        instance in;
        size_t choice[LAYERS];
        ng_error error;
        double best = INFINITY;
        make(&in, seed * 10);
        const ng_mixed_problem problem = {LAYERS, OPTIONS, in.loss, BUDGETS, in.cost, in.budget};
        for (unsigned number = 0; number < CHOICES; number++) {
            choice_of(number, choice);
            if (ng_mixed_cost(&problem, 0, choice) <= in.budget[0] && ng_mixed_cost(&problem, 1, choice) <= in.budget[1]) {
                best = fmin(best, loss_of(&in, choice));
            }
        }
        if (!ng_mixed_choose(&problem, choice, &error)) {
            ck_assert(isinf(best));
            continue;
        }
        ck_assert_double_le(ng_mixed_cost(&problem, 0, choice), in.budget[0]);
        ck_assert_double_le(ng_mixed_cost(&problem, 1, choice), in.budget[1]);
        ck_assert_double_eq_tol(loss_of(&in, choice), best, 1e-6 * best);
        solved++;
    }
    ck_assert_uint_gt(solved, INSTANCES / 2);
}
END_TEST

START_TEST(no_budget_takes_the_best)
{
    instance in;
    size_t choice[LAYERS];
    make(&in, 7);
    const ng_mixed_problem problem = {.layers = LAYERS, .options = OPTIONS, .loss = in.loss};
    ck_assert(ng_mixed_choose(&problem, choice, NULL));
    for (size_t i = 0; i < LAYERS * OPTIONS; i++) {
        ck_assert_double_le(in.loss[i / OPTIONS * OPTIONS + choice[i / OPTIONS]], in.loss[i]);
    }
}
END_TEST

START_TEST(budget_too_small)
{
    instance in;
    size_t choice[LAYERS];
    ng_error error = {0};
    make(&in, 8);
    in.budget[0] = 1;
    const ng_mixed_problem problem = {LAYERS, OPTIONS, in.loss, 1, in.cost, in.budget};
    ck_assert(!ng_mixed_choose(&problem, choice, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
}
END_TEST

Suite *ng_suite_mixed(void);

Suite *ng_suite_mixed(void)
{
    Suite *suite = suite_create("mixed");
    TCase *tcase = tcase_create("mixed");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, optimum_by_force);
    tcase_add_test(tcase, no_budget_takes_the_best);
    tcase_add_test(tcase, budget_too_small);
    suite_add_tcase(suite, tcase);
    return suite;
}
