/* The netlist reader: what it understands, and that it refuses everything else with the file and the place. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/draft.h"

/* A full adder bit: y = a ^ b ^ c registered. */
static void start_small(draft *made)
{
    draft_start(made);
    draft_port(made, "clk_i", false, "2");
    draft_port(made, "a_i", false, "3,4,5");
    draft_port(made, "y_o", true, "7,1");
    draft_cell(made, "u_multiply.lut", "LUT3", "INIT=10010110", "I0=3 I1=4 I2=5 O=6");
    draft_cell(made, "q", "FDRE", "INIT=x", "C=2 CE=1 D=6 R=0 Q=7");
}

START_TEST(small)
{
    draft made;
    ng_netlist netlist;
    start_small(&made);
    draft_must_load(&made, "xc7", &netlist);
    ck_assert_uint_eq(netlist.cell_count, 2);
    ck_assert_uint_eq(netlist.port_count, 3);
    ck_assert_str_eq(netlist.module, "top");
    ck_assert_str_eq(netlist.cells[0].name, "u_multiply.lut");
    ck_assert_uint_eq(netlist.cells[0].table, 0x96);
    ck_assert_uint_eq(netlist.cells[1].input[NG_FF_ENABLE], NG_NET_ONE);
    ck_assert_uint_eq(netlist.step_count, 1);
    ck_assert_uint_eq(netlist.clock, ng_netlist_port(&netlist, "clk_i")->bits[0]);
    ck_assert_uint_eq(ng_netlist_port(&netlist, "y_o")->bits[1], NG_NET_ONE);
    ck_assert_ptr_null(ng_netlist_port(&netlist, "z_o"));
    ck_assert_uint_eq(netlist.fanout[netlist.cells[0].output[0]], 1);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* Net numbers are names: they may be any integer. */
START_TEST(huge_net_numbers)
{
    draft made;
    ng_netlist netlist;
    draft_start(&made);
    draft_port(&made, "a_i", false, "9223372036854775807");
    draft_port(&made, "y_o", true, "4611686018427387904");
    draft_cell(&made, "n", "INV", NULL, "I=9223372036854775807 O=4611686018427387904");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert_uint_eq(netlist.net_count, NG_NET_FIRST + 2);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* One fault each, put into the small netlist. `reason` is part of the message. */
typedef struct {
    int exit_code;
    char reason[56];
    char name[16];
    char type[12];
    char table[24];
    char pins[64];
} bad_cell;

static const bad_cell bad_cells[] = {
    {1, "type DSP48E1 is not allowed", "d", "DSP48E1", "", "A=3"},
    {1, "type LDCE is not allowed", "l", "LDCE", "", "D=3 G=4 Q=20"},
    {1, "type SB_LUT4 is not allowed", "l", "SB_LUT4", "LUT_INIT=0", "I0=3 I1=0 I2=0 I3=0 O=20"},
    {2, "driver already", "l", "INV", "", "I=3 O=6"},
    {2, "driver already", "l", "INV", "", "I=3 O=4"},
    {2, "without a driver", "l", "INV", "", "I=99 O=20"},
    {2, "drives a constant", "l", "INV", "", "I=3 O=0"},
    {2, "combinational loop", "l", "INV", "", "I=20 O=20"},
    {2, "pin I does not have 1 bits", "l", "INV", "", "I=3,4 O=20"},
    {2, "pin I does not have 1 bits", "l", "INV", "", "O=20"},
    {2, "pin S does not have 4 bits", "c", "CARRY4", "", "CI=0 CYINIT=0 DI=0,0,0,0 S=3,4"},
    {2, "unknown pin", "l", "INV", "", "I=3 O=20 Z=4"},
    {2, "no truth table", "l", "LUT1", "", "I0=3 O=20"},
    {2, "bad truth table", "l", "LUT1", "INIT=100", "I0=3 O=20"},
    {2, "bad truth table", "l", "LUT1", "INIT=1x", "I0=3 O=20"},
    {2, "bad truth table", "l", "LUT1", "INIT=", "I0=3 O=20"},
    {2, "unknown parameter", "l", "INV", "MODE=1", "I=3 O=20"},
    {2, "falling clock edge", "f", "FDRE", "IS_C_INVERTED=1", "C=2 CE=1 D=3 R=0 Q=20"},
    {2, "unknown parameter", "f", "FDRE", "IS_Z_INVERTED=1", "C=2 CE=1 D=3 R=0 Q=20"},
    {2, "another clock", "f", "FDRE", "INIT=0", "C=3 CE=1 D=3 R=0 Q=20"},
    {2, "clock is used as data", "l", "INV", "", "I=2 O=20"},
};

START_TEST(refused_cell)
{
    const bad_cell *bad = &bad_cells[_i];
    draft made;
    ng_netlist netlist;
    ng_error error;
    start_small(&made);
    draft_cell(&made, bad->name, bad->type, bad->table[0] != 0 ? bad->table : NULL, bad->pins);
    ck_assert(!draft_load(&made, "xc7", &netlist, &error));
    ck_assert_int_eq(error.exit_code, bad->exit_code);
    ck_assert_msg(strstr(error.text, "draft.json") != NULL, "no file: %s", error.text);
    ck_assert_msg(strstr(error.text, bad->reason) != NULL, "%s: %s", bad->reason, error.text);
    draft_free(&made);
}
END_TEST

/* The cell that closes a loop of several is named, not one behind it. */
START_TEST(long_loop)
{
    draft made;
    ng_netlist netlist;
    ng_error error;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2");
    draft_port(&made, "y_o", true, "9");
    draft_cell(&made, "loop_a", "LUT2", "INIT=1000", "I0=2 I1=8 O=6");
    draft_cell(&made, "loop_b", "INV", NULL, "I=6 O=7");
    draft_cell(&made, "loop_c", "INV", NULL, "I=7 O=8");
    draft_cell(&made, "behind", "INV", NULL, "I=8 O=9");
    ck_assert(!draft_load(&made, "xc7", &netlist, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "loop_"));
    draft_free(&made);
}
END_TEST

/* A CARRY4's upper bits may depend on its lower outputs: no loop. */
START_TEST(carry_bits_apart)
{
    draft made;
    ng_netlist netlist;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2,3");
    draft_port(&made, "y_o", true, "6");
    draft_cell(&made, "c", "CARRY4", NULL, "CI=0 CYINIT=1 DI=0,0,0,0 S=2,3,7,0 O=4,5,6,8");
    draft_cell(&made, "n", "INV", NULL, "I=4 O=7");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert_uint_eq(netlist.step_count, 5);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* Whole files that are no netlist. */
static const char *const bad_texts[] = {
    "",
    "[]",
    "{}",
    "{\"modules\": 3}",
    "{\"modules\": {}}",
    "{\"modules\": {\"a\": 1}}",
    "{\"modules\": {\"a\": {}, \"b\": {}}}",
    "{\"modules\": {\"a\": {\"attributes\": {\"top\": \"1\"}}, \"b\": {\"attributes\": {\"top\": \"1\"}}}}",
    "{\"modules\": {\"a\": {\"ports\": [], \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {}, \"cells\": 7}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": 1}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": 1, \"bits\": []}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"inout\", \"bits\": []}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"input\", \"bits\": [\"0\"]}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"input\", \"bits\": [\"zz\"]}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"input\", \"bits\": [1e3]}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"input\", \"bits\": [99999999999999999999]}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"input\", \"bits\": [2, 2]}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\": {\"direction\": \"output\", \"bits\": [2]}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {\"p\\u001b[2J\": {\"direction\": \"input\", \"bits\": []}}, \"cells\": {}}}}",
    "{\"modules\": {\"a\": {\"ports\": {}, \"cells\": {\"c\": []}}}}",
    "{\"modules\": {\"a\": {\"ports\": {}, \"cells\": {\"c\": {\"type\": \"INV\"}}}}}",
    "{\"modules\": {\"a\": {\"ports\": {}, \"cells\": {\"c\": {\"type\": 1, \"parameters\": {}, \"connections\": {}}}}}}",
    "{\"modules\": {\"a\": {\"ports\": {}, \"cells\": {}, \"cells\": {}}}}",
};

START_TEST(refused_text)
{
    const char *text = bad_texts[_i];
    ng_netlist netlist;
    ng_error error;
    ck_assert(!ng_netlist_parse(&netlist, "bad.json", text, strlen(text), ng_target_find("xc7"), &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_int_eq(strncmp(error.text, "bad.json: ", 10), 0);
}
END_TEST

/* Every prefix of a good file is refused, and no byte of it can be replaced so that the reader crashes. */
START_TEST(damaged)
{
    draft made;
    ng_netlist netlist;
    ng_error error;
    start_small(&made);
    char *text = json_dumps(made.root, 0);
    const size_t size = strlen(text);
    for (size_t length = 0; length < size; length++) {
        ck_assert(!ng_netlist_parse(&netlist, "cut.json", text, length, ng_target_find("xc7"), &error));
    }
    for (size_t at = 0; at < size; at++) {
        const char kept = text[at];
        for (const char *other = "\"0x9{]}\n"; *other != 0; other++) {
            text[at] = *other;
            if (ng_netlist_parse(&netlist, "bent.json", text, size, ng_target_find("xc7"), &error)) {
                ng_netlist_free(&netlist);
            }
        }
        text[at] = kept;
    }
    free(text);
    draft_free(&made);
}
END_TEST

START_TEST(missing_file)
{
    ng_netlist netlist;
    ng_error error;
    ck_assert(!ng_netlist_load(&netlist, "build/no/such.json", ng_target_find("xc7"), &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

START_TEST(too_many_cells)
{
    draft made;
    ng_netlist netlist;
    ng_error error;
    draft_start(&made);
    for (unsigned i = 0; i <= NG_NETLIST_CELLS_MAX; i++) {
        char name[16];
        ck_assert_int_lt(snprintf(name, sizeof name, "c%u", i), (int)sizeof name);
        draft_cell(&made, name, "INV", NULL, "I=0");
    }
    ck_assert(!draft_load(&made, "xc7", &netlist, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "too many cells"));
    draft_free(&made);
}
END_TEST

Suite *ng_suite_netlist(void);

Suite *ng_suite_netlist(void)
{
    Suite *suite = suite_create("netlist");
    TCase *tcase = tcase_create("netlist");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, small);
    tcase_add_test(tcase, huge_net_numbers);
    tcase_add_loop_test(tcase, refused_cell, 0, sizeof bad_cells / sizeof bad_cells[0]);
    tcase_add_test(tcase, long_loop);
    tcase_add_test(tcase, carry_bits_apart);
    tcase_add_loop_test(tcase, refused_text, 0, sizeof bad_texts / sizeof bad_texts[0]);
    tcase_add_test(tcase, damaged);
    tcase_add_test(tcase, missing_file);
    tcase_add_test(tcase, too_many_cells);
    suite_add_tcase(suite, tcase);
    return suite;
}
