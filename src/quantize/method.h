/* method.h: post-training quantisation methods and what each stage of them is given.
 *
 * A recipe is a list of methods with options, written NAME[:KEY=NUMBER[,KEY=NUMBER]...] joined by '+':
 *   equalize+gptq:group=128,actorder=1+biascorr
 * Whatever a method returns is computed exactly by the datapath: values on the format's grid and fp32 scales (weights.h).
 */
#ifndef NG_METHOD_H
#define NG_METHOD_H

#include "model/block_encode.h"
#include "src/base/error.h"
#include "src/quantize/weights.h"

enum { NG_METHODS_MOST = 16, NG_METHOD_OPTIONS_MOST = 8, NG_RECIPE_TEXT_SIZE = 256 };

typedef enum {
    NG_STAGE_NETWORK = 0,
    NG_STAGE_FORMATS = 1,
    NG_STAGE_WEIGHTS = 2,
    NG_STAGE_STORAGE = 3, /* as WEIGHTS, but the layer computes in fp32: the formats are those of storage */
    NG_STAGE_CORRECTION = 4
} ng_stage;

typedef struct {
    char name[16];
    double value; /* the default */
    double least;
    double most;
} ng_method_option;

typedef struct ng_method ng_method;

/* A method with the values of its options. */
typedef struct {
    const ng_method *method;
    unsigned option_count;
    ng_method_option options[NG_METHOD_OPTIONS_MOST];
} ng_method_choice;

typedef struct {
    size_t count;
    ng_method_choice items[NG_METHODS_MOST]; /* in the order in which they run; one of stage WEIGHTS or STORAGE exactly */
    char text[NG_RECIPE_TEXT_SIZE];          /* canonical: that order, `nearest` left out, options that are not the default; "plain"
                                              * for none */
} ng_methods;

/* Value of an option. Range: `name` is an option of the method's row. */
double ng_choice_value(const ng_method_choice *choice, const char *name);

/* Reads a recipe; NULL, "" and "plain" mean the default. Errors (exit 2): an unknown method or option with the nearest, a number out
 * of range, a method named twice, two of stages WEIGHTS and STORAGE, a recipe that is too long. */
bool ng_methods_read(const char *recipe, ng_methods *methods, ng_error *error);

/* True if the layers compute in fp32, with what no datapath needs to multiply: a method of stage STORAGE. */
bool ng_methods_store_only(const ng_methods *methods);

/* ---- how weights get their scales -------------------------------------------------------------------------------- */

/* Whose weights share a scale. Activations have one per tensor always; NG_PER_INPUT is a scale of each input channel, which the
 * input is multiplied by before it is quantised (AdaDim, arXiv 2309.15531). */
typedef enum { NG_PER_CHANNEL = 0, NG_PER_TENSOR = 1, NG_PER_INPUT = 2, NG_PER_GROUP = 3 } ng_granularity;

/* Which numbers scales may be: any fp32 2^(j/32), powers of two, or dyadic m / 2^e with m of NG_DYADIC_BITS bits; the constraints
 * M1 and M2 of ZeroQuant-FP (arXiv 2307.09782): a free scale raised to a power of two, or to the layer's largest one times a power
 * of two. */
typedef enum { NG_SCALES_FREE = 0, NG_SCALES_POW2 = 1, NG_SCALES_DYADIC = 2, NG_SCALES_M1 = 3, NG_SCALES_M2 = 4 } ng_scale_kind;

/* ---- stage WEIGHTS and CORRECTION: one layer --------------------------------------------------------------------- */

/* Where calibration rows come from: the network in fp32, or with all layers before this one as they are quantised already. */
typedef enum { NG_PREFIX_FP32 = 0, NG_PREFIX_QUANTISED = 1 } ng_prefix;

/* Fills rows[count][reduction] with operand rows of a group, in fp32 before the layer's own quantisation. Rows are drawn by the
 * task's seed from all calibration images; the same count gives the same rows for both prefixes. Range: count <= samples. */
typedef bool ng_row_reader(void *context, ng_prefix prefix, size_t group, size_t count, float *rows, ng_error *error);

typedef struct {
    const char *name;            /* of the layer, for messages */
    const float *weights;        /* [channels][reduction] */
    const float *bias;           /* [channels] */
    size_t channels;             /* of all groups; group g has [g, g + 1) * channels / groups */
    size_t reduction;
    size_t groups;               /* 1 or more: of a grouped convolution */
    size_t inputs;               /* input channels of a group; k = tap * inputs + input channel */
    const ng_format *weight;     /* scalar or block, as is the activation */
    const ng_format *activation;
    ng_grid grid;                /* of the weights; scalar formats */
    ng_grid activation_grid;
    float scale;                 /* s_a; scalar formats */
    ng_scale_rule rule;          /* block formats */
    ng_granularity granularity;
    size_t group_size;           /* NG_PER_GROUP: terms of the reduction with one scale; else 0 */
    ng_scale_kind scales;
    uint64_t seed;
    size_t samples;              /* operand rows there are of each group */
    ng_row_reader *read_rows;
    void *context;
} ng_layer_task;

/* A method of stage WEIGHTS fills an empty *weights; one of stage CORRECTION changes what stands there. */
typedef bool ng_layer_method(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error);

/* ---- stage NETWORK ----------------------------------------------------------------------------------------------- */

struct ng_plan;

/* Called after each weighted layer of the fp32 network with its input, as the layer multiplies it, and its output, `images` of
 * each, [positions][channels]. */
typedef bool ng_layer_watcher(void *context, size_t layer, const float *input, const float *output, size_t images, ng_error *error);

typedef struct ng_network_task {
    struct ng_plan *plan;
    const ng_format *weight;
    const ng_format *activation;
    uint64_t seed;
    /* Runs all calibration images through the plan as it is now, in fp32. */
    bool (*watch)(const struct ng_network_task *task, ng_layer_watcher *watcher, void *watching, ng_error *error);
    void *context;
} ng_network_task;

typedef bool ng_network_method(const ng_network_task *task, const ng_method_choice *choice, ng_error *error);

/* ---- stage FORMATS: the formats of one layer -------------------------------------------------------------------- */

typedef struct {
    const char *name;
    const float *weights;        /* [channels][reduction] */
    size_t channels;
    size_t reduction;
    const float *inputs;         /* what is multiplied, as the centres of bins with how many numbers are in them */
    const float *counts;
    size_t bins;
    ng_granularity granularity;
    size_t group_size;
    ng_scale_kind scales;
} ng_format_task;

/* Replaces the formats, which are scalar ones and arrive as the user asked for them. */
typedef bool ng_format_method(const ng_format_task *task, const ng_method_choice *choice, ng_format *weight, ng_format *activation,
                              ng_error *error);

/* ---- the table --------------------------------------------------------------------------------------------------- */

struct ng_method {
    char name[16];
    ng_stage stage;
    const char *options;
    const char *summary;
    const char *paper;
    ng_layer_method *layer;     /* WEIGHTS, CORRECTION */
    ng_network_method *network; /* NETWORK */
    ng_format_method *formats;  /* FORMATS */
};

/* Rows of the table in the order in which they run; NULL past the end. */
const ng_method *ng_method_at(size_t index);

#define NG_DECLARE_NETWORK(name) ng_network_method ng_method_##name;
#define NG_DECLARE_FORMATS(name) ng_format_method ng_method_##name;
#define NG_DECLARE_WEIGHTS(name) ng_layer_method ng_method_##name;
#define NG_DECLARE_STORAGE(name) ng_layer_method ng_method_##name;
#define NG_DECLARE_CORRECTION(name) ng_layer_method ng_method_##name;
#define METHOD(name, stage, options, summary, paper) NG_DECLARE_##stage(name)
#include "src/quantize/methods.def"
#undef METHOD

#endif
