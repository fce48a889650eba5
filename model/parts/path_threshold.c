/* The kind threshold: y = code of the number of thresholds <= sum; the thresholds are an operand. */
#include "model/parts/path.h"

unsigned ng_path_thresholds(const ng_format *output)
{
    return (1U << output->bits) - (output->kind == NG_KIND_MINIFLOAT ? 2 : 1);
}

ng_status ng_path_threshold_init(ng_datapath *path, const ng_request *request)
{
    const ng_status status = ng_path_sums(path, request);
    if (status != NG_OK) {
        return status;
    }
    const bool minifloat = ng_family_minifloat(path->output) && path->output->specials == NG_SPECIALS_NONE;
    if (!minifloat && !ng_family_integer(path->output)) {
        return NG_NO_UNIT;
    }
    path->second_bits = ng_path_thresholds(path->output) * path->sum_bits;
    return path->second_bits <= 64 * NG_OPERAND_LIMBS ? NG_OK : NG_BAD_TERMS;
}

void ng_path_threshold_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "Output", "Bits", (int)path->output->bits);
    ng_parameter_add(list, "", "SignMagnitude", path->output->kind == NG_KIND_MINIFLOAT);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
