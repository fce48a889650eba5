/* block_quantiser: the bits of ng_block_quantise() under the path's rule and rounding, {elements, scale code}. */
#include "model/parts/path.h"

void ng_block_quantiser(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_result *previous,
                        ng_result *result)
{
    (void)previous;
    ng_path_quantise_words(path, first, second, result);
}
