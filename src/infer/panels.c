#include "src/infer/panels.h"

#include "src/infer/depthwise.h"

bool ng_panels_pack(ng_product *product, unsigned part, const float *narrow, const double *wide, size_t depth,
                    size_t block)
{
    const size_t channels = product->layer->channels / product->groups;
    ng_panels *panels = product->panels + part * product->groups;
    if (product->connection == NG_DEPTHWISE) {
        return ng_depthwise_init(panels, narrow, wide, channels, depth);
    }
    for (size_t group = 0; group < product->groups; group++) {
        const size_t from = group * channels * depth;
        if (!ng_panels_init(&panels[group], narrow != NULL ? narrow + from : NULL, wide != NULL ? wide + from : NULL,
                            channels, depth, block)) {
            return false;
        }
    }
    return true;
}
