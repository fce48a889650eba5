#include "src/accuracy/rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const ng_row_source *source;
    const ng_layer *layer;
    float *rows;
    size_t count;
    size_t next;   /* row that is read next */
    size_t images; /* done */
    bool all;      /* rows have been read: the run may end */
} gathering;

/* splitmix64 (Steele, Lea and Flood 2014), as a hash. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* Which of all positions row j is. */
static size_t position_of(const gathering *g, size_t j)
{
    const size_t total = g->source->images * g->layer->positions;
    const size_t from = j * total / g->count;
    const size_t width = (j + 1) * total / g->count - from;
    return from + (size_t)(mix(mix(g->source->seed) + j) % width);
}

static bool gather(void *context, size_t layer, const float *input, const float *output, size_t images, ng_error *error)
{
    gathering *g = context;
    const ng_layer *l = g->layer;
    const size_t groups = ng_layer_groups(l);
    (void)output;
    (void)error;
    if (layer != g->source->layer) {
        return true;
    }
    for (; g->next < g->count && position_of(g, g->next) < (g->images + images) * l->positions; g->next++) {
        const size_t row = position_of(g, g->next) - g->images * l->positions;
        for (size_t group = 0; group < groups; group++) {
            ng_layer_rows(l, group, input, sizeof *input, row, 1, l->reduction,
                          g->rows + (group * g->count + g->next) * l->reduction);
        }
    }
    g->images += images;
    g->all = g->next == g->count;
    return !g->all;
}

static bool fill(ng_row_source *source, ng_prefix prefix, size_t count, ng_error *error)
{
    ng_kept_rows *kept = &source->kept[prefix];
    const ng_engine *engine = source->engines[prefix];
    const ng_layer *layer = &engine->plan->layers[source->layer];
    free(kept->rows);
    *kept = (ng_kept_rows){malloc(ng_layer_groups(layer) * count * layer->reduction * sizeof *kept->rows), count, source->layer};
    if (kept->rows == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for operands of node '%s'", layer->node->label);
    }
    gathering g = {.source = source, .layer = layer, .rows = kept->rows, .count = count};
    if (!ng_calibration_run(source->subject, engine, source->order, source->images, source->layer + 1, gather, &g, error) && !g.all) {
        free(kept->rows);
        *kept = (ng_kept_rows){0};
        return false;
    }
    return true;
}

bool ng_row_source_read(void *context, ng_prefix prefix, size_t group, size_t count, float *rows, ng_error *error)
{
    ng_row_source *source = context;
    const ng_kept_rows *kept = &source->kept[prefix];
    const size_t reduction = source->engines[prefix]->plan->layers[source->layer].reduction;
    if ((kept->rows == NULL || kept->count != count || kept->layer != source->layer) && !fill(source, prefix, count, error)) {
        return false;
    }
    memcpy(rows, kept->rows + group * count * reduction, count * reduction * sizeof *rows);
    return true;
}

void ng_row_source_free(ng_row_source *source)
{
    free(source->kept[0].rows);
    free(source->kept[1].rows);
    source->kept[0] = source->kept[1] = (ng_kept_rows){0};
}
