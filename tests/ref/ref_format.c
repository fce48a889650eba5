#include "tests/ref/ref_format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The codebook of the rows: QLoRA's NormalFloat. */
static const float nf4[] = {
#define VALUE(code, value) [code] = value,
#include "tests/ref/standards/nf4.def"
#undef VALUE
};

static const ref_format rows[] = {
#define FORMAT(name, kind, bits, x, y, bias, specials, zero, block, scale, sign, flush, terms) \
    {#name, REF_##kind, bits, x, y, bias, REF_SPECIALS_##specials, zero, block, REF_SCALE_##scale, REF_SIGN_##sign, \
     flush, terms, REF_##kind == REF_CODEBOOK ? nf4 : NULL},
#include "model/formats.def"
#undef FORMAT
};

enum { ROWS = sizeof rows / sizeof rows[0] };

size_t ref_format_rows(void)
{
    return ROWS;
}

size_t ref_format_count(void)
{
    size_t count = 0;
    while (strcmp(rows[count].name, "pot4") != 0) {
        count++;
    }
    return count + 1;
}

const ref_format *ref_format_at(size_t index)
{
    return index < ROWS ? &rows[index] : NULL;
}

const ref_format *ref_format_find(const char *name)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    fprintf(stderr, "ref_format_find: no format %s\n", name);
    abort();
}

const float *ref_format_nf4(void)
{
    return nf4;
}

unsigned ref_format_magnitude_bits(const ref_format *format)
{
    switch (format->sign) {
    case REF_SIGN_UNSIGNED: return format->bits;
    case REF_SIGN_TERNARY: return format->bits - 2;
    case REF_SIGN_SIGNED:
    case REF_SIGN_SYMMETRIC:
    case REF_SIGN_SIGN_MAGNITUDE: break;
    }
    return format->bits - 1;
}
