/* kind_check.h: what the suites of units that are no products share (model/kinds.def). */
#ifndef SUPPORT_KIND_CHECK_H
#define SUPPORT_KIND_CHECK_H

#include "tests/support/golden_check.h"

/* A request in names; empty names and zeros: not given. */
typedef struct {
    ng_unit_kind kind;
    char weight[NG_FORMAT_NAME_SIZE];
    char activation[NG_FORMAT_NAME_SIZE];
    char output[NG_FORMAT_NAME_SIZE];
    unsigned lanes;
    unsigned terms;
    unsigned width;
} kind_case;

/* Whether the request is served, and the path if it is. The formats are rows of the catalogue. */
ng_status kind_status(const kind_case *asked, ng_datapath *path);

/* The same with a scale rule, and a rounding as ng_request has it. */
ng_status kind_status_rounded(const kind_case *asked, ng_scale_rule rule, unsigned rounding, ng_datapath *path);

/* The path of a request that has to be served; aborts if it is not. */
ng_datapath kind_path(const kind_case *asked);

/* A result word's `count` bits from `position`, as a number. */
void kind_field(mpz_t number, const ng_result *result, unsigned position, unsigned count, bool is_signed);

/* Bits [position, position + count) set in a word that is 0 there. Range: count 1..64. */
void kind_put(uint64_t *word, unsigned position, unsigned count, uint64_t value);

/* What tests/ref is asked of: the parameters' text "Name=1 ..." of a path. */
void kind_parameters(const ng_datapath *path, char *text, size_t size);

#endif
