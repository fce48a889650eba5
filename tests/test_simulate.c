/* The SystemC bench end to end: real circuits pass under back-pressure, a wrong one is caught, waves are written, and
 * what is not a stimulus file is refused. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/accuracy/trace.h"
#include "src/base/file.h"
#include "src/simulate/simulate.h"
#include "src/simulate/stimulus.h"
#include "src/simulate/stream.h"
#include "src/simulate/stream_format.h"

enum { VECTORS = 5000, TERMS = 100, SECONDS = 300 };

#define FOLDER "build/test_simulate"
#define NETWORK "networks/resnet8.onnx"
#define DATA "/usr/share/datasets/fashion-mnist"

/* int_mul with one product wrong: 3 * 5. */
static const char wrong_circuit[] =
    "module int_mul #(\n"
    "    parameter int WeightBits = 4,\n"
    "    parameter int ActivationBits = 4,\n"
    "    parameter int Architecture = 0,\n"
    "    parameter int SumBits = 8\n"
    ") (\n"
    "    input  logic signed [WeightBits-1:0]     w_i,\n"
    "    input  logic signed [ActivationBits-1:0] a_i,\n"
    "    output logic signed [SumBits-1:0]        y_o\n"
    ");\n"
    "  logic wrong;\n"
    "  assign wrong = w_i == 3 && a_i == 5;\n"
    "  assign y_o = SumBits'(w_i) * SumBits'(a_i) + SumBits'(wrong);\n"
    "endmodule : int_mul\n";

static ng_datapath datapath(ng_unit_kind kind, const char *format)
{
    ng_datapath path;
    const ng_request request = {
        .kind = kind, .weight = ng_format_find(format), .activation = ng_format_find(format), .terms = TERMS};
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}

static ng_simulate_request request_for(const ng_datapath *path)
{
    return (ng_simulate_request){.path = path,
                                 .rtl = "rtl",
                                 .vectors = VECTORS,
                                 .seed = 7,
                                 .source_idle_pct = NG_SIMULATE_STALL_PCT,
                                 .sink_busy_pct = NG_SIMULATE_STALL_PCT};
}

static json_t *simulated(const ng_simulate_request *request)
{
    ng_error error = {0};
    json_t *record;
    ck_assert_msg(ng_simulate(request, &record, &error), "%s", error.text);
    return record;
}

static long long number(const json_t *record, const char *name)
{
    const json_t *value = json_object_get(record, name);
    ck_assert_msg(json_is_integer(value), "%s is missing", name);
    return json_integer_value(value);
}

static void check_balance(const json_t *record)
{
    ck_assert_int_eq(number(record, "cycles"), number(record, "vectors") + number(record, "input_stalls") +
                                                   number(record, "output_stalls") + number(record, "drain_cycles"));
}

static void check_clean(const json_t *record)
{
    ck_assert_int_eq(number(record, "mismatches"), 0);
    ck_assert(json_is_null(json_object_get(record, "first_mismatch")));
    ck_assert_int_eq(number(record, "vectors"), VECTORS);
    ck_assert_int_gt(number(record, "input_stalls"), 0);
    ck_assert_int_gt(number(record, "output_stalls"), 0);
    check_balance(record);
}

START_TEST(test_multiplier_is_right_and_repeatable)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "int4");
    ng_simulate_request request = request_for(&path);
    json_t *once = simulated(&request);
    json_t *again = simulated(&request);
    check_clean(once);
    ck_assert_int_eq(json_object_del(once, "vectors_per_s"), 0);
    ck_assert_int_eq(json_object_del(again, "vectors_per_s"), 0);
    ck_assert(json_equal(once, again));
    request.seed = 8;
    json_t *other = simulated(&request);
    check_clean(other);
    ck_assert_int_ne(number(once, "cycles"), number(other, "cycles"));
    json_decref(once);
    json_decref(again);
    json_decref(other);
}
END_TEST

START_TEST(test_accumulator_survives_pauses)
{
    const ng_datapath path = datapath(NG_UNIT_MAC, "int4");
    const ng_simulate_request request = request_for(&path);
    json_t *record = simulated(&request);
    check_clean(record);
    json_decref(record);
}
END_TEST

START_TEST(test_no_stalls_without_back_pressure)
{
    const ng_datapath path = datapath(NG_UNIT_MAC, "int4");
    ng_simulate_request request = request_for(&path);
    request.source_idle_pct = 0;
    request.sink_busy_pct = 0;
    json_t *record = simulated(&request);
    check_balance(record);
    ck_assert_int_eq(number(record, "mismatches"), 0);
    ck_assert_int_eq(number(record, "output_stalls"), 0);
    ck_assert_int_le(number(record, "input_stalls"), 2); /* the first vector on its way through the FIFO */
    json_decref(record);
}
END_TEST

START_TEST(test_wrong_circuit_is_caught)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "int4");
    ng_simulate_request request = request_for(&path);
    request.rtl = FOLDER "/rtl";
    ck_assert(ng_write_file(FOLDER "/rtl/int_mul.sv", wrong_circuit, sizeof wrong_circuit - 1, NULL));
    json_t *record = simulated(&request);
    ck_assert_int_gt(number(record, "mismatches"), 0);
    const char *line = json_string_value(json_object_get(record, "first_mismatch"));
    ck_assert_ptr_nonnull(line);
    ck_assert_ptr_nonnull(strstr(line, "w 0x3 (3) a 0x5 (5) got 0x10 (16) expected 0x0f (15)"));
    check_balance(record);
    json_decref(record);
}
END_TEST

START_TEST(test_waves)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "int4");
    ng_simulate_request request = request_for(&path);
    request.waves = FOLDER "/out.vcd";
    ck_assert(ng_make_folders(FOLDER, NULL));
    json_t *record = simulated(&request);
    check_clean(record);
    json_decref(record);
    ng_buffer file;
    ck_assert(ng_read_file(request.waves, (size_t)1 << 28, &file, NULL));
    ck_assert_ptr_nonnull(strstr((const char *)file.data, "$enddefinitions $end"));
    ck_assert_ptr_nonnull(strstr((const char *)file.data, "input_valid_i"));
    ck_assert_ptr_nonnull(strstr((const char *)file.data, "w_i"));
    ck_assert_int_gt((int)file.size, VECTORS);
    ng_buffer_free(&file);
}
END_TEST

START_TEST(test_layer_passes)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "int4");
    ng_simulate_request request = request_for(&path);
    request.network = NETWORK;
    request.data = DATA;
    request.layer = 1;
    json_t *record = simulated(&request);
    check_clean(record);
    const char *source = json_string_value(json_object_get(record, "source"));
    ck_assert_ptr_nonnull(source);
    ck_assert_int_eq(strncmp(source, "resnet8 layer 1: ", 17), 0);
    json_decref(record);
}
END_TEST

static void check_refused(const ng_simulate_request *request, int exit_code)
{
    ng_error error = {0};
    json_t *record;
    ck_assert(!ng_simulate(request, &record, &error));
    ck_assert_msg(error.exit_code == exit_code, "%d: %s", error.exit_code, error.text);
    ck_assert_ptr_null(record);
}

START_TEST(test_bad_requests)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "int4");
    ng_simulate_request request = request_for(&path);
    request.vectors = 0;
    check_refused(&request, NG_EXIT_USAGE);
    request.vectors = (uint64_t)NG_SIMULATE_VECTORS_MAX + 1;
    check_refused(&request, NG_EXIT_USAGE);
    request = request_for(&path);
    request.sink_busy_pct = NG_SIMULATE_STALL_PCT_MAX + 1;
    check_refused(&request, NG_EXIT_USAGE);
    request = request_for(&path);
    request.waves = "";
    check_refused(&request, NG_EXIT_USAGE);
    request.waves = FOLDER "/no/such/folder/out.vcd";
    check_refused(&request, NG_EXIT_USAGE);
    request = request_for(&path);
    request.rtl = FOLDER "/nothing";
    check_refused(&request, NG_EXIT_MISSING);
}
END_TEST

START_TEST(test_bad_layers)
{
    const ng_datapath mac = datapath(NG_UNIT_MAC, "int4");
    const ng_datapath convert = datapath(NG_UNIT_CONVERT, "int4");
    ng_simulate_request request = request_for(&mac);
    request.network = NETWORK;
    request.data = DATA;
    request.layer = 1; /* adds 144 products */
    check_refused(&request, NG_EXIT_USAGE);
    request.layer = 1000;
    check_refused(&request, NG_EXIT_USAGE);
    request.layer = 1;
    request.network = FOLDER "/nothing.onnx";
    check_refused(&request, NG_EXIT_USAGE);
    request.network = NETWORK;
    request.path = &convert;
    check_refused(&request, NG_EXIT_USAGE);
}
END_TEST

/* ---- the stimulus file ---- */

#define STIMULUS FOLDER "/stimulus.bin"

static ng_buffer stimulus_of(ng_unit_kind kind, uint64_t vectors)
{
    const ng_datapath path = datapath(kind, "int4");
    ng_simulate_request request = request_for(&path);
    char source[NG_SOURCE_TEXT_SIZE];
    ng_buffer file;
    request.vectors = vectors;
    ck_assert(ng_stream_write(&request, STIMULUS, source, NULL));
    ck_assert_str_eq(source, "random");
    ck_assert(ng_read_file(STIMULUS, (size_t)1 << 20, &file, NULL));
    return file;
}

/* Whether the file is taken; a refusal must be a usage error that names the file. */
static bool opens(const void *data, size_t size)
{
    ng_error error = {0};
    ck_assert(ng_write_file(STIMULUS, data, size, NULL));
    ng_stream *stream = ng_stream_open(STIMULUS, &error);
    if (stream != NULL) {
        ng_stream_close(stream);
        return true;
    }
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strncmp(error.text, STIMULUS, strlen(STIMULUS)) == 0, "%s", error.text);
    return false;
}

START_TEST(test_stimulus_round_trip)
{
    ng_buffer file = stimulus_of(NG_UNIT_MAC, 50);
    ng_error error = {0};
    ng_stream *stream = ng_stream_open(STIMULUS, &error);
    ck_assert_msg(stream != NULL, "%s", error.text);
    const ng_stream_info info = ng_stream_about(stream);
    ck_assert_uint_eq(info.vectors, 50);
    ck_assert_uint_eq(info.seed, 7);
    ck_assert_uint_eq(info.first_bits, 4);
    ck_assert(ng_stream_at(stream, 0).first);
    ng_stream_close(stream);
    ng_buffer_free(&file);
}
END_TEST

/* A layer's stream, word for word against its trace. */
START_TEST(test_layer_operands)
{
    const ng_datapath path = datapath(NG_UNIT_MAC, "mxint8");
    ng_simulate_request request = request_for(&path);
    char source[NG_SOURCE_TEXT_SIZE];
    ng_error error = {0};
    ng_trace trace;
    request.network = NETWORK;
    request.data = DATA;
    request.layer = 1;
    const ng_accuracy_request wanted = {.network = NETWORK,
                                        .data = DATA,
                                        .weight = path.weight,
                                        .activation = path.activation,
                                        .images = 1,
                                        .seed = (unsigned)request.seed};
    ck_assert_msg(ng_stream_write(&request, STIMULUS, source, &error), "%s", error.text);
    ck_assert_msg(ng_trace_layer(&wanted, 1, &trace, &error), "%s", error.text);
    ng_stream *stream = ng_stream_open(STIMULUS, &error);
    ck_assert_msg(stream != NULL, "%s", error.text);
    const size_t columns = trace.weights.columns;
    for (size_t i = 0; i < VECTORS; i++) {
        const ng_stream_vector vector = ng_stream_at(stream, i);
        const size_t column = i % columns;
        const size_t channel = i / columns % trace.weights.rows;
        const size_t row = i / columns / trace.weights.rows;
        const size_t weight = channel * columns + column;
        const size_t activation = row * columns + column;
        const uint64_t weight_word = (uint64_t)trace.weights.scales[weight / 32] << 8 | trace.weights.codes[weight];
        const uint64_t activation_word =
            (uint64_t)trace.activations.scales[activation / 32] << 8 | trace.activations.codes[activation];
        if (vector.operand[0][0] != weight_word || vector.operand[1][0] != activation_word ||
            vector.first != (column % 32 == 0)) {
            ck_abort_msg("vector %zu differs", i);
        }
    }
    ng_stream_close(stream);
    ng_trace_free(&trace);
}
END_TEST

START_TEST(test_cut_files_are_refused)
{
    ng_buffer file = stimulus_of(NG_UNIT_MUL, 4);
    for (size_t size = 0; size < file.size; size++) {
        ck_assert_msg(!opens(file.data, size), "%zu bytes of %zu were taken", size, file.size);
    }
    ck_assert(opens(file.data, file.size));
    ck_assert(!opens(file.data, file.size + 1)); /* the terminating 0 of the buffer */
    ng_buffer_free(&file);
}
END_TEST

START_TEST(test_damaged_headers_are_refused)
{
    static const struct {
        size_t at;
        uint64_t value;
    } damages[] = {
        {NG_STREAM_AT_MAGIC, 1},          {NG_STREAM_AT_VERSION, 2},
        {NG_STREAM_AT_KIND, 4},           {NG_STREAM_AT_KIND, UINT64_MAX},
        {NG_STREAM_AT_LANES, 65},         {NG_STREAM_AT_TERMS, UINT64_C(1) << 32},
        {NG_STREAM_AT_CHAIN, UINT64_MAX}, {NG_STREAM_AT_WEIGHT, 0x21212121},
        {NG_STREAM_AT_ACTIVATION, 0},     {NG_STREAM_AT_SOURCE_IDLE, 91},
        {NG_STREAM_AT_SINK_BUSY, 91},     {NG_STREAM_AT_VECTORS, 0},
        {NG_STREAM_AT_VECTORS, 5},        {NG_STREAM_AT_VECTORS, UINT64_MAX / 24},
        {NG_STREAM_HEADER, 0},            {NG_STREAM_HEADER, 2},
        {NG_STREAM_HEADER + 1, 16},       {NG_STREAM_HEADER + 2, UINT64_MAX},
    };
    ng_buffer file = stimulus_of(NG_UNIT_MUL, 4);
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        uint64_t kept;
        uint8_t *word = file.data + damages[i].at * sizeof kept;
        memcpy(&kept, word, sizeof kept);
        memcpy(word, &damages[i].value, sizeof kept);
        ck_assert_msg(!opens(file.data, file.size), "damage %zu was taken", i);
        memcpy(word, &kept, sizeof kept);
    }
    ng_buffer_free(&file);
}
END_TEST

START_TEST(test_long_sequences_are_refused)
{
    const uint64_t steps = TERMS + 1;
    ng_buffer file = stimulus_of(NG_UNIT_MAC, steps);
    const size_t record = 3 * sizeof(uint64_t);
    for (uint64_t i = 1; i < steps; i++) {
        memset(file.data + NG_STREAM_HEADER * sizeof(uint64_t) + i * record, 0, sizeof(uint64_t));
    }
    ck_assert(!opens(file.data, file.size));
    ng_buffer_free(&file);
}
END_TEST

Suite *ng_suite_simulate(void);
Suite *ng_suite_simulate(void)
{
    Suite *suite = suite_create("simulate");
    TCase *bench = tcase_create("bench");
    tcase_set_timeout(bench, SECONDS);
    tcase_add_test(bench, test_multiplier_is_right_and_repeatable);
    tcase_add_test(bench, test_accumulator_survives_pauses);
    tcase_add_test(bench, test_no_stalls_without_back_pressure);
    tcase_add_test(bench, test_wrong_circuit_is_caught);
    tcase_add_test(bench, test_waves);
    tcase_add_test(bench, test_layer_passes);
    tcase_add_test(bench, test_bad_requests);
    tcase_add_test(bench, test_bad_layers);
    suite_add_tcase(suite, bench);
    TCase *stimulus = tcase_create("stimulus");
    tcase_set_timeout(stimulus, SECONDS);
    tcase_add_test(stimulus, test_stimulus_round_trip);
    tcase_add_test(stimulus, test_layer_operands);
    tcase_add_test(stimulus, test_cut_files_are_refused);
    tcase_add_test(stimulus, test_damaged_headers_are_refused);
    tcase_add_test(stimulus, test_long_sequences_are_refused);
    suite_add_tcase(suite, stimulus);
    return suite;
}
