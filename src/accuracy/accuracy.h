/* accuracy.h: top-1 accuracy of a network whose weighted layers run in a pair of formats, in the circuit's arithmetic.
 *
 * What is quantised: every Conv, Gemm and MatMul with constant weights, first and last included. Everything else
 * (activation times activation products of attention, softmax, LayerNorm, residual adds, pooling, biases) is fp32.
 *
 * Scalar pair, layer output of channel c:   y = fp32(sum_k W[c][k] * A[k]) * fp32(s_a * s_w[c]) + bias[c]
 *   W, A   codes as integers in units of their format's least significant bit; the sum is exact
 *   fp32() one rounding to nearest even; the product and the sum that follow round likewise, one after the other
 *   s_w[c] scale of the channel's weights, s_a of the whole activation tensor, both fp32 and static
 * Block pair: y = S + bias[c], S accumulated over the blocks by ng_block_accumulate() (model/block_accumulate.h).
 *
 * No sum depends on the order of its terms, so the result is the same for every batch size and number of threads.
 */
#ifndef NG_ACCURACY_H
#define NG_ACCURACY_H

#include <jansson.h>

#include "model/block_encode.h"
#include "src/base/error.h"
#include "src/quantize/setting.h"

enum { NG_IMAGES_ALL = 0, NG_CALIBRATION_IMAGES = 512, NG_THREADS_MAX = 64 };

/* Called now and then, from one thread at a time; done of total images. Where the fp32 accuracy is not in the store yet
 * the count runs twice: fp32 first. */
typedef void ng_progress(void *context, unsigned done, unsigned total);

typedef struct {
    const char *network;         /* path of an ONNX file */
    const char *data;            /* folder of the four IDX files, .gz or plain; not looked at if dataset is given */
    const char *dataset;         /* YAML file with a `dataset:` mapping (src/data/spec.h); NULL or "": data */
    const ng_format *weight;
    const ng_format *activation;
    const char *calibration;     /* a name of ng_calibration_at(); NULL: "mse". For block formats a name of
                                  * ng_block_rule_at(); anything else: ng_block_rule_default() */
    ng_setting setting;          /* all 0: no recipe, a scale for each channel, all layers alike */
    unsigned calibration_images; /* 0: 512 */
    unsigned images;             /* of the test set; NG_IMAGES_ALL: every one */
    unsigned threads;            /* 0: 1 */
    unsigned seed;               /* which training images calibrate */
    const char *source_hash;     /* part of the key; NULL: "" */
    ng_progress *progress;       /* may be NULL */
    void *context;
} ng_accuracy_request;

/* Evaluates, or finds the finished result in the store. *record is a new reference to an object of
 *   network weights activations      names
 *   top1_pct fp32_top1_pct interval95_pct   accuracy, that of the unquantised network, half width of the binomial
 *                                    95 % interval around top1_pct
 *   images images_per_s              test images and the speed of the run that made the record (wall, all threads)
 *   accumulator_bits terms           ng_sum_bits() at the longest reduction (block formats: at one block), and its length
 *   calibration calibration_images   method; for block formats the rule of their scales, and 0
 *   weight_bits                      weight memory: codes, block scales, one fp32 scale per channel, or what the recipe's method
 *                                    stores instead; no biases
 *   compute circuit                  "exact", and whether a circuit multiplies the pair; or "fp32" where the formats are those of
 *                                    storage alone: then activations is "fp32", and accumulator_bits and terms are not there
 *   recipe granularity scales bias   the setting in its canonical words (src/quantize/setting.h)
 *   arith                            "exact", or "fake": fp32 emulation (src/infer/product.h), which is no circuit's arithmetic
 *   attention                        "fp32", or "quantised": products of two activations in the activation format, then with
 *                                    products [{name, format, accumulator_bits, arithmetic}]
 *   first last                       a format's name or "keep", where the first or last layer differs
 *   integer_only                     true where everything runs in integers (src/infer/integer.h)
 *   layer_formats                    where every layer has its own (src/quantize/setting.h)
 *   layers                           [{name, weights, activations, reduction, arithmetic: "float24" | "double53" | "split" |
 *                                    "block" | "fp32" | "fake"}]
 *   network_sha256 data_sha256 seed
 * Errors: exit 1 if an accumulator could exceed accumulator_bits or an activation is NaN; exit 2 for unusable files,
 * formats that no datapath multiplies, bad numbers; exit 3 without memory. */
bool ng_accuracy(const ng_accuracy_request *request, json_t **record, ng_error *error);

/* The fp32 accuracy alone, cached: {network, top1_pct, images, images_per_s, network_sha256, data_sha256}. The
 * formats and the calibration of the request are not looked at. */
bool ng_accuracy_fp32(const ng_accuracy_request *request, json_t **record, ng_error *error);

#endif
