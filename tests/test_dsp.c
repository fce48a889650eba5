/* The evaluator's DSP block, and the Verilated one of sim/cells, against the data sheet's words in plain C (AMD UG479), and against
 * each other: random registers, random and extreme operands, cascades, sums that start anew. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/netlist/depth.h"
#include "src/netlist/evaluator.h"
#include "src/verify/bench.h"
#include "src/verify/verify.h"
#include "tests/support/draft.h"
#include "tests/support/random.h"
#include "tests/support/scratch.h"

enum {
    BLOCKS = 12,
    CYCLES = 40,
    LANES = 64,
    RTL_CYCLES = 3000,
    OPERANDS = 5,
    A = 0,
    B = 1,
    C = 2,
    D = 3,
    FIRST = 4,
    AREG = 1,
    BREG = 2,
    CREG = 4,
    DREG = 8,
    ADREG = 16,
    MREG = 32,
    PREG = 64,
    OPMODEREG = 128
};

/* What a block adds: nothing, the block before it, itself (0 while `first`), C. */
enum { Z_NONE = 0, Z_CASCADE = 1, Z_SUM = 2, Z_C = 3 };

typedef struct {
    unsigned registers;
    bool pre_adder;
    unsigned z;
} block;

static const char *const register_names[8] = {"AREG", "BREG", "CREG", "DREG", "ADREG", "MREG", "PREG", "OPMODEREG"};
static const unsigned widths[OPERANDS] = {30, 18, 48, 25, 1};
static const unsigned first_net[OPERANDS] = {100, 200, 300, 400, 500};

/* ---- the data sheet in C ---- */

typedef struct {
    int64_t a, b, c, d, ad, m, p;
    bool running; /* OPMODE has been clocked in */
    bool first;   /* what its register holds */
} state;

typedef struct {
    int64_t ad, m, p;
} wires;

/* The low bits of a number in two's complement. */
static int64_t low(int64_t value, unsigned bits)
{
    const int64_t half = INT64_C(1) << (bits - 1);
    return (int64_t)(((uint64_t)value + (uint64_t)half) & (((uint64_t)half << 1) - 1)) - half;
}

/* What the wires of a block carry; x: the operands at the pins, pcin: the P of the block before it. */
static wires settle(const block *is, const state *was, const uint64_t x[OPERANDS], int64_t pcin)
{
    const int64_t a = (is->registers & AREG) != 0 ? was->a : low((int64_t)x[A], 25);
    const int64_t b = (is->registers & BREG) != 0 ? was->b : low((int64_t)x[B], 18);
    const int64_t c = (is->registers & CREG) != 0 ? was->c : low((int64_t)x[C], 48);
    const int64_t d = (is->registers & DREG) != 0 ? was->d : low((int64_t)x[D], 25);
    const bool controlled = (is->registers & OPMODEREG) == 0 || was->running;
    const bool first = (is->registers & OPMODEREG) != 0 ? was->first : x[FIRST] != 0;
    wires now = {.ad = low(a + d, 25)};
    const int64_t factor = !is->pre_adder ? a : (is->registers & ADREG) != 0 ? was->ad : now.ad;
    now.m = factor * b;
    const int64_t product = (is->registers & MREG) != 0 ? was->m : now.m;
    const int64_t sums[4] = {0, pcin, first ? 0 : was->p, c};
    now.p = controlled ? low(product + sums[is->z], 48) : 0;
    return now;
}

static int64_t output(const block *is, const state *was, const wires *now)
{
    return (is->registers & PREG) != 0 ? was->p : now->p;
}

/* P of all blocks while the operands are at the pins. */
static void outputs(const block *blocks, const state *states, uint64_t x[OPERANDS], int64_t p[BLOCKS])
{
    for (unsigned k = 0; k < BLOCKS; k++) {
        const wires now = settle(&blocks[k], &states[k], x, k != 0 ? p[k - 1] : 0);
        p[k] = output(&blocks[k], &states[k], &now);
    }
}

static void clock_all(const block *blocks, state *states, uint64_t x[OPERANDS])
{
    int64_t p[BLOCKS];
    outputs(blocks, states, x, p);
    for (unsigned k = 0; k < BLOCKS; k++) {
        const wires now = settle(&blocks[k], &states[k], x, k != 0 ? p[k - 1] : 0);
        states[k] = (state){low((int64_t)x[A], 25), low((int64_t)x[B], 18), low((int64_t)x[C], 48), low((int64_t)x[D], 25),
                            now.ad, now.m, now.p, true, x[FIRST] != 0};
    }
}

/* ---- netlists of such blocks ---- */

static void put_bits(char *text, size_t size, const char *pin, unsigned from, unsigned count)
{
    size_t at = strlen(text);
    at += (size_t)snprintf(text + at, size - at, " %s=", pin);
    for (unsigned i = 0; i < count; i++) {
        at += (size_t)snprintf(text + at, size - at, "%s%u", i != 0 ? "," : "", from != 0 ? from + i : 0);
    }
}

static unsigned p_net(unsigned k)
{
    return 1000 + 100 * k;
}

static void add_text(char *text, size_t size, const char *more)
{
    const size_t at = strlen(text);
    (void)snprintf(text + at, size - at, "%s", more);
}

/* Block k: all operands at their pins, PCIN from block k - 1. */
static void draw(draft *made, const block *is, unsigned k, bool clocked)
{
    static const char controls[] =
        " CARRYIN=0 CARRYINSEL=0,0,0 ALUMODE=0,0,0,0 CEA1=1 CEA2=1 CEB1=1 CEB2=1 CEC=1 CED=1 CEAD=1 CEM=1 CEP=1 CECTRL=1"
        " CEINMODE=1 CEALUMODE=1 CECARRYIN=1 RSTA=0 RSTB=0 RSTC=0 RSTD=0 RSTM=0 RSTP=0 RSTCTRL=0 RSTINMODE=0 RSTALUMODE=0"
        " RSTALLCARRYIN=0";
    static const char *const opmodes[4] = {" OPMODE=1,0,1,0,0,0,0", " OPMODE=1,0,1,0,1,0,0", " OPMODE=1,0,1,0,0,600,0",
                                           " OPMODE=1,0,1,0,1,1,0"};
    static const char *const texts[9][2] = {{"USE_MULT", "MULTIPLY"}, {"USE_SIMD", "ONE48"}, {"USE_PATTERN_DETECT", "NO_PATDET"},
                                            {"A_INPUT", "DIRECT"},    {"B_INPUT", "DIRECT"}, {"INMODEREG", "0"},
                                            {"ALUMODEREG", "0"},      {"CARRYINREG", "0"},   {"CARRYINSELREG", "0"}};
    char pins[8192] = "";
    char name[32];
    (void)snprintf(name, sizeof name, "u_multiply%u", k);
    (void)snprintf(pins, sizeof pins, "CLK=%d", clocked && is->registers != 0 ? 2 : 0);
    put_bits(pins, sizeof pins, "A", first_net[A], 30);
    put_bits(pins, sizeof pins, "B", first_net[B], 18);
    put_bits(pins, sizeof pins, "C", first_net[C], 48);
    put_bits(pins, sizeof pins, "D", first_net[D], 25);
    put_bits(pins, sizeof pins, "PCIN", k != 0 ? p_net(k - 1) + 50 : 0, 48);
    put_bits(pins, sizeof pins, "P", p_net(k), 48);
    put_bits(pins, sizeof pins, "PCOUT", p_net(k) + 50, 48);
    add_text(pins, sizeof pins, is->pre_adder ? " INMODE=0,0,1,0,0" : " INMODE=0,0,0,0,0");
    add_text(pins, sizeof pins, opmodes[is->z]);
    add_text(pins, sizeof pins, controls);
    draft_cell(made, name, "DSP48E1", NULL, pins);
    for (unsigned i = 0; i < 8; i++) {
        draft_parameter(made, name, register_names[i], (is->registers >> i & 1) != 0 ? "1" : "0");
    }
    for (unsigned i = 0; i < 9; i++) {
        draft_parameter(made, name, texts[i][0], texts[i][1]);
    }
    draft_parameter(made, name, "USE_DPORT", is->pre_adder ? "TRUE" : "FALSE");
    draft_parameter(made, name, "ACASCREG", (is->registers & AREG) != 0 ? "1" : "0");
    draft_parameter(made, name, "BCASCREG", (is->registers & BREG) != 0 ? "1" : "0");
}

/* Ports as a clocked unit has them: w_i = {D, B, A}, a_i = C, y_o all sums. */
static void draw_all(draft *made, const block *blocks, bool clocked)
{
    char bits[8192] = "";
    draft_start(made);
    if (clocked) {
        draft_port(made, "clk_i", false, "2");
    }
    draft_port(made, "first_i", false, "500");
    put_bits(bits, sizeof bits, "", first_net[A], 30);
    put_bits(bits, sizeof bits, "", first_net[B], 18);
    put_bits(bits, sizeof bits, "", first_net[D], 25);
    for (char *at; (at = strstr(bits + 2, " =")) != NULL;) {
        *at = ',';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    draft_port(made, "w_i", false, bits + 2);
    bits[0] = 0;
    put_bits(bits, sizeof bits, "", first_net[C], 48);
    draft_port(made, "a_i", false, bits + 2);
    bits[0] = 0;
    for (unsigned k = 0; k < BLOCKS; k++) {
        put_bits(bits, sizeof bits, "", p_net(k), 48);
    }
    for (char *at; (at = strstr(bits + 2, " =")) != NULL;) {
        *at = ',';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    draft_port(made, "y_o", true, bits + 2);
    draft_cell(made, "u_multiply_not", "INV", NULL, "I=500 O=600");
    for (unsigned k = 0; k < BLOCKS; k++) {
        draw(made, &blocks[k], k, clocked);
    }
}

static bool read_draft(const draft *made, bool dsp, ng_netlist *netlist, ng_error *error)
{
    char *text = json_dumps(made->root, 0);
    const bool fine = ng_netlist_parse_for(netlist, "draft.json", text, strlen(text), ng_target_find("xc7"), dsp, error);
    free(text);
    return fine;
}

static void must_read(const draft *made, ng_netlist *netlist)
{
    ng_error error;
    ck_assert_msg(read_draft(made, true, netlist, &error), "%s", error.text);
}

/* ---- operands ---- */

/* One in four is an end of its range, one in four near zero. */
static void draw_operands(uint64_t seed, uint64_t step, uint64_t x[OPERANDS])
{
    for (unsigned i = 0; i < OPERANDS; i++) {
        const uint64_t bits = random_bits(seed, OPERANDS * step + i);
        const uint64_t mask = (UINT64_C(1) << widths[i]) - 1;
        const uint64_t top = UINT64_C(1) << (i == A ? 24 : widths[i] - 1);
        const uint64_t ends[4] = {top, top - 1, mask, 0};
        const uint64_t near = (bits >> 8 & 7) - 4;
        x[i] = (bits >> 60 == 0 && i != FIRST ? ends[bits & 3] : bits >> 62 == 1 && i != FIRST ? near : bits >> 4) & mask;
    }
}

static void pack(const uint64_t x[OPERANDS], uint64_t first[2])
{
    first[0] = x[A] | x[B] << 30 | x[D] << 48;
    first[1] = x[D] >> 16;
}

/* 48 bits of a result. */
static int64_t sum_at(const uint64_t *words, unsigned k)
{
    const unsigned at = 48 * k;
    const uint64_t value = words[at / 64] >> at % 64 | (at % 64 > 16 ? words[at / 64 + 1] << (64 - at % 64) : 0);
    return low((int64_t)value, 48);
}

/* Any registers and sums that a circuit may have. */
static block draw_block(uint64_t seed, unsigned k, bool clocked)
{
    const uint64_t bits = random_bits(seed, k);
    block is = {.registers = clocked ? (unsigned)bits & 0xFF : 0, .pre_adder = (bits >> 8 & 1) != 0, .z = bits >> 9 & 3};
    if (!clocked && is.z == Z_SUM) {
        is.z = Z_CASCADE;
    }
    is.registers |= is.z == Z_SUM ? (unsigned)PREG : 0;
    return is;
}

/* ---- the evaluator ---- */

typedef struct {
    block blocks[BLOCKS];
    ng_netlist netlist;
    ng_evaluator *evaluator;
    const ng_port *first, *w, *a, *y;
} circuit;

static void open_circuit(circuit *c, const draft *made)
{
    ng_error error;
    must_read(made, &c->netlist);
    ck_assert(ng_evaluator_new(&c->evaluator, &c->netlist, &error));
    c->first = ng_netlist_port(&c->netlist, "first_i");
    c->w = ng_netlist_port(&c->netlist, "w_i");
    c->a = ng_netlist_port(&c->netlist, "a_i");
    c->y = ng_netlist_port(&c->netlist, "y_o");
}

static void close_circuit(circuit *c)
{
    ng_evaluator_free(c->evaluator);
    ng_netlist_free(&c->netlist);
}

/* Lane i of step n: operands number n * LANES + i. */
static void set_lanes(circuit *c, uint64_t seed, uint64_t step, uint64_t (*x)[OPERANDS], size_t lanes)
{
    uint64_t first[LANES][2];
    uint64_t c_word[LANES];
    uint64_t start[LANES];
    for (size_t i = 0; i < lanes; i++) {
        draw_operands(seed, step * LANES + i, x[i]);
        pack(x[i], first[i]);
        c_word[i] = x[i][C];
        start[i] = x[i][FIRST];
    }
    ng_evaluator_set(c->evaluator, c->w, first[0], 2, lanes);
    ng_evaluator_set(c->evaluator, c->a, c_word, 1, lanes);
    ng_evaluator_set(c->evaluator, c->first, start, 1, lanes);
}

/* Differences between the evaluator and C; both run from the start. */
static unsigned count_differences(circuit *c, uint64_t seed, bool clocked)
{
    enum { LIMBS = 48 * BLOCKS / 64 };
    static state states[LANES][BLOCKS];
    static uint64_t x[LANES][OPERANDS];
    static uint64_t words[LANES][LIMBS];
    unsigned wrong = 0;
    memset(states, 0, sizeof states);
    ng_evaluator_reset(c->evaluator);
    for (uint64_t cycle = 0; cycle < CYCLES; cycle++) {
        set_lanes(c, seed, cycle, x, LANES);
        for (unsigned phase = 0; phase <= (clocked ? 1U : 0U); phase++) {
            if (phase == 1) {
                ng_evaluator_clock(c->evaluator);
            }
            ng_evaluator_get(c->evaluator, c->y, words[0], LIMBS, LANES);
            for (unsigned i = 0; i < LANES; i++) {
                int64_t p[BLOCKS];
                if (phase == 1) {
                    clock_all(c->blocks, states[i], x[i]);
                }
                outputs(c->blocks, states[i], x[i], p);
                for (unsigned k = 0; k < BLOCKS; k++) {
                    wrong += sum_at(words[i], k) != p[k];
                }
            }
        }
    }
    return wrong;
}

START_TEST(evaluator_is_data_sheet)
{
    const bool clocked = _i % 4 != 0;
    circuit c;
    draft made;
    for (unsigned k = 0; k < BLOCKS; k++) {
        c.blocks[k] = draw_block((uint64_t)_i, k, clocked);
    }
    draw_all(&made, c.blocks, clocked);
    open_circuit(&c, &made);
    ck_assert_uint_eq(c.netlist.cell_count, BLOCKS + 1);
    ck_assert_uint_eq(count_differences(&c, (uint64_t)_i + 1000, clocked), 0);
    close_circuit(&c);
    draft_free(&made);
}
END_TEST

/* A pin whose value does not matter would let a wrong connection through: each stuck one must show. */
START_TEST(every_pin_counts)
{
    static const struct {
        unsigned pin;
        unsigned bits;
        unsigned block;
    } ports[] = {{NG_DSP_A, 25, 0}, {NG_DSP_B, 18, 0}, {NG_DSP_D, 25, 0}, {NG_DSP_C, 48, 0}, {NG_DSP_PCIN, 48, 1}};
    circuit c;
    draft made;
    for (unsigned k = 0; k < BLOCKS; k++) {
        c.blocks[k] = (block){.pre_adder = true, .z = k == 0 ? Z_C : Z_CASCADE};
    }
    draw_all(&made, c.blocks, false);
    open_circuit(&c, &made);
    for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++) {
        for (unsigned bit = 0; bit < ports[i].bits; bit++) {
            ng_error error;
            uint32_t *net = &c.netlist.cells[ports[i].block + 1].dsp->net[ports[i].pin + bit];
            const uint32_t undo = *net;
            *net = bit % 2 == 0 ? NG_NET_ONE : NG_NET_ZERO;
            ng_evaluator_free(c.evaluator);
            ck_assert(ng_evaluator_new(&c.evaluator, &c.netlist, &error));
            ck_assert_msg(count_differences(&c, 7, false) != 0, "pin %u bit %u", ports[i].pin, bit);
            *net = undo;
        }
    }
    close_circuit(&c);
    draft_free(&made);
}
END_TEST

/* ---- Verilator ---- */

static void write_draft(const draft *made, const char *path)
{
    ck_assert_int_eq(json_dump_file(made->root, path, 0), 0);
}

/* One stream through sim/cells, the evaluator and C. Every register is somewhere on and somewhere off. */
START_TEST(verilated_is_evaluated)
{
    static const block blocks[BLOCKS] = {
        {0, true, Z_C},           {0, false, Z_CASCADE},           {AREG | BREG, false, Z_NONE},
        {AREG | BREG | DREG, true, Z_CASCADE}, {0xFF, true, Z_SUM}, {AREG | BREG | PREG | OPMODEREG, false, Z_SUM},
        {MREG, false, Z_CASCADE}, {CREG | ADREG, true, Z_C},       {PREG, false, Z_CASCADE},
        {MREG | PREG, true, Z_SUM}, {CREG | OPMODEREG, false, Z_C}, {DREG | ADREG | BREG | MREG | PREG, true, Z_CASCADE}};
    enum { LIMBS = NG_RESULT_LIMBS };
    const ng_unit *unit = ng_unit_at(NG_ID_dsp_mac);
    const ng_datapath path = {.unit = unit, .lanes = 1, .first_bits = 73, .second_bits = 48, .result_bits = 48 * BLOCKS};
    circuit c;
    draft made;
    ng_bench bench;
    ng_error error;
    state states[BLOCKS] = {{0}};
    const char *netlist = scratch_path("dsp.json");
    memcpy(c.blocks, blocks, sizeof blocks);
    draw_all(&made, blocks, true);
    open_circuit(&c, &made);
    write_draft(&made, netlist);
    ck_assert_msg(ng_netlist_bench_open(&bench, &path, ng_target_find("xc7"), netlist, "rtl", &error), "%s", error.text);
    for (uint64_t cycle = 0; cycle < RTL_CYCLES; cycle++) {
        uint64_t x[1][OPERANDS];
        uint64_t evaluated[LIMBS] = {0};
        uint64_t verilated[LIMBS] = {0};
        uint64_t first[NG_OPERAND_LIMBS] = {0};
        uint64_t second[NG_OPERAND_LIMBS] = {0};
        int64_t p[BLOCKS];
        set_lanes(&c, 99, cycle, x, 1);
        pack(x[0], first);
        second[0] = x[0][C];
        bench.load(bench.model, 0, x[0][FIRST] != 0, first, second);
        bench.clock(bench.model);
        bench.read(bench.model, 0, verilated);
        ng_evaluator_clock(c.evaluator);
        ng_evaluator_get(c.evaluator, c.y, evaluated, LIMBS, 1);
        clock_all(blocks, states, x[0]);
        outputs(blocks, states, x[0], p);
        ck_assert_msg(memcmp(evaluated, verilated, sizeof evaluated) == 0, "cycle %lu: they differ", (unsigned long)cycle);
        for (unsigned k = 0; k < BLOCKS; k++) {
            ck_assert_msg(sum_at(verilated, k) == p[k], "cycle %lu, block %u", (unsigned long)cycle, k);
        }
    }
    ng_bench_close(&bench);
    close_circuit(&c);
    draft_free(&made);
}
END_TEST

/* ---- what is refused ---- */

typedef struct {
    char reason[48];
    char parameter[24];
    char value[12];
    char pin[12];
    char bits[40];
} refusal;

static const refusal refusals[] = {
    {"parameter AREG is neither 0 nor 1", "AREG", "10", "", ""},
    {"parameter MREG is neither 0 nor 1", "MREG", "x", "", ""},
    {"USE_SIMD", "USE_SIMD", "TWO24", "", ""},
    {"USE_MULT", "USE_MULT", "NONE", "", ""},
    {"A_INPUT", "A_INPUT", "CASCADE", "", ""},
    {"INMODEREG", "INMODEREG", "1", "", ""},
    {"MASK", "MASK", "0", "", ""},
    {"IS_CLK_INVERTED", "IS_CLK_INVERTED", "1", "", ""},
    {"pin INMODE is not tied to 0", "", "", "INMODE", "1,0,0,0,0"},
    {"pin ALUMODE is not tied to 0", "", "", "ALUMODE", "1,1,0,0"},
    {"pin CEP is not tied to 1", "", "", "CEP", "500"},
    {"pin RSTP is not tied to 0", "", "", "RSTP", "500"},
    {"pin CARRYIN is not tied to 0", "", "", "CARRYIN", "1"},
    {"pin B does not have 18 bits", "", "", "B", "3"},
    {"unknown pin", "", "", "ACIN", "1"},
    {"OPMODE is none that is modelled", "", "", "OPMODE", "1,1,0,0,0,0,0"},
    {"OPMODE is none that is modelled", "", "", "OPMODE", "1,0,1,0,500,0,0"},
    {"OPMODE is none that is modelled", "", "", "OPMODE", "1,0,1,0,0,1,0"},
    {"OPMODE is none that is modelled", "", "", "OPMODE", "1,0,1,0,0,0,1"},
};

START_TEST(refused)
{
    const refusal *bad = &refusals[_i];
    block blocks[BLOCKS] = {{0}};
    draft made;
    ng_netlist netlist;
    ng_error error;
    draw_all(&made, blocks, false);
    if (bad->parameter[0] != 0) {
        draft_parameter(&made, "u_multiply3", bad->parameter, bad->value);
    } else {
        json_t *cell = json_object_get(made.cells, "u_multiply3");
        draft other;
        char pin[64];
        draft_start(&other);
        (void)snprintf(pin, sizeof pin, "%s=%s", bad->pin, bad->bits);
        draft_cell(&other, "pins", "x", NULL, pin);
        json_object_update(json_object_get(cell, "connections"),
                           json_object_get(json_object_get(other.cells, "pins"), "connections"));
        draft_free(&other);
    }
    ck_assert(!read_draft(&made, true, &netlist, &error));
    ck_assert_msg(strstr(error.text, bad->reason) != NULL, "%s: %s", bad->reason, error.text);
    ck_assert_msg(strstr(error.text, "u_multiply3") != NULL, "no cell: %s", error.text);
    draft_free(&made);
}
END_TEST

/* Not asked for, missing parameters, and a cascade from the fabric. */
START_TEST(refused_blocks)
{
    block blocks[BLOCKS] = {{0}};
    draft made;
    ng_netlist netlist;
    ng_error error;
    draw_all(&made, blocks, false);
    ck_assert(!read_draft(&made, false, &netlist, &error));
    ck_assert_msg(strstr(error.text, "type DSP48E1 is not allowed for xc7: a DSP") != NULL, "%s", error.text);
    json_t *cell = json_object_get(made.cells, "u_multiply2");
    json_t *in = json_object_get(json_object_get(cell, "connections"), "PCIN");
    json_array_set_new(in, 5, json_integer(first_net[C]));
    ck_assert(!read_draft(&made, true, &netlist, &error));
    ck_assert_msg(strstr(error.text, "u_multiply2: PCIN is not the PCOUT") != NULL, "%s", error.text);
    json_array_set_new(in, 5, json_integer(p_net(1) + 50 + 5));
    must_read(&made, &netlist);
    ng_netlist_free(&netlist);
    json_object_del(json_object_get(cell, "parameters"), "BREG");
    ck_assert(!read_draft(&made, true, &netlist, &error));
    ck_assert_msg(strstr(error.text, "u_multiply2: parameter BREG") != NULL, "%s", error.text);
    draft_free(&made);
}
END_TEST

/* ---- delays ---- */

static unsigned delay_of(const block *blocks, bool clocked)
{
    draft made;
    ng_netlist netlist;
    ng_depth depth;
    ng_error error;
    draw_all(&made, blocks, clocked);
    must_read(&made, &netlist);
    ck_assert(ng_depth_find(&netlist, NG_PATH_DELAY, &depth, &error));
    const unsigned length = depth.length;
    ng_depth_free(&depth);
    ng_netlist_free(&netlist);
    draft_free(&made);
    return length;
}

/* Sums of yosys's arcs (xilinx/cells_sim.v): A to PCOUT 2970, with the pre-adder 3954; PCIN to PCOUT 1255, to P 1107. */
START_TEST(delays)
{
    block blocks[BLOCKS] = {{0}};
    for (unsigned k = 1; k < BLOCKS; k++) {
        blocks[k].z = Z_CASCADE;
    }
    ck_assert_uint_eq(delay_of(blocks, false), 2970 + (BLOCKS - 2) * 1255 + 1107);
    blocks[0].pre_adder = true;
    ck_assert_uint_eq(delay_of(blocks, false), 3954 + (BLOCKS - 2) * 1255 + 1107);
    /* Registers at the inputs: clock to PCOUT with the pre-adder 4083; behind P: from A's register 2952 - (2823 - 2739). */
    blocks[0].registers = AREG | BREG | DREG;
    for (unsigned k = 1; k < BLOCKS; k++) {
        blocks[k].registers = AREG | BREG;
    }
    ck_assert_uint_eq(delay_of(blocks, true), 4083 + (BLOCKS - 2) * 1255 + 1107);
    for (unsigned k = 0; k < BLOCKS; k++) {
        blocks[k] = (block){AREG | BREG | PREG, false, Z_NONE};
    }
    ck_assert_uint_eq(delay_of(blocks, true), 2952 - (2823 - 2739));
}
END_TEST

Suite *ng_suite_dsp(void);

Suite *ng_suite_dsp(void)
{
    Suite *suite = suite_create("dsp");
    TCase *tcase = tcase_create("dsp");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_loop_test(tcase, evaluator_is_data_sheet, 0, 24);
    tcase_add_test(tcase, every_pin_counts);
    tcase_add_test(tcase, verilated_is_evaluated);
    tcase_add_loop_test(tcase, refused, 0, (int)(sizeof refusals / sizeof refusals[0]));
    tcase_add_test(tcase, refused_blocks);
    tcase_add_test(tcase, delays);
    suite_add_tcase(suite, tcase);
    return suite;
}
