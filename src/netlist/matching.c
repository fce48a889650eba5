#include "src/netlist/matching.h"

#include <stdlib.h>

/* The alternating tree of one search. Outer vertices are at even distance from the root; base[] is the lowest vertex of the
 * blossom a vertex was contracted into. */
typedef struct {
    const ng_graph *graph;
    uint32_t *mate;
    uint32_t *parent; /* of an inner vertex, or of an outer one inside a blossom: the outer vertex before it */
    uint32_t *base;
    uint32_t *queue;  /* outer vertices to be scanned */
    uint32_t *tree;   /* every vertex the search reached */
    uint32_t *stamp;  /* marks of common_base() and mark_path() */
    uint8_t *outer;
    uint8_t *reached;
    uint8_t *dead;    /* part of a failed search: on no augmenting path any more */
    size_t head;
    size_t tail;
    size_t tree_count;
    uint32_t now;
} search;

bool ng_graph_init(ng_graph *graph, size_t vertices, ng_error *error)
{
    const size_t words = vertices / 64 + 1;
    *graph = (ng_graph){vertices, words, calloc(vertices * words + 1, sizeof(uint64_t))};
    return graph->adjacent != NULL || ng_fail(error, NG_EXIT_MISSING, "matching: out of memory");
}

void ng_graph_free(ng_graph *graph)
{
    free(graph->adjacent);
    *graph = (ng_graph){0};
}

void ng_graph_join(ng_graph *graph, uint32_t a, uint32_t b)
{
    graph->adjacent[a * graph->words + b / 64] |= UINT64_C(1) << (b % 64);
    graph->adjacent[b * graph->words + a / 64] |= UINT64_C(1) << (a % 64);
}

static void reach(search *tree, uint32_t vertex)
{
    if (tree->reached[vertex] == 0) {
        tree->reached[vertex] = 1;
        tree->tree[tree->tree_count++] = vertex;
    }
}

static void make_outer(search *tree, uint32_t vertex)
{
    reach(tree, vertex);
    if (tree->outer[vertex] == 0) {
        tree->outer[vertex] = 1;
        tree->queue[tree->tail++] = vertex;
    }
}

/* Where the paths from two outer vertices to the root meet. */
static uint32_t common_base(search *tree, uint32_t a, uint32_t b)
{
    tree->now++;
    for (;;) {
        a = tree->base[a];
        tree->stamp[a] = tree->now;
        if (tree->mate[a] == NG_UNMATCHED) {
            break;
        }
        a = tree->parent[tree->mate[a]];
    }
    for (b = tree->base[b]; tree->stamp[b] != tree->now;) {
        b = tree->base[tree->parent[tree->mate[b]]];
    }
    return b;
}

/* Stamps the blossoms between an outer vertex and `base`, and turns the path's parents round. */
static void mark_path(search *tree, uint32_t vertex, uint32_t base, uint32_t child)
{
    while (tree->base[vertex] != base) {
        const uint32_t mate = tree->mate[vertex];
        tree->stamp[tree->base[vertex]] = tree->now;
        tree->stamp[tree->base[mate]] = tree->now;
        tree->parent[vertex] = child;
        child = mate;
        vertex = tree->parent[mate];
    }
}

/* Contracts the odd cycle that the edge a-b between two outer vertices closes. */
static void contract(search *tree, uint32_t a, uint32_t b)
{
    const uint32_t base = common_base(tree, a, b);
    tree->now++;
    mark_path(tree, a, base, b);
    mark_path(tree, b, base, a);
    const size_t count = tree->tree_count;
    for (size_t i = 0; i < count; i++) {
        const uint32_t vertex = tree->tree[i];
        if (tree->stamp[tree->base[vertex]] == tree->now) {
            tree->base[vertex] = base;
            make_outer(tree, vertex);
        }
    }
}

/* Looks along one edge; true if it leads to an unmatched vertex, which ends an augmenting path. */
static bool scan_edge(search *tree, uint32_t from, uint32_t to)
{
    if (tree->dead[to] != 0 || tree->base[from] == tree->base[to] || tree->mate[from] == to) {
        return false;
    }
    if (tree->outer[to] != 0) {
        contract(tree, from, to);
        return false;
    }
    if (tree->parent[to] != NG_UNMATCHED) {
        return false;
    }
    tree->parent[to] = from;
    reach(tree, to);
    if (tree->mate[to] == NG_UNMATCHED) {
        return true;
    }
    make_outer(tree, tree->mate[to]);
    return false;
}

/* Grows a tree from an unmatched root; the far end of an augmenting path, or NG_UNMATCHED. */
static uint32_t grow(search *tree, uint32_t root)
{
    make_outer(tree, root);
    while (tree->head < tree->tail) {
        const uint32_t from = tree->queue[tree->head++];
        const uint64_t *row = &tree->graph->adjacent[from * tree->graph->words];
        for (size_t word = 0; word < tree->graph->words; word++) {
            for (uint64_t left = row[word]; left != 0; left &= left - 1) {
                const uint32_t to = (uint32_t)(64 * word) + (uint32_t)__builtin_ctzll(left);
                if (scan_edge(tree, from, to)) {
                    return to;
                }
            }
        }
    }
    return NG_UNMATCHED;
}

static void augment(search *tree, uint32_t end)
{
    while (end != NG_UNMATCHED) {
        const uint32_t before = tree->parent[end];
        const uint32_t next = tree->mate[before];
        tree->mate[end] = before;
        tree->mate[before] = end;
        end = next;
    }
}

static void forget(search *tree, bool failed)
{
    for (size_t i = 0; i < tree->tree_count; i++) {
        const uint32_t vertex = tree->tree[i];
        tree->parent[vertex] = NG_UNMATCHED;
        tree->base[vertex] = vertex;
        tree->outer[vertex] = 0;
        tree->reached[vertex] = 0;
        tree->dead[vertex] = failed;
    }
    tree->head = tree->tail = tree->tree_count = 0;
}

static void run(search *tree)
{
    const size_t vertices = tree->graph->vertices;
    for (uint32_t i = 0; i < vertices; i++) {
        tree->parent[i] = NG_UNMATCHED;
        tree->base[i] = i;
    }
    for (uint32_t root = 0; root < vertices; root++) {
        if (tree->mate[root] == NG_UNMATCHED) {
            const uint32_t end = grow(tree, root);
            augment(tree, end);
            forget(tree, end == NG_UNMATCHED);
        }
    }
}

bool ng_matching_extend(const ng_graph *graph, uint32_t *mate, ng_error *error)
{
    const size_t count = graph->vertices + 1;
    uint32_t *words = calloc(5 * count, sizeof *words);
    uint8_t *bytes = calloc(3 * count, sizeof *bytes);
    const bool fine = words != NULL && bytes != NULL;
    if (fine) {
        search tree = {.graph = graph, .mate = mate, .parent = words, .base = words + count, .queue = words + 2 * count,
                       .tree = words + 3 * count, .stamp = words + 4 * count, .outer = bytes, .reached = bytes + count,
                       .dead = bytes + 2 * count};
        run(&tree);
    }
    free(words);
    free(bytes);
    return fine || ng_fail(error, NG_EXIT_MISSING, "matching: out of memory");
}
