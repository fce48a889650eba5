#include "src/cost/measure.h"
#include "src/verify/rounding_record.h"

static unsigned honest_sites(const ng_counts *counts)
{
    return counts->sites + counts->route_throughs;
}

/* A half site of a pair that two parts share is .5. */
static json_t *part_record(const ng_part_counts *part)
{
    return json_pack("{s:i, s:f}", "lut_cells", (int)part->lut_cells, "honest_sites",
                     0.5 * part->half_sites + part->route_throughs);
}

json_t *ng_measurement_whole(const ng_measurement *made)
{
    return json_pack("{s:i, s:f}", "lut_cells", (int)made->counts.lut_cells, "honest_sites",
                     (double)honest_sites(&made->counts));
}

json_t *ng_measurement_share(const ng_measurement *made, unsigned share)
{
    return json_pack("{s:f, s:f}", "lut_cells", (double)made->counts.lut_cells / share, "honest_sites",
                     (double)honest_sites(&made->counts) / share);
}

static json_t *split_record(const ng_measurement *made)
{
    const ng_part_counts *part = made->counts.part;
    static const ng_part_counts none = {0};
    if (made->path.unit->kind == NG_UNIT_CONVERT) {
        return json_pack("{s:o, s:o, s:o, s:o}", "multiply", part_record(&none), "align", part_record(&none),
                         "accumulate", part_record(&none), "convert_back", ng_measurement_whole(made));
    }
    json_t *split = json_pack("{s:o, s:o, s:o}", "multiply", part_record(&part[NG_PART_MULTIPLY]), "align",
                              part_record(&part[NG_PART_ALIGN]), "accumulate", part_record(&part[NG_PART_ACCUMULATE]));
    if (!ng_unit_kind_at(made->path.unit->kind)->product) {
        (void)json_object_set_new(split, "convert_back", part_record(&part[NG_PART_CONVERT]));
    }
    return split;
}

static json_t *sizes_record(const ng_counts *counts)
{
    json_t *sizes = json_object();
    for (unsigned size = 1; size <= 6; size++) {
        char name[2] = {(char)('0' + size), 0};
        (void)json_object_set_new(sizes, name, json_integer(counts->lut_cells_by_size[size]));
    }
    return sizes;
}

static json_t *path_record(const ng_measurement *made)
{
    json_t *names = json_array();
    const ng_depth *path = made->netlist.target->part[0] != 0 ? &made->delay : &made->depth;
    for (size_t i = 0; i < path->cell_count; i++) {
        (void)json_array_append_new(names, json_string(made->netlist.cells[path->cells[i]].name));
    }
    return names;
}

static json_t *fanout_record(const ng_fanout *fanout)
{
    json_t *histogram = json_object();
    for (unsigned bin = 0; bin < NG_FANOUT_BINS; bin++) {
        (void)json_object_set_new(histogram, ng_fanout_bin(bin), json_integer(fanout->bins[bin]));
    }
    const uint64_t thousandths = fanout->nets != 0 ? (1000 * fanout->loads + fanout->nets / 2) / fanout->nets : 0;
    return json_pack("{s:i, s:f, s:o}", "largest", (int)fanout->largest, "mean", (double)thousandths / 1000.0, "nets",
                     histogram);
}

static json_t *parameters_record(const ng_datapath *path)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    json_t *values = json_object();
    for (unsigned i = 0; i < count; i++) {
        (void)json_object_set_new(values, parameters[i].name, json_integer(parameters[i].value));
    }
    return values;
}

static json_t *question(const ng_measurement *made)
{
    const ng_datapath *path = &made->path;
    json_t *record = json_pack("{s:s, s:s, s:s, s:s, s:s}", "unit", path->unit->name, "family",
                               ng_family_name(path->unit->family), "architecture", ng_architecture_at(path->unit, path->architecture)->text, "weights",
                               path->weight->name, "activations", path->activation->name);
    if (path->output != NULL) {
        (void)json_object_set_new(record, "output", json_string(path->output->name));
    }
    (void)json_object_set_new(record, "specials", json_boolean(path->flag_bits != 0));
    (void)json_object_set_new(record, "lanes", json_integer(path->lanes));
    (void)json_object_set_new(record, "terms", json_integer(path->terms));
    (void)json_object_set_new(record, "variant", json_string(ng_architecture_at(path->unit, path->architecture)->name));
    (void)json_object_set_new(record, "chain", json_integer(path->chain));
    if (path->latency != 0) {
        (void)json_object_set_new(record, "stage", json_integer(path->stage));
        (void)json_object_set_new(record, "latency", json_integer(path->latency));
    }
    if (path->width != 0) {
        (void)json_object_set_new(record, "width", json_integer(path->width));
    }
    ng_rounding_record(record, path);
    (void)json_object_set_new(record, "target", json_string(made->netlist.target->name));
    (void)json_object_set_new(record, "parameters", parameters_record(path));
    return record;
}

/* Null where no delays are published for the target. */
static json_t *delay_record(const ng_measurement *made)
{
    return made->netlist.target->part[0] != 0 ? json_real(made->delay.length / 1000.0) : json_null();
}

static json_t *delay_part(const ng_measurement *made)
{
    const char *part = made->netlist.target->part;
    return part[0] != 0 ? json_string(part) : json_null();
}

static json_t *answer(const ng_measurement *made)
{
    const ng_counts *counts = &made->counts;
    return json_pack("{s:i, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:o}", "lut_cells",
                     (int)counts->lut_cells,
                     "lut_cells_by_size", sizes_record(counts), "sites", (int)counts->sites, "route_throughs",
                     (int)counts->route_throughs, "honest_sites", (int)honest_sites(counts), "carry", (int)counts->carry,
                     "ff", (int)counts->ff, "muxf", (int)counts->muxf, "dsp", (int)counts->dsp, "bram", (int)counts->bram,
                     "lutram", (int)counts->lutram, "depth", (int)made->depth.length, "delay_ns_estimate",
                     delay_record(made), "delay_part", delay_part(made), "critical_path", path_record(made), "fanout",
                     fanout_record(&made->fanout), "split", split_record(made));
}

static json_t *per_mac(const ng_measurement *made)
{
    const unsigned dsps = ng_datapath_dsps(&made->path);
    const double macs = made->path.lanes * (dsps != 0 ? made->path.width : 1.0);
    json_t *shares = json_pack("{s:f, s:f}", "lut_cells", made->counts.lut_cells / macs, "honest_sites",
                               honest_sites(&made->counts) / macs);
    if (dsps != 0) {
        (void)json_object_set_new(shares, "ff", json_real(made->counts.ff / macs));
        (void)json_object_set_new(shares, "dsp", json_real(made->counts.dsp / macs));
    }
    return shares;
}

static json_t *evidence(const ng_synthesis *synthesis)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "yosys", synthesis->yosys, "script_sha256", synthesis->script_sha256,
                     "rtl_sha256", synthesis->rtl_sha256, "netlist", synthesis->netlist, "netlist_sha256",
                     synthesis->netlist_sha256);
}

/* jansson's setters refuse NULL, and say so: one check at the end covers every allocation. */
json_t *ng_measurement_record(const ng_measurement *made)
{
    json_t *record = question(made);
    json_t *counted = answer(made);
    json_t *proof = evidence(&made->synthesis);
    bool fine = json_object_update(record, counted) == 0 && json_object_update(record, proof) == 0;
    if (made->path.unit->kind != NG_UNIT_CONVERT) {
        fine = fine && json_object_set_new(record, "per_mac", per_mac(made)) == 0;
    }
    json_decref(counted);
    json_decref(proof);
    if (!fine) {
        json_decref(record);
        return NULL;
    }
    return record;
}
