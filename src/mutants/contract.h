/* contract.h: what a unit may assume of its operand words, where that is less than any words at all.
 *
 * A mutant of such a unit that differs on other words only is no bug: it is shown to ABC a second time with both circuits'
 * outputs held at 0 outside the contract, and counts as equivalent under this assumption. The cases that a circuit is checked on
 * keep to the contract, and to nothing more.
 */
#ifndef NG_MUTANTS_CONTRACT_H
#define NG_MUTANTS_CONTRACT_H

#include "model/unit.h"
#include "src/netlist/blif.h"

typedef struct {
    const char *text; /* for people; NULL: any words */
    ng_blif_ascent ascent;
} ng_contract;

/* HUFFMAN: the limits ascend (rtl/huffman_decode.sv). */
ng_contract ng_contract_of(const ng_datapath *path);

#endif
