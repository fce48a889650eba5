/* Toggle counts worked by hand, and against a scalar simulation of every lane. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/netlist/toggles.h"
#include "tests/support/draft.h"
#include "tests/support/random.h"

/* Sets a one-bit input of every lane and runs a cycle. */
static void cycle(ng_toggler *toggler, const ng_netlist *netlist, const char *port, uint64_t value, ng_toggles *counts)
{
    uint64_t words[NG_EVALUATOR_LANES];
    for (size_t i = 0; i < NG_EVALUATOR_LANES; i++) {
        words[i] = value;
    }
    ng_toggler_set(toggler, ng_netlist_port(netlist, port), words, 1, NG_EVALUATOR_LANES);
    ng_toggler_cycle(toggler, 3, counts);
}

static void check_sum(const ng_toggle_sum *sum, uint64_t toggles, uint64_t weighted)
{
    ck_assert_uint_eq(sum->toggles, 3 * toggles);
    ck_assert_uint_eq(sum->weighted, 3 * weighted);
}

/* y = a & ~a. When a rises it and the inverter change (loads 2 and 1), and y goes up for one unit of time until the inverter
 * has followed. When a falls y stays 0. */
START_TEST(glitch)
{
    draft made;
    ng_netlist netlist;
    ng_toggler *toggler;
    ng_toggles counts = {0};
    ng_error error;
    draft_start(&made);
    draft_port(&made, "a_i", false, "2");
    draft_port(&made, "y_o", true, "4");
    draft_cell(&made, "n", "INV", NULL, "I=2 O=3");
    draft_cell(&made, "y", "LUT2", "INIT=1000", "I0=2 I1=3 O=4");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert_msg(ng_toggler_new(&toggler, &netlist, &error), "%s", error.text);
    cycle(toggler, &netlist, "a_i", 1, &counts);
    ck_assert_uint_eq(counts.cycles, 3);
    check_sum(&counts.zero_delay, 2, 3);
    check_sum(&counts.unit_delay, 4, 5);
    cycle(toggler, &netlist, "a_i", 1, &counts);
    check_sum(&counts.unit_delay, 4, 5);
    cycle(toggler, &netlist, "a_i", 0, &counts);
    check_sum(&counts.zero_delay, 4, 6);
    check_sum(&counts.unit_delay, 6, 8);
    ng_toggler_free(toggler);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* A counter bit and a register behind it: q = q ^ a, r = q. The clock is not counted; what the flip-flops take over is what
 * stood before the edge. a has one load, q three (the LUT, r, the port), the LUT one, r one. */
START_TEST(clocked)
{
    draft made;
    ng_netlist netlist;
    ng_toggler *toggler;
    ng_toggles counts = {0};
    ng_error error;
    draft_start(&made);
    draft_port(&made, "clk_i", false, "2");
    draft_port(&made, "a_i", false, "3");
    draft_port(&made, "y_o", true, "4,6");
    draft_cell(&made, "x", "LUT2", "INIT=0110", "I0=3 I1=4 O=5");
    draft_cell(&made, "q", "FDRE", "INIT=0", "C=2 CE=1 D=5 R=0 Q=4");
    draft_cell(&made, "r", "FDRE", "INIT=0", "C=2 CE=1 D=4 R=0 Q=6");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert_msg(ng_toggler_new(&toggler, &netlist, &error), "%s", error.text);
    cycle(toggler, &netlist, "a_i", 1, &counts); /* a, x rise */
    check_sum(&counts.unit_delay, 2, 2);
    cycle(toggler, &netlist, "a_i", 1, &counts); /* q rises, x falls */
    check_sum(&counts.unit_delay, 4, 6);
    cycle(toggler, &netlist, "a_i", 0, &counts); /* a falls, r rises; q was not to change: x was 0, so q falls */
    check_sum(&counts.zero_delay, 7, 11);
    check_sum(&counts.unit_delay, 7, 11);
    ng_toggler_free(toggler);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

START_TEST(asynchronous_reset_is_refused)
{
    draft made;
    ng_netlist netlist;
    ng_toggler *toggler;
    ng_error error;
    draft_start(&made);
    draft_port(&made, "clk_i", false, "2");
    draft_port(&made, "a_i", false, "3");
    draft_port(&made, "y_o", true, "4");
    draft_cell(&made, "q", "FDCE", "INIT=0", "C=2 CE=1 D=3 CLR=3 Q=4");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert(!ng_toggler_new(&toggler, &netlist, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* ---- random LUT networks, each lane simulated by itself ---- */

enum { INPUTS = 6, LUTS = 30, NETS = INPUTS + LUTS, CYCLES = 6 };

typedef struct {
    unsigned table[LUTS];
    unsigned in[LUTS][3];
    unsigned loads[NETS];
    bool value[NETS];
} network;

static void draw(network *n, draft *made, uint64_t seed)
{
    char bits[256];
    int length = 0;
    draft_start(made);
    draft_port(made, "a_i", false, "2,3,4,5,6,7");
    *n = (network){.loads = {0}};
    for (unsigned i = 0; i < LUTS; i++) {
        char name[16];
        char table[32] = "INIT=";
        char pins[64];
        n->table[i] = random_below(seed, 100 + i, 256);
        for (unsigned bit = 0; bit < 8; bit++) {
            table[5 + bit] = (n->table[i] >> (7 - bit) & 1) != 0 ? '1' : '0';
        }
        for (unsigned pin = 0; pin < 3; pin++) {
            n->in[i][pin] = random_below(seed, 200 + 3 * i + pin, INPUTS + i);
            n->loads[n->in[i][pin]]++;
        }
        (void)snprintf(name, sizeof name, "l%u", i);
        (void)snprintf(pins, sizeof pins, "I0=%u I1=%u I2=%u O=%u", 2 + n->in[i][0], 2 + n->in[i][1], 2 + n->in[i][2],
                       2 + INPUTS + i);
        draft_cell(made, name, "LUT3", table, pins);
        if (i >= LUTS / 2) {
            length += snprintf(bits + length, 8, length == 0 ? "%u" : ",%u", 2 + INPUTS + i);
            n->loads[INPUTS + i]++;
        }
    }
    draft_port(made, "y_o", true, bits);
}

static bool lut(const network *n, unsigned i)
{
    const unsigned word = (unsigned)n->value[n->in[i][0]] | (unsigned)n->value[n->in[i][1]] << 1 |
                          (unsigned)n->value[n->in[i][2]] << 2;
    return (n->table[i] >> word & 1) != 0;
}

/* All LUTs at once, again and again. */
static void settle(network *n, ng_toggle_sum *sum)
{
    bool changed = true;
    while (changed) {
        bool next[LUTS];
        changed = false;
        for (unsigned i = 0; i < LUTS; i++) {
            next[i] = lut(n, i);
        }
        for (unsigned i = 0; i < LUTS; i++) {
            if (next[i] != n->value[INPUTS + i]) {
                changed = true;
                sum->toggles += n->loads[INPUTS + i] != 0;
                sum->weighted += n->loads[INPUTS + i];
                n->value[INPUTS + i] = next[i];
            }
        }
    }
}

static void step(network *n, uint64_t word, ng_toggles *counts)
{
    bool before[NETS];
    for (unsigned i = 0; i < NETS; i++) {
        before[i] = n->value[i];
    }
    for (unsigned i = 0; i < INPUTS; i++) {
        const bool next = (word >> i & 1) != 0;
        counts->unit_delay.toggles += next != n->value[i] && n->loads[i] != 0;
        counts->unit_delay.weighted += next != n->value[i] ? n->loads[i] : 0;
        n->value[i] = next;
    }
    settle(n, &counts->unit_delay);
    for (unsigned i = 0; i < NETS; i++) {
        counts->zero_delay.toggles += n->value[i] != before[i] && n->loads[i] != 0;
        counts->zero_delay.weighted += n->value[i] != before[i] ? n->loads[i] : 0;
    }
}

static uint64_t input_of(uint64_t seed, unsigned lane, unsigned at)
{
    return random_below(seed, 10000 + NG_EVALUATOR_LANES * at + lane, 1U << INPUTS);
}

static void check_network(uint64_t seed, size_t lanes)
{
    draft made;
    network start;
    ng_netlist netlist;
    ng_toggler *toggler;
    ng_toggles counts = {0};
    ng_toggles expected = {0};
    uint64_t words[NG_EVALUATOR_LANES];
    ng_error error;
    draw(&start, &made, seed);
    draft_must_load(&made, "xc7", &netlist);
    ck_assert_msg(ng_toggler_new(&toggler, &netlist, &error), "%s", error.text);
    for (unsigned at = 0; at < CYCLES; at++) {
        for (unsigned lane = 0; lane < NG_EVALUATOR_LANES; lane++) {
            words[lane] = input_of(seed, lane, at);
        }
        ng_toggler_set(toggler, ng_netlist_port(&netlist, "a_i"), words, 1, NG_EVALUATOR_LANES);
        ng_toggler_cycle(toggler, lanes, &counts);
    }
    settle(&start, &(ng_toggle_sum){0});
    for (unsigned lane = 0; lane < lanes; lane++) {
        network n = start;
        for (unsigned at = 0; at < CYCLES; at++) {
            step(&n, input_of(seed, lane, at), &expected);
        }
    }
    ck_assert_uint_eq(counts.cycles, CYCLES * lanes);
    ck_assert_uint_eq(counts.zero_delay.toggles, expected.zero_delay.toggles);
    ck_assert_uint_eq(counts.zero_delay.weighted, expected.zero_delay.weighted);
    ck_assert_uint_eq(counts.unit_delay.toggles, expected.unit_delay.toggles);
    ck_assert_uint_eq(counts.unit_delay.weighted, expected.unit_delay.weighted);
    ck_assert_uint_gt(counts.unit_delay.toggles, counts.zero_delay.toggles);
    ng_toggler_free(toggler);
    ng_netlist_free(&netlist);
    draft_free(&made);
}

START_TEST(against_scalar)
{
    static const size_t lanes[] = {NG_EVALUATOR_LANES, 1, 9, 64, 300, NG_EVALUATOR_LANES - 1};
    for (uint64_t seed = 0; seed < 12; seed++) {
        check_network(seed, lanes[seed % (sizeof lanes / sizeof lanes[0])]);
    }
}
END_TEST

Suite *ng_suite_toggles(void);

Suite *ng_suite_toggles(void)
{
    Suite *suite = suite_create("toggles");
    TCase *tcase = tcase_create("toggles");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, glitch);
    tcase_add_test(tcase, clocked);
    tcase_add_test(tcase, asynchronous_reset_is_refused);
    tcase_add_test(tcase, against_scalar);
    suite_add_tcase(suite, tcase);
    return suite;
}
