/* stimulus.h: the stimulus file of the SystemC bench (src/simulate/stream_format.h), written record by record. */
#ifndef NG_SIMULATE_STIMULUS_H
#define NG_SIMULATE_STIMULUS_H

#include "src/simulate/layer.h"

/* Writes the file for a request; source says in words where the operands come from. A MAC's random sequences have 1 to
 * 64 steps (never more than `terms`); random operand bits are uniform, CONVERT's sums have a uniform length.
 * Errors: those of ng_layer_vectors() with a network, cannot write (exit 3). */
bool ng_stream_write(const ng_simulate_request *request, const char *file, char source[NG_SOURCE_TEXT_SIZE],
                     ng_error *error);

#endif
