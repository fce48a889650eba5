/* The checks are checked: each mutant is a copy of rtl/ with one bug, and verification must go red on it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/file.h"
#include "src/base/process.h"
#include "src/verify/verify.h"

typedef struct {
    const char *bug;
    const char *file;  /* below rtl/ */
    const char *from;  /* must occur exactly once */
    const char *to;
    ng_unit_kind kind;
    const char *weights;
    const char *activations;
} mutant;

static const mutant mutants[] = {
    {"wrong bias", "minifloat_mul.sv", ".Bias(Base)", ".Bias(Base - 1)", NG_UNIT_MUL, "e3m2", "e3m2"},
    {"missing subnormal", "parts/minifloat_zeros.sv", "weight_zero_o = ~(|weight_exponent_i)", "weight_zero_o = 1'b0",
     NG_UNIT_MUL, "e4m3", "e4m3"},
    {"wrong sign extension", "parts/booth_row.sv", "(RowBits+1)'($signed({multiplicand_i, 1'b0}))",
     "(RowBits+1)'({multiplicand_i, 1'b0})", NG_UNIT_MUL, "int4", "int4"},
    {"rounds up instead of to even", "parts/round_shift.sv", "window[0] && (sticky || window[1])", "window[0] && (1'b1)",
     NG_UNIT_CONVERT, "int4", "int4"},
    {"sum not restarted", "parts/booth_accumulator.sv", "copy_q <= first_next_i ? 2'b00 : sum_d[1:0]",
     "copy_q <= sum_d[1:0]", NG_UNIT_MAC, "int4", "int4"},
    {"scale exponents without subnormals", "parts/scale_multiply.sv", ".x_i({weight_hidden, w_i[2:0]})",
     ".x_i({1'b1, w_i[2:0]})", NG_UNIT_MUL, "nvfp4", "nvfp4"},
    {"magnitude of the most negative integer", "parts/mixed_operand.sv", "carry[i] = negative_o & ~(|code_i[i-1:0])",
     "carry[i] = 1'b0", NG_UNIT_MUL, "int8", "e4m3"},
    {"zero weight counts", "parts/sign_field.sv", "Ternary == 0 || w_i[WeightBits-1-Ternary]", "1'b1", NG_UNIT_MUL,
     "ternary", "int8"},
    {"sign of one operand", "parts/sign_pair.sv", "w_i[WeightBits-1] ^ a_i[ActivationBits-1]", "w_i[WeightBits-1]",
     NG_UNIT_DOT, "binary", "ternary"},
    {"unsigned read as signed", "unsigned_mul.sv", "W_BITS'(w_i);", "W_BITS'($signed(w_i));", NG_UNIT_MUL, "uint4",
     "uint4"},
    {"digit of the wrong sign", "parts/table_digits.sv", "digit = rest == 3 ? -1 : rest", "digit = rest == 3 ? 1 : rest",
     NG_UNIT_MUL, "apot4k2", "int8"},
    {"table without signs", "parts/table_code.sv", "(1 << (CodeBits - 1)) + 32768 - value", "32768 - value", NG_UNIT_MUL,
     "apot4k2", "e2m1"},
    {"one value for all of a vector", "parts/table_sum.sv", ".Lane(i % (1 << LaneBits))", ".Lane(0)", NG_UNIT_VECTOR, "apot4k2",
     "int8"},
    {"four bits for two", "parts/nested_mask.sv", "{2{|mode_i}}", "2'b11", NG_UNIT_NESTED, "int8", "int4"},
    {"a zero takes part in the alignment", "parts/both_nonzero.sv", "(|x_i) & (|y_i)", "1'b1", NG_UNIT_WINDOW, "e3m2", "e3m2"},
    {"a difference forgets what it lost", "parts/signed_add.sv", "subtract_i & ~sticky_i", "subtract_i", NG_UNIT_FLOAT, "e5m2",
     "e5m2"},
    {"lost ones leave no trace", "parts/sticky_shift.sv", "far_i ? |data_i : |lost", "1'b0", NG_UNIT_BLOCK_FLOAT, "mxfp4",
     "mxfp4"},
    {"the last one is lost of a term just below the register, if none is near it", "parts/sticky_shift.sv", "far_i ? '0 : last;",
     "far_i ? '0 : last & ~(OutBits'(shift_i == 0 && data_i[InBits-2] && data_i[InBits/4:1] == 0) << (OutBits - InBits));",
     NG_UNIT_BLOCK_FLOAT, "mxfp8_e4m3", "mxfp8_e4m3"},
    {"a negative sum is not filled", "parts/spread_row.sv", "own | lower | fill", "own | lower", NG_UNIT_BLOCK_EXACT, "mxfp4",
     "mxfp4"},
    {"an offset is not taken back", "parts/wide_product.sv", "RowBits'(1) << (RowBits - 1)", "'0", NG_UNIT_DYADIC, "int4", "int4"},
    {"an equal number counts as less", "parts/pair_compare.sv", "greater[p] | (x == t)", "greater[p]", NG_UNIT_THRESHOLD,
     "int4", "int4"},
    {"a tie goes away from zero", "parts/round_up.sv", "guard_i & (rest_i | odd_i)", "guard_i", NG_UNIT_QUANTISE, "mxfp4",
     "mxfp4"},
    {"a point is not extended by its sign", "parts/butterfly.sv", "(Bits + 1)'($signed(y_i))", "(Bits + 1)'(y_i)",
     NG_UNIT_HADAMARD, "int4", "int4"},
    {"a limit belongs to the shorter word", "parts/limit_compare.sv", "{1'b0, limit_i}", "{1'b0, limit_i} + 1",
     NG_UNIT_HUFFMAN, "int4", "int4"},
    {"a field borrows from the next", "parts/dsp_cascade.sv", "(48'd1 << (FIELD - 1)) - 48'(FULL)", "48'd0", NG_UNIT_DSP_DOT, "int8",
     "int8"},
    {"one lane too many in full fields", "parts/dsp_cascade.sv", "Lanes == (1 << GUARD) ? 1 : 0", "0", NG_UNIT_DSP_MAC, "int8", "int8"},
    {"joined activations without a borrow", "parts/dsp_join.sv", "negative & ~(|high[i-1:0])", "1'b0", NG_UNIT_DSP_DOT, "int4",
     "int4"},
    {"packed sums not restarted", "parts/dsp_accumulator.sv", "sum_q & {SumBits{~first_i}}", "sum_q", NG_UNIT_DSP_MAC, "int4", "int4"},
};

enum { MUTANTS = sizeof mutants / sizeof mutants[0], CASES = 20000 };

static void copy_rtl(const char *folder)
{
    ng_error error;
    ck_assert(ng_remove_tree(folder, NULL));
    ck_assert_msg(ng_make_folders(folder, &error), "%s", error.text);
    const char *const argv[] = {"cp", "-r", "rtl/.", folder, NULL};
    ck_assert_msg(ng_run(argv, NULL, NULL, &error), "%s", error.text);
}

static void break_file(const char *folder, const mutant *row)
{
    char path[NG_PATH_SIZE];
    ng_buffer text;
    ng_error error;
    ck_assert(ng_path(path, NULL, "%s/%s", folder, row->file));
    ck_assert_msg(ng_read_file(path, 1 << 20, &text, &error), "%s", error.text);
    char *place = strstr((char *)text.data, row->from);
    ck_assert_msg(place != NULL, "%s: '%s' is not in %s any more", row->bug, row->from, row->file);
    ck_assert_msg(strstr(place + 1, row->from) == NULL, "%s: '%s' is twice in %s", row->bug, row->from, row->file);
    char *broken = malloc(text.size + strlen(row->to) + 1);
    ck_assert_ptr_nonnull(broken);
    const size_t before = (size_t)(place - (char *)text.data);
    const int length = sprintf(broken, "%.*s%s%s", (int)before, (char *)text.data, row->to, place + strlen(row->from));
    ck_assert_msg(ng_write_file(path, broken, (size_t)length, &error), "%s", error.text);
    free(broken);
    ng_buffer_free(&text);
}

static json_int_t mismatches(const mutant *row, const char *rtl)
{
    ng_request request = {.kind = row->kind,
                          .weight = ng_format_find(row->weights),
                          .activation = ng_format_find(row->activations)};
    ng_datapath path;
    ng_verify_options options;
    json_t *record = NULL;
    ng_error error;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_msg(ng_verify_options_start(&options, rtl, 1, CASES, &error), "%s", error.text);
    ck_assert_msg(ng_verify_rtl(&path, 1, &options, &record, &error), "%s", error.text);
    const json_int_t count = json_integer_value(json_object_get(record, "mismatches"));
    ck_assert_int_ge(json_integer_value(json_object_get(record, "cases")), row->kind == NG_UNIT_MUL ? 256 : CASES);
    ck_assert_int_eq(json_object_get(record, "first_mismatch") != NULL, count != 0);
    json_decref(record);
    return count;
}

START_TEST(mutant_is_caught)
{
    const mutant *row = &mutants[_i];
    char folder[NG_PATH_SIZE];
    ck_assert(ng_path(folder, NULL, "build/test_mutants.%ld/rtl", (long)getpid()));
    copy_rtl(folder);
    ck_assert_msg(mismatches(row, folder) == 0, "%s: the unbroken copy fails", row->bug);
    break_file(folder, row);
    ck_assert_msg(mismatches(row, folder) > 0, "%s: not caught", row->bug);
    ck_assert(ng_path(folder, NULL, "build/test_mutants.%ld", (long)getpid()));
    ck_assert(ng_remove_tree(folder, NULL));
}
END_TEST

Suite *ng_suite_mutants(void);

Suite *ng_suite_mutants(void)
{
    Suite *suite = suite_create("mutants");
    TCase *bugs = tcase_create("rtl");
    tcase_set_timeout(bugs, 600);
    tcase_add_loop_test(bugs, mutant_is_caught, 0, MUTANTS);
    suite_add_tcase(suite, bugs);
    return suite;
}
