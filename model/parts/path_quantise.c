/* The kind quantise: a block of sums of `width` bits into the output's block format: block_quantiser where the scale is a power
 * of two, nvfp4_quantiser for e2m1 under UE4M3. */
#include "model/parts/path.h"

enum { WIDTH_DEFAULT = 16, WIDTH_LEAST = 2, WIDTH_MOST = 64, LSB_BITS = 7, SCALE_BITS = 8 };

static bool is_element(const ng_format *format)
{
    if (format->flush || format->sign != NG_SIGN_SIGNED || format->bits < 2 || format->bits > 8) {
        return false;
    }
    if (format->kind == NG_KIND_INTEGER) {
        return true;
    }
    return format->kind == NG_KIND_MINIFLOAT && format->has_zero && format->exponent_bits >= 2 && format->exponent_bits <= 5 &&
           format->mantissa_bits >= 1 &&
           (format->specials == NG_SPECIALS_NONE || format->specials == NG_SPECIALS_FN || format->specials == NG_SPECIALS_IEEE);
}

/* Exponent of the leading one of the largest element. */
static int element_top(const ng_format *format)
{
    const ng_number largest = ng_decode_finite(format, ng_format_largest(format));
    return largest.exponent + (int)ng_bit_length((uint64_t)largest.significand) - 1;
}

/* The elements whose midpoints nvfp4_quantiser compares with. */
static bool is_nvfp4(const ng_format *format)
{
    return format->scale == NG_SCALE_UE4M3 && is_element(format) && format->kind == NG_KIND_MINIFLOAT && format->exponent_bits == 2 &&
           format->mantissa_bits == 1 && format->specials == NG_SPECIALS_NONE && ng_format_lsb(format) == -1;
}

ng_status ng_path_quantise_init(ng_datapath *path, const ng_request *request)
{
    const ng_format *output = request->output != NULL ? request->output : path->activation;
    const bool power = output->scale == NG_SCALE_E8M0 || output->scale == NG_SCALE_BIASED8;
    if (output->block < 1 || output->block > NG_LANES_MAX || !(power ? is_element(output) : is_nvfp4(output))) {
        return NG_NO_UNIT;
    }
    path->unit = ng_unit_at(power ? NG_ID_block_quantiser : NG_ID_nvfp4_quantiser);
    path->output = output;
    path->lanes = output->block;
    path->width = request->width != 0 ? request->width : WIDTH_DEFAULT;
    if (request->lanes != 0 && request->lanes != path->lanes) {
        return NG_BAD_LANES;
    }
    if (path->width < WIDTH_LEAST || path->width > WIDTH_MOST || path->lanes * path->width > 64 * NG_OPERAND_LIMBS) {
        return NG_BAD_WIDTH;
    }
    path->sum_bits = path->width;
    path->first_bits = path->lanes * path->width;
    path->second_bits = LSB_BITS;
    path->scale_bits = SCALE_BITS;
    path->result_bits = path->lanes * output->bits + SCALE_BITS;
    path->rule = request->rule;
    path->rounding = request->rounding != 0 ? (ng_rounding)(request->rounding - 1) : NG_ROUND_NEAREST_EVEN;
    return path->result_bits <= 64 * NG_RESULT_LIMBS ? NG_OK : NG_BAD_LANES;
}

/* FLOOR and nearest even are what the circuits have without being told. */
static void add_other(ng_parameter_list *list, const char *name, int value)
{
    if (value != 0) {
        ng_parameter_add(list, "", name, value);
    }
}

static void add_element(ng_parameter_list *list, const ng_format *element)
{
    const bool integer = element->kind == NG_KIND_INTEGER;
    const int top = element_top(element);
    ng_parameter_add(list, "Element", "ExponentBits", integer ? 0 : (int)element->exponent_bits);
    ng_parameter_add(list, "Element", "MantissaBits", integer ? (int)element->bits - 1 : (int)element->mantissa_bits);
    ng_parameter_add(list, "", "ElementTop", top);
    ng_parameter_add(list, "", "GridBits", top - ng_format_lsb(element) + 1);
    ng_parameter_add(list, "", "Largest", (int)ng_format_largest(element));
}

void ng_path_quantise_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    if (path->unit->id == NG_ID_block_quantiser) {
        add_element(list, path->output);
    }
    ng_parameter_add(list, "", "Lanes", (int)path->lanes);
    ng_parameter_add(list, "", "SumBits", (int)path->width);
    add_other(list, "Rule", (int)path->rule);
    add_other(list, "Rounding", (int)path->rounding);
}
