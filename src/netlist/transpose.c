#include "src/netlist/transpose.h"

#include <string.h>

#include "src/base/vectorise.h"

unsigned ng_tile_width(unsigned bits)
{
    unsigned width = 8;
    while (width < bits) {
        width *= 2;
    }
    return width;
}

static uint64_t low_bits(unsigned width)
{
    return width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

/* The words of eight lanes, those from `count` on 0. */
NG_INLINE void load_eight(ng_block *eight, const uint64_t *words, size_t stride, size_t first, size_t count)
{
    uint64_t values[NG_BLOCK_WORDS] = {0};
    if (stride == 1 && first + NG_BLOCK_WORDS <= count) {
        memcpy(values, words + first, sizeof values);
    } else {
        for (size_t m = 0; m < NG_BLOCK_WORDS && first + m < count; m++) {
            values[m] = words[(first + m) * stride];
        }
    }
    memcpy(eight, values, sizeof values);
}

NG_INLINE void store_eight(const ng_block *eight, uint64_t *words, size_t stride, size_t first, size_t count)
{
    if (stride == 1 && first + NG_BLOCK_WORDS <= count) {
        memcpy(words + first, eight, sizeof *eight);
        return;
    }
    for (size_t m = 0; m < NG_BLOCK_WORDS && first + m < count; m++) {
        words[(first + m) * stride] = (*eight)[m];
    }
}

NG_VECTORISED void ng_tile_load(ng_tile *tile, unsigned width, const uint64_t *words, size_t stride, size_t count)
{
    const uint64_t mask = low_bits(width);
    for (unsigned row = 0; row < width; row++) {
        ng_block packed = {0};
        for (unsigned at = 0; at < 64; at += width) {
            ng_block eight;
            load_eight(&eight, words, stride, NG_BLOCK_WORDS * (size_t)(at + row), count);
            packed |= (eight & mask) << at;
        }
        tile->block[row] = packed;
    }
}

NG_VECTORISED void ng_tile_store(const ng_tile *tile, unsigned width, uint64_t *words, size_t stride, size_t count)
{
    const uint64_t mask = low_bits(width);
    for (unsigned row = 0; row < width; row++) {
        for (unsigned at = 0; at < 64; at += width) {
            const ng_block eight = tile->block[row] >> at & mask;
            store_eight(&eight, words, stride, NG_BLOCK_WORDS * (size_t)(at + row), count);
        }
    }
}

/* Swaps the off-diagonal quarters of ever smaller squares. The larger ones are swapped already: that is how lanes are packed. */
NG_VECTORISED void ng_transpose(ng_tile *tile, unsigned width)
{
    for (unsigned size = width / 2; size != 0; size /= 2) {
        const uint64_t mask = UINT64_MAX / ((UINT64_C(1) << size) + 1);
        for (unsigned i = 0; i < width; i = (i + size + 1) & ~size) {
            const ng_block swap = (tile->block[i] >> size ^ tile->block[i + size]) & mask;
            tile->block[i] ^= swap << size;
            tile->block[i + size] ^= swap;
        }
    }
}

/* Bits of a port in one limb of its words. */
static unsigned bits_in_limb(const ng_port *port, unsigned limb)
{
    return port->width - 64 * limb < 64 ? port->width - 64 * limb : 64;
}

void ng_port_load(ng_block *slots, const ng_port *port, const uint64_t *words, size_t stride, size_t count)
{
    for (unsigned limb = 0; 64 * limb < port->width; limb++) {
        ng_tile tile;
        const unsigned bits = bits_in_limb(port, limb);
        const unsigned width = ng_tile_width(bits);
        ng_tile_load(&tile, width, words + limb, stride, count);
        ng_transpose(&tile, width);
        for (unsigned bit = 0; bit < bits; bit++) {
            slots[port->bits[64 * limb + bit]] = tile.block[bit];
        }
    }
}

void ng_port_store(const ng_block *slots, const ng_port *port, uint64_t *words, size_t stride, size_t count)
{
    for (unsigned limb = 0; 64 * limb < port->width; limb++) {
        ng_tile tile;
        const unsigned bits = bits_in_limb(port, limb);
        const unsigned width = ng_tile_width(bits);
        for (unsigned bit = 0; bit < width; bit++) {
            tile.block[bit] = slots[bit < bits ? port->bits[64 * limb + bit] : NG_NET_ZERO];
        }
        ng_transpose(&tile, width);
        ng_tile_store(&tile, width, words + limb, stride, count);
    }
}
