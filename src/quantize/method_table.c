/* method_table.c: the rows of methods.def with their functions. */
#include "src/quantize/method.h"

#define NG_FUNCTIONS_NETWORK(name) .network = ng_method_##name
#define NG_FUNCTIONS_FORMATS(name) .formats = ng_method_##name
#define NG_FUNCTIONS_WEIGHTS(name) .layer = ng_method_##name
#define NG_FUNCTIONS_STORAGE(name) .layer = ng_method_##name
#define NG_FUNCTIONS_CORRECTION(name) .layer = ng_method_##name
static const ng_method table[] = {
#define METHOD(name, stage, options, summary, paper) \
    {#name, NG_STAGE_##stage, options, summary, paper, NG_FUNCTIONS_##stage(name)},
#include "src/quantize/methods.def"
#undef METHOD
};

const ng_method *ng_method_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}
