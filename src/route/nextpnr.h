/* nextpnr.h: a family's place and route program. */
#ifndef NG_NEXTPNR_H
#define NG_NEXTPNR_H

#include <jansson.h>

#include "src/base/file.h"
#include "src/synth/target.h"

/* One row of routes.def. */
typedef struct {
    ng_target_id target;
    const char *program;
    const char *install;
    const char *synth_command;
    const char *arguments;
    const char *constraints;
    const char *clock;
    const char *luts;
} ng_nextpnr;

/* The row of a target, or NULL. */
const ng_nextpnr *ng_nextpnr_find(const ng_target *target);

/* Where the program is, as a path that holds in every folder or a name on the PATH, and the last line of its --version. Error:
 * not installed (exit 3, with the command to run). */
bool ng_nextpnr_locate(const ng_nextpnr *row, char program[NG_PATH_SIZE], char version[256], ng_error *error);

/* Places and routes folder/design.json with a seed: whether it ended within NG_ROUTE_LIMIT_S, then the clock's frequency in MHz, and (routed not NULL) the routed module's
 * cells {NAME: {type, ...}} as a new reference. Errors: see ng_route(). */
bool ng_nextpnr_run(const ng_nextpnr *row, const char *program, const char *folder, unsigned seed, bool *ended,
                    double *fmax, json_t **routed, ng_error *error);

#endif
