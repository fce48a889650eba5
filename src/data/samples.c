#include "src/data/samples.h"

#include <stdlib.h>

void ng_samples_free(ng_samples *samples)
{
    free(samples->bytes);
    free(samples->floats);
    free(samples->labels);
    *samples = (ng_samples){0};
}
