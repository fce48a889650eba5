/* Names of formats: parse(print(f)) = f over random descriptors, one name a format, and what is no name. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "model/format_name.h"
#include "tests/support/random.h"

enum { SEED = 7, DESCRIPTORS = 20000, TRIES_MOST = 50000000, KINDS = 8, MUTATIONS = 200000 };

/* The next of a sequence that *state counts. */
static unsigned below(uint64_t *state, unsigned limit)
{
    return random_below(SEED, (*state)++, limit);
}

/* Any descriptor whose fields are near their ranges; most are not legal. */
static ng_format draw(uint64_t *state)
{
    ng_format f = {.kind = (ng_kind)below(state, KINDS), .bits = 1 + below(state, 19), .has_zero = below(state, 4) != 0};
    f.sign = (ng_sign)below(state, 5);
    f.bias = below(state, 3) == 0 ? (int)below(state, 1100) - 550 : 0;
    f.block = below(state, 3) == 0 ? 1 + below(state, 1100) : 0;
    f.scale = f.block != 0 ? (ng_scale)(1 + below(state, 3)) : NG_SCALE_NONE;
    f.terms = f.kind == NG_KIND_APOT ? 1 + below(state, 4) : 0;
    f.exponent_bits = f.kind == NG_KIND_MINIFLOAT || f.kind == NG_KIND_POSIT ? below(state, 9) : 0;
    f.mantissa_bits = f.kind == NG_KIND_MINIFLOAT || f.kind == NG_KIND_LOGARITHMIC ? below(state, 11) : 0;
    if (f.kind == NG_KIND_MINIFLOAT) {
        f.specials = (ng_specials)below(state, 6);
        f.flush = below(state, 4) == 0;
        f.bits = (f.sign == NG_SIGN_UNSIGNED ? 0 : 1) + f.exponent_bits + f.mantissa_bits;
        if (below(state, 2) == 0 && f.exponent_bits > 0) {
            f.bias = (1 << (f.exponent_bits - 1)) - (int)below(state, 2);
        }
    }
    return f;
}

static ng_format draw_legal(uint64_t *state)
{
    for (int i = 0; i < TRIES_MOST; i++) {
        const ng_format f = draw(state);
        if (ng_format_valid(&f)) {
            return f;
        }
    }
    ck_abort_msg("no legal descriptor is drawn");
}

START_TEST(random_descriptors_round_trip)
{
    uint64_t state = 0;
    unsigned seen[KINDS] = {0};
    for (int i = 0; i < DESCRIPTORS; i++) {
        const ng_format f = draw_legal(&state);
        char name[NG_FORMAT_NAME_SIZE];
        ng_format back;
        ng_format_print(&f, name);
        ck_assert_msg(ng_format_parse(name, NULL, 0, &back, NULL) == NG_PARSE_OK, "%s is printed and not read", name);
        ck_assert_msg(ng_format_same(&f, &back), "%s is read as another format", name);
        ck_assert_str_eq(back.name, name);
        seen[f.kind]++;
    }
    for (int kind = 0; kind < KINDS; kind++) {
        ck_assert_uint_gt(seen[kind], 0);
    }
}
END_TEST

START_TEST(catalogue_names_are_their_own)
{
    for (size_t i = 0; i < ng_format_count(); i++) {
        const ng_format *row = ng_format_at(i);
        char name[NG_FORMAT_NAME_SIZE];
        ng_format back;
        ck_assert_msg(ng_format_valid(row), "%s is not legal", row->name);
        ng_format_print(row, name);
        ck_assert_str_eq(name, row->name);
        ck_assert_int_eq(ng_format_parse(name, NULL, 0, &back, NULL), NG_PARSE_OK);
        ck_assert(ng_format_same(row, &back));
    }
}
END_TEST

typedef struct {
    const char *written;
    const char *printed;
} alias;

static const alias aliases[] = {
    {"dense1", "binary"},
    {"int2s", "ternary"},
    {"e8m7ieee", "bf16"},
    {"e5m10ieee", "fp16"},
    {"ue8m0fnnz", "e8m0"},
    {"e8m0b127", "e8m0b127"},
    {"e4m3b7", "e4m3"},
    {"e4m3fn_k32_e8m0", "mxfp8_e4m3"},
    {"int4q2_k32_b8", "bfp_m4k32"},
    {"int4q2_k48_b8", "bfp_m4k48"},
    {"binary_k16_b8", "binary_k16_b8"},
    {"int9q7_k32_b8", "bfp_m9k32"},
    {"int12mq10_k32_b8", "int12mq10_k32_b8"},
    {"bf16_k8_e8m0", "bf16_k8_e8m0"},
    {"pot4b6", "pot4"},
    {"apot4k2b0", "apot4k2"},
    {"e3m2bn4nz", "e3m2bn4nz"},
};

START_TEST(other_spellings_have_one_name)
{
    ng_format f;
    ck_assert_msg(ng_format_parse(aliases[_i].written, NULL, 0, &f, NULL) == NG_PARSE_OK, "%s", aliases[_i].written);
    ck_assert_str_eq(f.name, aliases[_i].printed);
}
END_TEST

typedef struct {
    const char *text;
    ng_parse_status status;
    size_t position;
} refusal;

static const refusal refusals[] = {
    {"", NG_PARSE_SYNTAX, 0},
    {"e", NG_PARSE_SYNTAX, 1},
    {"e4", NG_PARSE_SYNTAX, 2},
    {"e4m", NG_PARSE_SYNTAX, 3},
    {"e4m3x", NG_PARSE_SYNTAX, 4},
    {"e04m3", NG_PARSE_SYNTAX, 1},
    {"e4m3fn ", NG_PARSE_SYNTAX, 6},
    {"E4M3", NG_PARSE_SYNTAX, 0},
    {"e9m3", NG_PARSE_RANGE, 0},
    {"int17", NG_PARSE_RANGE, 0},
    {"int99999999999999999999", NG_PARSE_RANGE, 3},
    {"posit8es5", NG_PARSE_RANGE, 0},
    {"p3109k8p9", NG_PARSE_RANGE, 0},
    {"apot8k1", NG_PARSE_RANGE, 0},
    {"int8_k0_b8", NG_PARSE_RANGE, 10},
    {"int8_k32", NG_PARSE_SYNTAX, 8},
    {"int8_k32_b9", NG_PARSE_SYNTAX, 8},
    {"ue4m3fnuz", NG_PARSE_RANGE, 0},
    {"e4m3bn0", NG_PARSE_SYNTAX, 7},
};

START_TEST(what_is_no_name_is_refused)
{
    const refusal *row = &refusals[_i];
    const ng_format before = {.name = "kept", .bits = 5};
    ng_format f = before;
    size_t position = SIZE_MAX;
    ck_assert_msg(ng_format_parse(row->text, NULL, 0, &f, &position) == row->status, "'%s'", row->text);
    ck_assert_msg(position == row->position, "'%s' at %zu", row->text, position);
    ck_assert_str_eq(f.name, before.name);
    ck_assert_uint_eq(f.bits, before.bits);
}
END_TEST

START_TEST(tables_of_the_caller)
{
    static const ng_codebook books[] = {{"mine", 1, {-1.0F, 2.0F}}, {"e4m3like", 1, {0.0F, 3.0F}}, {"no good", 1, {0.0F, 1.0F}}};
    ng_format f;
    ck_assert_int_eq(ng_format_parse("mine", books, 3, &f, NULL), NG_PARSE_OK);
    ck_assert_ptr_eq(f.codebook, &books[0]);
    ck_assert_int_eq(ng_format_parse("mine_k32_b8", books, 3, &f, NULL), NG_PARSE_OK);
    ck_assert_uint_eq(f.block, 32);
    ck_assert_int_eq(ng_format_parse("e4m3like", books, 3, &f, NULL), NG_PARSE_OK);
    ck_assert_ptr_eq(f.codebook, &books[1]);
    ck_assert_int_eq(ng_format_parse("no good", books, 3, &f, NULL), NG_PARSE_SYNTAX);
    ck_assert_int_eq(ng_format_parse("mine", NULL, 0, &f, NULL), NG_PARSE_SYNTAX);
}
END_TEST

/* Names with letters changed, cut or doubled: read as they print, or refused inside the text. */
START_TEST(damaged_names)
{
    uint64_t state = UINT64_C(1) << 40;
    for (int i = 0; i < MUTATIONS; i++) {
        static const char letters[] = "0123456789abdefhiklmnopqrstuxyz_";
        const ng_format start = draw_legal(&state);
        char name[2 * NG_FORMAT_NAME_SIZE];
        ng_format f;
        size_t position = 0;
        ng_format_print(&start, name);
        const size_t length = strlen(name);
        const size_t at = below(&state, (unsigned)length);
        name[at] = letters[below(&state, sizeof letters - 1)];
        if (below(&state, 3) == 0) {
            name[length] = letters[below(&state, sizeof letters - 1)];
            name[length + 1] = 0;
        }
        if (ng_format_parse(name, NULL, 0, &f, &position) == NG_PARSE_OK) {
            ng_format again;
            ck_assert_msg(ng_format_valid(&f), "%s", name);
            ck_assert_int_eq(ng_format_parse(f.name, NULL, 0, &again, NULL), NG_PARSE_OK);
            ck_assert_msg(ng_format_same(&f, &again), "%s", name);
        } else {
            ck_assert_msg(position <= strlen(name), "%s at %zu", name, position);
        }
    }
}
END_TEST

Suite *ng_suite_format_name(void);

Suite *ng_suite_format_name(void)
{
    Suite *suite = suite_create("format_name");
    TCase *tcase = tcase_create("names");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, random_descriptors_round_trip);
    tcase_add_test(tcase, catalogue_names_are_their_own);
    tcase_add_loop_test(tcase, other_spellings_have_one_name, 0, sizeof aliases / sizeof aliases[0]);
    tcase_add_loop_test(tcase, what_is_no_name_is_refused, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_test(tcase, tables_of_the_caller);
    tcase_add_test(tcase, damaged_names);
    suite_add_tcase(suite, tcase);
    return suite;
}
