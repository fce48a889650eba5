/* answer.h: the cheapest verified point that loses no more accuracy than allowed: a pair of formats under a recipe, at the price of the
 * pair's dot product and of what the recipe adds to it (extras.h). A recipe that adds something without a price takes no part.
 */
#ifndef NG_REPORT_ANSWER_H
#define NG_REPORT_ANSWER_H

#include "src/report/figures.h"

typedef struct {
    size_t pair;
    size_t network;
    const json_t *accuracy; /* the record */
    double sites_per_mac;   /* of everything */
    double extra;           /* the recipe's part of it */
    double top1_pct;
    double loss_points;
    double weight_kib;      /* NaN: missing */
} ng_answer;

/* Of equally cheap ones the most accurate, then the first. family NULL: any. False where no point loses so little. */
bool ng_report_cheapest(const ng_figures *figures, size_t network, const char *family, double loss_points, ng_answer *answer);

/* {pair, recipe, sites_per_mac, recipe_sites_per_mac, top1_pct, interval95_pct, loss_points, weight_kib}; null for NULL. */
json_t *ng_report_answer_json(const ng_answer *answer);

#endif
