#include "src/report/answer.h"

#include <math.h>
#include <string.h>

#include "src/report/extras.h"

static const double rounding = 1e-9; /* a loss is a difference of decimals */
static const double kib_bits = 8192.0;

/* The point of one record; false where it misses its price, its accuracy, or is none of the pair's circuit. */
static bool make_point(const ng_figures *figures, size_t pair, size_t network, const json_t *accuracy, double loss, ng_answer *point)
{
    const char *name = json_string_value(json_object_get(accuracy, "network"));
    const json_t *cost = ng_report_cost(figures, pair, figures->pairs[pair].dot);
    ng_extra extra;
    *point = (ng_answer){.pair = pair, .network = network, .accuracy = accuracy, .top1_pct = ng_report_real(accuracy, "top1_pct")};
    point->loss_points = ng_report_fp32(figures, network) - point->top1_pct;
    point->weight_kib = ng_report_real(accuracy, "weight_bits") / kib_bits;
    if (name == NULL || strcmp(name, ng_report_network(figures, network)) != 0 || !(point->loss_points <= loss + rounding) ||
        !ng_report_has_cost(accuracy) || !ng_report_is_of_pair(json_array_get(figures->points, pair), accuracy)) {
        return false;
    }
    ng_report_extra(figures, (int)pair, ng_report_recipe(accuracy), &extra);
    point->extra = extra.sites_per_mac;
    point->sites_per_mac = ng_report_real(json_object_get(cost, "per_mac"), "honest_sites") + extra.sites_per_mac;
    return !isnan(point->sites_per_mac);
}

static bool is_better(const ng_answer *point, const ng_answer *best)
{
    return point->sites_per_mac < best->sites_per_mac ||
           (point->sites_per_mac <= best->sites_per_mac && point->top1_pct > best->top1_pct);
}

bool ng_report_cheapest(const ng_figures *figures, size_t network, const char *family, double loss_points, ng_answer *answer)
{
    bool found = false;
    for (size_t pair = 0; network < figures->network_count && pair < figures->pair_count; pair++) {
        const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
        const json_t *accuracy;
        size_t i;
        if (!figures->pairs[pair].verified || (family != NULL && strcmp(figures->pairs[pair].family, family) != 0)) {
            continue;
        }
        json_array_foreach(list, i, accuracy) {
            ng_answer point;
            if (make_point(figures, pair, network, accuracy, loss_points, &point) && (!found || is_better(&point, answer))) {
                *answer = point;
                found = true;
            }
        }
    }
    return found;
}

static json_t *real_or_null(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

json_t *ng_report_answer_json(const ng_answer *answer)
{
    if (answer == NULL) {
        return json_null();
    }
    return json_pack("{s:I, s:s, s:f, s:f, s:f, s:o, s:f, s:o}", "pair", (json_int_t)answer->pair, "recipe",
                     ng_report_recipe(answer->accuracy), "sites_per_mac", answer->sites_per_mac, "recipe_sites_per_mac",
                     answer->extra, "top1_pct", answer->top1_pct, "interval95_pct",
                     real_or_null(ng_report_real(answer->accuracy, "interval95_pct")), "loss_points", answer->loss_points,
                     "weight_kib", real_or_null(answer->weight_kib));
}
