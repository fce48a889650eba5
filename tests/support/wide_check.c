#include "tests/support/wide_check.h"

void wide_to_mpz(mpz_t number, const ng_wide *wide)
{
    mpz_import(number, NG_WIDE_LIMBS, -1, sizeof wide->limb[0], 0, 0, wide->limb);
}

void wide_to_signed(mpz_t number, const ng_wide *wide)
{
    wide_to_mpz(number, wide);
    if (mpz_tstbit(number, NG_WIDE_BITS - 1)) {
        mpz_t period;
        mpz_init(period);
        mpz_setbit(period, NG_WIDE_BITS);
        mpz_sub(number, number, period);
        mpz_clear(period);
    }
}

ng_wide wide_from_mpz(const mpz_t number)
{
    mpz_t word;
    ng_wide wide = {{0}};
    mpz_init(word);
    mpz_fdiv_r_2exp(word, number, NG_WIDE_BITS);
    mpz_export(wide.limb, NULL, -1, sizeof wide.limb[0], 0, 0, word);
    mpz_clear(word);
    return wide;
}
