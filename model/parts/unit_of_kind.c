#include "model/parts/path.h"

const ng_unit *ng_unit_of_kind(ng_unit_kind kind)
{
    for (size_t i = 0; i < NG_UNIT_COUNT; i++) {
        if (ng_unit_at(i)->kind == kind) {
            return ng_unit_at(i);
        }
    }
    return NULL;
}
