/* Depth on netlists small enough to read it off. */
#include <check.h>

#include "src/netlist/depth.h"
#include "tests/support/draft.h"

static void check(const draft *made, unsigned levels, const char *const *names, size_t count)
{
    ng_netlist netlist;
    ng_depth depth;
    ng_error error;
    draft_must_load(made, "xc7", &netlist);
    ck_assert(ng_depth_find(&netlist, NG_PATH_LEVELS, &depth, &error));
    ck_assert_uint_eq(depth.length, levels);
    ck_assert_uint_eq(depth.cell_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(netlist.cells[depth.cells[i]].name, names[i]);
    }
    ng_depth_free(&depth);
    ng_netlist_free(&netlist);
}

START_TEST(wires_only)
{
    draft made;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2");
    draft_port(&made, "y_o", true, "2");
    check(&made, 0, NULL, 0);
    draft_free(&made);
}
END_TEST

/* LUT, three bits of carry, LUT: two levels. The other way round, a register ends the path. */
START_TEST(through_carry)
{
    static const char *const names[] = {"first", "carry", "last"};
    draft made;
    draft_start(&made);
    draft_port(&made, "clk_i", false, "2");
    draft_port(&made, "a_i", false, "3,4");
    draft_port(&made, "y_o", true, "31");
    draft_cell(&made, "last", "LUT2", "INIT=0110", "I0=22 I1=3 O=30");
    draft_cell(&made, "first", "LUT2", "INIT=0110", "I0=3 I1=4 O=10");
    draft_cell(&made, "carry", "CARRY4", NULL, "CI=0 CYINIT=0 DI=3,0,0,0 S=10,3,4,0 O=20,21,22,23");
    draft_cell(&made, "q", "FDRE", "INIT=0", "C=2 CE=1 D=30 R=0 Q=40");
    draft_cell(&made, "after", "INV", NULL, "I=40 O=31");
    check(&made, 2, names, 3);
    draft_free(&made);
}
END_TEST

START_TEST(chain)
{
    static const char *const names[] = {"a", "b", "mux", "c"};
    draft made;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2,3");
    draft_port(&made, "y_o", true, "13");
    draft_cell(&made, "a", "INV", NULL, "I=2 O=10");
    draft_cell(&made, "b", "LUT2", "INIT=1000", "I0=10 I1=3 O=11");
    draft_cell(&made, "mux", "MUXF7", NULL, "I0=3 I1=11 S=2 O=12");
    draft_cell(&made, "c", "LUT2", "INIT=1000", "I0=12 I1=2 O=13");
    check(&made, 3, names, 4);
    draft_free(&made);
}
END_TEST

Suite *ng_suite_depth(void);

Suite *ng_suite_depth(void)
{
    Suite *suite = suite_create("depth");
    TCase *tcase = tcase_create("depth");
    tcase_add_test(tcase, wires_only);
    tcase_add_test(tcase, through_carry);
    tcase_add_test(tcase, chain);
    suite_add_tcase(suite, tcase);
    return suite;
}
