#include "src/energy/operands.h"

/* Output positions of all images. */
static size_t positions(const ng_trace *trace)
{
    return trace->activations.rows / trace->groups;
}

static size_t outputs(const ng_trace *trace)
{
    return positions(trace) * trace->weights.rows;
}

ng_operands ng_operands_start(const ng_datapath *path, const ng_trace *trace, size_t lane, size_t lanes)
{
    return (ng_operands){.path = path, .trace = trace, .output = outputs(trace) * lane / lanes};
}

/* Sums of a block format end with the block: products that share no scale share no accumulator. */
static bool begins(const ng_operands *operands)
{
    const unsigned block = operands->path->weight->block;
    return operands->path->unit->kind != NG_UNIT_MAC || operands->column == 0 ||
           (block != 0 && operands->column % block == 0);
}

bool ng_operands_next(ng_operands *operands, uint64_t first[NG_OPERAND_LIMBS], uint64_t second[NG_OPERAND_LIMBS])
{
    const ng_trace *trace = operands->trace;
    const unsigned lanes = operands->path->lanes;
    const bool begin = begins(operands);
    const size_t channel = operands->output / positions(trace);
    const size_t row = ng_trace_row(trace, operands->output % positions(trace), channel);
    ng_trace_word(&trace->weights, channel, operands->column, lanes, first);
    ng_trace_word(&trace->activations, row, operands->column, lanes, second);
    operands->column += lanes;
    if (operands->column >= trace->weights.columns) {
        operands->column = 0;
        operands->output = (operands->output + 1) % outputs(trace);
    }
    return begin;
}

size_t ng_operands_steps(const ng_datapath *path, const ng_trace *trace)
{
    return (trace->weights.columns + path->lanes - 1) / path->lanes;
}
