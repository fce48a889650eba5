/* extras.h: what a recipe adds to the circuit of a pair's dot product, beside the price that a report shows.
 *
 *   hadamard  sites_per_mac = honest_sites(hadamard of n points) / n
 *             A transform of n points gives n of a dot product's inputs; L lanes have L / n transforms. Where the dot products of C
 *             output channels share their inputs, it is that divided by C: what is shown is for C = 1, the most it can be. The
 *             transform is exact, on words of 8 bits; the wider quantiser behind it is not counted.
 *   codebook  sites_per_mac = honest_sites(dot of 32 lanes with a table) / 32 - sites_per_mac of the pair (method_parts.h)
 *             It takes the place of the pair's dot product, so the difference may be negative.
 */
#ifndef NG_REPORT_EXTRAS_H
#define NG_REPORT_EXTRAS_H

#include "src/report/figures.h"

enum { NG_EXTRA_TEXT_SIZE = 1024 };

typedef enum { NG_EXTRA_NOTHING = 0, NG_EXTRA_PRICED = 1, NG_EXTRA_MISSING = 2 } ng_extra_status;

typedef struct {
    ng_extra_status status;
    double sites_per_mac; /* 0 for nothing, NaN where it is missing or depends on the pair */
    char text[NG_EXTRA_TEXT_SIZE];
} ng_extra;

/* "none", "priced", "missing". */
const char *ng_extra_status_name(ng_extra_status status);

/* What the recipe adds to a pair's circuit. Parts count if they passed their cases at the levels rtl and netlist: hadamards of the
 * document's "parts", dot products of the point's "tables", records of `verify`, the latter level with "cost". pair NG_REPORT_NONE:
 * any pair; what depends on it is PRICED with sites NaN. A recipe that cannot be read is missing. */
void ng_report_extra(const ng_figures *figures, int pair, const char *recipe, ng_extra *extra);

#endif
