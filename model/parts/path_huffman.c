/* The kind huffman: words of up to `width` bits, up to `lanes` symbols; the code is an operand. */
#include "model/parts/path.h"

enum { LENGTHS_DEFAULT = 16, LENGTHS_LEAST = 2, LENGTHS_MOST = 16, SYMBOLS_DEFAULT = 64, SYMBOL_BITS = 8 };

ng_status ng_path_huffman_init(ng_datapath *path, const ng_request *request)
{
    path->width = request->width != 0 ? request->width : LENGTHS_DEFAULT;
    path->lanes = request->lanes != 0 ? request->lanes : SYMBOLS_DEFAULT;
    if (path->width < LENGTHS_LEAST || path->width > LENGTHS_MOST) {
        return NG_BAD_WIDTH;
    }
    if (path->lanes < 2 || path->lanes > NG_LANES_MAX || (path->lanes & (path->lanes - 1)) != 0) {
        return NG_BAD_LANES;
    }
    path->first_bits = path->width;
    path->second_bits = path->width * (path->width + 1) + path->width * ng_ceil_log2(path->lanes) + SYMBOL_BITS * path->lanes;
    path->result_bits = SYMBOL_BITS + ng_bit_length(path->width) + 1;
    return NG_OK;
}

void ng_path_huffman_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "", "Lengths", (int)path->width);
    ng_parameter_add(list, "", "IndexBits", (int)ng_ceil_log2(path->lanes));
}
