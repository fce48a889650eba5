/* naive.h: a second, plain definition of every operator of src/network/operators.def, in double and in ONNX's own
 * layouts, with an index computed for every element. The oracle for src/infer. */
#ifndef SUPPORT_NAIVE_H
#define SUPPORT_NAIVE_H

#include "src/network/network.h"

/* The network's output for one image whose input is image[] (of the input's shape): scores[] must have room for the
 * output. Aborts the test (Check) without memory. */
void naive_run(const ng_network *network, const double *image, double *scores);

#endif
