#include "src/infer/run.h"

#include "src/base/vectorise.h"

size_t ng_argument_count(const ng_argument *argument, size_t images)
{
    return (argument->constant != NULL ? 1 : images) * ng_shape_count(&argument->shape);
}

ng_shape ng_full_shape(const ng_argument *argument, unsigned rank, size_t images)
{
    ng_shape full = {rank + 1, {argument->constant != NULL ? 1 : images}};
    const unsigned added = rank - argument->shape.rank;
    for (unsigned i = 0; i < rank; i++) {
        full.size[i + 1] = i < added ? 1 : argument->shape.size[i - added];
    }
    return full;
}

typedef void map(const float *x, size_t count, const float *number, float *out);
typedef void runner(const ng_job *job);

/* The functions of each operator, in the table's order. */
#define MAP_LAYER(name) NULL
#define MAP_STEP(name) NULL
#define MAP_UNARY(name) ng_map_##name
#define MAP_BINARY(name) NULL
#define MAP_SELECT(name) NULL
#define MAP_ALIAS(name) NULL
#define MAP_FOLD(name) NULL
#define RUN_LAYER(name) NULL
#define RUN_STEP(name) ng_run_##name
#define RUN_UNARY(name) NULL
#define RUN_BINARY(name) ng_run_binary
#define RUN_SELECT(name) ng_run_select
#define RUN_ALIAS(name) NULL
#define RUN_FOLD(name) NULL

static map *const maps[] = {
#define OPERATOR(name, least, most, outputs, kind) MAP_##kind(name),
#include "src/network/operators.def"
#undef OPERATOR
};

static runner *const runners[] = {
#define OPERATOR(name, least, most, outputs, kind) RUN_##kind(name),
#include "src/network/operators.def"
#undef OPERATOR
};

/* A Clip from the node's lower limit to an upper one of each channel. */
NG_VECTORISED static void clip_channels(const float *in, size_t pixels, size_t channels, float least, const float *most, float *out)
{
    for (size_t pixel = 0; pixel < pixels; pixel++, in += channels, out += channels) {
        for (size_t i = 0; i < channels; i++) {
            const float x = in[i] < least ? least : in[i];
            out[i] = x > most[i] ? most[i] : x;
        }
    }
}

static void run_clip(const ng_job *job)
{
    const ng_step *step = job->step;
    const size_t channels = step->out.shape.size[step->out.shape.rank - 1];
    clip_channels(job->in[0], ng_argument_count(&step->out, job->images) / channels, channels, step->node->parameters.number[0],
                  step->most, job->out);
}

void ng_run_step(const ng_job *job)
{
    const ng_step *step = job->step;
    if (step->most != NULL) {
        run_clip(job);
    } else if (maps[step->operation] != NULL) {
        maps[step->operation](job->in[0], ng_argument_count(&step->out, job->images), step->node->parameters.number, job->out);
    } else {
        runners[step->operation](job);
    }
}
