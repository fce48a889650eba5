/* Codes as the standards and papers print them, tests/ref/standards/: both the model and the oracle stand before the table. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/format.h"
#include "model/format_name.h"
#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"
#include "tests/support/ref_of.h"

typedef struct {
    char format[20];
    uint32_t code;
    double value;
} printed;

static const printed rows[] = {
#define CODE(format, code, value) {#format, code, value},
#include "tests/ref/standards/fnuz.def"
#include "tests/ref/standards/hifloat8.def"
#include "tests/ref/standards/ieee754.def"
#include "tests/ref/standards/mx.def"
#include "tests/ref/standards/ofp8.def"
#include "tests/ref/standards/p3109.def"
#include "tests/ref/standards/papers.def"
#include "tests/ref/standards/posit.def"
#undef CODE
#define VALUE(code, value) {"nf4", code, (double)value},
#include "tests/ref/standards/nf4.def"
#undef VALUE
};

/* NaN stands for any NaN; a zero has a sign. */
static bool same_double(double a, double b)
{
    return isnan(a) || isnan(b) ? isnan(a) && isnan(b) : a == b && (signbit(a) != 0) == (signbit(b) != 0);
}

static double oracle_double(const ref_value *value)
{
    const double number = mpfr_get_d(value->number, MPFR_RNDN);
    switch (value->class) {
    case REF_NAN: return NAN;
    case REF_INFINITE: return signbit(number) ? -INFINITY : INFINITY;
    case REF_FINITE: break;
    }
    return number;
}

START_TEST(printed_codes)
{
    tally count = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ng_format format;
        ck_assert_msg(ng_format_parse(rows[i].format, NULL, 0, &format, NULL) == NG_PARSE_OK, "%s is no format",
                      rows[i].format);
        const ref_format mirror = ref_format_of(&format);
        ref_table *table = ref_table_new(&mirror);
        const double model = ng_decode_double(&format, rows[i].code);
        const double oracle = oracle_double(&table->value[rows[i].code]);
        if (!tally_case(&count, same_double(model, rows[i].value) && same_double(oracle, rows[i].value))) {
            fprintf(stderr, "%s 0x%02x: printed %a, model %a, oracle %a\n", rows[i].format, (unsigned)rows[i].code,
                    rows[i].value, model, oracle);
        }
        ref_table_free(table);
    }
    tally_verdict(&count, "standards");
}
END_TEST

Suite *ng_suite_standards(void);

Suite *ng_suite_standards(void)
{
    Suite *suite = suite_create("standards");
    TCase *tcase = golden_tcase(suite, "standards");
    tcase_add_test(tcase, printed_codes);
    return suite;
}
