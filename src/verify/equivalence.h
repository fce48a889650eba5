/* equivalence.h: a proof that the RTL and the mapped netlist are one function, by ABC, where it ends in time.
 *
 * Both are brought down to gates by yosys, the netlist's cells by yosys's own models of them, and handed to ABC: `cec`
 * (combinational), or `dsec` (clocked: equal outputs for ever, begun with all flip-flops 0 on both sides). It shows nothing
 * about the golden model and trusts yosys to read the RTL; the checks against the golden model do neither.
 *
 * Record (kind "equivalence"): unit, weights, activations, lanes, terms, target, level "equivalence", result ("proven",
 * "refuted", "not ended" in limit_s, "undecided": ABC gave up), method, seconds, limit_s, yosys, rtl_sha256, netlist_sha256,
 * source (hash of the code that asked).
 */
#ifndef NG_EQUIVALENCE_H
#define NG_EQUIVALENCE_H

#include <jansson.h>

#include "src/synth/synth.h"

enum { NG_EQUIVALENCE_LIMIT_S = 60 };

/* What is compared: a datapath's RTL in a folder with a netlist. */
typedef struct {
    const char *rtl;
    const char *netlist;  /* yosys JSON */
    unsigned limit_s;     /* of ABC's run; 0: NG_EQUIVALENCE_LIMIT_S */
} ng_equivalence_request;

/* The record: from the store, or proven. A refuted circuit is tried again every time; one that was not finished, with another
 * limit. Errors: those of ng_synth_plan(); yosys-abc is not installed (exit 3). */
bool ng_equivalence(const ng_datapath *path, const ng_target *target, const ng_equivalence_request *request, json_t **record,
                    ng_error *error);

#endif
