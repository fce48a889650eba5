/* subject.h: the datapath of a unit that mutants are made of: small enough to check hundreds, large enough to have everything. */
#ifndef NG_MUTANTS_SUBJECT_H
#define NG_MUTANTS_SUBJECT_H

#include "model/unit.h"
#include "src/base/error.h"

enum { NG_MUTANT_LANES = 4, NG_MUTANT_CHAIN = 2, NG_MUTANT_TERMS = 64, NG_MUTANT_PAIR_BITS = 10, NG_MUTANT_WIDE_BITS = 16 };

/* The pair of the catalogue that the unit serves and whose element bits are nearest to NG_MUTANT_PAIR_BITS in all and then
 * nearest to each other, with fields of like width, the earlier one of equals; 4 lanes in chains of 2, or the block; sums of
 * 64 terms; 16 bits and a register e5m2ieee for an accumulator that rounds. So a new row of units.def needs no line here. Error (exit 1): no pair of the catalogue is the unit's. */
bool ng_mutant_subject(const ng_unit *unit, ng_datapath *path, ng_error *error);

/* What mutants are counted by: the family of a product (mul, mac, dot), or the kind of another unit. */
const char *ng_mutant_group(const ng_unit *unit);

#endif
