/* matching.h: maximum-cardinality matching in a general graph, by Edmonds' blossom algorithm. */
#ifndef NG_MATCHING_H
#define NG_MATCHING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

#define NG_UNMATCHED UINT32_MAX

/* An undirected graph as a bit matrix: vertices^2 / 8 bytes. */
typedef struct {
    size_t vertices;
    size_t words;       /* of a row */
    uint64_t *adjacent; /* [vertices][words] */
} ng_graph;

/* A graph without edges. Error: out of memory (exit 3). Free with ng_graph_free(). */
bool ng_graph_init(ng_graph *graph, size_t vertices, ng_error *error);
void ng_graph_free(ng_graph *graph);

/* Adds the edge a-b. Range: a != b. */
void ng_graph_join(ng_graph *graph, uint32_t a, uint32_t b);

/* Extends the matching mate[vertices] (the other end of a vertex's edge, or NG_UNMATCHED) to one of maximum cardinality:
 * no other has more edges. Vertices matched before stay matched. A search that fails removes its vertices for good, which
 * keeps dense graphs of thousands of vertices well below a second. Error: out of memory (exit 3). */
bool ng_matching_extend(const ng_graph *graph, uint32_t *mate, ng_error *error);

#endif
