/* method_names.c: the table of quantisation methods without their functions, for fuzzers of what names them. */
#ifdef FUZZ_MAIN
#include "src/quantize/method.h"

static const ng_method table[] = {
#define METHOD(name, stage, options, summary, paper) {#name, NG_STAGE_##stage, options, summary, paper, NULL, NULL, NULL},
#include "src/quantize/methods.def"
#undef METHOD
};

const ng_method *ng_method_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}
#else
typedef int ng_nothing_here; /* a translation unit is not empty */
#endif
