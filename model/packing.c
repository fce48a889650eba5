#include "model/packing.h"

enum { FACTOR_BITS = 24, OTHER_BITS = 17, SUM_BITS = 48, MOST = 64 };

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

bool ng_packing_init(ng_packing *packing, const ng_format *weight, const ng_format *activation, unsigned products)
{
    const unsigned product = weight->bits + activation->bits - 1;
    const unsigned place = FACTOR_BITS - weight->bits;
    *packing = (ng_packing){.weights = 1, .activations = 1, .field = SUM_BITS, .most = MOST};
    if (products == 1) {
        return true;
    }
    packing->weights = 2;
    packing->activations = products / 2;
    packing->field = products == 4 ? smaller(place / 2, OTHER_BITS - activation->bits) : place;
    if ((products != 2 && products != 4) || packing->field < product) {
        return false;
    }
    packing->most = packing->field - product < 6 ? 1U << (packing->field - product) : MOST;
    return true;
}
