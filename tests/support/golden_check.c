#include "tests/support/golden_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/ref/ref_block.h"
#include "tests/ref/ref_integer.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { SCALE_BITS = 8, SCALE_SUM_BITS = 9, SCALE_PRODUCT_BITS = 13, LANES_MAX = 64 };

bool tally_case(tally *count, bool ok)
{
    count->cases++;
    count->mismatches += ok ? 0 : 1;
    return ok;
}

bool tally_full(const tally *count)
{
    return count->mismatches >= TALLY_STOP_AT;
}

void tally_verdict(const tally *count, const char *title)
{
    printf("%s: %lu cases\n", title, count->cases);
    fflush(stdout);
    ck_assert_msg(count->cases > 0, "%s: no cases at all", title);
    ck_assert_msg(count->mismatches == 0, "%s: %lu of %lu cases differ%s", title, count->mismatches, count->cases,
                  tally_full(count) ? ", the first 20 shown" : "");
}

bool golden_family_fits(ng_family family, const ref_format *weight, const ref_format *activation)
{
    const bool scalars = weight->block == 0 && activation->block == 0;
    switch (family) {
    case NG_FAMILY_INTEGER: return scalars && weight->kind == REF_INTEGER && activation->kind == REF_INTEGER;
    case NG_FAMILY_MINIFLOAT: return scalars && weight->kind == REF_MINIFLOAT && activation->kind == REF_MINIFLOAT;
    case NG_FAMILY_SHIFT: return scalars && weight->kind == REF_SHIFT && activation->kind == REF_INTEGER;
    case NG_FAMILY_BLOCK:
        return weight->block != 0 && weight->block == activation->block && weight->scale == activation->scale &&
               weight->kind == activation->kind;
    case NG_FAMILY_TABLE:
        return scalars && weight->kind == REF_MINIFLOAT && weight->bits <= 5 && activation->kind == REF_INTEGER;
    case NG_FAMILY_BITS:
    case NG_FAMILY_SIGN:
    case NG_FAMILY_UNSIGNED:
    case NG_FAMILY_LOOKUP: return false; /* of no formats of ref_format_count() */
    case NG_FAMILY_MIXED:
        return scalars && !golden_family_fits(NG_FAMILY_INTEGER, weight, activation) &&
               !golden_family_fits(NG_FAMILY_MINIFLOAT, weight, activation) &&
               !golden_family_fits(NG_FAMILY_SHIFT, weight, activation) &&
               !golden_family_fits(NG_FAMILY_TABLE, weight, activation);
    case NG_FAMILY_COUNT: break;
    }
    return false;
}

/* One unit under test, its oracle tables and where in the run it is. */
typedef struct {
    tally *count;
    ng_datapath path;
    const ref_table *weight;
    const ref_table *activation;
    bool block;
    bool flagged; /* the result has a flag bit */
    uint64_t seed;
    uint64_t index;
    mpz_t got;
    mpz_t expected;
} run;

/* The operands of one step. */
typedef struct {
    uint32_t w[LANES_MAX];
    uint32_t a[LANES_MAX];
    uint32_t weight_scale;
    uint32_t activation_scale;
} operands;

/* What the oracle carries from step to step. */
typedef struct {
    mpfr_t sum;
    bool special;
} state;

static bool needs_flag(const ref_format *format)
{
    return format->specials != REF_SPECIALS_NONE || format->kind == REF_POSIT || format->kind == REF_HIFLOAT ||
           format->scale == REF_SCALE_E8M0 || format->scale == REF_SCALE_UE4M3;
}

static bool multiplies_scales(const run *r)
{
    return r->weight->format->scale == REF_SCALE_UE4M3;
}

static unsigned scale_width(const run *r)
{
    return !r->block ? 0 : multiplies_scales(r) ? SCALE_PRODUCT_BITS : SCALE_SUM_BITS;
}

static void run_begin(run *r, tally *count, const golden_case *which)
{
    memset(r, 0, sizeof *r);
    r->count = count;
    r->weight = ref_table_named(which->weight);
    r->activation = ref_table_named(which->activation);
    r->block = r->weight->format->block != 0;
    r->flagged = needs_flag(r->weight->format) || needs_flag(r->activation->format);
    r->seed = GOLDEN_SEED;
    const ng_request request = {
        .kind = which->kind,
        .weight = ng_format_find(which->weight),
        .activation = ng_format_find(which->activation),
        .output = which->output[0] != 0 ? ng_format_find(which->output) : NULL,
        .lanes = which->lanes,
        .terms = which->terms,
    };
    ck_assert_int_eq(ng_datapath_init(&r->path, &request), NG_OK);
    ck_assert_str_eq(r->path.unit->name, which->unit);
    ck_assert_int_eq(r->path.lsb, r->weight->lsb + r->activation->lsb);
    if (which->kind != NG_UNIT_CONVERT) {
        ck_assert_uint_eq(r->path.result_bits,
                          r->path.sum_bits + scale_width(r) + (r->flagged ? 1 : 0));
    }
    mpz_init(r->got);
    mpz_init(r->expected);
}

static void run_end(run *r)
{
    mpz_clear(r->got);
    mpz_clear(r->expected);
}

static void print_word(FILE *out, const char *name, const uint64_t *word, unsigned bits)
{
    fprintf(out, " %s 0x", name);
    for (unsigned digit = (bits + 3) / 4; digit-- > 0;) {
        fprintf(out, "%x", (unsigned)(word[digit / 16] >> (digit % 16 * 4)) & 15U);
    }
}

/* The one line of a mismatch. */
static void complain(const run *r, const uint64_t *first, const uint64_t *second)
{
    const int digits = (int)(r->path.result_bits + 3) / 4;
    fprintf(stderr, "%s-%s-%s", r->path.unit->name, r->path.weight->name, r->path.activation->name);
    if (r->path.output != NULL) {
        fprintf(stderr, "-%s", r->path.output->name);
    }
    fprintf(stderr, " case %" PRIu64 " seed %" PRIu64, r->index, r->seed);
    print_word(stderr, "first", first, r->path.first_bits);
    print_word(stderr, "second", second, r->path.second_bits);
    gmp_fprintf(stderr, " got 0x%0*Zx expected 0x%0*Zx\n", digits, r->got, digits, r->expected);
}

/* Compares r->got with r->expected. */
static void judge(run *r, const uint64_t *first, const uint64_t *second)
{
    if (!tally_case(r->count, mpz_cmp(r->got, r->expected) == 0)) {
        complain(r, first, second);
    }
}

/* ---- operand words, laid out bit by bit ---- */

static void put(uint64_t *word, unsigned position, unsigned bits, uint64_t value)
{
    for (unsigned i = 0; i < bits; i++) {
        if ((value >> i & 1) != 0) {
            word[(position + i) / 64] |= UINT64_C(1) << (position + i) % 64;
        } else {
            word[(position + i) / 64] &= ~(UINT64_C(1) << (position + i) % 64);
        }
    }
}

/* Bits above the operand are any: units have to ignore them. */
static void dirty(uint64_t *word, uint64_t seed)
{
    for (unsigned limb = 0; limb < NG_OPERAND_LIMBS; limb++) {
        word[limb] = random_bits(seed, limb);
    }
}

static void lay_out(const run *r, const operands *in, uint64_t *first, uint64_t *second)
{
    const unsigned wbits = r->weight->format->bits;
    const unsigned abits = r->activation->format->bits;
    for (unsigned lane = 0; lane < r->path.lanes; lane++) {
        put(first, lane * wbits, wbits, in->w[lane]);
        put(second, lane * abits, abits, in->a[lane]);
    }
    if (r->block) {
        put(first, r->path.lanes * wbits, SCALE_BITS, in->weight_scale);
        put(second, r->path.lanes * abits, SCALE_BITS, in->activation_scale);
    }
}

/* ---- the oracle of one step ---- */

/* Ternary has a code that stands for no value of it; units count it 0. */
static bool is_fourth_sign(const ref_table *table, uint32_t code)
{
    return table->format->kind == REF_INTEGER && table->format->sign == REF_SIGN_SYMMETRIC && table->format->bits == 2 &&
           code == 2;
}

static bool lane_special(const run *r, const operands *in, unsigned lane)
{
    return r->weight->value[in->w[lane]].class != REF_FINITE ||
           r->activation->value[in->a[lane]].class != REF_FINITE;
}

static bool scale_special(const run *r, const operands *in)
{
    return ref_block_scale_is_nan(r->weight->format, in->weight_scale) ||
           ref_block_scale_is_nan(r->activation->format, in->activation_scale);
}

static void oracle_add(const run *r, const operands *in, state *at)
{
    MPFR_DECL_INIT(product, REF_VALUE_PRECISION);
    for (unsigned lane = 0; lane < r->path.lanes; lane++) {
        ref_exact(mpfr_mul(product, r->weight->value[in->w[lane]].number, r->activation->value[in->a[lane]].number,
                           MPFR_RNDN));
        if (!is_fourth_sign(r->weight, in->w[lane]) && !is_fourth_sign(r->activation, in->a[lane])) {
            ref_exact(mpfr_add(at->sum, at->sum, product, MPFR_RNDN));
        }
        at->special = at->special || lane_special(r, in, lane);
    }
    at->special = at->special || scale_special(r, in);
}

/* NVFP4: eight bits of product below five of shift. The word is built from divisions of the codes, and has to be the
 * product of the two values that the oracle's table of the scale format gives. */
static unsigned long scale_product(const operands *in)
{
    const unsigned long codes[2] = {in->weight_scale % 128, in->activation_scale % 128};
    const ref_table *table = ref_table_named("ue4m3fn");
    unsigned long product = 1;
    unsigned long shift = 0;
    MPFR_DECL_INIT(value, REF_VALUE_PRECISION);
    MPFR_DECL_INIT(expected, REF_VALUE_PRECISION);
    mpfr_set_ui(expected, 1, MPFR_RNDN);
    for (int i = 0; i < 2; i++) {
        product *= codes[i] < 8 ? codes[i] : 8 + codes[i] % 8;
        shift += codes[i] < 16 ? 0 : codes[i] / 8 - 1;
        ref_exact(mpfr_mul(expected, expected, table->value[codes[i]].number, MPFR_RNDN));
    }
    mpfr_set_ui_2exp(value, product, (long)shift - 18, MPFR_RNDN);
    ck_assert(codes[0] == 127 || codes[1] == 127 || mpfr_equal_p(value, expected) != 0);
    return shift * 256 + product;
}

/* Puts the scale and the flag above the sum in r->expected, bit 0 up (model/unit.h, result word). */
static void oracle_pack(run *r, const operands *in, bool special)
{
    unsigned at = r->path.sum_bits;
    mpz_t field;
    mpz_init(field);
    if (r->block) {
        mpz_set_ui(field, multiplies_scales(r) ? scale_product(in) : in->weight_scale + in->activation_scale);
        mpz_mul_2exp(field, field, at);
        mpz_add(r->expected, r->expected, field);
        at += scale_width(r);
    }
    if (r->flagged && special) {
        mpz_setbit(r->expected, at);
    }
    mpz_clear(field);
}

static void oracle_sum_word(run *r, const state *at)
{
    /* Every ck_assert() writes to a file, so only a failure gets that far. */
    if (!ref_integer_word(r->expected, at->sum, r->path.lsb, r->path.sum_bits)) {
        ck_abort_msg("%s-%s-%s: the exact sum does not fit %u bits", r->path.unit->name, r->path.weight->name,
                     r->path.activation->name, r->path.sum_bits);
    }
}

static void state_begin(state *at)
{
    mpfr_init2(at->sum, REF_SUM_PRECISION);
    mpfr_set_zero(at->sum, 1);
    at->special = false;
}

static void state_end(state *at)
{
    mpfr_clear(at->sum);
}

/* ---- MUL ---- */

static const uint32_t scale_ends[] = {0, 1, 7, 8, 56, 126, 127, 128, 253, 254, 255};
enum { SCALE_ENDS = sizeof scale_ends / sizeof scale_ends[0] };

/* The unaligned word stands for the exact product, whatever its fields. */
static void judge_value(run *r, const state *at, const uint64_t *first, const uint64_t *second)
{
    MPFR_DECL_INIT(value, REF_VALUE_PRECISION);
    mpz_t word;
    mpz_init(word);
    mpz_fdiv_r_2exp(word, r->got, r->path.sum_bits);
    ref_minifloat_unword(value, word, r->weight, r->activation);
    mpz_clear(word);
    if (!tally_case(r->count, mpfr_equal_p(value, at->sum) != 0)) {
        fprintf(stderr, "not the exact product: ");
        complain(r, first, second);
    }
}

static bool is_sign_magnitude(const ref_table *table)
{
    return table->format->kind == REF_INTEGER && table->format->sign == REF_SIGN_SIGN_MAGNITUDE;
}

/* Signs and magnitudes: {sign, one exponent bit that is 0, product of the magnitudes}. */
static void sign_magnitude_word(mpz_t word, const run *r, const operands *in)
{
    const uint32_t wsign = r->weight->codes / 2;
    const uint32_t asign = r->activation->codes / 2;
    mpz_set_ui(word, (in->w[0] / wsign + in->a[0] / asign) % 2);
    mpz_mul_ui(word, word, 2UL * wsign * asign);
    mpz_add_ui(word, word, (unsigned long)(in->w[0] % wsign) * (in->a[0] % asign));
}

static void mul_one(run *r, const operands *in, uint64_t *first, uint64_t *second)
{
    const bool unaligned = r->weight->format->kind == REF_MINIFLOAT &&
                           (r->block || r->path.unit->family == NG_FAMILY_MINIFLOAT);
    ng_wide result;
    lay_out(r, in, first, second);
    ng_golden(&r->path, first, second, NULL, &result);
    wide_to_mpz(r->got, &result);
    state at;
    state_begin(&at);
    oracle_add(r, in, &at);
    if (is_sign_magnitude(r->weight)) {
        sign_magnitude_word(r->expected, r, in);
    } else if (unaligned) {
        ref_minifloat_word(r->expected, r->weight, in->w[0], r->activation, in->a[0]);
    } else {
        oracle_sum_word(r, &at);
    }
    oracle_pack(r, in, at.special);
    judge(r, first, second);
    if (unaligned) {
        judge_value(r, &at, first, second);
    }
    state_end(&at);
    r->index++;
}

void golden_mul_every_code(tally *count, const golden_case *which)
{
    uint64_t first[NG_OPERAND_LIMBS];
    uint64_t second[NG_OPERAND_LIMBS];
    run r;
    operands in = {0};
    run_begin(&r, count, which);
    dirty(first, r.seed);
    dirty(second, r.seed + 1);
    for (uint32_t w = 0; w < r.weight->codes; w++) {
        for (uint32_t a = 0; a < r.activation->codes && !tally_full(count); a++) {
            in.w[0] = w;
            in.a[0] = a;
            in.weight_scale = scale_ends[r.index % SCALE_ENDS];
            in.activation_scale = scale_ends[r.index / SCALE_ENDS % SCALE_ENDS];
            mul_one(&r, &in, first, second);
        }
    }
    run_end(&r);
}

/* ---- patterns of terms ---- */

typedef enum {
    PATTERN_LARGEST,     /* largest * largest */
    PATTERN_MIXED,       /* largest * smallest: the most negative sum */
    PATTERN_SMALLEST,    /* smallest * smallest: the most positive sum of two's complement */
    PATTERN_ALTERNATING, /* +largest, -largest: full-width cancellation */
    PATTERN_ORDINARY,    /* the largest readings, special codes included */
    PATTERN_NEGATIVE,    /* the same, negative */
    PATTERN_TINIEST,     /* the last bit of the sum alone */
    PATTERN_MINUS_LSB,   /* borrows through the whole word */
    PATTERN_ZERO,        /* code 0 against the largest */
    PATTERN_CORNERS,     /* random choice of corner codes */
    PATTERN_RANDOM,      /* random codes */
    PATTERN_LATE_SPECIAL,/* random finite codes, one special code on the way: the flag sticks */
    PATTERNS
} pattern;

/* Codes at which something changes: zeros, ends of the subnormals, ends of the normals, all ones, one. */
static uint32_t corner(const ref_table *table, uint32_t choice)
{
    const uint32_t sign = table->codes / 2;
    const uint32_t hidden = 1U << table->format->mantissa_bits;
    const uint32_t codes[] = {0,
                              1,
                              sign,
                              sign + 1,
                              sign - 1,
                              sign - 2,
                              table->codes - 1,
                              table->codes - 2,
                              hidden - 1,
                              hidden,
                              sign + hidden - 1,
                              sign + hidden,
                              ref_largest(table),
                              ref_smallest(table),
                              ref_tiniest(table),
                              sign / 2};
    return codes[choice % (sizeof codes / sizeof codes[0])] % table->codes;
}

static uint32_t finite_code(const ref_table *table, uint64_t seed, uint64_t index)
{
    return table->order[random_below(seed, index, table->finite)];
}

/* -tiniest: the code with the opposite value, which every format of the table has. */
static uint32_t minus_tiniest(const ref_table *table)
{
    MPFR_DECL_INIT(wanted, REF_VALUE_PRECISION);
    ref_exact(mpfr_neg(wanted, table->value[ref_tiniest(table)].number, MPFR_RNDN));
    return ref_nearest(table, wanted);
}

static void pattern_codes(const run *r, pattern which, uint64_t index, uint64_t special_at, uint32_t *w, uint32_t *a)
{
    const ref_table *wt = r->weight;
    const ref_table *at = r->activation;
    const uint64_t seed = r->seed + which;
    switch (which) {
    case PATTERN_LARGEST: *w = ref_largest(wt), *a = ref_largest(at); return;
    case PATTERN_MIXED: *w = ref_largest(wt), *a = ref_smallest(at); return;
    case PATTERN_SMALLEST: *w = ref_smallest(wt), *a = ref_smallest(at); return;
    case PATTERN_ALTERNATING:
        *w = index % 2 == 0 ? ref_largest(wt) : ref_smallest(wt), *a = ref_largest(at);
        return;
    case PATTERN_ORDINARY: *w = ref_largest_ordinary(wt), *a = ref_largest_ordinary(at); return;
    case PATTERN_NEGATIVE: *w = ref_smallest_ordinary(wt), *a = ref_largest_ordinary(at); return;
    case PATTERN_TINIEST: *w = ref_tiniest(wt), *a = ref_tiniest(at); return;
    case PATTERN_MINUS_LSB: *w = minus_tiniest(wt), *a = ref_tiniest(at); return;
    case PATTERN_ZERO: *w = 0, *a = ref_largest(at); return;
    case PATTERN_CORNERS:
        *w = corner(wt, random_below(seed, 2 * index, 1 << 16));
        *a = corner(at, random_below(seed, 2 * index + 1, 1 << 16));
        return;
    case PATTERN_RANDOM:
        *w = random_below(seed, 2 * index, wt->codes);
        *a = random_below(seed, 2 * index + 1, at->codes);
        return;
    case PATTERN_LATE_SPECIAL:
        *w = index == special_at ? wt->codes - 1 : finite_code(wt, seed, 2 * index);
        *a = finite_code(at, seed, 2 * index + 1);
        return;
    case PATTERNS: break;
    }
    ck_abort_msg("no such pattern");
}

/* Scales change from step to step only where the flag's memory is what is looked at. */
static void pattern_scales(const run *r, pattern which, uint64_t index, uint64_t special_at, operands *in)
{
    const uint64_t seed = r->seed + 1000 + which;
    in->weight_scale = random_below(seed, 0, REF_SCALE_CODES);
    in->activation_scale = which == PATTERN_LARGEST ? REF_SCALE_NAN : random_below(seed, 1, REF_SCALE_NAN);
    if (which == PATTERN_LATE_SPECIAL) {
        in->weight_scale = random_below(seed, index, REF_SCALE_NAN);
        in->activation_scale = index == special_at ? REF_SCALE_NAN : 0;
    }
}

/* ---- MAC ---- */

static void mac_pattern(run *r, pattern which)
{
    uint64_t first[NG_OPERAND_LIMBS];
    uint64_t second[NG_OPERAND_LIMBS];
    operands in = {0};
    ng_wide result = {{0}};
    state at;
    state_begin(&at);
    dirty(first, r->seed + which);
    dirty(second, r->seed + which + 1);
    for (uint64_t step = 0; step < r->path.terms && !tally_full(r->count); step++) {
        pattern_codes(r, which, step, r->path.terms / 3, &in.w[0], &in.a[0]);
        pattern_scales(r, which, step, r->path.terms / 3, &in);
        lay_out(r, &in, first, second);
        const ng_wide previous = result;
        ng_golden(&r->path, first, second, step == 0 ? NULL : &previous, &result);
        wide_to_mpz(r->got, &result);
        oracle_add(r, &in, &at);
        oracle_sum_word(r, &at);
        oracle_pack(r, &in, at.special);
        r->index = (uint64_t)which << 32 | step;
        judge(r, first, second);
    }
    state_end(&at);
}

void golden_mac_steps(tally *count, const golden_case *which)
{
    run r;
    run_begin(&r, count, which);
    for (pattern p = 0; p < PATTERNS; p++) {
        mac_pattern(&r, p);
    }
    run_end(&r);
}

/* The MAC after all terms taken in the order index -> (index * stride + start) mod terms. */
static ng_wide mac_in_order(run *r, pattern which, uint64_t start, uint64_t stride)
{
    uint64_t first[NG_OPERAND_LIMBS] = {0};
    uint64_t second[NG_OPERAND_LIMBS] = {0};
    operands in = {.weight_scale = 100, .activation_scale = 101};
    ng_wide result = {{0}};
    for (uint64_t step = 0; step < r->path.terms; step++) {
        const uint64_t index = (start + step * stride) % r->path.terms;
        pattern_codes(r, which, index, r->path.terms / 3, &in.w[0], &in.a[0]);
        lay_out(r, &in, first, second);
        const ng_wide previous = result;
        ng_golden(&r->path, first, second, step == 0 ? NULL : &previous, &result);
    }
    return result;
}

void golden_mac_order(tally *count, const golden_case *which)
{
    static const pattern patterns[] = {PATTERN_ALTERNATING, PATTERN_CORNERS, PATTERN_RANDOM, PATTERN_LATE_SPECIAL};
    const uint64_t none[NG_OPERAND_LIMBS] = {0};
    run r;
    run_begin(&r, count, which);
    for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; p++) {
        /* terms - 1 steps backwards; 5 and 7 share no factor with the powers of two (and 9) terms are made of. */
        const uint64_t strides[] = {r.path.terms - 1, 5, 7};
        const ng_wide forward = mac_in_order(&r, patterns[p], 0, 1);
        wide_to_mpz(r.expected, &forward);
        for (size_t s = 0; s < sizeof strides / sizeof strides[0]; s++) {
            const ng_wide other = mac_in_order(&r, patterns[p], r.path.terms / 2, strides[s]);
            wide_to_mpz(r.got, &other);
            r.index = p * 16 + s;
            judge(&r, none, none);
        }
    }
    run_end(&r);
}

/* ---- DOT ---- */

static void dot_one(run *r, const operands *in, uint64_t *first, uint64_t *second)
{
    ng_wide result;
    lay_out(r, in, first, second);
    ng_golden(&r->path, first, second, NULL, &result);
    wide_to_mpz(r->got, &result);
    state at;
    state_begin(&at);
    oracle_add(r, in, &at);
    oracle_sum_word(r, &at);
    oracle_pack(r, in, at.special);
    judge(r, first, second);
    state_end(&at);
    r->index++;
}

static void dot_operands(const run *r, pattern which, uint64_t repeat, operands *in)
{
    const uint64_t lanes = r->path.lanes;
    for (uint64_t lane = 0; lane < lanes; lane++) {
        pattern_codes(r, which, repeat * lanes + lane, repeat * lanes + repeat % lanes, &in->w[lane], &in->a[lane]);
    }
    in->weight_scale = random_below(r->seed, 2 * repeat, REF_SCALE_CODES);
    in->activation_scale = scale_ends[repeat % SCALE_ENDS];
}

/* One lane at work, the others at zero (or at the tiniest value, where a format has no zero). */
static void dot_alone(run *r, uint64_t *first, uint64_t *second)
{
    for (unsigned lane = 0; lane < r->path.lanes && !tally_full(r->count); lane++) {
        operands in = {.weight_scale = 127, .activation_scale = 127};
        in.w[lane] = ref_smallest(r->weight);
        in.a[lane] = ref_largest(r->activation);
        dot_one(r, &in, first, second);
    }
}

void golden_dot_lanes(tally *count, const golden_case *which)
{
    enum { RANDOM_REPEATS = 200, FIXED_REPEATS = 2 };
    uint64_t first[NG_OPERAND_LIMBS];
    uint64_t second[NG_OPERAND_LIMBS];
    run r;
    run_begin(&r, count, which);
    dirty(first, r.seed);
    dirty(second, r.seed + 1);
    for (pattern p = 0; p < PATTERNS; p++) {
        const uint64_t repeats = p >= PATTERN_CORNERS ? RANDOM_REPEATS : FIXED_REPEATS;
        for (uint64_t repeat = 0; repeat < repeats && !tally_full(count); repeat++) {
            operands in = {0};
            dot_operands(&r, p, repeat, &in);
            dot_one(&r, &in, first, second);
        }
    }
    dot_alone(&r, first, second);
    run_end(&r);
}

static void reverse(uint32_t *codes, unsigned length)
{
    for (unsigned i = 0; i < length / 2; i++) {
        const uint32_t kept = codes[i];
        codes[i] = codes[length - 1 - i];
        codes[length - 1 - i] = kept;
    }
}

void golden_dot_order(tally *count, const golden_case *which)
{
    enum { REPEATS = 50 };
    uint64_t first[NG_OPERAND_LIMBS] = {0};
    uint64_t second[NG_OPERAND_LIMBS] = {0};
    run r;
    run_begin(&r, count, which);
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        operands in = {0};
        ng_wide result;
        dot_operands(&r, PATTERN_CORNERS, repeat, &in);
        lay_out(&r, &in, first, second);
        ng_golden(&r.path, first, second, NULL, &result);
        wide_to_mpz(r.expected, &result);
        reverse(in.w, r.path.lanes);
        reverse(in.a, r.path.lanes);
        lay_out(&r, &in, first, second);
        ng_golden(&r.path, first, second, NULL, &result);
        wide_to_mpz(r.got, &result);
        r.index = repeat;
        judge(&r, first, second);
    }
    run_end(&r);
}

/* ---- CONVERT ---- */

/* A converter and the numbers it is tried with. */
typedef struct {
    run r;
    const ref_table *output;
    unsigned shift;
    mpz_t sum; /* as a number, not a word */
    mpz_t trial;
} convert_run;

static bool sum_fits(const convert_run *c, const mpz_t sum)
{
    return ref_integer_width(sum, sum) <= c->r.path.sum_bits;
}

/* One conversion of `sum`, if the accumulator can hold it. */
static void convert_one(convert_run *c, const mpz_t sum)
{
    uint64_t first[NG_OPERAND_LIMBS];
    uint64_t second[NG_OPERAND_LIMBS];
    run *r = &c->r;
    if (!sum_fits(c, sum) || tally_full(r->count)) {
        return;
    }
    dirty(first, r->index);
    dirty(second, r->index + 1);
    const ng_wide word = wide_from_mpz(sum);
    for (unsigned at = 0; at < r->path.sum_bits; at += 8) {
        const unsigned left = r->path.sum_bits - at;
        put(first, at, left < 8 ? left : 8, word.limb[at / 64] >> at % 64);
    }
    put(second, 0, r->path.second_bits, c->shift);
    ng_wide result;
    ng_golden(&r->path, first, second, NULL, &result);
    wide_to_mpz(r->got, &result);

    MPFR_DECL_INIT(exact, REF_SUM_PRECISION);
    ref_exact(mpfr_set_z_2exp(exact, sum, c->output->lsb - (long)c->shift, MPFR_RNDN));
    mpz_set_ui(r->expected, ref_nearest(c->output, exact));
    judge(r, first, second);
    r->index++;
}

/* sum - 1, sum, sum + 1 and their negatives. */
static void convert_around(convert_run *c, const mpz_t sum)
{
    for (int offset = -1; offset <= 1; offset++) {
        if (offset < 0) {
            mpz_sub_ui(c->trial, sum, 1);
        } else {
            mpz_add_ui(c->trial, sum, (unsigned long)offset);
        }
        convert_one(c, c->trial);
        mpz_neg(c->trial, c->trial);
        convert_one(c, c->trial);
    }
}

/* 2^k and 1.5 * 2^k for every k, which covers 0 and the ends of the accumulator as well. */
static void convert_powers(convert_run *c)
{
    mpz_set_ui(c->sum, 0);
    convert_around(c, c->sum);
    for (unsigned k = 0; k < c->r.path.sum_bits; k++) {
        mpz_set_ui(c->sum, 1);
        mpz_mul_2exp(c->sum, c->sum, k);
        convert_around(c, c->sum);
        mpz_mul_ui(c->sum, c->sum, 3);
        mpz_fdiv_q_2exp(c->sum, c->sum, 1);
        convert_around(c, c->sum);
    }
}

/* The sum that the shift turns into x, rounded down to an integer. */
static void convert_value(convert_run *c, const mpfr_t x)
{
    MPFR_DECL_INIT(units, REF_SUM_PRECISION);
    ref_exact(mpfr_mul_2si(units, x, (long)c->shift - c->output->lsb, MPFR_RNDN));
    (void)mpfr_get_z(c->sum, units, MPFR_RNDD);
    if (mpz_sizeinbase(c->sum, 2) <= c->r.path.sum_bits) {
        convert_around(c, c->sum);
    }
}

/* Every value from 0 up and the midpoint above it; convert_around() adds the negative side. Above the largest value
 * the same distance again, where a wider format would round up. */
static void convert_values(convert_run *c)
{
    MPFR_DECL_INIT(midpoint, REF_VALUE_PRECISION);
    MPFR_DECL_INIT(gap, REF_VALUE_PRECISION);
    mpfr_set_zero(gap, 1);
    for (unsigned i = 0; i < c->output->finite; i++) {
        const mpfr_t *value = &c->output->value[c->output->order[i]].number;
        if (mpfr_sgn(*value) <= 0) {
            continue;
        }
        convert_value(c, *value);
        if (i > 0) {
            const mpfr_t *below = &c->output->value[c->output->order[i - 1]].number;
            ref_exact(mpfr_sub(gap, *value, *below, MPFR_RNDN));
            ref_exact(mpfr_div_2ui(gap, gap, 1, MPFR_RNDN));
            ref_exact(mpfr_sub(midpoint, *value, gap, MPFR_RNDN));
            convert_value(c, midpoint);
        }
    }
    ref_exact(mpfr_add(midpoint, c->output->value[ref_largest(c->output)].number, gap, MPFR_RNDN));
    convert_value(c, midpoint);
}

/* Random sums, their length random too. */
static void convert_random(convert_run *c)
{
    enum { RANDOMS = 64 };
    for (uint64_t i = 0; i < RANDOMS; i++) {
        const uint64_t at = (c->shift * (uint64_t)RANDOMS + i) * 8;
        ng_wide bits;
        for (unsigned limb = 0; limb < NG_WIDE_LIMBS; limb++) {
            bits.limb[limb] = random_bits(c->r.seed, at + limb);
        }
        wide_to_signed(c->trial, &bits);
        mpz_fdiv_q_2exp(c->trial, c->trial,
                        NG_WIDE_BITS - 1 - random_below(c->r.seed, at + NG_WIDE_LIMBS, c->r.path.sum_bits));
        convert_one(c, c->trial);
    }
}

void golden_convert_every_shift(tally *count, const golden_case *which)
{
    convert_run c;
    run_begin(&c.r, count, which);
    c.output = ref_table_of(ref_format_find(c.r.path.output->name));
    mpz_init(c.sum);
    mpz_init(c.trial);
    for (c.shift = 0; c.shift < 1U << c.r.path.second_bits && !tally_full(count); c.shift++) {
        convert_powers(&c);
        convert_values(&c);
        convert_random(&c);
    }
    mpz_clear(c.sum);
    mpz_clear(c.trial);
    run_end(&c.r);
}

/* ---- lists ---- */

static golden_case with_pair(const golden_case *which, const char *weight, const char *activation)
{
    golden_case made = *which;
    snprintf(made.weight, sizeof made.weight, "%s", weight);
    snprintf(made.activation, sizeof made.activation, "%s", activation);
    return made;
}

/* The row that is weight number `index` of the family; NULL past the last. */
static const ref_format *family_weight(ng_family family, int index)
{
    for (size_t w = 0; w < ref_format_count(); w++) {
        bool any = false;
        for (size_t a = 0; a < ref_format_count() && !any; a++) {
            any = golden_family_fits(family, ref_format_at(w), ref_format_at(a));
        }
        if (any && index-- == 0) {
            return ref_format_at(w);
        }
    }
    return NULL;
}

int golden_weights(ng_family family)
{
    int count = 0;
    while (family_weight(family, count) != NULL) {
        count++;
    }
    return count;
}

golden_case golden_output(const char *unit, ng_family family, int index)
{
    golden_case made = {.kind = NG_UNIT_CONVERT};
    snprintf(made.unit, sizeof made.unit, "%s", unit);
    snprintf(made.output, sizeof made.output, "%s", family_weight(family, index)->name);
    return made;
}

void golden_check_weight(const golden_case *which, ng_family family, int index, golden_body *body)
{
    const ref_format *weight = family_weight(family, index);
    char title[64];
    tally count = {0};
    for (size_t i = 0; i < ref_format_count() && !tally_full(&count); i++) {
        const ref_format *activation = ref_format_at(i);
        if (golden_family_fits(family, weight, activation)) {
            const golden_case pair = with_pair(which, weight->name, activation->name);
            body(&count, &pair);
        }
    }
    snprintf(title, sizeof title, "%s-%s", which->unit, weight->name);
    tally_verdict(&count, title);
}

void golden_check_pairs(const golden_case *which, const golden_pair *pairs, size_t length, golden_body *body)
{
    tally count = {0};
    for (size_t i = 0; i < length && !tally_full(&count); i++) {
        const golden_case pair = with_pair(which, pairs[i].weight, pairs[i].activation);
        body(&count, &pair);
    }
    char title[3 * NG_FORMAT_NAME_SIZE];
    snprintf(title, sizeof title, "%s-%s%s%s%s", which->unit, pairs[0].weight, length > 1 ? "..." : "",
             which->output[0] != 0 ? " to " : "", which->output);
    tally_verdict(&count, title);
}

void golden_check_literals(const golden_case *which, const golden_literal *rows, size_t length)
{
    tally count = {0};
    for (size_t i = 0; i < length; i++) {
        const golden_case pair = with_pair(which, rows[i].pair.weight, rows[i].pair.activation);
        uint64_t first[NG_OPERAND_LIMBS] = {rows[i].first};
        uint64_t second[NG_OPERAND_LIMBS] = {rows[i].second};
        ng_wide result;
        run r;
        run_begin(&r, &count, &pair);
        ng_golden(&r.path, first, second, NULL, &result);
        wide_to_mpz(r.got, &result);
        mpz_set_ui(r.expected, rows[i].result);
        r.index = i;
        judge(&r, first, second);
        run_end(&r);
    }
    tally_verdict(&count, which->unit);
}

TCase *golden_tcase(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, GOLDEN_TIMEOUT_S);
    suite_add_tcase(suite, tcase);
    return tcase;
}
