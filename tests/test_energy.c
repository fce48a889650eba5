/* The energy proxy of a small unit on the bundled network: its record adds up, and its streams are the layer's products. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "src/base/source_hash.h"
#include "src/energy/energy.h"
#include "src/energy/operands.h"

#define DATA "/usr/share/datasets/fashion-mnist"
#define NETWORK "networks/resnet8.onnx"

static ng_accuracy_request operands_of(const char *weights, const char *activations)
{
    return (ng_accuracy_request){.network = NETWORK,
                                 .data = DATA,
                                 .weight = ng_format_find(weights),
                                 .activation = ng_format_find(activations),
                                 .images = 1,
                                 .calibration_images = 16,
                                 .seed = 1};
}

static ng_datapath datapath(ng_unit_kind kind, const ng_accuracy_request *operands, unsigned lanes)
{
    const ng_request request = {
        .kind = kind, .weight = operands->weight, .activation = operands->activation, .lanes = lanes};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}

static double number(const json_t *object, const char *first, const char *second)
{
    const json_t *value = json_object_get(object, first);
    value = second != NULL ? json_object_get(value, second) : value;
    ck_assert_msg(json_is_number(value), "%s", first);
    return json_number_value(value);
}

static void check_record(const json_t *record)
{
    double macs = 0;
    double proxy = 0;
    size_t i;
    json_t *layer;
    json_array_foreach(json_object_get(record, "layers"), i, layer) {
        ck_assert_double_gt(number(layer, "zero_delay", "toggles_per_mac"), 0);
        ck_assert_double_ge(number(layer, "unit_delay", "toggles_per_mac"), number(layer, "zero_delay", "toggles_per_mac"));
        ck_assert_double_ge(number(layer, "zero_delay", "proxy_per_mac"), number(layer, "zero_delay", "toggles_per_mac"));
        macs += number(layer, "macs_per_image", NULL);
        proxy += number(layer, "macs_per_image", NULL) * number(layer, "unit_delay", "proxy_per_mac");
    }
    ck_assert_uint_eq(i, 10);
    ck_assert_double_eq(macs, 9345920); /* of resnet8: networks/README.md */
    ck_assert_double_eq_tol(proxy / macs, number(record, "unit_delay", "proxy_per_mac"), 1e-9);
    ck_assert_double_eq_tol(number(record, "glitch_factor", NULL),
                            number(record, "unit_delay", "proxy_per_mac") / number(record, "zero_delay", "proxy_per_mac"), 1e-9);
}

START_TEST(record_adds_up)
{
    char hash[64];
    const ng_accuracy_request operands = operands_of("int3", "int3");
    const ng_datapath path = datapath(NG_UNIT_MAC, &operands, 0);
    const ng_target *target = ng_target_find("xc7");
    const ng_cost_options counting = {"rtl", ng_source_hash(NG_SOURCE_COST)};
    json_t *cost;
    json_t *first;
    json_t *second;
    ng_error error = {0};
    (void)snprintf(hash, sizeof hash, "test %ld", (long)getpid());
    const ng_energy_request request = {&operands, 1, hash};
    ck_assert_msg(ng_cost(&path, target, &counting, &cost, &error), "%s", error.text);
    ck_assert_msg(ng_energy(&path, target, cost, &request, &first, &error), "%s", error.text);
    check_record(first);
    ck_assert_str_eq(json_string_value(json_object_get(first, "network")), "resnet8");
    ck_assert(json_equal(json_object_get(first, "netlist_sha256"), json_object_get(cost, "netlist_sha256")));
    ck_assert(ng_energy(&path, target, cost, &request, &second, &error));
    ck_assert(json_object_size(first) == json_object_size(second));
    ck_assert_double_eq_tol(number(first, "zero_delay", "proxy_per_mac"), number(second, "zero_delay", "proxy_per_mac"), 1e-9);
    json_decref(first);
    json_decref(second);
    json_decref(cost);
}
END_TEST

START_TEST(convert_unit_is_refused)
{
    const ng_accuracy_request operands = operands_of("int3", "int3");
    const ng_datapath path = datapath(NG_UNIT_CONVERT, &operands, 0);
    const ng_energy_request request = {&operands, 1, ""};
    json_t *record;
    ng_error error = {0};
    ck_assert(!ng_energy(&path, ng_target_find("xc7"), NULL, &request, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

/* The steps of a lane, summed by the golden model, are whole dot products of rows of the trace, output by output. */
static void check_lane(const ng_datapath *path, const ng_trace *trace, size_t lane)
{
    const size_t rows = trace->activations.rows;
    size_t output = rows * trace->weights.rows * lane / 7;
    ng_operands stream = ng_operands_start(path, trace, lane, 7);
    for (unsigned product = 0; product < 5; product++) {
        long expected = 0;
        long sum = 0;
        for (size_t k = 0; k < trace->weights.columns; k++) {
            const int8_t w = (int8_t)trace->weights.codes[output / rows * trace->weights.columns + k];
            const int8_t a = (int8_t)trace->activations.codes[output % rows * trace->activations.columns + k];
            expected += (long)w * a;
        }
        for (size_t step = 0; step < ng_operands_steps(path, trace); step++) {
            uint64_t first[NG_OPERAND_LIMBS];
            uint64_t second[NG_OPERAND_LIMBS];
            ng_wide result;
            const bool begin = ng_operands_next(&stream, first, second);
            ck_assert_int_eq(begin, path->unit->kind != NG_UNIT_MAC || step == 0);
            ng_golden(path, first, second, NULL, &result);
            sum += (long)(int64_t)ng_wide_sign_extend(result, path->sum_bits).limb[0];
        }
        ck_assert_int_eq(sum, expected);
        output = (output + 1) % (rows * trace->weights.rows);
    }
}

START_TEST(streams_are_dot_products)
{
    const ng_accuracy_request operands = operands_of("int8", "int8");
    const ng_datapath mac = datapath(NG_UNIT_MAC, &operands, 0);
    const ng_datapath dot = datapath(NG_UNIT_DOT, &operands, 32);
    ng_trace trace;
    ng_error error;
    ck_assert_msg(ng_trace_layer(&operands, 1, &trace, &error), "%s", error.text);
    for (size_t lane = 0; lane < 7; lane++) {
        check_lane(&mac, &trace, lane);
        check_lane(&dot, &trace, lane);
    }
    ng_trace_free(&trace);
}
END_TEST

Suite *ng_suite_energy(void);

Suite *ng_suite_energy(void)
{
    Suite *suite = suite_create("energy");
    TCase *tcase = tcase_create("energy");
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, record_adds_up);
    tcase_add_test(tcase, convert_unit_is_refused);
    tcase_add_test(tcase, streams_are_dot_products);
    suite_add_tcase(suite, tcase);
    return suite;
}
