#include "src/netlist/decompose.h"

/* Shannon's expansion, each time by the input that leads to the fewest instructions. The parts of a function of six inputs are
 * at most 3^6 different tables, so the search is exhaustive; parts that occur twice are computed once. Tables are 64 bits
 * wide, repeated for fewer inputs. */

enum { MEMORY = 2048, UNKNOWN = 0xFF, NO_SLOT = NG_ANY_SLOT };

/* in[i] as a table. */
static const uint64_t input_table[NG_TABLE_INPUTS_MAX] = {
    UINT64_C(0xAAAAAAAAAAAAAAAA), UINT64_C(0xCCCCCCCCCCCCCCCC), UINT64_C(0xF0F0F0F0F0F0F0F0),
    UINT64_C(0xFF00FF00FF00FF00), UINT64_C(0xFFFF0000FFFF0000), UINT64_C(0xFFFFFFFF00000000)};

/* What is known of one part. */
typedef struct {
    uint64_t table;
    uint8_t cost;    /* instructions; UNKNOWN: the entry is free */
    uint8_t pin;     /* the input to expand by */
    uint32_t slot;   /* where its value is, or NO_SLOT */
} part;

typedef struct {
    ng_listing *listing;
    const uint32_t *in;
    unsigned inputs;
    uint32_t temporary;
    part parts[MEMORY];
} search;

static uint64_t where_zero(uint64_t table, unsigned pin)
{
    table &= ~input_table[pin];
    return table | table << (1U << pin);
}

static uint64_t where_one(uint64_t table, unsigned pin)
{
    table &= input_table[pin];
    return table | table >> (1U << pin);
}

static bool depends(uint64_t table, unsigned pin)
{
    return where_zero(table, pin) != where_one(table, pin);
}

static bool is_constant(uint64_t table)
{
    return table == 0 || table == UINT64_MAX;
}

static part *find_part(search *s, uint64_t table)
{
    size_t at = (size_t)((table * UINT64_C(0x9E3779B97F4A7C15)) >> 53);
    while (s->parts[at].cost != UNKNOWN && s->parts[at].table != table) {
        at = (at + 1) % MEMORY;
    }
    return &s->parts[at];
}

/* The inputs a table depends on; returns how many. */
static unsigned support(const search *s, uint64_t table, unsigned pins[NG_TABLE_INPUTS_MAX])
{
    unsigned count = 0;
    for (unsigned pin = 0; pin < s->inputs; pin++) {
        if (depends(table, pin)) {
            pins[count++] = pin;
        }
    }
    return count;
}

static unsigned cost_of(search *s, uint64_t table);

static unsigned cost_by(search *s, uint64_t zero, uint64_t one)
{
    if (zero == ~one) {
        const unsigned plain = cost_of(s, zero);
        const unsigned other = cost_of(s, one);
        return 1 + (plain < other ? plain : other);
    }
    return 1 + cost_of(s, zero) + cost_of(s, one);
}

/* Instructions that a table takes: none for a constant or an input, one for any function of two. */
static unsigned cost_of(search *s, uint64_t table)
{
    unsigned pins[NG_TABLE_INPUTS_MAX];
    const part *known = find_part(s, table);
    if (known->cost != UNKNOWN) {
        return known->cost;
    }
    const unsigned count = support(s, table, pins);
    part found = {.table = table, .cost = count == 0 ? 0 : 1, .pin = (uint8_t)pins[0], .slot = NO_SLOT};
    if (count == 1 && table == input_table[pins[0]]) {
        found.cost = 0;
    } else if (count > 2) {
        found.cost = UNKNOWN;
        for (unsigned i = 0; i < count; i++) {
            const unsigned cost = cost_by(s, where_zero(table, pins[i]), where_one(table, pins[i]));
            if (cost < found.cost) {
                found.cost = (uint8_t)cost;
                found.pin = (uint8_t)pins[i];
            }
        }
    }
    *find_part(s, table) = found;
    return found.cost;
}

static uint32_t add(search *s, ng_gate op, uint32_t out, uint32_t first, uint32_t second, uint32_t third)
{
    const uint32_t slot = out != NO_SLOT ? out : s->temporary++;
    ng_listing_add(s->listing, op, slot, first, second, third);
    return slot;
}

/* One of the ten functions that depend on both of two inputs; bit i of `table` is the value at {second, first} = i. */
static uint32_t add_two_input(search *s, unsigned table, uint32_t first, uint32_t second, uint32_t out)
{
    switch (table) {
    case 0x1: return add(s, NG_GATE_NOR, out, first, second, 0);
    case 0x2: return add(s, NG_GATE_AND_NOT, out, first, second, 0);
    case 0x4: return add(s, NG_GATE_AND_NOT, out, second, first, 0);
    case 0x6: return add(s, NG_GATE_XOR, out, first, second, 0);
    case 0x7: return add(s, NG_GATE_NAND, out, first, second, 0);
    case 0x8: return add(s, NG_GATE_AND, out, first, second, 0);
    case 0x9: return add(s, NG_GATE_XNOR, out, first, second, 0);
    case 0xB: return add(s, NG_GATE_OR_NOT, out, first, second, 0);
    case 0xD: return add(s, NG_GATE_OR_NOT, out, second, first, 0);
    default: return add(s, NG_GATE_OR, out, first, second, 0);
    }
}

static unsigned two_input_table(uint64_t table, unsigned first, unsigned second)
{
    unsigned small = 0;
    for (unsigned i = 0; i < 4; i++) {
        const uint64_t half = (i & 1) != 0 ? where_one(table, first) : where_zero(table, first);
        const uint64_t value = (i & 2) != 0 ? where_one(half, second) : where_zero(half, second);
        small |= (unsigned)(value & 1) << i;
    }
    return small;
}

static uint32_t make(search *s, uint64_t table, uint32_t out);

/* A function of three inputs or more, by its two halves. */
static uint32_t make_expanded(search *s, unsigned pin, uint64_t zero, uint64_t one, uint32_t out)
{
    const uint32_t select = s->in[pin];
    if (zero == ~one) {
        const bool plain = cost_of(s, zero) <= cost_of(s, one);
        return add(s, plain ? NG_GATE_XOR : NG_GATE_XNOR, out, make(s, plain ? zero : one, NO_SLOT), select, 0);
    }
    if (is_constant(zero)) {
        return add(s, zero == 0 ? NG_GATE_AND : NG_GATE_OR_NOT, out, make(s, one, NO_SLOT), select, 0);
    }
    if (is_constant(one)) {
        return add(s, one == 0 ? NG_GATE_AND_NOT : NG_GATE_OR, out, make(s, zero, NO_SLOT), select, 0);
    }
    const uint32_t low = make(s, zero, NO_SLOT);
    return add(s, NG_GATE_MUX, out, low, make(s, one, NO_SLOT), select);
}

/* Brings a table's value into slot `out`, or into any slot; returns which. */
static uint32_t make(search *s, uint64_t table, uint32_t out)
{
    unsigned pins[NG_TABLE_INPUTS_MAX];
    const unsigned count = support(s, table, pins);
    (void)cost_of(s, table);
    const uint32_t known = find_part(s, table)->slot;
    uint32_t slot;
    if (known != NO_SLOT) {
        slot = known;
    } else if (count == 0) {
        slot = table == 0 ? NG_NET_ZERO : NG_NET_ONE;
    } else if (count == 1 && table == input_table[pins[0]]) {
        slot = s->in[pins[0]];
    } else if (count == 1) {
        slot = add(s, NG_GATE_NOT, out, s->in[pins[0]], 0, 0);
    } else if (count == 2) {
        slot = add_two_input(s, two_input_table(table, pins[0], pins[1]), s->in[pins[0]], s->in[pins[1]], out);
    } else {
        const unsigned pin = find_part(s, table)->pin;
        slot = make_expanded(s, pin, where_zero(table, pin), where_one(table, pin), out);
    }
    find_part(s, table)->slot = slot;
    return slot;
}

uint32_t ng_decompose(ng_listing *listing, uint64_t table, unsigned inputs, const uint32_t *in, uint32_t out,
                      uint32_t temporary)
{
    search s = {.listing = listing, .in = in, .inputs = inputs, .temporary = temporary};
    for (unsigned i = 0; i < MEMORY; i++) {
        s.parts[i].cost = UNKNOWN;
    }
    for (unsigned width = 1U << inputs; width < 64; width *= 2) {
        table = (table & ((UINT64_C(1) << width) - 1)) | table << width;
    }
    for (unsigned pin = 0; pin < inputs; pin++) {
        if (in[pin] == NG_NET_ZERO || in[pin] == NG_NET_ONE) {
            table = in[pin] == NG_NET_ONE ? where_one(table, pin) : where_zero(table, pin);
        }
    }
    const uint32_t slot = make(&s, table, out);
    if (out == NG_ANY_SLOT || slot == out) {
        return slot;
    }
    ng_listing_add(listing, NG_GATE_COPY, out, slot, 0, 0);
    return out;
}
