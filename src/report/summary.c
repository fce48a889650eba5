#include "src/report/summary.h"

#include <math.h>
#include <string.h>

#include "src/report/answer.h"
#include "src/report/contest.h"
#include "src/report/emulation.h"
#include "src/report/extras.h"
#include "src/report/text.h"

static const double allowed_loss_points = 1.0;
static const double losses_points[] = {0.25, 0.5, 1.0, 2.0, 5.0};
static const char *const times = " \xC3\x97 "; /* the multiplication sign in UTF-8 */

static bool cheapest(const ng_figures *figures, size_t network, const char *family, ng_answer *answer)
{
    return ng_report_cheapest(figures, network, family, allowed_loss_points, answer);
}

static const ng_report_row *find_pair(const ng_figures *figures, size_t network, const char *weights,
                                      const char *activations)
{
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_pair *pair = &figures->pairs[figures->rows[i].pair];
        if (figures->rows[i].network == network && strcmp(pair->weights, weights) == 0 &&
            strcmp(pair->activations, activations) == 0) {
            return &figures->rows[i];
        }
    }
    return NULL;
}

static void print_pair(FILE *stream, const ng_figures *figures, size_t pair)
{
    ng_report_print_pair(stream, &figures->pairs[pair], times);
}

static void print_headline_part(FILE *stream, const ng_figures *figures, size_t network)
{
    ng_answer answer;
    if (!cheapest(figures, network, NULL, &answer)) {
        fprintf(stream, "none for %s", ng_report_network(figures, network));
        return;
    }
    print_pair(stream, figures, answer.pair);
    fprintf(stream, " for %s (%.1f)", ng_report_network(figures, network), answer.sites_per_mac);
}

/* True if there are networks and the same pair is the cheapest on all of them, at the same price. */
static bool one_for_all(const ng_figures *figures, ng_answer *first)
{
    if (!cheapest(figures, 0, NULL, first)) {
        return false;
    }
    for (size_t i = 1; i < figures->network_count; i++) {
        ng_answer answer;
        if (!cheapest(figures, i, NULL, &answer) || answer.pair != first->pair || answer.sites_per_mac > first->sites_per_mac ||
            answer.sites_per_mac < first->sites_per_mac) {
            return false;
        }
    }
    return true;
}

static void print_shared_headline(FILE *stream, const ng_figures *figures, const ng_answer *answer)
{
    print_pair(stream, figures, answer->pair);
    fprintf(stream, " is the cheapest pair within %g point of FP32 on ", allowed_loss_points);
    for (size_t i = 0; i < figures->network_count; i++) {
        fprintf(stream, "%s%s", i == 0 ? "" : i + 1 == figures->network_count ? " and " : ", ",
                ng_report_network(figures, i));
    }
    fprintf(stream, ": %.1f honest LUT sites per MAC", answer->sites_per_mac);
}

static void print_headline(FILE *stream, const ng_figures *figures)
{
    ng_answer answer;
    if (figures->network_count == 0) {
        fprintf(stream, "%zu format pairs, verified and priced", figures->pair_count);
        return;
    }
    if (one_for_all(figures, &answer)) {
        print_shared_headline(stream, figures, &answer);
        return;
    }
    fprintf(stream, "Cheapest within %g point of FP32, in honest LUT sites per MAC: ", allowed_loss_points);
    for (size_t i = 0; i < figures->network_count; i++) {
        fputs(i == 0 ? "" : "; ", stream);
        print_headline_part(stream, figures, i);
    }
}

static void print_count(FILE *stream, json_int_t count)
{
    if (count >= 1000000) {
        fprintf(stream, "%.1f million", (double)count / 1e6);
    } else {
        fprintf(stream, "%lld", (long long)count);
    }
}

static void print_evidence(FILE *stream, const ng_figures *figures)
{
    size_t verified = 0;
    json_int_t rtl = 0;
    json_int_t netlist = 0;
    for (size_t i = 0; i < figures->pair_count; i++) {
        if (figures->pairs[i].verified) {
            verified++;
            rtl += ng_report_checks(figures, i, "rtl").cases;
            netlist += ng_report_checks(figures, i, "netlist").cases;
        }
    }
    fprintf(stream, "%zu of %zu format pairs are verified against the golden C model: ", verified, figures->pair_count);
    print_count(stream, rtl);
    fputs(" cases through the RTL and ", stream);
    print_count(stream, netlist);
    fputs(" through the synthesised netlists, without a mismatch.", stream);
}

/* "37 % fewer LUT sites than int8" where that pair was measured too. */
static void print_against_int8(FILE *stream, const ng_figures *figures, const ng_answer *answer)
{
    const ng_report_row *int8 = find_pair(figures, answer->network, "int8", "int8");
    if (int8 == NULL || int8->pair == answer->pair || isnan(int8->sites_per_mac)) {
        return;
    }
    const double change = 100.0 * (answer->sites_per_mac / int8->sites_per_mac - 1.0);
    fprintf(stream, ", %.0f %% %s than int8 (%.1f sites)", fabs(change), change < 0.0 ? "fewer" : "more",
            int8->sites_per_mac);
}

static void print_best(FILE *stream, const ng_figures *figures, size_t network)
{
    ng_answer answer;
    fprintf(stream, "%s (FP32 %.2f %%): ", ng_report_network(figures, network), ng_report_fp32(figures, network));
    if (!cheapest(figures, network, NULL, &answer)) {
        fprintf(stream, "no priced pair stays within %g point of FP32.", allowed_loss_points);
        return;
    }
    print_pair(stream, figures, answer.pair);
    if (strcmp(ng_report_recipe(answer.accuracy), "plain") != 0) {
        fprintf(stream, " with %s", ng_report_recipe(answer.accuracy));
    }
    fprintf(stream, " reaches %.2f %% at %.1f honest LUT sites per MAC", answer.top1_pct, answer.sites_per_mac);
    print_against_int8(stream, figures, &answer);
    if (!isnan(answer.weight_kib)) {
        fprintf(stream, "; its weights take %.1f KiB", answer.weight_kib);
    }
    fputs(".", stream);
}

static void print_families(FILE *stream, const ng_figures *figures, size_t network)
{
    fprintf(stream, "Cheapest of each family within %g point on %s: ", allowed_loss_points,
            ng_report_network(figures, network));
    ng_family list[NG_FAMILY_COUNT];
    const size_t count = ng_report_families(figures, list);
    for (size_t i = 0; i < count; i++) {
        ng_answer answer;
        fprintf(stream, "%s%s ", i == 0 ? "" : ", ", ng_family_name(list[i]));
        if (!cheapest(figures, network, ng_family_name(list[i]), &answer)) {
            fputs("none", stream);
            continue;
        }
        print_pair(stream, figures, answer.pair);
        fprintf(stream, " %.1f", answer.sites_per_mac);
    }
    fputs(" honest LUT sites per MAC.", stream);
}

typedef enum { FRONT_AREA = 0, FRONT_MEMORY = 1 } front;

static double front_cost(const ng_report_row *row, front which)
{
    return which == FRONT_AREA ? row->sites_per_mac : row->weight_kib;
}

static bool on_front(const ng_report_row *row, size_t network, front which)
{
    return row->network == network && (which == FRONT_AREA ? row->on_front_area : row->on_front_memory);
}

/* The front's row that comes after `last` when read from cheap to dear, equal costs in the order of the rows. */
static const ng_report_row *next_on_front(const ng_figures *figures, size_t network, front which,
                                          const ng_report_row *last)
{
    const ng_report_row *best = NULL;
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_row *row = &figures->rows[i];
        const bool later = last == NULL || front_cost(row, which) > front_cost(last, which) ||
                           (front_cost(row, which) == front_cost(last, which) && row > last);
        if (on_front(row, network, which) && later &&
            (best == NULL || front_cost(row, which) < front_cost(best, which))) {
            best = row;
        }
    }
    return best;
}

static void print_front(FILE *stream, const ng_figures *figures, size_t network, front which)
{
    const ng_report_row *row = NULL;
    fprintf(stream, "Pareto front of accuracy against %s on %s, from cheap to accurate: ",
            which == FRONT_AREA ? "area" : "weight memory", ng_report_network(figures, network));
    for (size_t i = 0; (row = next_on_front(figures, network, which, row)) != NULL; i++) {
        fputs(i == 0 ? "" : ", ", stream);
        print_pair(stream, figures, row->pair);
        fprintf(stream, " (%.2f %%)", row->top1_pct);
    }
    fputs(".", stream);
}

/* Ends the text and gives it as a JSON string; NULL when memory ran out. */
static json_t *finish(ng_report_text *text)
{
    json_t *string = ng_report_text_close(text, NULL) ? json_stringn(text->data, text->size) : NULL;
    ng_report_text_free(text);
    return string;
}

typedef void (*network_sentence)(FILE *stream, const ng_figures *figures, size_t network);

static void print_area_front(FILE *stream, const ng_figures *figures, size_t network)
{
    print_front(stream, figures, network, FRONT_AREA);
}

static void print_memory_front(FILE *stream, const ng_figures *figures, size_t network)
{
    print_front(stream, figures, network, FRONT_MEMORY);
}

static json_t *network_text(const ng_figures *figures, size_t network, network_sentence print)
{
    ng_report_text text;
    if (!ng_report_text_open(&text, NULL)) {
        return NULL;
    }
    print(text.stream, figures, network);
    return finish(&text);
}

static json_t *network_list(const ng_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->network_count; i++) {
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o}", "best", network_text(figures, i, print_best),
                                              "families", network_text(figures, i, print_families), "front_area",
                                              network_text(figures, i, print_area_front), "front_memory",
                                              network_text(figures, i, print_memory_front), "contest",
                                              network_text(figures, i, ng_report_print_contest)));
    }
    return list;
}

static json_t *global_text(const ng_figures *figures, void (*print)(FILE *, const ng_figures *))
{
    ng_report_text text;
    if (!ng_report_text_open(&text, NULL)) {
        return NULL;
    }
    print(text.stream, figures);
    return finish(&text);
}

static json_t *answer_within(const ng_figures *figures, size_t network, const char *family, double loss)
{
    ng_answer answer;
    return ng_report_answer_json(ng_report_cheapest(figures, network, family, loss, &answer) ? &answer : NULL);
}

static json_t *cheapest_table(const ng_figures *figures)
{
    json_t *table = json_array();
    ng_family list[NG_FAMILY_COUNT];
    const size_t count = ng_report_families(figures, list);
    for (size_t i = 0; i < figures->network_count * count; i++) {
        const char *family = ng_family_name(list[i % count]);
        json_array_append_new(table, json_pack("{s:I, s:s, s:o}", "network", (json_int_t)(i / count), "family", family, "answer",
                                               answer_within(figures, i / count, family, allowed_loss_points)));
    }
    return table;
}

/* The cheapest point of all for each loss and network. */
static json_t *answer_table(const ng_figures *figures)
{
    json_t *table = json_array();
    for (size_t i = 0; i < sizeof losses_points / sizeof losses_points[0]; i++) {
        json_t *answers = json_array();
        for (size_t network = 0; network < figures->network_count; network++) {
            json_array_append_new(answers, answer_within(figures, network, NULL, losses_points[i]));
        }
        json_array_append_new(table, json_pack("{s:f, s:o}", "loss_points", losses_points[i], "answers", answers));
    }
    return table;
}

/* What each recipe adds to a pair's circuit. */
static json_t *extra_table(const ng_figures *figures)
{
    const char *recipes[NG_REPORT_RECIPES_MOST];
    const size_t count = ng_report_recipes(figures, recipes);
    json_t *table = json_array();
    for (size_t i = 0; i < count; i++) {
        ng_extra extra;
        ng_report_extra(figures, NG_REPORT_NONE, recipes[i], &extra);
        json_array_append_new(table, json_pack("{s:s, s:s, s:o, s:s}", "recipe", recipes[i], "status",
                                               ng_extra_status_name(extra.status), "sites_per_mac",
                                               isnan(extra.sites_per_mac) ? json_null() : json_real(extra.sites_per_mac), "text",
                                               extra.text));
    }
    return table;
}

json_t *ng_report_summary(const ng_figures *figures)
{
    return json_pack("{s:o, s:o, s:o, s:f, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "headline", global_text(figures, print_headline), "evidence",
                     global_text(figures, print_evidence), "networks", network_list(figures), "allowed_loss_points",
                     allowed_loss_points, "answers", answer_table(figures), "cheapest", cheapest_table(figures), "contest", ng_report_contest(figures),
                     "claims", ng_report_claims(figures), "extras", extra_table(figures),
                     "emulation", ng_report_emulation(figures), "emulation_text",
                     global_text(figures, ng_report_print_emulation));
}
