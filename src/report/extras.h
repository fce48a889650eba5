/* extras.h: what a recipe adds to the circuit of a pair's dot product, beside the price that a report shows.
 *
 *   sites_per_mac = honest_sites(hadamard of n points) / n
 * A transform of n points gives n of a dot product's inputs; L lanes have L / n transforms. Where the dot products of C output channels
 * share their inputs, it is that divided by C: what is shown is for C = 1, the most it can be. The transform is exact, on words of
 * 8 bits; the wider quantiser behind it is not counted.
 */
#ifndef NG_REPORT_EXTRAS_H
#define NG_REPORT_EXTRAS_H

#include <jansson.h>

enum { NG_EXTRA_TEXT_SIZE = 1024 };

typedef enum { NG_EXTRA_NOTHING = 0, NG_EXTRA_PRICED = 1, NG_EXTRA_MISSING = 2 } ng_extra_status;

typedef struct {
    ng_extra_status status;
    double sites_per_mac; /* 0 for nothing, NaN where it is missing */
    char text[NG_EXTRA_TEXT_SIZE];
} ng_extra;

/* "none", "priced", "missing". */
const char *ng_extra_status_name(ng_extra_status status);

/* What the recipe adds. parts: the results document's list of checked circuits besides those of pairs, records of `verify` at the
 * levels rtl and netlist, the latter with "cost"; a circuit counts if both passed. A recipe that cannot be read is missing. */
void ng_report_extra(const char *recipe, const json_t *parts, ng_extra *extra);

#endif
