/* abc.h: are two circuits, written as BLIF, one function? Asked of ABC.
 *
 * `cec` (combinational), or `dsec` (clocked: equal outputs for ever, begun with the flip-flops' initial values). Of two clocked
 * circuits with the same flip-flops in the same order, begun alike, `cec` may be asked whether in any state whatever they give the same
 * and go to the same: that is far less to show. "proven" then is a proof; "refuted" is not, where the state is one they never come to.
 */
#ifndef NG_ABC_H
#define NG_ABC_H

#include "src/base/file.h"

typedef struct {
    const char *folder; /* where both files lie, and the log is written */
    const char *left;
    const char *right;
    bool clocked;
    bool any_state; /* clocked, with the same flip-flops: in any state at all */
    unsigned limit_s;
} ng_abc_question;

/* *result: "proven", "refuted", "not ended" in limit_s, or "undecided": ABC gave up, or said something else. Errors: yosys-abc
 * is not installed (exit 3); it fails (exit 1, with the end of its log). */
bool ng_abc_ask(const ng_abc_question *question, const char **result, double *seconds, ng_error *error);

#endif
