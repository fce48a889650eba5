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

/* Reads the sources in rtl/, makes `count` mutants of the flattened design with `mutate`, which mutants.txt lists, and maps them
 * as one module with a further input NG_MUTANT_PORT of NG_MUTANT_BITS bits: the circuit is mutant i where it is i, and the
 * original where it is 0. Writes netlist.json. Range: count < 2^NG_MUTANT_BITS; seed 0..2^31 - 1. */
enum { NG_MUTANT_BITS = 10 };
#define NG_MUTANT_PORT "mutant_i"
bool ng_script_mutants(const ng_datapath *path, const ng_target *target, const ng_sources *sources, unsigned count,
                       unsigned seed, char **text, ng_error *error);

#endif
