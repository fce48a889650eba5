/* Counts worked by hand, and sites against exhaustive search over all ways to pair LUTs. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "src/netlist/counts.h"
#include "tests/support/draft.h"
#include "tests/support/random.h"

static ng_counts counted(const draft *made, const char *target, ng_netlist *netlist)
{
    ng_counts counts;
    ng_error error;
    draft_must_load(made, target, netlist);
    ck_assert_msg(ng_count(netlist, &counts, &error), "%s", error.text);
    return counts;
}

static ng_counts count_and_free(const draft *made, const char *target)
{
    ng_netlist netlist;
    const ng_counts counts = counted(made, target, &netlist);
    ng_netlist_free(&netlist);
    return counts;
}

/* A two-bit adder row y = a + (b & c): two LUTs on S, one of them with its DI LUT; a free LUT beside; a growth bit. */
static void start_adder(draft *made)
{
    draft_start(made);
    draft_port(made, "a_i", false, "2,3,4,5,6");
    draft_port(made, "y_o", true, "20,21,22,30");
    draft_cell(made, "g[0].u_accumulate.s0", "LUT3", "INIT=01111000", "I0=2 I1=3 I2=4 O=10");
    draft_cell(made, "g[0].u_accumulate.d0", "LUT2", "INIT=1000", "I0=2 I1=3 O=11");
    draft_cell(made, "g[0].u_accumulate.s1", "LUT2", "INIT=0110", "I0=3 I1=5 O=12");
    draft_cell(made, "g[0].u_accumulate.carry", "CARRY4", NULL,
               "CI=0 CYINIT=0 DI=11,5,0,0 S=10,12,6,6 O=20,21,22,23");
    draft_cell(made, "g[0].u_multiply.free", "INV", NULL, "I=6 O=30");
}

START_TEST(adder)
{
    draft made;
    start_adder(&made);
    const ng_counts counts = count_and_free(&made, "xc7");
    ck_assert_uint_eq(counts.lut_cells, 4);
    ck_assert_uint_eq(counts.lut_cells_by_size[1], 1);
    ck_assert_uint_eq(counts.lut_cells_by_size[2], 2);
    ck_assert_uint_eq(counts.lut_cells_by_size[3], 1);
    ck_assert_uint_eq(counts.carry, 1);
    /* s0 with d0; s1 must not take the inverter; bit 2 is read, bit 3 is not. */
    ck_assert_uint_eq(counts.sites, 3);
    ck_assert_uint_eq(counts.route_throughs, 1);
    ck_assert_uint_eq(counts.part[NG_PART_ACCUMULATE].half_sites, 4);
    ck_assert_uint_eq(counts.part[NG_PART_ACCUMULATE].route_throughs, 1);
    ck_assert_uint_eq(counts.part[NG_PART_MULTIPLY].half_sites, 2);
    ck_assert_ptr_null(counts.other);
    draft_free(&made);
}
END_TEST

/* A LUT sits at one carry bit: the second S pin it drives needs a route-through; a constant S needs none. */
START_TEST(shared_select)
{
    draft made;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2,3");
    draft_port(&made, "y_o", true, "20,21,22,23");
    draft_cell(&made, "u_align.s", "LUT2", "INIT=0110", "I0=2 I1=3 O=10");
    draft_cell(&made, "u_align.carry", "CARRY4", NULL, "CI=0 CYINIT=0 DI=2,2,2,2 S=10,10,1,x O=20,21,22,23");
    const ng_counts counts = count_and_free(&made, "xc7");
    ck_assert_uint_eq(counts.sites, 1);
    ck_assert_uint_eq(counts.route_throughs, 1);
    draft_free(&made);
}
END_TEST

START_TEST(five_inputs_together)
{
    static const struct {
        const char *second;
        unsigned sites;
    } rows[] = {{"I0=2 I1=3 I2=4 I3=6", 1}, {"I0=2 I1=3 I2=6 I3=7", 2}, {"I0=6 I1=6 I2=1 I3=0", 1},
                {"I0=6 I1=7 I2=1 I3=0", 2}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draft made;
        char pins[64];
        draft_start(&made);
        draft_port(&made, "a_i", false, "2,3,4,5,6,7");
        draft_port(&made, "y_o", true, "20,21");
        draft_cell(&made, "u_align.a", "LUT4", "INIT=1", "I0=2 I1=3 I2=4 I3=5 O=20");
        (void)snprintf(pins, sizeof pins, "%s O=21", rows[i].second);
        draft_cell(&made, "u_multiply.b", "LUT4", "INIT=1", pins);
        const ng_counts counts = count_and_free(&made, "xc7");
        ck_assert_uint_eq(counts.sites, rows[i].sites);
        ck_assert_uint_eq(counts.part[NG_PART_ALIGN].half_sites, rows[i].sites == 1 ? 1 : 2);
        draft_free(&made);
    }
}
END_TEST

/* ---- exhaustive pairing ---- */

enum { LUTS_MAX = 9, NETS = 9 };

typedef struct {
    unsigned inputs[LUTS_MAX]; /* sets of nets */
    int select[LUTS_MAX];      /* carry bit whose S it drives, -1: none */
    int data[LUTS_MAX];        /* carry bit whose DI it drives, -1: none */
    unsigned count;
} puzzle;

static bool may_share(const puzzle *p, unsigned a, unsigned b)
{
    if (__builtin_popcount(p->inputs[a] | p->inputs[b]) > 5) {
        return false;
    }
    const bool a_free = p->select[a] < 0 || p->select[a] == p->data[b];
    const bool b_free = p->select[b] < 0 || p->select[b] == p->data[a];
    return a_free && b_free;
}

static unsigned most_pairs(const puzzle *p, unsigned left)
{
    if (left == 0) {
        return 0;
    }
    const unsigned lowest = (unsigned)__builtin_ctz(left);
    unsigned best = most_pairs(p, left & (left - 1));
    for (unsigned other = lowest + 1; other < p->count; other++) {
        if ((left >> other & 1) != 0 && may_share(p, lowest, other)) {
            const unsigned with = 1 + most_pairs(p, left & ~(1U << lowest) & ~(1U << other));
            best = with > best ? with : best;
        }
    }
    return best;
}

static void draw_lut(draft *made, puzzle *p, uint64_t seed, unsigned index)
{
    char name[32];
    char type[8];
    char pins[96];
    int length = 0;
    const unsigned size = 1 + random_below(seed, 100 + index, 6);
    p->inputs[index] = 0;
    p->select[index] = p->data[index] = -1;
    for (unsigned i = 0; i < size; i++) {
        const unsigned net = random_below(seed, 200 + 8 * index + i, NETS);
        p->inputs[index] |= 1U << net;
        length += snprintf(pins + length, sizeof pins - (size_t)length, "I%u=%u ", i, net + 2);
    }
    (void)snprintf(pins + length, sizeof pins - (size_t)length, "O=%u", 20 + index);
    (void)snprintf(name, sizeof name, "u_%s.%u", index % 2 == 0 ? "align" : "multiply", index);
    (void)snprintf(type, sizeof type, "LUT%u", size);
    draft_cell(made, name, type, "INIT=1", pins);
}

/* Up to four LUTs drive S pins, and the LUT before each may drive the DI pin. */
static void draw_carry(draft *made, puzzle *p, uint64_t seed)
{
    unsigned select[4] = {0};
    unsigned data[4] = {0};
    char pins[128];
    for (unsigned bit = 0; bit < 4 && 2 * bit + 1 < p->count; bit++) {
        if (random_below(seed, 10 + bit, 3) != 0) {
            p->select[2 * bit + 1] = (int)bit;
            select[bit] = 20 + 2 * bit + 1;
        }
        if (random_below(seed, 20 + bit, 2) != 0) {
            p->data[2 * bit] = (int)bit;
            data[bit] = 20 + 2 * bit;
        }
    }
    (void)snprintf(pins, sizeof pins, "CI=0 CYINIT=0 DI=%u,%u,%u,%u S=%u,%u,%u,%u O=50,51,52,53", data[0], data[1],
                   data[2], data[3], select[0], select[1], select[2], select[3]);
    draft_cell(made, "u_accumulate.carry", "CARRY4", NULL, pins);
}

START_TEST(sites_against_search)
{
    for (uint64_t seed = 0; seed < 1500; seed++) {
        draft made;
        puzzle p = {.count = 2 + (unsigned)(seed % (LUTS_MAX - 1))};
        draft_start(&made);
        draft_port(&made, "a_i", false, "2,3,4,5,6,7,8,9,10");
        draft_port(&made, "y_o", true, "53");
        for (unsigned i = 0; i < p.count; i++) {
            draw_lut(&made, &p, seed, i);
        }
        draw_carry(&made, &p, seed);
        const ng_counts counts = count_and_free(&made, "xc7");
        ck_assert_msg(counts.sites == p.count - most_pairs(&p, (1U << p.count) - 1), "seed %u: %u sites",
                      (unsigned)seed, counts.sites);
        ck_assert_uint_eq(counts.route_throughs, 0);
        draft_free(&made);
    }
}
END_TEST

/* ---- parts ---- */

START_TEST(part_names)
{
    static const struct {
        const char *name;
        ng_part part;
    } rows[] = {
        {"$flatten\\g[0].u_multiply.$abc$1$auto$blifparse.cc:525:parse_blif$2", NG_PART_MULTIPLY},
        {"$flatten\\u_multiply.u_align_first.$abc$1", NG_PART_ALIGN},
        {"u_accumulate_tree.gen_split.u_pair.carry", NG_PART_ACCUMULATE},
        {"u_align.u_row.g[1].x", NG_PART_ALIGN},
        {"$flatten\\u_term.\\u_convert.$abc$3", NG_PART_CONVERT},
        {"$abc$12$auto$rtl/u_multiply.sv:3$4", NG_PART_OTHER},
        {"menu_align.x", NG_PART_OTHER},
        {"", NG_PART_OTHER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_msg(ng_part_of(rows[i].name) == rows[i].part, "%s", rows[i].name);
    }
    ck_assert_str_eq(ng_part_name(NG_PART_ACCUMULATE), "accumulate");
}
END_TEST

START_TEST(cell_of_no_part)
{
    draft made;
    ng_netlist netlist;
    start_adder(&made);
    draft_cell(&made, "lost", "INV", NULL, "I=2 O=40");
    const ng_counts counts = counted(&made, "xc7", &netlist);
    ck_assert_str_eq(counts.other, "lost");
    ck_assert_uint_eq(counts.part[NG_PART_OTHER].lut_cells, 1);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* ---- iCE40 ---- */

/* Carry 0 has its LUT; carry 1 has none and reads the same; its carry-out goes to a LUT's I0. */
START_TEST(logic_cells)
{
    draft made;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2,3,4");
    draft_port(&made, "y_o", true, "20,21,22");
    draft_cell(&made, "u_multiply.c0", "SB_CARRY", NULL, "I0=2 I1=3 CI=4 CO=10");
    draft_cell(&made, "u_multiply.s0", "SB_LUT4", "LUT_INIT=0110100110010110", "I0=0 I1=2 I2=3 I3=4 O=20");
    draft_cell(&made, "u_multiply.c1", "SB_CARRY", NULL, "I0=2 I1=3 CI=10 CO=11");
    draft_cell(&made, "u_align.s1", "SB_LUT4", "LUT_INIT=0110100110010110", "I0=0 I1=2 I2=0 I3=10 O=21");
    draft_cell(&made, "u_align.s2", "SB_LUT4", "LUT_INIT=1010101010101010", "I0=11 I1=0 I2=0 I3=0 O=22");
    const ng_counts counts = count_and_free(&made, "ice40");
    ck_assert_uint_eq(counts.lut_cells, 3);
    ck_assert_uint_eq(counts.lut_cells_by_size[4], 3);
    ck_assert_uint_eq(counts.carry, 2);
    ck_assert_uint_eq(counts.sites, 4);
    ck_assert_uint_eq(counts.route_throughs, 2);
    ck_assert_uint_eq(counts.part[NG_PART_ALIGN].half_sites, 4);
    draft_free(&made);
}
END_TEST

Suite *ng_suite_counts(void);

Suite *ng_suite_counts(void)
{
    Suite *suite = suite_create("counts");
    TCase *tcase = tcase_create("counts");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, adder);
    tcase_add_test(tcase, shared_select);
    tcase_add_test(tcase, five_inputs_together);
    tcase_add_test(tcase, sites_against_search);
    tcase_add_test(tcase, part_names);
    tcase_add_test(tcase, cell_of_no_part);
    tcase_add_test(tcase, logic_cells);
    suite_add_tcase(suite, tcase);
    return suite;
}
