/* script.h: the yosys script that maps one datapath. */
#ifndef NG_SCRIPT_H
#define NG_SCRIPT_H

#include "model/unit.h"
#include "src/synth/sources.h"
#include "src/synth/target.h"

/* Reads the sources in rtl/, sets the datapath's parameters, maps module path->unit->name and writes
 * netlist.json, all relative to the working folder. Modules marked keep_hierarchy (rows, shifters, products) are mapped once
 * each and dissolved at the end, so that a cell's name tells its instance and a row keeps one LUT a bit. The caller frees
 * *text. Error: out of memory (exit 3). */
bool ng_script_text(const ng_datapath *path, const ng_target *target, const ng_sources *sources, char **text,
                    ng_error *error);

/* Reads the sources in rtl/ and netlist.json and writes both as gates: rtl.blif and netlist.blif, the cells of the second as
 * yosys's simulation models define them. Flip-flops start unknown, and unknown constants become 0. */
bool ng_script_gates(const ng_datapath *path, const ng_target *target, const ng_sources *sources, char **text,
                     ng_error *error);

#endif
