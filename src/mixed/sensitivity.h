/* sensitivity.h: what each layer's quantisation alone does to a network's answers, and what it weighs.
 *
 *   loss[l][o] = mean over the calibration images of  sum_c p_c log(p_c / q_c),   p = softmax(fp32 outputs),
 *                q = softmax(outputs with layer l alone quantised as option o has it, recipe included, the others fp32)
 *
 * This is HAWQ-V3's sensitivity measured instead of approximated: the paper (arXiv 2011.10680) takes the trace of the loss's
 * Hessian times the squared change of the weights, which needs second derivatives of the network; the divergence is what that
 * product stands for, it takes the activations' quantisation into account, and it needs forward runs alone, layers x options of them.
 */
#ifndef NG_SENSITIVITY_H
#define NG_SENSITIVITY_H

#include "src/accuracy/accuracy.h"

typedef struct {
    ng_format weight;
    ng_format activation;
} ng_option;

typedef struct {
    size_t layers;
    size_t options;
    double *loss;        /* [layers][options] */
    double *weight_bits; /* [layers][options] */
    double *macs;        /* [layers] of one image */
    char (*names)[64];   /* [layers] */
} ng_sensitivity;

/* Runs the calibration images of the request, whose own formats are not looked at. Errors as ng_accuracy(). Free with
 * ng_sensitivity_free(). */
bool ng_sensitivity_measure(const ng_accuracy_request *request, const ng_option *options, size_t count, ng_sensitivity *result,
                            ng_error *error);

void ng_sensitivity_free(ng_sensitivity *result);

#endif
