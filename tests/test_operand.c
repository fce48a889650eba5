/* Operand words: fields cut out of and put into limb arrays, against GMP. */
#include "model/operand.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { LIMBS = NG_OPERAND_LIMBS, WORD_BITS = 64 * LIMBS, FIELD_MAX = 32, SEED = 11 };

static void fill(uint64_t *word, uint64_t seed)
{
    for (unsigned i = 0; i < LIMBS; i++) {
        word[i] = random_bits(seed, i);
    }
}

static void import(mpz_t number, const uint64_t *word)
{
    mpz_import(number, LIMBS, -1, sizeof word[0], 0, 0, word);
}

/* Every position and every width of the contract: 1..32 bits, all inside the array. */
START_TEST(bits_of_every_field)
{
    tally count = {0};
    uint64_t word[LIMBS];
    mpz_t number;
    fill(word, SEED);
    mpz_init(number);
    for (unsigned position = 0; position < WORD_BITS; position++) {
        for (unsigned bits = 1; bits <= FIELD_MAX && position + bits <= WORD_BITS; bits++) {
            import(number, word);
            mpz_fdiv_q_2exp(number, number, position);
            mpz_fdiv_r_2exp(number, number, bits);
            tally_case(&count, ng_operand_bits(word, position, bits) == mpz_get_ui(number));
        }
    }
    mpz_clear(number);
    tally_verdict(&count, "operand bits");
}
END_TEST

/* Puts OR the low bits of the value into the word and leave everything else alone. */
START_TEST(put_every_field)
{
    tally count = {0};
    uint64_t word[LIMBS];
    mpz_t got;
    mpz_t expected;
    mpz_t field;
    mpz_inits(got, expected, field, NULL);
    for (unsigned position = 0; position < WORD_BITS; position++) {
        for (unsigned bits = 1; bits <= FIELD_MAX && position + bits <= WORD_BITS; bits++) {
            const uint32_t value = (uint32_t)random_bits(SEED + position, bits);
            fill(word, position);
            import(expected, word);
            mpz_set_ui(field, value);
            mpz_fdiv_r_2exp(field, field, bits);
            mpz_mul_2exp(field, field, position);
            mpz_ior(expected, expected, field);
            ng_operand_put(word, position, bits, value);
            import(got, word);
            tally_case(&count, mpz_cmp(got, expected) == 0);
        }
    }
    mpz_clears(got, expected, field, NULL);
    tally_verdict(&count, "operand put");
}
END_TEST

Suite *ng_suite_operand(void);

Suite *ng_suite_operand(void)
{
    Suite *suite = suite_create("operand");
    TCase *tcase = golden_tcase(suite, "operand");
    tcase_add_test(tcase, bits_of_every_field);
    tcase_add_test(tcase, put_every_field);
    return suite;
}
