/* top.h: module ng_stream_top around the ng_top of src/verify/wrapper.h.
 *
 * It adds inputs for the handshake signals of the bench (input_valid_i, input_ready_i, output_valid_i, sink_ready_i,
 * mismatch_i), which go nowhere: a VCD file then shows them beside the inside of the unit. */
#ifndef NG_SIMULATE_TOP_H
#define NG_SIMULATE_TOP_H

#include "model/unit.h"
#include "src/base/error.h"

/* SystemVerilog text of ng_top and ng_stream_top. The caller frees *text. */
bool ng_stream_top_text(const ng_datapath *path, char **text, ng_error *error);

#endif
