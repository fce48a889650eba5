/* Datapaths: which unit serves a pair, every derived width against exact extreme sums and the published figures, the
 * RTL parameters, and each way to ask wrongly. */
#include <stdio.h>
#include <string.h>

#include "model/format_name.h"
#include "tests/ref/ref_integer.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/support/golden_check.h"

static ng_status init(ng_datapath *path, ng_unit_kind kind, const char *weight, const char *activation)
{
    const ng_request request = {
        .kind = kind, .weight = ng_format_find(weight), .activation = ng_format_find(activation)};
    return ng_datapath_init(path, &request);
}

START_TEST(table)
{
    ck_assert_ptr_null(ng_unit_at(NG_UNIT_COUNT));
    ck_assert_ptr_null(ng_unit_at(SIZE_MAX));
    for (size_t i = 0; i < NG_UNIT_COUNT; i++) {
        const ng_unit *unit = ng_unit_at(i);
        ck_assert_uint_eq((size_t)unit->id, i);
        /* A name is unique and says the unit's kind. */
        ck_assert_ptr_nonnull(strstr(unit->name, ng_unit_kind_name(unit->kind)));
        ng_unit_kind found = NG_UNIT_KIND_COUNT;
        ck_assert(ng_unit_kind_find(ng_unit_kind_name(unit->kind), &found));
        ck_assert_int_eq(found, unit->kind);
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(unit->name, ng_unit_at(j)->name);
        }
    }
    ng_unit_kind kind = NG_UNIT_DOT;
    ck_assert(!ng_unit_kind_find("do", &kind));
    ck_assert_int_eq(kind, NG_UNIT_DOT);
    ck_assert_str_eq(ng_unit_at(NG_ID_int_mul)->name, "int_mul");
    ck_assert_str_eq(ng_unit_at(NG_ID_minifloat_convert)->name, "minifloat_convert");
    ck_assert_str_eq(ng_family_name(NG_FAMILY_INTEGER), "integer");
    ck_assert_str_eq(ng_family_name(NG_FAMILY_MINIFLOAT), "minifloat");
    ck_assert_str_eq(ng_family_name(NG_FAMILY_SHIFT), "shift");
    ck_assert_str_eq(ng_family_name(NG_FAMILY_BLOCK), "block");
}
END_TEST

/* Every format against every format: the family, or no unit, for all three kinds that multiply. */
START_TEST(family_of_every_pair)
{
    static const ng_unit_kind kinds[] = {NG_UNIT_MUL, NG_UNIT_MAC, NG_UNIT_DOT};
    const ref_format *weight = ref_format_at((size_t)_i);
    tally count = {0};
    for (size_t i = 0; i < ref_format_count(); i++) {
        const ref_format *activation = ref_format_at(i);
        bool served = false;
        ng_family right = NG_FAMILY_INTEGER;
        for (ng_family family = 0; family < NG_FAMILY_COUNT; family++) {
            if (golden_family_fits(family, weight, activation)) {
                served = true;
                right = family;
            }
        }
        ng_family got = NG_FAMILY_INTEGER;
        const ng_status status = ng_pair_family(ng_format_at((size_t)_i), ng_format_at(i), &got);
        const bool ok = status == (served ? NG_OK : NG_NO_UNIT) && (!served || got == right);
        if (!tally_case(&count, ok)) {
            fprintf(stderr, "ng_pair_family of %s, %s: status %d family %d\n", weight->name, activation->name,
                    (int)status, (int)got);
        }
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            ng_datapath path;
            const ng_status made = init(&path, kinds[k], weight->name, activation->name);
            tally_case(&count, made == (served ? NG_OK : NG_NO_UNIT));
            tally_case(&count, !served || (path.unit->kind == kinds[k] && path.unit->family == right));
        }
    }
    tally_verdict(&count, weight->name);
}
END_TEST

/* ---- widths ---- */

/* n times the product of two ordinary readings, in units of the pair's last bit. */
static void extreme(mpz_t sum, const ref_table *w, uint32_t wc, const ref_table *a, uint32_t ac, unsigned terms)
{
    MPFR_DECL_INIT(product, REF_SUM_PRECISION);
    ref_exact(mpfr_mul(product, w->value[wc].number, a->value[ac].number, MPFR_RNDN));
    ref_exact(mpfr_mul_ui(product, product, terms, MPFR_RNDN));
    ref_exact(mpfr_mul_2si(product, product, -(w->lsb + a->lsb), MPFR_RNDN));
    ref_exact(mpfr_get_z(sum, product, MPFR_RNDN));
}

/* Shortest two's complement word for every sum of `terms` products: a sum is extreme where each product is, and a
 * product is where both factors are. */
static unsigned exact_width(const ref_table *w, const ref_table *a, unsigned terms)
{
    const uint32_t wc[] = {ref_largest_ordinary(w), ref_smallest_ordinary(w)};
    const uint32_t ac[] = {ref_largest_ordinary(a), ref_smallest_ordinary(a)};
    unsigned width = 0;
    mpz_t sum;
    mpz_init(sum);
    for (unsigned i = 0; i < 4; i++) {
        extreme(sum, w, wc[i / 2], a, ac[i % 2], terms);
        const unsigned bits = ref_integer_width(sum, sum);
        width = bits > width ? bits : width;
    }
    mpz_clear(sum);
    return width;
}

static unsigned ceil_log2(unsigned value)
{
    unsigned bits = 0;
    while (1UL << bits < value) {
        bits++;
    }
    return bits;
}

/* 2^xa + ya + 2^xb + yb + ceil(log2 n) - 1 (arXiv 2311.12359). */
static unsigned published_width(const ref_format *w, const ref_format *a, unsigned terms)
{
    return (1U << w->exponent_bits) + w->mantissa_bits + (1U << a->exponent_bits) + a->mantissa_bits +
           ceil_log2(terms) - 1;
}

/* Integers and shifts: not one bit more than the extreme sum needs. Minifloats: the published width, which holds the
 * extreme sum and exceeds it by two bits at most: the significands are a little below a power of two, and so is n. Mixed
 * pairs: the same two bits. */
START_TEST(sums_fit)
{
    static const unsigned lengths[] = {1,  2,  3,    4,    5,    7,       8,      9,      15,          16,
                                       17, 31, 32,   33,   63,   64,      65,     1000,   4095,        4096,
                                       4097, 4607, 4608, 4609, 65536, 100000, 524289, (1 << 20) - 1, 1 << 20};
    const ref_table *w = ref_table_of(ref_format_at((size_t)_i));
    tally count = {0};
    for (size_t i = 0; i < ref_format_count(); i++) {
        const ref_table *a = ref_table_of(ref_format_at(i));
        ng_datapath path;
        if (init(&path, NG_UNIT_MAC, w->format->name, a->format->name) != NG_OK) {
            tally_case(&count, true);
            continue;
        }
        for (size_t n = 0; n < sizeof lengths / sizeof lengths[0]; n++) {
            const unsigned got = ng_sum_bits(path.weight, path.activation, lengths[n]);
            const unsigned exact = exact_width(w, a, lengths[n]);
            const bool minifloat = w->format->kind == REF_MINIFLOAT;
            const bool mixed = path.unit->family == NG_FAMILY_MIXED;
            const bool rounded = mixed || path.unit->family == NG_FAMILY_MINIFLOAT || (minifloat && w->format->block != 0);
            const unsigned expected = mixed ? got : rounded ? published_width(w->format, a->format, lengths[n]) : exact;
            const bool ok = got == expected && got >= exact && got <= exact + (rounded ? 2 : 0);
            if (!tally_case(&count, ok) && !tally_full(&count)) {
                fprintf(stderr, "ng_sum_bits of %s, %s, %u terms: got %u expected %u, exact %u\n", w->format->name,
                        a->format->name, lengths[n], got, expected, exact);
            }
        }
    }
    tally_verdict(&count, w->format->name);
}
END_TEST

/* Figures of arXiv 2311.12359 for ResNet-18's longest dot product, and the A2Q bound. */
START_TEST(published_widths)
{
    static const struct {
        char weight[16];
        char activation[16];
        unsigned terms;
        unsigned bits;
    } rows[] = {
        {"e2m3", "e2m3", 4608, 26}, {"e3m2", "e3m2", 4608, 32}, {"e3m3", "e3m3", 4608, 34},
        {"int8", "int8", 4608, 28}, {"int4", "int4", 4608, 20}, {"int8", "int8", 1, 16},
        {"e2m1", "e2m1", 1, 9},     {"e6m1", "e6m1", 1 << 20, 149},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const ng_request request = {.kind = NG_UNIT_MAC,
                                    .weight = ng_format_find(rows[i].weight),
                                    .activation = ng_format_find(rows[i].activation),
                                    .terms = rows[i].terms};
        ng_datapath path;
        ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
        ck_assert_uint_eq(path.sum_bits, rows[i].bits);
    }
}
END_TEST

/* The fields of the unaligned product are as wide as the largest product needs, and no wider. */
START_TEST(products_fit)
{
    const ref_table *w = ref_table_of(ref_format_at((size_t)_i));
    tally count = {0};
    for (size_t i = 0; i < ref_format_count(); i++) {
        const ref_table *a = ref_table_of(ref_format_at(i));
        ng_datapath path;
        if (w->format->kind != REF_MINIFLOAT || a->format->kind != REF_MINIFLOAT ||
            init(&path, NG_UNIT_MUL, w->format->name, a->format->name) != NG_OK) {
            tally_case(&count, true);
            continue;
        }
        const unsigned exponent_bits = ref_minifloat_exponent_bits(w, a);
        tally_case(&count, ng_product_exponent_bits(path.weight, path.activation) == exponent_bits);
        tally_case(&count, path.sum_bits == 1 + exponent_bits + ref_minifloat_significand_bits(w, a));
    }
    tally_verdict(&count, w->format->name);
}
END_TEST

/* ---- what a datapath is ---- */

typedef struct {
    ng_unit_kind kind;
    char weight[16];
    char activation[16];
    ng_unit_id id;
    unsigned lanes, terms, first, second, sum, scale, flag, result;
    int lsb;
} layout;

static const layout layouts[] = {
    {NG_UNIT_MUL, "int8", "int8", NG_ID_int_mul, 1, 1, 8, 8, 16, 0, 0, 16, 0},
    {NG_UNIT_MAC, "int4", "int8", NG_ID_int_mac, 1, 4608, 4, 8, 24, 0, 0, 24, 0},
    {NG_UNIT_DOT, "int8", "int8", NG_ID_int_dot, 32, 32, 256, 256, 21, 0, 0, 21, 0},
    {NG_UNIT_MUL, "e2m1", "e2m1", NG_ID_minifloat_mul, 1, 1, 4, 4, 8, 0, 0, 8, -2},
    {NG_UNIT_MUL, "e4m3fn", "e5m2ieee", NG_ID_minifloat_mul, 1, 1, 8, 8, 1 + 6 + 7, 0, 1, 15, -25},
    {NG_UNIT_MAC, "e4m3fn", "e4m3fn", NG_ID_minifloat_mac, 1, 4608, 8, 8, 50, 0, 1, 51, -18},
    {NG_UNIT_DOT, "e2m3", "e2m3", NG_ID_minifloat_dot, 32, 32, 192, 192, 18, 0, 0, 18, -6},
    {NG_UNIT_MUL, "dense4", "int8", NG_ID_shift_mul, 1, 1, 4, 8, 16, 0, 0, 16, -7},
    {NG_UNIT_MAC, "pot4", "int8", NG_ID_shift_mac, 1, 4608, 4, 8, 27, 0, 0, 27, -6},
    {NG_UNIT_DOT, "dense2", "int3", NG_ID_shift_dot, 32, 32, 64, 96, 10, 0, 0, 10, -1},
    {NG_UNIT_MUL, "mxfp4", "mxfp4", NG_ID_block_mul, 1, 1, 12, 12, 8, 9, 1, 18, -2},
    {NG_UNIT_MUL, "mxint8", "mxint8", NG_ID_block_mul, 1, 1, 16, 16, 16, 9, 1, 26, -12},
    {NG_UNIT_MAC, "bfp_m4k16", "bfp_m8k16", NG_ID_block_mac, 1, 16, 12, 16, 16, 9, 0, 25, -8},
    {NG_UNIT_DOT, "mxfp4", "mxfp4", NG_ID_block_dot, 32, 32, 136, 136, 14, 9, 1, 24, -2},
    {NG_UNIT_DOT, "bfp_m8k16", "bfp_m8k16", NG_ID_block_dot, 16, 16, 136, 136, 20, 9, 0, 29, -12},
    {NG_UNIT_CONVERT, "int4", "int8", NG_ID_int_convert, 1, 4608, 24, 5, 24, 0, 0, 8, 0},
    {NG_UNIT_CONVERT, "e4m3fn", "e4m3fn", NG_ID_minifloat_convert, 1, 4608, 50, 6, 50, 0, 0, 8, -18},
    {NG_UNIT_CONVERT, "dense4", "int4", NG_ID_int_convert, 1, 4608, 24, 5, 24, 0, 0, 4, -7},
};

START_TEST(layout_of_words)
{
    const layout *row = &layouts[_i];
    ng_datapath path;
    ck_assert_int_eq(init(&path, row->kind, row->weight, row->activation), NG_OK);
    ck_assert_int_eq(path.unit->id, row->id);
    ck_assert_uint_eq(path.lanes, row->lanes);
    ck_assert_uint_eq(path.terms, row->terms);
    ck_assert_uint_eq(path.chain, NG_CHAIN_DEFAULT);
    ck_assert_uint_eq(path.first_bits, row->first);
    ck_assert_uint_eq(path.second_bits, row->second);
    ck_assert_uint_eq(path.sum_bits, row->sum);
    ck_assert_uint_eq(path.scale_bits, row->scale);
    ck_assert_uint_eq(path.flag_bits, row->flag);
    ck_assert_uint_eq(path.result_bits, row->result);
    ck_assert_int_eq(path.lsb, row->lsb);
    ck_assert_str_eq(path.weight->name, row->weight);
    ck_assert_str_eq(path.activation->name, row->activation);
    if (row->kind == NG_UNIT_CONVERT) {
        ck_assert_ptr_eq(path.output, path.activation);
    } else {
        ck_assert_ptr_null(path.output);
    }
}
END_TEST

/* The shift of a converter reaches every bit of its sum, and its word has no bit to spare. */
START_TEST(shifts_reach)
{
    static const unsigned lengths[] = {1, 2, 32, 4608, 1 << 20};
    tally count = {0};
    for (size_t i = 0; i < ref_format_count(); i++) {
        for (size_t n = 0; n < sizeof lengths / sizeof lengths[0]; n++) {
            const ng_format *format = ng_format_at(i);
            const ng_request request = {.kind = NG_UNIT_CONVERT,
                                        .weight = format,
                                        .activation = format,
                                        .output = ng_format_find("int8"),
                                        .terms = lengths[n]};
            ng_datapath path;
            if (ng_datapath_init(&path, &request) == NG_OK) {
                tally_case(&count, 1UL << path.second_bits >= path.sum_bits);
                tally_case(&count, 1UL << path.second_bits < 2UL * path.sum_bits);
                tally_case(&count, path.sum_bits <= NG_WIDE_BITS);
            }
        }
    }
    tally_verdict(&count, "shifts reach");
}
END_TEST

/* ---- asking wrongly ---- */

typedef struct {
    ng_status status;
    ng_unit_kind kind;
    char weight[16];
    char activation[16];
    char output[16];
    unsigned lanes, terms, chain;
} refusal;

static const refusal refusals[] = {
    {NG_NO_UNIT, NG_UNIT_MUL, "int8", "posit16es1", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_MUL, "fp16", "int8", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_MAC, "lns8f3", "e4m3", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_MAC, "int8", "e8m0", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_MAC, "nf4", "int8", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_DOT, "mxint8", "int8", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_DOT, "int8", "mxint8", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_DOT, "mxfp4", "mxint8", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_DOT, "bfp_m4k16", "bfp_m4k32", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_DOT, "bfp_m8k32", "mxint8", "", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_CONVERT, "int8", "hif8", "hif8", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_CONVERT, "int8", "int8", "dense4", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_CONVERT, "int8", "int8", "mxint8", 0, 0, 0},
    {NG_NO_UNIT, NG_UNIT_CONVERT, "mxint8", "mxint8", "", 0, 0, 0}, /* the default output is a block */
    {NG_BAD_LANES, NG_UNIT_DOT, "int8", "int8", "", 65, 0, 0},
    {NG_BAD_LANES, NG_UNIT_DOT, "int8", "int8", "", UINT32_MAX, 0, 0},
    {NG_BAD_LANES, NG_UNIT_DOT, "e2m1", "e2m1", "", 65, 0, 0},
    {NG_BAD_LANES, NG_UNIT_DOT, "mxfp4", "mxfp4", "", 16, 0, 0},
    {NG_BAD_LANES, NG_UNIT_DOT, "mxfp4", "mxfp4", "", 33, 0, 0},
    {NG_BAD_LANES, NG_UNIT_DOT, "bfp_m4k16", "bfp_m4k16", "", 32, 0, 0},
    {NG_BAD_LANES, NG_UNIT_DOT, "int8", "int8", "", 8, 0, 65},
    {NG_BAD_TERMS, NG_UNIT_MAC, "int8", "int8", "", 0, (1 << 20) + 1, 0},
    {NG_BAD_TERMS, NG_UNIT_MAC, "e6m1", "e6m1", "", 0, UINT32_MAX, 0},
    {NG_BAD_TERMS, NG_UNIT_CONVERT, "int8", "int8", "int4", 0, (1 << 20) + 1, 0},
};

START_TEST(refused)
{
    const refusal *row = &refusals[_i];
    const ng_request request = {
        .kind = row->kind,
        .weight = ng_format_find(row->weight),
        .activation = ng_format_find(row->activation),
        .output = row->output[0] != 0 ? ng_format_find(row->output) : NULL,
        .lanes = row->lanes,
        .terms = row->terms,
        .chain = row->chain,
    };
    unsigned char before[sizeof(ng_datapath)];
    ng_datapath path;
    memset(&path, 0x5A, sizeof path);
    memset(before, 0x5A, sizeof before);
    ck_assert_int_eq(ng_datapath_init(&path, &request), row->status);
    ck_assert_int_eq(memcmp(&path, before, sizeof before), 0);
}
END_TEST

/* Shifts of more than 6 bits would need sums that the arithmetic of their widths does not hold. */
START_TEST(widest_shift)
{
    ng_format weight;
    ng_family family;
    const ng_format *int8 = ng_format_find("int8");
    ck_assert_int_eq(ng_format_parse("dense6", NULL, 0, &weight, NULL), NG_PARSE_OK);
    ck_assert_int_eq(ng_pair_family(&weight, int8, &family), NG_OK);
    ck_assert_uint_eq(ng_sum_bits(&weight, int8, 1 << 20), 20 + 31 + 7 + 2);
    ck_assert_int_eq(ng_format_parse("dense7", NULL, 0, &weight, NULL), NG_PARSE_OK);
    ck_assert_int_eq(ng_pair_family(&weight, int8, &family), NG_NO_UNIT);
    ck_assert_int_eq(ng_format_parse("pot7", NULL, 0, &weight, NULL), NG_PARSE_OK);
    ck_assert_int_eq(ng_pair_family(&weight, int8, &family), NG_NO_UNIT);
}
END_TEST

/* The last request on the right side of each limit. */
START_TEST(just_accepted)
{
    const ng_format *int8 = ng_format_find("int8");
    ng_datapath path;
    const ng_request wide = {.kind = NG_UNIT_DOT, .weight = int8, .activation = int8, .lanes = 64, .chain = 64};
    ck_assert_int_eq(ng_datapath_init(&path, &wide), NG_OK);
    ck_assert_uint_eq(path.lanes, 64);
    ck_assert_uint_eq(path.chain, 64);
    const ng_request narrow = {.kind = NG_UNIT_DOT, .weight = int8, .activation = int8, .lanes = 1, .chain = 1};
    ck_assert_int_eq(ng_datapath_init(&path, &narrow), NG_OK);
    ck_assert_uint_eq(path.lanes, 1);
    const ng_request longest = {.kind = NG_UNIT_MAC, .weight = int8, .activation = int8, .terms = 1 << 20};
    ck_assert_int_eq(ng_datapath_init(&path, &longest), NG_OK);
    ck_assert_uint_eq(path.terms, 1 << 20);
    const ng_request shortest = {.kind = NG_UNIT_MAC, .weight = int8, .activation = int8, .terms = 1};
    ck_assert_int_eq(ng_datapath_init(&path, &shortest), NG_OK);
    ck_assert_uint_eq(path.sum_bits, 16);
}
END_TEST

/* ---- RTL parameters ---- */

typedef struct {
    ng_unit_kind kind;
    char weight[16];
    char activation[16];
    char text[400];
} parameter_row;

static const parameter_row parameter_rows[] = {
    {NG_UNIT_MUL, "int4", "int8", "WeightBits=4 ActivationBits=8 Architecture=0 SumBits=12 "},
    {NG_UNIT_DOT, "int8", "int8", "WeightBits=8 ActivationBits=8 Lanes=32 ChainLength=8 Architecture=0 SumBits=21 "},
    {NG_UNIT_PIPE, "int8", "int8", "WeightBits=8 ActivationBits=8 Lanes=32 ChainLength=8 StageRows=8 SumBits=21 "},
    {NG_UNIT_MAC, "e4m3fn", "e5m2ieee",
     "WeightExponentBits=4 WeightMantissaBits=3 WeightSpecials=1 ActivationExponentBits=5 ActivationMantissaBits=2 "
     "ActivationSpecials=2 SumBits=65 "},
    {NG_UNIT_MAC, "pot4", "int8", "WeightBits=4 WeightHasZero=1 ActivationBits=8 SumBits=27 "},
    {NG_UNIT_MUL, "dense4", "int8", "WeightBits=4 WeightHasZero=0 ActivationBits=8 SumBits=16 "},
    {NG_UNIT_DOT, "mxfp4", "mxfp4",
     "WeightBits=4 WeightExponentBits=2 WeightMantissaBits=1 ActivationBits=4 ActivationExponentBits=2 "
     "ActivationMantissaBits=1 ScaleHasNan=1 Lanes=32 ChainLength=8 SumBits=14 "},
    {NG_UNIT_MAC, "bfp_m4k16", "bfp_m8k16",
     "WeightBits=4 WeightExponentBits=0 WeightMantissaBits=0 ActivationBits=8 ActivationExponentBits=0 "
     "ActivationMantissaBits=0 ScaleHasNan=0 SumBits=16 "},
    {NG_UNIT_CONVERT, "int4", "int8", "OutputBits=8 SumBits=24 "},
    {NG_UNIT_CONVERT, "e4m3fn", "e4m3fn", "OutputExponentBits=4 OutputMantissaBits=3 OutputSpecials=1 SumBits=50 "},
};

START_TEST(parameters)
{
    const parameter_row *row = &parameter_rows[_i];
    ng_parameter list[NG_PARAMETERS_MAX];
    ng_datapath path;
    char text[sizeof row->text] = "";
    size_t length = 0;
    ck_assert_int_eq(init(&path, row->kind, row->weight, row->activation), NG_OK);
    const unsigned count = ng_datapath_parameters(&path, list);
    ck_assert_uint_le(count, NG_PARAMETERS_MAX);
    for (unsigned i = 0; i < count; i++) {
        const int written = snprintf(text + length, sizeof text - length, "%s=%d ", list[i].name, list[i].value);
        ck_assert_int_gt(written, 0);
        length += (size_t)written;
        ck_assert_uint_lt(length, sizeof text);
    }
    ck_assert_str_eq(text, row->text);
}
END_TEST

/* ---- architectures ---- */

START_TEST(architectures)
{
    const ng_architecture *row = ng_architecture_at(ng_unit_at(NG_ID_int_mul), 2);
    ck_assert_ptr_nonnull(row);
    ck_assert_str_eq(row->name, "table");
    ck_assert_uint_eq(row->unit, NG_ID_int_mul);
    ck_assert_ptr_null(ng_architecture_at(ng_unit_at(NG_ID_int_mul), 3));
    for (size_t i = 0; i < NG_UNIT_COUNT; i++) {
        const ng_unit *unit = ng_unit_at(i);
        const ng_architecture *first = ng_architecture_at(unit, 0);
        ck_assert_str_eq(first->text, unit->architecture);
        ck_assert_uint_eq(first->most, 0);
        ck_assert_int_eq(strcmp(first->name, "only") == 0, ng_architecture_at(unit, 1) == NULL);
        for (unsigned number = 1; ng_architecture_at(unit, number) != NULL; number++) {
            ck_assert_str_ne(ng_architecture_at(unit, number)->name, ng_architecture_at(unit, number - 1)->name);
        }
    }
}
END_TEST

static ng_request pair_request(ng_unit_kind kind, const char *name)
{
    return (ng_request){.kind = kind, .weight = ng_format_find(name), .activation = ng_format_find(name)};
}

/* Four bits a side are the most a table is made for. */
START_TEST(architecture_of_a_request)
{
    ng_datapath path;
    ng_request request = pair_request(NG_UNIT_MUL, "int4");
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_uint_eq(path.architecture, 0);
    request.architecture = 3;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_uint_eq(path.architecture, 2);
    request.activation = ng_format_find("int5");
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_ARCHITECTURE);
    request.architecture = 4;
    request.activation = request.weight;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_ARCHITECTURE);
    request = pair_request(NG_UNIT_MUL, "int3");
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_uint_eq(path.architecture, 2);
    request = pair_request(NG_UNIT_WINDOW, "e4m3");
    request.architecture = 2;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_ARCHITECTURE);
    request = pair_request(NG_UNIT_MAC, "int4");
    request.architecture = 2;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_ARCHITECTURE);
}
END_TEST

static const struct {
    unsigned lanes;
    unsigned chain;
    unsigned stage;
    unsigned latency;
} stages[] = {{32, 8, 0, 1},  {32, 32, 0, 4}, {32, 8, 8, 1},   {32, 8, 9, 1}, {32, 9, 8, 2},
              {8, 64, 1, 8},  {5, 64, 2, 3},  {64, 64, 1, 64}, {1, 8, 1, 1}};

START_TEST(latency)
{
    ng_datapath path;
    ng_request request = pair_request(NG_UNIT_PIPE, "e4m3");
    request.lanes = stages[_i].lanes;
    request.chain = stages[_i].chain;
    request.stage = stages[_i].stage;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_uint_eq(path.latency, stages[_i].latency);
    ck_assert_uint_eq(path.stage, stages[_i].stage != 0 ? stages[_i].stage : NG_STAGE_DEFAULT);
}
END_TEST

START_TEST(stages_refused)
{
    ng_datapath path;
    ng_request request = pair_request(NG_UNIT_PIPE, "e4m3");
    request.stage = 65;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_STAGE);
    request = pair_request(NG_UNIT_DOT, "e4m3");
    request.stage = 8;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_STAGE);
    request = pair_request(NG_UNIT_WINDOW, "e4m3");
    request.stage = 8;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_BAD_STAGE);
    request = pair_request(NG_UNIT_PIPE, "lns8f3");
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_NO_UNIT);
}
END_TEST

Suite *ng_suite_unit(void);

Suite *ng_suite_unit(void)
{
    const int formats = (int)ref_format_count();
    Suite *suite = suite_create("unit");
    TCase *tcase = golden_tcase(suite, "unit");
    tcase_add_test(tcase, table);
    tcase_add_loop_test(tcase, family_of_every_pair, 0, formats);
    tcase_add_loop_test(tcase, sums_fit, 0, formats);
    tcase_add_test(tcase, published_widths);
    tcase_add_loop_test(tcase, products_fit, 0, formats);
    tcase_add_loop_test(tcase, layout_of_words, 0, sizeof layouts / sizeof layouts[0]);
    tcase_add_test(tcase, shifts_reach);
    tcase_add_loop_test(tcase, refused, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_test(tcase, widest_shift);
    tcase_add_test(tcase, just_accepted);
    tcase_add_loop_test(tcase, parameters, 0, sizeof parameter_rows / sizeof parameter_rows[0]);
    tcase_add_test(tcase, architectures);
    tcase_add_test(tcase, architecture_of_a_request);
    tcase_add_loop_test(tcase, latency, 0, sizeof stages / sizeof stages[0]);
    tcase_add_test(tcase, stages_refused);
    return suite;
}
