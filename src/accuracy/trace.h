/* trace.h: the operand codes of one quantised layer on the first test images, for benches and tests.
 *
 * Row r of the activations is the reduction of one output position (image, y, x), row c of the weights one output
 * channel; both run over (kernel row, kernel column, input channel), channel innermost. For block formats the rows
 * are padded with zeros to whole blocks, and may be in another order (src/quantize/weights.h). Output (r, c) of the layer is
 * the dot product of row r and row c. A layer of several groups has a row for each position and group, the group innermost:
 * row r * groups + group of c.
 */
#ifndef NG_TRACE_H
#define NG_TRACE_H

#include "model/unit.h"
#include "src/accuracy/subject.h"

typedef struct {
    const ng_format *format;
    size_t rows;
    size_t columns;     /* codes per row: the reduction, padded to whole blocks */
    uint8_t *codes;     /* [rows][columns] */
    uint8_t *scales;    /* [rows][columns / block]; NULL for scalar formats */
    float *row_scales;  /* fp32 scale of each row, scalar formats: value = code value * row_scale; that of the tensor in blocks of two levels */
} ng_trace_operand;

typedef struct {
    char name[64];      /* of the layer */
    size_t reduction;   /* before padding */
    size_t positions;   /* output positions per image */
    size_t groups;      /* rows of the activations per position */
    ng_trace_operand weights;
    ng_trace_operand activations;
    float *outputs;     /* [activations.rows / groups][weights.rows]: the layer's results, bias included */
    float *bias;        /* [weights.rows], zeros if the layer has none */
} ng_trace;

/* Runs the first request->images test images through the quantised network and keeps the operands of layer `layer`
 * (index into the record's layers). Range: images 1..64. Errors as ng_accuracy(); exit 2 for a layer past the last. */
bool ng_trace_layer(const ng_accuracy_request *request, unsigned layer, ng_trace *trace, ng_error *error);

/* The same with a subject and an engine that are there already. Range: the engine is not an fp32 one. */
bool ng_trace_make(const ng_subject *subject, const ng_engine *engine, unsigned layer, unsigned images, ng_trace *trace,
                   ng_error *error);

void ng_trace_free(ng_trace *trace);

/* True if the activations' row and the weights' row make an output: those of one group. */
bool ng_trace_pairs(const ng_trace *trace, size_t row, size_t channel);

/* The activations' row of an output position, counted over all images, for a channel. */
size_t ng_trace_row(const ng_trace *trace, size_t position, size_t channel);

/* Operand word of model/unit.h: `lanes` codes of a row from column `first` on, lane 0 lowest, and for block formats
 * the scale code above them. Columns past the end are code 0. Range: row < rows; lanes 1..64, and for block formats
 * lanes = block and first a multiple of it. */
void ng_trace_word(const ng_trace_operand *operand, size_t row, size_t first, unsigned lanes,
                   uint64_t word[NG_OPERAND_LIMBS]);

#endif
