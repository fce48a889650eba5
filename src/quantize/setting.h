/* setting.h: how a network is quantised besides its formats, as it is written on the command line and in studies. */
#ifndef NG_SETTING_H
#define NG_SETTING_H

#include "src/quantize/method.h"

enum { NG_SETTING_TEXT_SIZE = 64 };

/* All texts may be NULL or "" for the default, which is named first. */
typedef struct {
    const char *recipe;      /* "plain"; method.h */
    const char *granularity; /* "channel", "tensor", "input", "group:N" */
    const char *scales;      /* "free", "pow2", "dyadic", "m1", "m2" */
    const char *bias;        /* "fp32", "accumulator" */
    const char *arith;       /* "exact", "fake" */
    const char *attention;   /* products of two activations: "fp32", "quantised" to the activation format */
    const ng_format *first;  /* of the first layer's weights and activations; NULL: like the others */
    const ng_format *last;
    const char *layers;      /* formats of every layer in turn, "W:A,W:A,...", instead of the request's; "": those */
    bool integer_only;       /* everything else in integers, too (src/infer/integer.h) */
    bool keep_first;         /* in fp32 */
    bool keep_last;
} ng_setting;

/* The same, understood. */
typedef struct {
    ng_methods methods;
    ng_granularity granularity;
    size_t group_size;
    ng_scale_kind scales;
    bool sums_bias;
    bool fake;
    bool attention;
    char granularity_text[NG_SETTING_TEXT_SIZE];
} ng_tuning;

/* Errors (exit 2): a word that is none of these, with the nearest; a group of 0 or more than 2^20 terms; as ng_methods_read(). */
bool ng_tuning_read(const ng_setting *setting, ng_tuning *tuning, ng_error *error);

/* formats[2 * layers]: the weights' and activations' of each of the layers that setting->layers names. Errors: exit 2 for a word that
 * is no pair of formats or has no circuits, and for more or fewer pairs than layers. */
bool ng_layer_formats_read(const char *text, size_t layers, ng_format *formats, ng_error *error);

const char *ng_scale_kind_name(ng_scale_kind kind);

/* True if every layer is quantised as without any setting: to the nearest code, a free scale for each channel. */
bool ng_tuning_is_plain(const ng_tuning *tuning);

#endif
