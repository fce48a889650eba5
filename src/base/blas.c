#include "src/base/blas.h"

#include <cblas.h>

void ng_blas_single(void)
{
    openblas_set_num_threads(1);
}
