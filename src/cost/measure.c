#include "src/cost/measure.h"

static bool check_parts(const ng_measurement *made, ng_error *error)
{
    const ng_part_counts *convert = &made->counts.part[NG_PART_CONVERT];
    if (made->counts.dsp != ng_datapath_dsps(&made->path)) {
        return ng_fail(error, NG_EXIT_CHECK, "%s: %u DSP blocks, not the %u of the datapath", made->synthesis.netlist,
                       made->counts.dsp, ng_datapath_dsps(&made->path));
    }
    if (made->path.unit->kind == NG_UNIT_CONVERT) {
        return true;
    }
    if (made->counts.other != NULL) {
        return ng_fail(error, NG_EXIT_CHECK, "%s: cell %s belongs neither to multiply nor to align, accumulate or convert",
                       made->synthesis.netlist, made->counts.other);
    }
    return !ng_unit_kind_at(made->path.unit->kind)->product ||
           convert->lut_cells + convert->half_sites + convert->route_throughs == 0 ||
           ng_fail(error, NG_EXIT_CHECK, "%s: unit %s has a u_convert", made->synthesis.netlist, made->path.unit->name);
}

bool ng_measure(const ng_datapath *path, const ng_target *target, const char *rtl, ng_measurement *made,
                ng_error *error)
{
    *made = (ng_measurement){.path = *path};
    if (!ng_synthesise(path, target, rtl, &made->synthesis, error) ||
        !ng_netlist_load_for(&made->netlist, made->synthesis.netlist, target, ng_datapath_dsps(path) != 0, error)) {
        return false;
    }
    if (!ng_count(&made->netlist, &made->counts, error) || !check_parts(made, error) ||
        !ng_depth_find(&made->netlist, NG_PATH_LEVELS, &made->depth, error) ||
        !ng_depth_find(&made->netlist, NG_PATH_DELAY, &made->delay, error)) {
        ng_measurement_free(made);
        return false;
    }
    made->fanout = ng_fanout_of(&made->netlist);
    return true;
}

void ng_measurement_free(ng_measurement *made)
{
    ng_depth_free(&made->depth);
    ng_depth_free(&made->delay);
    ng_netlist_free(&made->netlist);
}
