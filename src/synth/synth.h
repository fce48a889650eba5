/* synth.h: from RTL to a mapped netlist with yosys, one design a process, every finished one kept. */
#ifndef NG_SYNTH_H
#define NG_SYNTH_H

#include "model/unit.h"
#include "src/base/hash.h"
#include "src/synth/target.h"

/* A finished synthesis: build/synth/KEY/ with script.ys, yosys.log and netlist.json. Run `yosys -s script.ys` in that
 * folder to repeat it; its link rtl leads to the RTL folder. */
typedef struct {
    char key[NG_HASH_SIZE];           /* SHA-256 of everything below and of the parameters */
    char netlist[NG_PATH_SIZE];       /* yosys JSON of the one mapped module */
    char yosys[128];                  /* `yosys -V` */
    char rtl_sha256[NG_HASH_SIZE];    /* over every .sv file of the folder and its parts/ */
    char script_sha256[NG_HASH_SIZE];
    char netlist_sha256[NG_HASH_SIZE];
} ng_synthesis;

/* First line of `$YOSYS -V` (environment; default: yosys). Errors: not installed (exit 3). */
bool ng_yosys_version(char version[128], ng_error *error);

/* The yosys script of the datapath. The caller frees *text. Errors: RTL folder or its file names unusable (exit 2). */
bool ng_synth_script(const ng_datapath *path, const ng_target *target, const char *rtl_folder, char **text,
                     ng_error *error);

/* Maps the datapath's circuit (module path->unit->name of rtl_folder/ and rtl_folder/parts/) to the target, or finds it
 * done. Errors: the RTL lacks the module or a file name is unusable (exit 2), yosys missing (3), yosys refuses the RTL (1,
 * with the end of its log). */
bool ng_synthesise(const ng_datapath *path, const ng_target *target, const char *rtl_folder, ng_synthesis *result,
                   ng_error *error);

#endif
