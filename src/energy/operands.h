/* operands.h: a layer's dot products as streams of operand words, one stream a lane. */
#ifndef NG_OPERANDS_H
#define NG_OPERANDS_H

#include "model/unit.h"
#include "src/accuracy/trace.h"

typedef struct {
    const ng_datapath *path;
    const ng_trace *trace;
    size_t output; /* of the layer: channel * rows + row */
    size_t column; /* of the next pair in its dot product */
} ng_operands;

/* The stream of lane `lane` of `lanes`. */
ng_operands ng_operands_start(const ng_datapath *path, const ng_trace *trace, size_t lane, size_t lanes);

/* The next operand words; true where a sum begins. Never ends. */
bool ng_operands_next(ng_operands *operands, uint64_t first[NG_OPERAND_LIMBS], uint64_t second[NG_OPERAND_LIMBS]);

/* Steps of one dot product. */
size_t ng_operands_steps(const ng_datapath *path, const ng_trace *trace);

#endif
