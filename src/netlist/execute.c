#include "src/base/vectorise.h"
#include "src/netlist/program.h"

NG_VECTORISED void ng_listing_execute(const ng_listing *listing, ng_block *slots)
{
    for (size_t i = 0; i < listing->count; i++) {
        const ng_instruction *next = &listing->instructions[i];
        const ng_block *first = &slots[next->in[0]];
        const ng_block *second = &slots[next->in[1]];
        ng_block *out = &slots[next->out];
        switch (next->op) {
        case NG_GATE_COPY: *out = *first; break;
        case NG_GATE_NOT: *out = ~*first; break;
        case NG_GATE_AND: *out = *first & *second; break;
        case NG_GATE_AND_NOT: *out = *first & ~*second; break;
        case NG_GATE_OR: *out = *first | *second; break;
        case NG_GATE_OR_NOT: *out = *first | ~*second; break;
        case NG_GATE_XOR: *out = *first ^ *second; break;
        case NG_GATE_XNOR: *out = ~(*first ^ *second); break;
        case NG_GATE_NAND: *out = ~(*first & *second); break;
        case NG_GATE_NOR: *out = ~(*first | *second); break;
        case NG_GATE_MUX: *out = *first ^ ((*first ^ *second) & slots[next->in[2]]); break;
        }
    }
}
