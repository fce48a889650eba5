/* mixed.h: a format pair for every layer of a network, chosen under budgets (HAWQ-V3): sensitivities (sensitivity.h), costs of our
 * own measuring, and the integer program (choose.h).
 *
 *   weight bits   of a layer in an option: as the record of an evaluation has them; they add up to the weight memory
 *   LUTs          of a machine that takes C cycles an image and keeps its MACs busy: sum_l macs_l * LUT(option) / C,
 *                 LUT(option): honest sites of the option's verified MAC (src/cost). With the LUTs given instead this is a bound
 *                 on cycles, C = sum_l macs_l * LUT(option) / LUTs: the same budget
 */
#ifndef NG_MIXED_H
#define NG_MIXED_H

#include "src/cost/cost.h"
#include "src/mixed/sensitivity.h"

enum { NG_MIXED_OPTIONS_MOST = 32 };

typedef struct {
    const ng_accuracy_request *accuracy; /* without formats */
    const char *options;                 /* "W:A,W:A,...", up to NG_MIXED_OPTIONS_MOST; all scalar or all of blocks */
    double weight_bits;                  /* budget; 0: none */
    double luts;                         /* budget at `cycles`; 0: none */
    double cycles;                       /* an image; > 0 where luts is */
    const ng_target *target;             /* of the LUTs */
    const ng_cost_options *cost;
} ng_mixed_request;

/* *record is a new reference to an object of
 *   network options [W:A] layers [{name, macs, chosen, loss [by option], weight_bits [by option]}]
 *   luts_per_mac [by option]         only with a budget of LUTs
 *   loss weight_bits luts            sums over the chosen options; luts at `cycles`
 *   budget {weight_bits, luts, cycles}
 *   layer_formats                    the choice, as ng_setting.layers takes it
 *   accuracy                         the record of the network so quantised (ng_accuracy())
 * Errors: exit 1 if no choice keeps to the budgets; exit 2 for options that are no pairs; those of ng_accuracy() and
 * ng_cost(). */
bool ng_mixed(const ng_mixed_request *request, json_t **record, ng_error *error);

#endif
