/* The bit-parallel evaluator against a scalar one that knows nothing of evaluation order: it repeats all cells, each written
 * down from the data sheets by type name, until nothing changes. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/process.h"
#include "src/netlist/evaluator.h"
#include "src/synth/synth.h"
#include "tests/support/draft.h"
#include "tests/support/random.h"
#include "tests/support/toy_rtl.h"

enum { NETS_MAX = 512, CELLS_MAX = 128 };

/* ---- the scalar evaluator ---- */

typedef struct {
    const ng_netlist *netlist;
    bool value[NETS_MAX];
    bool state[CELLS_MAX]; /* of flip-flops */
} scalar;

static bool is(const ng_cell *cell, const char *type)
{
    return strcmp(cell->type->type, type) == 0;
}

static bool is_one_of(const ng_cell *cell, const char *types)
{
    const size_t length = strlen(cell->type->type);
    for (const char *place = types; (place = strstr(place, cell->type->type)) != NULL; place++) {
        if ((place == types || place[-1] == ' ') && (place[length] == ' ' || place[length] == 0)) {
            return true;
        }
    }
    return false;
}

static bool pin(const scalar *s, const ng_cell *cell, unsigned input)
{
    return s->value[cell->input[input]] != ((cell->inverted >> input & 1) != 0);
}

static void relax_carry4(scalar *s, const ng_cell *cell)
{
    bool carry = pin(s, cell, 0) || pin(s, cell, 1);
    for (unsigned bit = 0; bit < 4; bit++) {
        const bool select = pin(s, cell, 6 + bit);
        s->value[cell->output[bit]] = select != carry;
        carry = select ? carry : pin(s, cell, 2 + bit);
        s->value[cell->output[4 + bit]] = carry;
    }
}

/* The output of a 16-entry table at inputs first.. of a cell. */
static bool table_of_four(const scalar *s, const ng_cell *cell, uint64_t table, unsigned first)
{
    const unsigned word = (unsigned)pin(s, cell, first) | (unsigned)pin(s, cell, first + 1) << 1 |
                          (unsigned)pin(s, cell, first + 2) << 2 | (unsigned)pin(s, cell, first + 3) << 3;
    return (table >> word & 1) != 0;
}

/* Lattice: two LUT4, each with a tap: of the table's first four entries (CCU2C) or eight (CCU2). */
static void relax_lattice_carry(scalar *s, const ng_cell *cell)
{
    bool carry = pin(s, cell, 0);
    for (unsigned bit = 0; bit < 2; bit++) {
        const unsigned first = 1 + 4 * bit;
        const uint64_t table = cell->table >> (16 * bit) & 0xFFFF;
        const unsigned low = (unsigned)pin(s, cell, first) | (unsigned)pin(s, cell, first + 1) << 1;
        const unsigned tap = is(cell, "CCU2C") ? low : low | (unsigned)pin(s, cell, first + 2) << 2;
        const bool whole = table_of_four(s, cell, table, first);
        s->value[cell->output[bit]] = whole != carry;
        carry = (!whole && (table >> tap & 1) != 0) || (whole && carry);
    }
    s->value[cell->output[2]] = carry;
}

/* Gowin: I3 adds, ~I3 subtracts. */
static void relax_addsub(scalar *s, const ng_cell *cell)
{
    const unsigned first = pin(s, cell, 1);
    const unsigned second = pin(s, cell, 3) ? pin(s, cell, 2) : !pin(s, cell, 2);
    const unsigned sum = first + second + pin(s, cell, 0);
    s->value[cell->output[0]] = (sum & 1) != 0;
    s->value[cell->output[1]] = sum >= 2;
}

/* Intel: {CO, SO} = LUT0(A, B, C, D0) + !LUT1(A, B, C, D1) + CI. */
static void relax_arith(scalar *s, const ng_cell *cell)
{
    const unsigned common = (unsigned)pin(s, cell, 1) | (unsigned)pin(s, cell, 2) << 1 | (unsigned)pin(s, cell, 3) << 2;
    const unsigned first = (unsigned)(cell->table >> (common | (unsigned)pin(s, cell, 4) << 3)) & 1;
    const unsigned second = (unsigned)(cell->table >> (16 + (common | (unsigned)pin(s, cell, 5) << 3))) & 1;
    const unsigned sum = first + !second + pin(s, cell, 0);
    s->value[cell->output[0]] = (sum & 1) != 0;
    s->value[cell->output[1]] = sum >= 2;
}

/* 1 set, 0 reset, -1 neither: what the asynchronous input holds the flip-flop at. */
static int held_at(const scalar *s, const ng_cell *cell)
{
    const bool sets = is_one_of(cell, "FDPE SB_DFFS SB_DFFES FD1P3BX DFFP DFFPE");
    const bool resets = is_one_of(cell, "FDCE SB_DFFR SB_DFFER FD1P3DX DFFC DFFCE");
    return (sets || resets) && pin(s, cell, 3) ? (sets ? 1 : 0) : -1;
}

static void relax_flip_flop(scalar *s, const ng_cell *cell, size_t index)
{
    if (held_at(s, cell) >= 0) {
        s->state[index] = held_at(s, cell) == 1;
    }
    s->value[cell->output[0]] = s->state[index];
}

static void relax_cell(scalar *s, size_t index)
{
    const ng_cell *cell = &s->netlist->cells[index];
    if (is(cell, "CARRY4")) {
        relax_carry4(s, cell);
    } else if (is_one_of(cell, "CCU2C CCU2")) {
        relax_lattice_carry(s, cell);
    } else if (is(cell, "ALU")) {
        relax_addsub(s, cell);
    } else if (is(cell, "MISTRAL_ALUT_ARITH")) {
        relax_arith(s, cell);
    } else if (cell->type->role == NG_ROLE_FF) {
        relax_flip_flop(s, cell, index);
    } else if (is(cell, "MUXF7") || is(cell, "MUXF8")) {
        s->value[cell->output[0]] = pin(s, cell, 2) ? pin(s, cell, 1) : pin(s, cell, 0);
    } else if (is(cell, "SB_CARRY")) {
        s->value[cell->output[0]] = (unsigned)pin(s, cell, 0) + pin(s, cell, 1) + pin(s, cell, 2) >= 2;
    } else if (is_one_of(cell, "INV MISTRAL_NOT")) {
        s->value[cell->output[0]] = !pin(s, cell, 0);
    } else {
        unsigned word = 0;
        for (unsigned i = 0; i < cell->inputs; i++) {
            word |= (unsigned)pin(s, cell, i) << i;
        }
        s->value[cell->output[0]] = (cell->table >> word & 1) != 0;
    }
}

static void relax(scalar *s)
{
    bool before[NETS_MAX];
    do {
        memcpy(before, s->value, sizeof before);
        for (size_t i = 0; i < s->netlist->cell_count; i++) {
            relax_cell(s, i);
        }
    } while (memcmp(before, s->value, sizeof before) != 0);
}

static bool next_state(const scalar *s, const ng_cell *cell, bool state)
{
    const bool data = pin(s, cell, 1);
    const bool enable = pin(s, cell, 2);
    const bool reset = pin(s, cell, 3);
    const bool stored = enable ? data : state;
    if (is_one_of(cell, "FDRE SB_DFFSR FD1P3IX DFFR DFFRE") || (is(cell, "TRELLIS_FF") && cell->table == 0)) {
        return reset ? false : stored;
    }
    if (is_one_of(cell, "FDSE SB_DFFSS FD1P3JX DFFS DFFSE") || is(cell, "TRELLIS_FF")) {
        return reset ? true : stored;
    }
    if (is_one_of(cell, "SB_DFFESR SB_DFFESS MISTRAL_FF")) {
        return enable && reset ? is(cell, "SB_DFFESS") : stored;
    }
    return held_at(s, cell) >= 0 ? held_at(s, cell) == 1 : stored;
}

static void edge(scalar *s)
{
    bool next[CELLS_MAX] = {false};
    relax(s);
    for (size_t i = 0; i < s->netlist->cell_count; i++) {
        next[i] = s->netlist->cells[i].type->role == NG_ROLE_FF && next_state(s, &s->netlist->cells[i], s->state[i]);
    }
    memcpy(s->state, next, sizeof next);
    relax(s);
}

static void scalar_start(scalar *s, const ng_netlist *netlist, size_t lane)
{
    *s = (scalar){.netlist = netlist};
    ck_assert_uint_le(netlist->net_count, NETS_MAX);
    ck_assert_uint_le(netlist->cell_count, CELLS_MAX);
    s->value[NG_NET_ONE] = true;
    s->value[NG_NET_X] = lane % 2 != 0;
    for (size_t i = 0; i < netlist->cell_count; i++) {
        s->state[i] = netlist->cells[i].type->role == NG_ROLE_FF && netlist->cells[i].table != 0;
    }
}

/* ---- random netlists ---- */

static const char *const flip_flops[2][10] = {
    {"FDRE", "FDSE", "FDCE", "FDPE", "FDRE", "FDSE", "FDCE", "FDPE", "FDRE", "FDSE"},
    {"SB_DFF", "SB_DFFE", "SB_DFFSR", "SB_DFFR", "SB_DFFSS", "SB_DFFS", "SB_DFFESR", "SB_DFFER", "SB_DFFESS",
     "SB_DFFES"}};

/* What the other families' netlists are drawn from: "TYPE inputs > outputs ; parameters". Parameters: "INIT*16" random digits,
 * "INIT:16" the same in hexadecimal, "MODE=NO" as it stands. Inputs: "~PIN" from a port, "PIN=1" a constant, "?PIN" may be
 * left open. C is the clock. */
typedef struct {
    const char *target;
    const char *logic[6];
    const char *flip_flops[8];
} family;

#define TRELLIS "TRELLIS_FF CLK=C DI LSR"
#define TRELLIS_PARAMETERS "GSR=DISABLED CLKMUX=CLK LSRMUX=LSR SRMODE=LSR_OVER_CE"

static const family families[] = {
    {"ecp5",
     {"LUT4 A B C D > Z ; INIT*16", "LUT4 A B C D > Z ; INIT*16",
      "CCU2C CIN A0 B0 C0 D0 A1 B1 C1 D1 > S0 S1 COUT ; INIT0*16 INIT1*16 INJECT1_0=NO INJECT1_1=NO"},
     {TRELLIS " > Q ; CEMUX=1 REGSET=RESET " TRELLIS_PARAMETERS, TRELLIS " > Q ; CEMUX=1 REGSET=SET " TRELLIS_PARAMETERS,
      TRELLIS " CE > Q ; CEMUX=CE REGSET=RESET " TRELLIS_PARAMETERS, TRELLIS " CE > Q ; CEMUX=CE REGSET=SET " TRELLIS_PARAMETERS}},
    {"nexus",
     {"LUT4 ?A B C D > Z ; INIT:16", "LUT4 A B C D > Z ; INIT*16", "INV A > Z ;", "VHI > Z ;", "VLO > Z ;",
      "CCU2 CIN A0 B0 C0 D0 A1 B1 C1 D1 > S0 S1 COUT ; INIT0:16 INIT1:16 INJECT=NO"},
     {"FD1P3IX CK=C D SP CD > Q ; GSR=DISABLED", "FD1P3JX CK=C D SP PD > Q ;", "FD1P3DX CK=C D SP ~CD > Q ;",
      "FD1P3BX CK=C D SP ~PD > Q ;"}},
    {"gowin",
     {"LUT1 I0 > F ; INIT*2", "LUT2 I0 I1 > F ; INIT*4", "LUT3 I0 I1 I2 > F ; INIT*8", "LUT4 I0 I1 I2 I3 > F ; INIT*16",
      "ALU CIN I0 I1 I3 > SUM COUT ; ALU_MODE=00000000000000000000000000000010", "GND > G ;"},
     {"DFF CLK=C D > Q ;", "DFFE CLK=C D CE > Q ;", "DFFR CLK=C D RESET > Q ;", "DFFSE CLK=C D CE SET > Q ; INIT=1",
      "DFFC CLK=C D ~CLEAR > Q ;", "DFFPE CLK=C D CE ~PRESET > Q ;", "DFFRE CLK=C D CE RESET > Q ;"}},
    {"cyclonev",
     {"MISTRAL_NOT A > Q ;", "MISTRAL_ALUT3 A B C > Q ; LUT*8", "MISTRAL_ALUT5 A B C D E > Q ; LUT*32",
      "MISTRAL_ALUT6 A B C D E F > Q ; LUT*64", "MISTRAL_ALUT_ARITH CI A B C D0 D1 > SO CO ; LUT0*16 LUT1*16"},
     {"MISTRAL_FF CLK=C DATAIN ENA SCLR ACLR=1 SLOAD=0 SDATA=0 > Q ;"}},
};

enum { FAMILIES = sizeof families / sizeof families[0] };

typedef struct {
    draft made;
    uint64_t seed;
    uint64_t drawn;
    bool ice40;
    const family *other; /* NULL: xc7 or ice40 */
    unsigned next; /* net */
} maker;

static unsigned draw(maker *m, unsigned limit)
{
    return random_below(m->seed, m->drawn++, limit);
}

/* A net that exists, seldom a constant. Net 2 is the clock. */
static int draw_net(maker *m)
{
    return draw(m, 12) == 0 ? (int)draw(m, 2) : (int)(3 + draw(m, m->next - 3));
}

static void draw_table(maker *m, unsigned digits, const char *parameter, char *table)
{
    const size_t start = (size_t)snprintf(table, 32, "%s=", parameter);
    for (unsigned i = 0; i < digits; i++) {
        table[start + i] = draw(m, 2) != 0 ? '1' : '0';
    }
    table[start + digits] = 0;
}

static void draw_lut(maker *m, const char *name)
{
    char pins[96];
    char type[12];
    char table[96];
    int length = 0;
    const unsigned size = m->ice40 ? 4 : 1 + draw(m, 6);
    for (unsigned i = 0; i < size; i++) {
        length += snprintf(pins + length, 16, "I%u=%d ", i, draw_net(m));
    }
    (void)snprintf(pins + length, 16, "O=%u", m->next++);
    (void)snprintf(type, sizeof type, m->ice40 ? "SB_LUT4" : "LUT%u", size);
    draw_table(m, 1U << size, m->ice40 ? "LUT_INIT" : "INIT", table);
    draft_cell(&m->made, name, type, table, pins);
}

static void draw_carry(maker *m, const char *name)
{
    char pins[160];
    const unsigned out = m->next;
    if (m->ice40) {
        (void)snprintf(pins, sizeof pins, "I0=%d I1=%d CI=%d CO=%u", draw_net(m), draw_net(m), draw_net(m), out);
        draft_cell(&m->made, name, "SB_CARRY", NULL, pins);
        m->next += 1;
        return;
    }
    (void)snprintf(pins, sizeof pins, "CI=%d CYINIT=%d DI=%d,%d,%d,x S=%d,%d,%d,%d O=%u,%u,%u,%u CO=%u,%u,%u,%u",
                   draw_net(m), draw_net(m), draw_net(m), draw_net(m), draw_net(m), draw_net(m), draw_net(m),
                   draw_net(m), draw_net(m), out, out + 1, out + 2, out + 3, out + 4, out + 5, out + 6, out + 7);
    draft_cell(&m->made, name, "CARRY4", NULL, pins);
    m->next += 8;
}

static void draw_small(maker *m, const char *name)
{
    char pins[64];
    const unsigned out = m->next;
    if (m->ice40) {
        draw_lut(m, name);
        return;
    }
    if (draw(m, 2) == 0) {
        (void)snprintf(pins, sizeof pins, "I=%d O=%u", draw_net(m), out);
        draft_cell(&m->made, name, "INV", NULL, pins);
    } else {
        (void)snprintf(pins, sizeof pins, "I0=%d I1=%d S=%d O=%u", draw_net(m), draw_net(m), draw_net(m), out);
        draft_cell(&m->made, name, draw(m, 2) == 0 ? "MUXF7" : "MUXF8", NULL, pins);
    }
    m->next++;
}

/* Drawn last, so that its inputs come from all over the netlist. */
static void draw_flip_flop(maker *m, const char *name, unsigned output)
{
    static const char *const reset_pins[2][10] = {{"R", "S", "CLR", "PRE", "R", "S", "CLR", "PRE", "R", "S"},
                                                  {"", "", "R", "R", "S", "S", "R", "R", "S", "S"}};
    const unsigned kind = draw(m, 10);
    const char *type = flip_flops[m->ice40][kind];
    const char *reset = reset_pins[m->ice40][kind];
    const bool enabled = !m->ice40 || strstr(type, "DFFE") != NULL;
    char pins[96];
    int length = snprintf(pins, sizeof pins, "C=2 D=%d Q=%u", draw_net(m), output);
    if (enabled) {
        length += snprintf(pins + length, 16, " %s=%d", m->ice40 ? "E" : "CE", draw_net(m));
    }
    if (reset[0] != 0) {
        /* Asynchronous inputs come from the ports, or a random netlist would oscillate. */
        (void)snprintf(pins + length, 16, " %s=%u", reset, 3 + draw(m, 8));
    }
    draft_cell(&m->made, name, type, NULL, pins);
    if (!m->ice40) {
        char inverted[32];
        (void)snprintf(inverted, sizeof inverted, "IS_%s_INVERTED", reset);
        draft_parameter(&m->made, name, "INIT", draw(m, 2) == 0 ? "0" : "1");
        draft_parameter(&m->made, name, inverted, draw(m, 2) == 0 ? "0" : "1");
        draft_parameter(&m->made, name, "IS_D_INVERTED", draw(m, 2) == 0 ? "0" : "1");
    }
}

static unsigned list_length(const char *const *list, unsigned room)
{
    unsigned count = 0;
    while (count < room && list[count] != NULL) {
        count++;
    }
    return count;
}

static void draw_pin(maker *m, json_t *connections, const char *word)
{
    char name[16];
    const size_t length = strcspn(word, " =");
    const bool open = word[0] == '?' && draw(m, 2) == 0;
    const size_t mark = word[0] == '?' || word[0] == '~' ? 1 : 0;
    (void)snprintf(name, sizeof name, "%.*s", (int)(length - mark), word + mark);
    if (open) {
        return;
    }
    const int drawn = word[0] == '~' ? (int)(3 + draw(m, 8)) : draw_net(m);
    const int net = word[length] != '=' ? drawn : word[length + 1] == 'C' ? 2 : word[length + 1] - '0';
    json_t *bit = net > 1 ? json_integer(net) : json_string(net == 1 ? "1" : "0");
    (void)json_object_set_new(connections, name, json_pack("[o]", bit));
}

static void draw_parameter(maker *m, const char *cell, const char *word)
{
    char name[16];
    char value[96] = "0x";
    const size_t length = strcspn(word, "*:=");
    const unsigned digits = (unsigned)strtoul(word + length + 1, NULL, 10);
    (void)snprintf(name, sizeof name, "%.*s", (int)length, word);
    if (word[length] == '=') {
        (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(word + length + 1, " "), word + length + 1);
    } else if (word[length] == ':') {
        (void)snprintf(value + 2, sizeof value - 2, "%04x", draw(m, 65536));
    } else {
        for (unsigned i = 0; i < digits; i++) {
            value[i] = draw(m, 2) != 0 ? '1' : '0';
        }
        value[digits] = 0;
    }
    draft_parameter(&m->made, cell, name, value);
}

/* A cell after a template; output 0: its outputs get nets of their own. */
static void draw_template(maker *m, const char *name, const char *text, unsigned output)
{
    char type[32];
    char section = 'i';
    (void)snprintf(type, sizeof type, "%.*s", (int)strcspn(text, " "), text);
    draft_cell(&m->made, name, type, NULL, "");
    json_t *connections = json_object_get(json_object_get(m->made.cells, name), "connections");
    for (const char *word = text + strcspn(text, " "); *(word += strspn(word, " ")) != 0; word += strcspn(word, " ")) {
        if (word[0] == '>' || word[0] == ';') {
            section = word[0];
        } else if (section == 'i') {
            draw_pin(m, connections, word);
        } else if (section == '>') {
            char pin_name[16];
            (void)snprintf(pin_name, sizeof pin_name, "%.*s", (int)strcspn(word, " "), word);
            (void)json_object_set_new(connections, pin_name,
                                      json_pack("[i]", (int)(output != 0 ? output : m->next++)));
        } else {
            draw_parameter(m, name, word);
        }
    }
}

/* Clock 2, input a_i on nets 3..10, flip-flops' outputs on 11..18, then 40 cells; all of their outputs are read. */
static void draw_netlist(maker *m)
{
    char bits[1024];
    char name[16];
    int length = 0;
    draft_start(&m->made);
    m->next = 19;
    for (unsigned i = 0; i < 40; i++) {
        (void)snprintf(name, sizeof name, "c%u", i);
        if (m->other != NULL) {
            draw_template(m, name, m->other->logic[draw(m, list_length(m->other->logic, 6))], 0);
            continue;
        }
        switch (draw(m, 5)) {
        case 0: draw_carry(m, name); break;
        case 1: draw_small(m, name); break;
        default: draw_lut(m, name); break;
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        (void)snprintf(name, sizeof name, "f%u", i);
        if (m->other != NULL) {
            draw_template(m, name, m->other->flip_flops[i % list_length(m->other->flip_flops, 8)], 11 + i);
        } else {
            draw_flip_flop(m, name, 11 + i);
        }
    }
    for (unsigned net = 3; net < m->next && net < 203; net++) {
        length += snprintf(bits + length, 8, net == 3 ? "%u" : ",%u", net);
    }
    draft_port(&m->made, "clk_i", false, "2");
    draft_port(&m->made, "a_i", false, "3,4,5,6,7,8,9,10");
    draft_port(&m->made, "y_o", true, bits);
}

static void check_lane(const ng_port *in, const ng_port *out, scalar *s, uint64_t given, const uint64_t *got)
{
    for (unsigned bit = 0; bit < in->width; bit++) {
        s->value[in->bits[bit]] = (given >> bit & 1) != 0;
    }
    edge(s);
    for (unsigned bit = 0; bit < out->width; bit++) {
        ck_assert_uint_eq(got[bit / 64] >> (bit % 64) & 1, s->value[out->bits[bit]]);
    }
}

static void check_netlist(const ng_netlist *netlist, uint64_t seed)
{
    enum { CYCLES = 8, CHECKED = 6, LIMBS = 4 };
    static const size_t checked[CHECKED] = {0, 1, 63, 64, 300, NG_EVALUATOR_LANES - 1};
    const ng_port *in = ng_netlist_port(netlist, "a_i");
    const ng_port *out = ng_netlist_port(netlist, "y_o");
    uint64_t given[NG_EVALUATOR_LANES];
    uint64_t *got = calloc(NG_EVALUATOR_LANES * LIMBS, sizeof *got);
    scalar *lanes = calloc(CHECKED, sizeof *lanes);
    ng_evaluator *evaluator;
    ng_error error;
    ck_assert(ng_evaluator_new(&evaluator, netlist, &error));
    for (size_t i = 0; i < CHECKED; i++) {
        scalar_start(&lanes[i], netlist, checked[i]);
    }
    for (unsigned cycle = 0; cycle < CYCLES; cycle++) {
        for (unsigned lane = 0; lane < NG_EVALUATOR_LANES; lane++) {
            given[lane] = random_below(seed, 100000 + 1000 * cycle + lane, 256);
        }
        ng_evaluator_set(evaluator, in, given, 1, NG_EVALUATOR_LANES);
        ng_evaluator_clock(evaluator);
        ng_evaluator_get(evaluator, out, got, LIMBS, NG_EVALUATOR_LANES);
        for (size_t i = 0; i < CHECKED; i++) {
            check_lane(in, out, &lanes[i], given[checked[i]], got + LIMBS * checked[i]);
        }
    }
    ng_evaluator_free(evaluator);
    free(lanes);
    free(got);
}

START_TEST(random_netlists)
{
    for (uint64_t seed = 0; seed < 150; seed++) {
        maker m = {.seed = seed, .ice40 = _i == 1, .other = _i < 2 ? NULL : &families[_i - 2]};
        ng_netlist netlist;
        draw_netlist(&m);
        draft_must_load(&m.made, m.other != NULL ? m.other->target : m.ice40 ? "ice40" : "xc7", &netlist);
        check_netlist(&netlist, seed);
        ng_netlist_free(&netlist);
        draft_free(&m.made);
    }
}
END_TEST

/* Reset brings the initial values back; lanes beyond the count of a set are 0. */
START_TEST(reset_and_count)
{
    draft made;
    ng_netlist netlist;
    ng_evaluator *evaluator;
    ng_error error;
    uint64_t ones[3] = {1, 1, 1};
    uint64_t got[4] = {9, 9, 9, 9};
    draft_start(&made);
    draft_port(&made, "clk_i", false, "2");
    draft_port(&made, "a_i", false, "3");
    draft_port(&made, "y_o", true, "4");
    draft_cell(&made, "q", "FDRE", "INIT=1", "C=2 CE=1 D=3 R=0 Q=4");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert(ng_evaluator_new(&evaluator, &netlist, &error));
    ng_evaluator_set(evaluator, ng_netlist_port(&netlist, "a_i"), ones, 1, 3);
    ng_evaluator_clock(evaluator);
    ng_evaluator_get(evaluator, ng_netlist_port(&netlist, "y_o"), got, 1, 4);
    ck_assert_uint_eq(got[0] + got[1] + got[2], 3);
    ck_assert_uint_eq(got[3], 0);
    ng_evaluator_reset(evaluator);
    ng_evaluator_get(evaluator, ng_netlist_port(&netlist, "y_o"), got, 1, 4);
    ck_assert_uint_eq(got[3], 1);
    ng_evaluator_free(evaluator);
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* Words of several limbs, and more cases than lanes: y = a swapped end for end, xor the lowest bits of b. */
START_TEST(wide_words)
{
    enum { CASES = 3 * NG_EVALUATOR_LANES + 17, WIDTH = 100, LIMBS = 2 };
    static const ng_evaluator_ports ports = {"a_i", "b_i", "y_o"};
    draft made;
    char bits[3][1024] = {"", "", ""};
    uint64_t *a = calloc(CASES * LIMBS, sizeof *a);
    uint64_t *b = calloc(CASES, sizeof *b);
    uint64_t *y = calloc(CASES * LIMBS, sizeof *y);
    ng_netlist netlist;
    ng_evaluator *evaluator;
    ng_error error;
    draft_start(&made);
    for (unsigned i = 0; i < WIDTH; i++) {
        char pins[64];
        char name[16];
        (void)snprintf(bits[0] + strlen(bits[0]), 8, "%s%u", i == 0 ? "" : ",", 100 + i);
        (void)snprintf(bits[1] + strlen(bits[1]), 8, i < 10 ? "%s%u" : "", i == 0 ? "" : ",", 300 + i);
        (void)snprintf(bits[2] + strlen(bits[2]), 8, "%s%u", i == 0 ? "" : ",", 400 + i);
        (void)snprintf(name, sizeof name, "x%u", i);
        (void)snprintf(pins, sizeof pins, "I0=%u I1=%u O=%u", 100 + WIDTH - 1 - i, 300 + i % 10, 400 + i);
        draft_cell(&made, name, "LUT2", "INIT=0110", pins);
    }
    draft_port(&made, "a_i", false, bits[0]);
    draft_port(&made, "b_i", false, bits[1]);
    draft_port(&made, "y_o", true, bits[2]);
    draft_must_load(&made, "xc7", &netlist);
    for (size_t i = 0; i < CASES; i++) {
        a[LIMBS * i] = random_bits(1, 2 * i);
        a[LIMBS * i + 1] = random_bits(1, 2 * i + 1) >> 28;
        b[i] = random_below(2, i, 1024);
    }
    ck_assert(ng_evaluator_new(&evaluator, &netlist, &error));
    ck_assert(ng_evaluator_run(evaluator, &ports, a, LIMBS, b, 1, y, LIMBS, CASES, &error));
    for (size_t i = 0; i < CASES; i++) {
        for (unsigned bit = 0; bit < WIDTH; bit++) {
            const unsigned from = WIDTH - 1 - bit;
            const uint64_t expected = (a[LIMBS * i + from / 64] >> (from % 64) ^ b[i] >> (bit % 10)) & 1;
            ck_assert_uint_eq(y[LIMBS * i + bit / 64] >> (bit % 64) & 1, expected);
        }
    }
    ck_assert(!ng_evaluator_run(evaluator, &(ng_evaluator_ports){"a_i", "y_o", "y_o"}, a, LIMBS, b, 1, y, LIMBS, 1,
                                &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ng_evaluator_free(evaluator);
    ng_netlist_free(&netlist);
    draft_free(&made);
    free(a);
    free(b);
    free(y);
}
END_TEST

/* ---- a mapped unit under yosys's own cell models ---- */

/* Has yosys compute the netlist's whole truth table from its models of the target's cells. */
static void write_table(const ng_target *target, const char *netlist, const char *table)
{
    char script[3 * NG_PATH_SIZE];
    ng_error error;
    (void)snprintf(script, sizeof script,
                   "read_json %s; read_verilog -defer +/%s; hierarchy -top int_mul; proc; flatten; opt_clean; "
                   "setundef -undriven -zero; tee -q -o %s eval -table w_i,a_i -show y_o",
                   netlist, target->library, table);
    const char *const argv[] = {"yosys", "-q", "-p", script, NULL};
    ck_assert_msg(ng_run(argv, NULL, "/dev/null", &error), "%s", error.text);
}

/* One binary number like 4'0110; *text moves behind it. */
static uint64_t read_binary(const char **text)
{
    char *end;
    const char *digits = strchr(*text, '\'');
    ck_assert_ptr_nonnull(digits);
    const uint64_t value = strtoull(digits + 1, &end, 2);
    *text = end;
    return value;
}

/* Compares every row of the table; returns how many there are. */
static unsigned check_table(ng_evaluator *evaluator, const char *text)
{
    static const ng_evaluator_ports ports = {"w_i", "a_i", "y_o"};
    ng_error error;
    unsigned rows = 0;
    while (strchr(text, '\'') != NULL) {
        const uint64_t w = read_binary(&text);
        const uint64_t a = read_binary(&text);
        const uint64_t expected = read_binary(&text);
        uint64_t got;
        ck_assert(ng_evaluator_run(evaluator, &ports, &w, 1, &a, 1, &got, 1, 1, &error));
        ck_assert_uint_eq(got, expected);
        rows++;
    }
    return rows;
}

START_TEST(mapped_unit)
{
    const ng_target *target = ng_target_at((size_t)_i);
    const ng_format *format = ng_format_find("int4");
    const ng_request request = {.kind = NG_UNIT_MUL, .weight = format, .activation = format};
    char folder[NG_PATH_SIZE];
    char table[NG_PATH_SIZE];
    ng_datapath path;
    ng_synthesis made;
    ng_netlist netlist;
    ng_evaluator *evaluator;
    ng_buffer text;
    ng_error error;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_msg(ng_synthesise(&path, target, "rtl", &made, &error), "%s", error.text);
    toy_folder(folder);
    ck_assert(ng_path(table, &error, "%s/table.txt", folder));
    write_table(target, made.netlist, table);
    ck_assert(ng_netlist_load(&netlist, made.netlist, target, &error));
    ck_assert(ng_evaluator_new(&evaluator, &netlist, &error));
    ck_assert(ng_read_file(table, 1 << 20, &text, &error));
    ck_assert_uint_eq(check_table(evaluator, (const char *)text.data), 256);
    ng_buffer_free(&text);
    ng_evaluator_free(evaluator);
    ng_netlist_free(&netlist);
    ck_assert(ng_remove_tree(folder, &error));
}
END_TEST

Suite *ng_suite_evaluator(void);

Suite *ng_suite_evaluator(void)
{
    Suite *suite = suite_create("evaluator");
    TCase *tcase = tcase_create("evaluator");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, random_netlists, 0, 2 + FAMILIES);
    tcase_add_test(tcase, reset_and_count);
    tcase_add_test(tcase, wide_words);
    tcase_add_loop_test(tcase, mapped_unit, 0, NG_TARGET_COUNT);
    suite_add_tcase(suite, tcase);
    return suite;
}
