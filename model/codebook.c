/* Tables of values, the bundled one and those of a caller. */
#include <math.h>

#include "model/parts/kind.h"

/* nf4: QLoRA, arXiv 2305.14314, appendix E; the fp32 values of its published table. */
static const ng_codebook nf4 = {
    "nf4",
    4,
    {-1.0F, -0.6961928009986877F, -0.5250730514526367F, -0.39491748809814453F, -0.28444138169288635F,
     -0.18477343022823334F, -0.09105003625154495F, 0.0F, 0.07958029955625534F, 0.16093020141124725F,
     0.24611230194568634F, 0.33791524171829224F, 0.44070982933044434F, 0.5626170039176941F, 0.7229568362236023F, 1.0F},
};

const ng_codebook *ng_format_codebook(const ng_format *format)
{
    if (format->kind != NG_KIND_CODEBOOK) {
        return NULL;
    }
    return format->codebook != NULL ? format->codebook : &nf4;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool name_valid(const char name[16])
{
    size_t length = 0;
    while (length < 16 && name[length] != 0) {
        if (!is_word(name[length++])) {
            return false;
        }
    }
    return length >= 1 && length < 16;
}

bool ng_codebook_usable(const ng_codebook *codebook)
{
    bool positive = false;
    if (codebook->bits < 1 || codebook->bits > NG_CODEBOOK_BITS_MAX || !name_valid(codebook->name)) {
        return false;
    }
    for (uint32_t i = 0; i < UINT32_C(1) << codebook->bits; i++) {
        if (!isfinite(codebook->value[i])) {
            return false;
        }
        positive = positive || codebook->value[i] > 0;
    }
    return positive && ng_codebook_spans(codebook);
}
