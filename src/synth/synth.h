/* synth.h: from RTL to a mapped netlist with yosys, one design a process, every finished one kept. */
#ifndef NG_SYNTH_H
#define NG_SYNTH_H

#include "model/unit.h"
#include "src/base/hash.h"
#include "src/synth/target.h"

/* A finished synthesis: build/synth/KEY/ with rtl/, script.ys, yosys.log, netlist.json and its
 * netlist.sha256. Run `yosys -s script.ys` in that folder to repeat it. */
typedef struct {
    char key[NG_HASH_SIZE];           /* SHA-256 over target, RTL, script and yosys version */
    char netlist[NG_PATH_SIZE];       /* yosys JSON of the one mapped module */
    char yosys[128];                  /* `yosys -V` */
    char rtl_sha256[NG_HASH_SIZE];    /* over the RTL files the circuit needs, names and contents */
    char script_sha256[NG_HASH_SIZE];
    char netlist_sha256[NG_HASH_SIZE];
} ng_synthesis;

/* The yosys to run: $YOSYS (environment: a name or an absolute path), or "yosys". */
const char *ng_yosys_program(void);

/* First line of its answer to -V. Errors: $YOSYS is neither a name of letters, digits and _-+. nor an absolute path (exit 2); not
 * installed, or no yosys (exit 3). */
bool ng_yosys_version(char version[128], ng_error *error);

/* Everything of a synthesis that is known before it runs: all fields but netlist_sha256. Costs one start of yosys, which a
 * caller with many datapaths saves by passing the version it has; NULL: ask. Errors: those of ng_sources_find(),
 * ng_yosys_version(); DSP blocks the target has not (exit 2). */
bool ng_synth_plan(const ng_datapath *path, const ng_target *target, const char *rtl_folder, const char *version,
                   ng_synthesis *plan, ng_error *error);

/* Maps the datapath's circuit (module path->unit->name of rtl_folder/ and rtl_folder/parts/) to the target, or finds it
 * done; a lost or changed netlist is made again. Errors: those of ng_synth_plan(); yosys refuses the RTL (exit 1, with the end of its log). */
bool ng_synthesise(const ng_datapath *path, const ng_target *target, const char *rtl_folder, ng_synthesis *result,
                   ng_error *error);

/* The hash of a netlist file as in ng_synthesis. Error: cannot read it (exit 2). */
bool ng_netlist_sha256(const char *netlist, char text[NG_HASH_SIZE], ng_error *error);

#endif
