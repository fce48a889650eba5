/* energy.h: a relative measure of a circuit's dynamic energy on the operands of a real network, one store record (kind
 * "energy").
 *
 *   proxy = sum over nets of toggles x fan-out, per MAC       (src/netlist/toggles.h; docs/energy.md)
 *
 * It counts charged inputs, in units of one: no capacitances, wires, clock or leakage, so only quotients of two circuits on the
 * same target mean anything. zero_delay is a lower bound; unit_delay holds glitches.
 *
 * Streams: every quantised layer of the network, on the first test images. Each of the evaluator's lanes runs `products`
 * whole dot products one after the other, operand pair by operand pair in the order of the reduction; lane i begins with
 * output i / lanes of the layer (channel by channel, in a channel position by position), outputs start again at 0 behind the
 * last. The figures of the layers are averaged with the MACs an image takes of each as weights.
 *
 * Fields: unit, weights, activations, lanes, terms, target, network, calibration, images, products, seed, zero_delay,
 * unit_delay {toggles_per_mac, proxy_per_mac}, glitch_factor (unit_delay over zero_delay), layers [{name, macs_per_image,
 * cycles, zero_delay, unit_delay}], yosys, netlist_sha256, network_sha256, data_sha256.
 */
#ifndef NG_ENERGY_H
#define NG_ENERGY_H

#include <jansson.h>

#include "src/accuracy/accuracy.h"
#include "src/cost/cost.h"

enum { NG_ENERGY_IMAGES = 4, NG_ENERGY_PRODUCTS = 4 };

typedef struct {
    const ng_accuracy_request *operands; /* network, data, formats, calibration, seed; images 1..64 */
    unsigned products;                   /* dot products a lane */
    const char *source_hash;             /* of the code that counts; part of the key */
} ng_energy_request;

/* The record: from the store, or counted and stored. path is of the request's formats. cost: the circuit's cost record, whose
 * netlist is run. *record is a new reference. Errors: those of ng_accuracy() and ng_cost_netlist(); exit 2 for a convert
 * unit, and for a layer whose sums the accumulator has no room for. */
bool ng_energy(const ng_datapath *path, const ng_target *target, const json_t *cost, const ng_energy_request *request,
               json_t **record, ng_error *error);

#endif
