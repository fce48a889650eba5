/* path.h: what a KIND row of model/kinds.def has to say; the functions it consists of.
 *
 * For a kind NAME:
 *   ng_path_NAME_init(path, request)      fills in what the kind's words are made of: output, lanes, terms, width, the widths
 *                                         of both operand words and of the result and its parts, lsb; unit, formats and
 *                                         chain are there already, lanes and terms are 1. On an error *path may be changed
 *   ng_path_NAME_parameters(path, list)   the module's RTL parameters, in its order
 */
#ifndef NG_PARTS_PATH_H
#define NG_PARTS_PATH_H

#include "model/parts/family.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The first unit of a kind. */
const ng_unit *ng_unit_of_kind(ng_unit_kind kind);

/* {n sums of W bits}, {lsb} to {n element codes, scale code}: ng_block_quantise() by the path's rule and rounding. */
void ng_path_quantise_words(const ng_datapath *path, const uint64_t *first, const uint64_t *second, ng_result *result);

/* The floating-point register a request asks for: its output, or fp32; NULL if the output is none that circuits have. */
const ng_format *ng_path_register(const ng_request *request);

/* 512 + exponent of a term's bit 0 less that of the register's smallest subnormal: synthesis takes no negative parameter. */
int ng_path_term_place(const ng_datapath *path);

/* Fills in what is a block dot product's result: lanes, sum, scale, flag, the first operand word; lsb under the least scales.
 * False if no DOT unit serves the pair, or its sum has more than 55 bits. */
bool ng_path_block_term(ng_datapath *path, const ng_request *request);

/* Such a result word read: value = significand * 2^(shift + lsb). */
typedef struct {
    ng_wide significand;
    unsigned shift;
    bool flag;
} ng_block_value;

ng_block_value ng_path_block_value(const ng_datapath *path, const uint64_t *word);

/* Sums of a pair's `terms` products on their way to a scalar output: output, terms, sum, first operand word, result, lsb.
 * NG_BAD_TERMS beyond 64 bits. */
ng_status ng_path_sums(ng_datapath *path, const ng_request *request);

/* Levels of a scalar output less one: its values, zero counted once. */
unsigned ng_path_thresholds(const ng_format *output);

#define PRODUCT(id, name, clocked, first, second)
#define KIND(id, name, clocked, first, second)                                       \
    ng_status ng_path_##name##_init(ng_datapath *path, const ng_request *request);   \
    void ng_path_##name##_parameters(const ng_datapath *path, ng_parameter_list *list);
#include "model/kinds.def"
#undef PRODUCT
#undef KIND

#ifdef __cplusplus
}
#endif

#endif
