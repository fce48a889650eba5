/* transpose.h: bit matrices between "one word a case" and "one word a bit".
 *
 * Lane 8 j + m is bit j of word m of a block, so that eight lanes that follow each other are loaded at once.
 */
#ifndef NG_TRANSPOSE_H
#define NG_TRANSPOSE_H

#include "src/netlist/program.h"

/* A group of `width` (8, 16, 32, 64) bits of every lane: after ng_transpose() block b is bit b of all lanes; before it, word m
 * holds from bit width * k on the value of lane 8 (width k + b) + m. */
typedef struct {
    ng_block block[64];
} ng_tile;

/* 8, 16, 32 or 64: the smallest that holds `bits`. Range: bits 1..64. */
unsigned ng_tile_width(unsigned bits);

/* The values of lanes into a tile and back; only the low `width` bits of each count. Lanes from `count` on read 0, and are not
 * written. */
void ng_tile_load(ng_tile *tile, unsigned width, const uint64_t *words, size_t stride, size_t count);
void ng_tile_store(const ng_tile *tile, unsigned width, uint64_t *words, size_t stride, size_t count);

/* Swaps lanes and bits of the tile's first `width` blocks: its own inverse. */
void ng_transpose(ng_tile *tile, unsigned width);

/* A port's values of all lanes into the slots of its nets, and back: words as ng_evaluator_set() and ng_evaluator_get() take
 * them. */
void ng_port_load(ng_block *slots, const ng_port *port, const uint64_t *words, size_t stride, size_t count);
void ng_port_store(const ng_block *slots, const ng_port *port, uint64_t *words, size_t stride, size_t count);

#endif
