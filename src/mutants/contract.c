#include "src/mutants/contract.h"

ng_contract ng_contract_of(const ng_datapath *path)
{
    if (path->unit->kind != NG_UNIT_HUFFMAN) {
        return (ng_contract){0};
    }
    return (ng_contract){.text = "the limits ascend", .ascent = {"table_i", path->width, path->width + 1}};
}
