#include "src/estimate/terms.h"

/* Registers between the rows of a pipelined dot product, as the delay lines of rtl/parts/ have them: a lane's codes wait for its row;
 * a chain's sum is held after every `stage` rows and at the end; carries, signs, flags and scales wait for the end. */

/* What a lane's codes are when they wait; a looked-up weight is looked up before. */
static unsigned operand_bits(const ng_datapath *path)
{
    const bool looked_up = path->unit->family == NG_FAMILY_LOOKUP;
    return (looked_up ? ng_terms_parameter(path, "WeightBits") : path->weight->bits) + path->activation->bits;
}

/* Bits beside the chains that wait from the first edge to the last. */
static unsigned waiting_bits(const ng_datapath *path)
{
    if (path->unit->family != NG_FAMILY_BLOCK) {
        return path->flag_bits;
    }
    const bool special = path->weight->specials != NG_SPECIALS_NONE || path->activation->specials != NG_SPECIALS_NONE;
    return path->scale_bits + (path->weight->scale != NG_SCALE_BIASED8 ? 1 : 0) + (special ? 1 : 0);
}

double ng_terms_pipe_registers(const ng_datapath *path, const ng_chain_rows *rows)
{
    if (path->unit->kind != NG_UNIT_PIPE) {
        return 0;
    }
    const unsigned chain = ng_terms_chain_lanes(path);
    double sum = (double)path->latency * waiting_bits(path);
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        const unsigned turn = lane % chain / path->stage;
        const unsigned left = rows != NULL ? rows->digits + rows->signs : 0;
        sum += turn * operand_bits(path) + (path->latency - turn) * left;
    }
    if (rows != NULL) { /* the sums of a chain, of any length, are held `latency` times in all */
        sum += (double)ng_terms_chains(path) * path->latency * (rows->digits * rows->bits - rows->shorter);
    } else {
        const unsigned nets = path->weight->bits == 1 && path->activation->bits == 1 ? 1 : 2;
        sum += path->latency * ng_terms_bit_length(nets * path->lanes);
    }
    return sum;
}
