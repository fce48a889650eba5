/* figures.h: the flat table behind every part of a report: what each verified pair costs, what each network does with
 * it, and which of them are on a front. The page, the CSV, the plot and the summary all read this and nothing else
 * computes a figure.
 *
 *   sites_per_mac  honest LUT sites per MAC of the cheapest xc7 dot product of 32 lanes, or of the pair's block, without DSP blocks:
 *                  circuits with some have rows of their own (src/report/blocks.h)
 *   top1_pct       of the best of the study's recipes, chosen on the test images themselves: a little optimistic. Recipes that give
 *                  layers other formats than the pair's have no part in it: the pair's circuit is not theirs
 *   weight_kib     weight_bits / 8192
 *   front "area"   minimise sites_per_mac, maximise top1_pct, one front a network
 *   front "memory" minimise weight_kib, maximise top1_pct
 */
#ifndef NG_REPORT_FIGURES_H
#define NG_REPORT_FIGURES_H

#include <jansson.h>
#include <stdio.h>

#include "model/unit.h"
#include "src/base/error.h"

enum { NG_REPORT_LANES = 32, NG_REPORT_NONE = -1, NG_REPORT_RECIPES_MOST = 64 };

/* The indexes point into the pair's "costs", at the cheapest per MAC of their kind; NG_REPORT_NONE when there is none
 * or the pair is not verified. */
typedef struct {
    const char *weights;
    const char *activations;
    const char *family;
    bool verified;
    int dot;       /* the record that prices the pair */
    int mac;       /* one multiply-accumulate, xc7 */
    int mac_ice40; /* one multiply-accumulate, ice40 */
} ng_report_pair;

/* A row: a verified pair on a network. NaN: missing. */
typedef struct {
    size_t pair;
    size_t network;
    int accuracy; /* index into the pair's "accuracy" at the best of all recipes, or NG_REPORT_NONE */
    int plain;    /* likewise without a recipe */
    double sites_per_mac;
    double weight_kib;
    double top1_pct;
    double loss_points; /* FP32 top-1 minus this */
    bool on_front_area;
    bool on_front_memory;
} ng_report_row;

typedef struct {
    const json_t *points;   /* of the results; they must outlive this */
    const json_t *networks;
    const json_t *parts;    /* checked circuits of no pair; NULL without any */
    ng_report_pair *pairs;
    size_t pair_count;
    size_t network_count;
    ng_report_row *rows; /* network by network: the verified pairs in the order of the points */
    size_t row_count;
} ng_figures;

/* Checks the results document and computes the figures. Errors (exit 2, with the place): a field of the wrong type,
 * an accuracy of an unknown network, a coordinate out of range. Error (exit 1): a pair called verified whose checks
 * show no cases at RTL or netlist, or a mismatch; costs that different versions of yosys made. */
bool ng_figures_make(const json_t *results, ng_figures *figures, ng_error *error);
void ng_figures_free(ng_figures *figures);

/* A cost record of a pair by index, NULL for NG_REPORT_NONE; the same for an accuracy. */
const json_t *ng_report_cost(const ng_figures *figures, size_t pair, int index);
const json_t *ng_report_accuracy(const ng_figures *figures, const ng_report_row *row);

/* The row's accuracy without a recipe; NULL without one. */
const json_t *ng_report_plain(const ng_figures *figures, const ng_report_row *row);

/* True if the pair's cost is that of the record: not computed in fp32, and one product for each weight. */
bool ng_report_has_cost(const json_t *accuracy);

/* The recipe of an accuracy record; "plain" for one that names none. */
const char *ng_report_recipe(const json_t *accuracy);

/* Index into the pair's "accuracy" of the most accurate record on the network that the pair's cost is that of, in the pair's own
 * formats, under a recipe; NULL: any, the first of equal ones. NG_REPORT_NONE: none. */
int ng_report_best(const ng_figures *figures, size_t pair, size_t network, const char *recipe);

/* The recipes of all records, each once, in the order of the points; their number. */
size_t ng_report_recipes(const ng_figures *figures, const char *recipes[NG_REPORT_RECIPES_MOST]);

/* True if every layer of the record ran in the formats of the point, but for a first or last one that the study sets apart. */
bool ng_report_is_of_pair(const json_t *point, const json_t *accuracy);

/* Cases and mismatches of the pair's checks at a level ("rtl", "netlist"); NULL means every level. */
typedef struct {
    json_int_t cases;
    json_int_t mismatches;
} ng_report_checked;
ng_report_checked ng_report_checks(const ng_figures *figures, size_t pair, const char *level);

const char *ng_report_network(const ng_figures *figures, size_t network);
double ng_report_fp32(const ng_figures *figures, size_t network);

/* object[key] as a number; NaN when the object is NULL or has no such number. */
double ng_report_real(const json_t *object, const char *key);

/* The families that the pairs are of, in the order of model/families.def; their number. */
size_t ng_report_families(const ng_figures *figures, ng_family list[NG_FAMILY_COUNT]);

/* Rows of the network on the front of accuracy against area, of a family by its name; NULL: of all. */
size_t ng_report_count_front(const ng_figures *figures, size_t network, const char *family);

/* "int4" for equal operands, "int4 x int8" (weights x activations) otherwise, with the sign between them given. */
void ng_report_print_pair(FILE *stream, const ng_report_pair *pair, const char *times);

#endif
