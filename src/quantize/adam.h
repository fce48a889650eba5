/* adam.h: gradient descent with Adam (arXiv 1412.6980) over an array of parameters.
 *
 *   m = b1 m + (1 - b1) g;   v = b2 v + (1 - b2) g^2;   p -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8)
 *   b1 = 0.9, b2 = 0.999, t the number of the step, from 1 on
 */
#ifndef NG_ADAM_H
#define NG_ADAM_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    size_t count;
    unsigned step;
    double *mean;
    double *square;
} ng_adam;

/* False without memory. Free with ng_adam_free(). */
bool ng_adam_init(ng_adam *adam, size_t count);
void ng_adam_free(ng_adam *adam);

/* One step down the gradient. */
void ng_adam_step(ng_adam *adam, double rate, const double *gradient, double *parameters);

#endif
