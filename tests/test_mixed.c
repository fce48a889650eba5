/* Mixed precision by integer programming against trying every choice: random problems, and a network's own. */
#include <check.h>
#include <math.h>

#include <string.h>

#include "src/mixed/choose.h"
#include "src/mixed/mixed.h"
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

/* ---- a network --------------------------------------------------------------------------------------------------- */

enum { NETWORK_LAYERS = 10, NETWORK_OPTIONS = 2, BITS = 300000 };

static ng_accuracy_request accuracy_request(void)
{
    return (ng_accuracy_request){.network = "networks/resnet8.onnx", .data = "/usr/share/datasets/fashion-mnist",
                                 .calibration_images = 16, .images = 50, .source_hash = "test_mixed"};
}

static double element(const json_t *list, size_t index)
{
    const json_t *value = json_array_get(list, index);
    ck_assert(json_is_number(value));
    return json_number_value(value);
}

/* The least loss of all 2^10 choices within the budget, from the losses and sizes in the record. */
static double least_loss(const json_t *layers)
{
    double best = INFINITY;
    for (unsigned number = 0; number < 1U << NETWORK_LAYERS; number++) {
        double loss = 0;
        double bits = 0;
        for (size_t i = 0; i < NETWORK_LAYERS; i++) {
            const json_t *layer = json_array_get(layers, i);
            loss += element(json_object_get(layer, "loss"), number >> i & 1);
            bits += element(json_object_get(layer, "weight_bits"), number >> i & 1);
        }
        best = bits <= BITS && loss < best ? loss : best;
    }
    return best;
}

START_TEST(network_within_its_memory)
{
    const ng_accuracy_request accuracy = accuracy_request();
    const ng_mixed_request request = {.accuracy = &accuracy, .options = "int3:int8,int8:int8", .weight_bits = BITS};
    ng_error error;
    json_t *record;
    ck_assert_msg(ng_mixed(&request, &record, &error), "%s", error.text);
    const json_t *layers = json_object_get(record, "layers");
    const json_t *ran = json_object_get(json_object_get(record, "accuracy"), "layers");
    const double loss = json_number_value(json_object_get(record, "loss"));
    ck_assert_uint_eq(json_array_size(layers), NETWORK_LAYERS);
    ck_assert_double_le(json_number_value(json_object_get(record, "weight_bits")), BITS);
    ck_assert_double_eq_tol(loss, least_loss(layers), 1e-6 * loss);
    ck_assert_double_eq(json_number_value(json_object_get(json_object_get(record, "accuracy"), "weight_bits")),
                        json_number_value(json_object_get(record, "weight_bits")));
    for (size_t i = 0; i < NETWORK_LAYERS; i++) {
        const json_t *layer = json_array_get(layers, i);
        const json_t *losses = json_object_get(layer, "loss");
        ck_assert_double_gt(element(losses, 0), element(losses, 1)); /* three bits hurt more than eight, in every layer */
        ck_assert_double_gt(element(losses, 1), 0);
        const char *chosen = json_string_value(json_object_get(layer, "chosen"));
        const char *weights = json_string_value(json_object_get(json_array_get(ran, i), "weights"));
        ck_assert(strncmp(chosen, weights, strlen(weights)) == 0 && chosen[strlen(weights)] == ':');
    }
    json_decref(record);
}
END_TEST

START_TEST(refused_requests)
{
    const ng_accuracy_request accuracy = accuracy_request();
    static const struct {
        const char *options;
        double bits;
        int exit_code;
    } rows[] = {
        {"int3:int8,int8:int8", 1000, NG_EXIT_CHECK},      /* not even three bits everywhere */
        {"int3,int8", 1e6, NG_EXIT_USAGE},
        {"int3:int8,", 1e6, NG_EXIT_USAGE},
        {"int3:e4m3", 1e6, NG_EXIT_USAGE},
        {"int3:int8,mxfp4:mxfp4", 1e6, NG_EXIT_USAGE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const ng_mixed_request request = {.accuracy = &accuracy, .options = rows[i].options, .weight_bits = rows[i].bits};
        ng_error error;
        json_t *record;
        ck_assert(!ng_mixed(&request, &record, &error));
        ck_assert_msg(error.exit_code == rows[i].exit_code, "%s: %s", rows[i].options, error.text);
        ck_assert_ptr_null(record);
    }
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
    tcase_add_test(tcase, network_within_its_memory);
    tcase_add_test(tcase, refused_requests);
    suite_add_tcase(suite, tcase);
    return suite;
}
