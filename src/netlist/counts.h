/* counts.h: what a mapped netlist occupies, and which part of the arithmetic each piece belongs to.
 *
 * What a site is depends on the family, so site counts compare circuits of one family only:
 *
 * xc7       lut_cells       LUT1..LUT6 and INV (a LUT1)
 *           sites           a site holds one LUT, or two of at most 5 inputs with at most 5 different ones together; a LUT on a
 *                           carry S pin shares only with the LUT on the DI pin of the same carry bit
 *           route_throughs  used carry bits whose S pin is driven by neither a LUT of their own nor a constant: a LUT site
 *                           passes the signal on in hardware, although yosys counts nothing
 * ice40     lut_cells       SB_LUT4
 *           sites           SB_LUT4, and each SB_CARRY without one beside it whose I1, I2, I3 are the carry's I0, I1, CI
 *           route_throughs  a carry-in that comes from the fabric; a carry-out read by more than the CI of one SB_CARRY and
 *                           the I3 of one SB_LUT4
 * ecp5, nexus, gowin, gatemate
 *           lut_cells       LUT4 (gowin LUT1..LUT4; gatemate LUT1, LUT2, L2T4, L2T5), nexus INV; not those inside carries
 *           sites           one each (gatemate: half of a CPE); a carry bit takes the place of one (CCU2C and CCU2 hold two
 *                           bits), a CC_MX2 of one, a CC_MX4 of two
 *           route_throughs  a carry cell more where a chain begins with a signal of the fabric or with a 0 or 1, and one where
 *                           its end or a carry-out inside it is read by logic
 * cyclonev  lut_cells       MISTRAL_ALUT2..6 and MISTRAL_NOT
 *           sites           an adaptive logic module (ALM) holds one LUT, two of at most 5 inputs with at most 8 different
 *                           ones together, or two neighbouring bits of a carry chain
 *           route_throughs  as above, an ALM each
 * Constant inputs occupy no input of a LUT. Sites are counted before placement: two unrelated LUTs that fit share one.
 */
#ifndef NG_COUNTS_H
#define NG_COUNTS_H

#include "src/netlist/netlist.h"

/* By the innermost instance on the cell's hierarchical path whose name begins with u_multiply, u_align, u_accumulate or
 * u_convert. */
typedef enum {
    NG_PART_MULTIPLY = 0,
    NG_PART_ALIGN = 1,
    NG_PART_ACCUMULATE = 2,
    NG_PART_CONVERT = 3,
    NG_PART_OTHER = 4,
    NG_PART_COUNT
} ng_part;

typedef struct {
    unsigned lut_cells;
    unsigned half_sites;     /* sites * 2: two LUTs that share a site have half of it each */
    unsigned route_throughs;
} ng_part_counts;

typedef struct {
    unsigned lut_cells;
    unsigned lut_cells_by_size[7]; /* by inputs of the cell type; [0] stays 0 */
    unsigned sites;
    unsigned route_throughs;
    unsigned carry;                /* cells */
    unsigned ff;
    unsigned muxf;
    unsigned dsp;
    unsigned bram;
    unsigned lutram;
    ng_part_counts part[NG_PART_COUNT];
    const char *other;             /* a cell that belongs to no part, owned by the netlist; NULL if there is none */
} ng_counts;

/* The part a hierarchical cell name belongs to. "$flatten\\g[0].u_align.$abc$1$2": ALIGN. */
ng_part ng_part_of(const char *cell_name);

/* "multiply", "align", "accumulate", "convert", "other". */
const char *ng_part_name(ng_part part);

/* Counts a netlist. Error: out of memory (exit 3). */
bool ng_count(const ng_netlist *netlist, ng_counts *counts, ng_error *error);

#endif
