/* Any bytes as an array of numpy: what is accepted lies within them. */
#include <stdlib.h>

#include "src/data/npy.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(npy)
{
    ng_npy array;
    ng_error error = {0};
    if (!ng_npy_parse("x", data, size, &array, &error)) {
        return 0;
    }
    size_t bytes = array.width;
    for (unsigned i = 0; i < array.rank; i++) {
        bytes *= array.size[i];
    }
    if (array.data < data || array.data + bytes != data + size) {
        abort();
    }
    return 0;
}
