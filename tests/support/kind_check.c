#include "tests/support/kind_check.h"

#include <stdio.h>

static const ng_format *named(const char *name)
{
    return name[0] != 0 ? ng_format_find(name) : NULL;
}

ng_status kind_status(const kind_case *asked, ng_datapath *path)
{
    return kind_status_rounded(asked, NG_RULE_FLOOR, 0, path);
}

ng_status kind_status_rounded(const kind_case *asked, ng_scale_rule rule, unsigned rounding, ng_datapath *path)
{
    const ng_request request = {
        .kind = asked->kind,
        .weight = named(asked->weight),
        .activation = named(asked->activation),
        .output = named(asked->output),
        .lanes = asked->lanes,
        .terms = asked->terms,
        .width = asked->width,
        .rule = rule,
        .rounding = rounding,
    };
    ck_assert_ptr_nonnull(request.weight);
    ck_assert_ptr_nonnull(request.activation);
    return ng_datapath_init(path, &request);
}

ng_datapath kind_path(const kind_case *asked)
{
    ng_datapath path;
    ck_assert_int_eq(kind_status(asked, &path), NG_OK);
    ck_assert_uint_le(path.first_bits, 64 * NG_OPERAND_LIMBS);
    ck_assert_uint_le(path.second_bits, 64 * NG_OPERAND_LIMBS);
    ck_assert_uint_le(path.result_bits, 64 * NG_RESULT_LIMBS);
    return path;
}

void kind_field(mpz_t number, const ng_result *result, unsigned position, unsigned count, bool is_signed)
{
    mpz_import(number, NG_RESULT_LIMBS, -1, sizeof result->limb[0], 0, 0, result->limb);
    mpz_fdiv_q_2exp(number, number, position);
    mpz_fdiv_r_2exp(number, number, count);
    if (is_signed && mpz_tstbit(number, count - 1)) {
        mpz_t one;
        mpz_init_set_ui(one, 1);
        mpz_mul_2exp(one, one, count);
        mpz_sub(number, number, one);
        mpz_clear(one);
    }
}

void kind_put(uint64_t *word, unsigned position, unsigned count, uint64_t value)
{
    for (unsigned i = 0; i < count; i++) {
        word[(position + i) / 64] |= (value >> i & 1) << ((position + i) % 64);
    }
}

void kind_parameters(const ng_datapath *path, char *text, size_t size)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    size_t length = 0;
    text[0] = 0;
    for (unsigned i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, size - length, "%s=%d ", parameters[i].name, parameters[i].value);
        ck_assert_uint_lt(length, size);
    }
}
