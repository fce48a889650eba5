/* study.h: a study file: which pairs, circuits and networks are looked at (docs/studies.md). */
#ifndef NG_STUDY_H
#define NG_STUDY_H

#include "model/unit.h"
#include "src/data/dataset.h"
#include "src/quantize/setting.h"

enum { NG_PAIRS_MAX = 1024, NG_STUDY_COSTS_MAX = 32, NG_STUDY_NETWORKS_MAX = 16, NG_STUDY_NAME_SIZE = 64, NG_STUDY_FORMATS_MAX = 256, NG_STUDY_RECIPES_MAX = 32 };

typedef struct {
    const ng_format *weight;
    const ng_format *activation;
} ng_pair;

typedef struct {
    ng_unit_kind kind;
    unsigned lanes; /* DOT; 0: the default. A block format takes its block whatever stands here. */
    char target[NG_STUDY_NAME_SIZE];
    unsigned width; /* products a DSP block; 0: the default */
} ng_study_cost;

typedef struct {
    char name[NG_STUDY_NAME_SIZE];
    unsigned seed;
    ng_format formats[NG_STUDY_FORMATS_MAX]; /* each once; what the pairs point to */
    size_t format_count;
    ng_pair pairs[NG_PAIRS_MAX]; /* without repetition, in file order */
    size_t pair_count;
    bool verify[NG_UNIT_KIND_COUNT]; /* by ng_unit_kind */
    ng_study_cost costs[NG_STUDY_COSTS_MAX];
    size_t cost_count;
    char networks[NG_STUDY_NETWORKS_MAX][NG_STUDY_NAME_SIZE];
    size_t network_count;
    char calibration[NG_STUDY_NAME_SIZE];
    char recipes[NG_STUDY_RECIPES_MAX][NG_RECIPE_TEXT_SIZE]; /* canonical; one at least, "plain" if the file has none */
    size_t recipe_count;
    char granularity[NG_SETTING_TEXT_SIZE]; /* these as in ng_setting */
    char scales[NG_SETTING_TEXT_SIZE];
    char bias[NG_SETTING_TEXT_SIZE];
    char first[NG_STUDY_NAME_SIZE];         /* a format or "keep"; "": as the other layers */
    char last[NG_STUDY_NAME_SIZE];
    unsigned images; /* test images; 0: all */
    bool energy;          /* toggles of each pair's MAC on xc7, on operands of the first network */
    bool has_dataset;     /* else Fashion-MNIST */
    ng_data_spec dataset;
    bool fake[NG_PAIRS_MAX]; /* the pair is compared with its emulation in fp32 on every network, under the first recipe */
} ng_study;

/* Reads a study, whose pairs then point into it: not to be copied. Errors (exit 2): the file and line of what libcyaml refuses; an unknown format or unit, a pair no unit
 * multiplies, by name; more rows than the arrays above hold. */
bool ng_study_load(const char *path, ng_study *study, ng_error *error);

/* True for units in DSP blocks, whose rows have a width; for all units a study may list. Pairs such a unit does not serve are left
 * out. */
bool ng_study_packs(ng_unit_kind kind);
bool ng_study_takes(ng_unit_kind kind);

/* The request for one priced circuit of a pair. */
ng_request ng_study_request(const ng_pair *pair, ng_unit_kind kind, unsigned lanes);

#endif
