/* pairing.h: which LUTs share a site: of a 7-series netlist (AMD UG474: a LUT6 with two outputs is two LUT5 that have all five
 * inputs in common) or of one for adaptive logic modules (Intel, Cyclone V Device Handbook volume 1, "ALM Operating Modes": two
 * functions of five inputs that share two, of five and four that share one, of five and three or four and four that share
 * none: eight different inputs).
 *
 * Two LUTs of at most five inputs fit one site if they have at most five (module: eight) different non-constant inputs
 * together. On 7 series a LUT on the S pin of a carry bit (it has to sit at that bit, and its second output leads to the
 * bit's DI) only pairs with the LUT on that DI pin.
 * The number of pairs is the maximum: maximum-cardinality matching, started from pairs inside the same part of the
 * arithmetic. Which of several maximum matchings is found depends on the order of the cells only.
 */
#ifndef NG_PAIRING_H
#define NG_PAIRING_H

#include "src/netlist/netlist.h"

typedef struct {
    uint32_t *partner;     /* of each cell: the LUT it shares a site with, or NG_UNMATCHED */
    uint32_t *driver;      /* of each net: the cell that drives it, or NG_UNMATCHED */
    uint8_t *route_through; /* of each cell, a CARRY4: its used bits (a bit mask) whose S needs a route-through */
} ng_pairing;

/* Error: out of memory (exit 3). Free with ng_pairing_free(). */
bool ng_pairing_find(const ng_netlist *netlist, ng_pairing *pairing, ng_error *error);
void ng_pairing_free(ng_pairing *pairing);

#endif
