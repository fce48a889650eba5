/* The blossom algorithm against exhaustive search: every graph of five vertices, and random graphs of up to twelve. */
#include <check.h>
#include <stdlib.h>

#include "src/netlist/matching.h"
#include "tests/support/random.h"

enum { VERTICES_MAX = 12, RANDOM_GRAPHS = 3000 };

static bool joined(const ng_graph *graph, uint32_t a, uint32_t b)
{
    return (graph->adjacent[a * graph->words + b / 64] >> (b % 64) & 1) != 0;
}

/* Most edges among the vertices of `left`: the lowest stays alone, or takes one of its neighbours. */
static unsigned exhaustive(const ng_graph *graph, unsigned left)
{
    if (left == 0) {
        return 0;
    }
    const unsigned lowest = (unsigned)__builtin_ctz(left);
    unsigned best = exhaustive(graph, left & (left - 1));
    for (unsigned other = lowest + 1; other < graph->vertices; other++) {
        if ((left >> other & 1) != 0 && joined(graph, lowest, other)) {
            const unsigned with = 1 + exhaustive(graph, left & ~(1U << lowest) & ~(1U << other));
            best = with > best ? with : best;
        }
    }
    return best;
}

static void check_graph(const ng_graph *graph)
{
    uint32_t mate[VERTICES_MAX];
    ng_error error;
    unsigned ends = 0;
    for (unsigned i = 0; i < graph->vertices; i++) {
        mate[i] = NG_UNMATCHED;
    }
    ck_assert(ng_matching_extend(graph, mate, &error));
    for (unsigned i = 0; i < graph->vertices; i++) {
        if (mate[i] != NG_UNMATCHED) {
            ck_assert_uint_eq(mate[mate[i]], i);
            ck_assert(joined(graph, i, mate[i]));
            ends++;
        }
    }
    ck_assert_uint_eq(ends, 2 * exhaustive(graph, (1U << graph->vertices) - 1));
}

START_TEST(every_graph_of_five)
{
    ng_error error;
    for (unsigned edges = 0; edges < 1U << 10; edges++) {
        ng_graph graph;
        unsigned edge = 0;
        ck_assert(ng_graph_init(&graph, 5, &error));
        for (uint32_t a = 0; a < 5; a++) {
            for (uint32_t b = a + 1; b < 5; b++, edge++) {
                if ((edges >> edge & 1) != 0) {
                    ng_graph_join(&graph, a, b);
                }
            }
        }
        check_graph(&graph);
        ng_graph_free(&graph);
    }
}
END_TEST

START_TEST(random_graphs)
{
    ng_error error;
    for (unsigned i = 0; i < RANDOM_GRAPHS; i++) {
        uint64_t drawn = 0;
        ng_graph graph;
        ck_assert(ng_graph_init(&graph, 6 + i % 7, &error));
        const uint32_t density = 1 + i % 5;
        for (uint32_t a = 0; a < graph.vertices; a++) {
            for (uint32_t b = a + 1; b < graph.vertices; b++) {
                if (random_below(i, drawn++, 8) < density) {
                    ng_graph_join(&graph, a, b);
                }
            }
        }
        check_graph(&graph);
        ng_graph_free(&graph);
    }
}
END_TEST

/* Chained odd cycles: nested blossoms. Two triangles joined by an edge, and so on in a row: n/3 of them. */
START_TEST(chain_of_triangles)
{
    enum { TRIANGLES = 400 };
    ng_error error;
    ng_graph graph;
    uint32_t *mate = malloc(3 * TRIANGLES * sizeof *mate);
    unsigned ends = 0;
    ck_assert(ng_graph_init(&graph, 3 * TRIANGLES, &error));
    for (uint32_t i = 0; i < TRIANGLES; i++) {
        ng_graph_join(&graph, 3 * i, 3 * i + 1);
        ng_graph_join(&graph, 3 * i + 1, 3 * i + 2);
        ng_graph_join(&graph, 3 * i, 3 * i + 2);
        if (i > 0) {
            ng_graph_join(&graph, 3 * i - 1, 3 * i);
        }
    }
    for (unsigned i = 0; i < 3 * TRIANGLES; i++) {
        mate[i] = NG_UNMATCHED;
    }
    ck_assert(ng_matching_extend(&graph, mate, &error));
    for (unsigned i = 0; i < 3 * TRIANGLES; i++) {
        ends += mate[i] != NG_UNMATCHED;
    }
    ck_assert_uint_eq(ends, 3 * TRIANGLES);
    ng_graph_free(&graph);
    free(mate);
}
END_TEST

Suite *ng_suite_matching(void);

Suite *ng_suite_matching(void)
{
    Suite *suite = suite_create("matching");
    TCase *tcase = tcase_create("matching");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_graph_of_five);
    tcase_add_test(tcase, random_graphs);
    tcase_add_test(tcase, chain_of_triangles);
    suite_add_tcase(suite, tcase);
    return suite;
}
