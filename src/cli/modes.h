/* modes.h: the choices of model/encode.h by the names that options give them. */
#ifndef NG_MODES_H
#define NG_MODES_H

#include "model/block_encode.h"
#include "model/encode.h"
#include "model/unit.h"
#include "src/cli/options.h"
#include "src/verify/random.h"

/* How `encode` rounds. STOCHASTIC without --random draws from `random`, so that values differ. */
typedef struct {
    ng_encode_options encode;
    ng_scale_rule rule;
    float tensor; /* scale of the tensor above the blocks' */
    bool draw;
    ng_random random;
} ng_modes;

/* From --rounding --overflow --random --random-bits --seed --scale-rule --tensor-scale; error (exit 2) with the nearest names. */
bool ng_modes_read(const ng_options *options, ng_modes *modes, ng_error *error);

/* --rounding and --scale-rule of a circuit, into the request's fields. */
bool ng_request_modes(const ng_options *options, ng_request *request, ng_error *error);

/* --tensor-scale N: a float, finite and positive. */
bool ng_tensor_option(const ng_options *options, float *tensor, ng_error *error);

/* The options for the next value. */
const ng_encode_options *ng_modes_next(ng_modes *modes);

#endif
