#include "tests/support/toy_rtl.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MUL_HEAD                                                                                    \
    "module int_mul #(parameter int WeightBits = 3, parameter int ActivationBits = 3,\n"            \
    "  parameter int Architecture = 0, parameter int SumBits = 6) (input logic [WeightBits-1:0] w_i,\n" \
    "  input logic [ActivationBits-1:0] a_i, output logic [SumBits-1:0] y_o);\n"

const char toy_good_mul[] =
    "(* keep_hierarchy *) module toy_core (input logic [2:0] a_i, b_i, output logic [5:0] y_o);\n"
    "  assign y_o = $signed(a_i) * $signed(b_i);\nendmodule\n" MUL_HEAD
    "  toy_core u_multiply (.a_i(w_i), .b_i(a_i), .y_o(y_o));\nendmodule\n";

const char toy_loose_mul[] = MUL_HEAD "  assign y_o = $signed(w_i) * $signed(a_i);\nendmodule\n";

const char toy_latch_mul[] = MUL_HEAD
    "  logic [SumBits-1:0] kept;\n  always_latch if (w_i[0]) kept = SumBits'(a_i);\n  assign y_o = kept;\nendmodule\n";

const char toy_convert[] =
    "module int_convert #(parameter int OutputBits = 3, parameter int SumBits = 6) (\n"
    "  input logic [SumBits-1:0] sum_i, input logic [$clog2(SumBits)-1:0] shift_i,\n"
    "  output logic [OutputBits-1:0] y_o);\n  assign y_o = OutputBits'(sum_i >> shift_i);\nendmodule\n";

void toy_folder(char folder[NG_PATH_SIZE])
{
    ng_error error;
    char name[] = "build/toy_rtl.XXXXXX";
    ck_assert(ng_make_folders("build", &error));
    ck_assert_ptr_nonnull(mkdtemp(name));
    ck_assert(ng_path(folder, &error, "%s", name));
}

void toy_write(const char *folder, const char *name, const char *text)
{
    char path[NG_PATH_SIZE];
    ng_error error;
    ck_assert(ng_path(path, &error, "%s/%s", folder, name));
    ck_assert(ng_write_file(path, text, strlen(text), &error));
}

ng_datapath toy_int3_mul(void)
{
    ng_datapath path;
    const ng_request request = {
        .kind = NG_UNIT_MUL, .weight = ng_format_find("int3"), .activation = ng_format_find("int3")};
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}
