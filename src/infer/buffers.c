#include "src/infer/buffers.h"

#include <stdlib.h>

static void find_last_uses(ng_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        for (unsigned k = 0; k < plan->steps[i].inputs; k++) {
            if (plan->steps[i].in[k].tensor >= 0) {
                plan->tensors[plan->steps[i].in[k].tensor].last = i;
            }
        }
        plan->tensors[plan->steps[i].out.tensor].last = i;
    }
    plan->tensors[plan->output.tensor].last = plan->step_count;
}

/* Element-wise steps may write over an operand of the output's size that nobody reads any more. */
static bool take_over(ng_plan *plan, size_t index)
{
    const ng_step *step = &plan->steps[index];
    ng_tensor *out = &plan->tensors[step->out.tensor];
    const ng_operator_kind kind = ng_operator_kind_of(step->operation);
    if (kind != NG_KIND_UNARY && kind != NG_KIND_BINARY && step->operation != NG_OP_BatchNormalization) {
        return false;
    }
    for (unsigned k = 0; k < step->inputs; k++) {
        const int operand = step->in[k].tensor;
        if (operand >= 0 && plan->tensors[operand].last == index && plan->tensors[operand].count == out->count) {
            out->slot = plan->tensors[operand].slot;
            return true;
        }
    }
    return false;
}

/* The smallest free buffer that is large enough, else the largest free one enlarged, else a new one. */
static void place_tensor(ng_plan *plan, bool *used, ng_tensor *tensor)
{
    size_t best = plan->slot_count;
    for (size_t i = 0; i < plan->slot_count; i++) {
        if (used[i]) {
            continue;
        }
        const bool fits = plan->slots[i] >= tensor->count;
        const bool best_fits = best < plan->slot_count && plan->slots[best] >= tensor->count;
        if (best == plan->slot_count || (fits && (!best_fits || plan->slots[i] < plan->slots[best])) ||
            (!fits && !best_fits && plan->slots[i] > plan->slots[best])) {
            best = i;
        }
    }
    if (best == plan->slot_count) {
        plan->slots[plan->slot_count++] = 0;
    }
    plan->slots[best] = plan->slots[best] > tensor->count ? plan->slots[best] : tensor->count;
    tensor->slot = best;
}

static void assign_slots(ng_plan *plan, bool *used)
{
    place_tensor(plan, used, &plan->tensors[plan->input.tensor]);
    used[plan->tensors[plan->input.tensor].slot] = true;
    for (size_t i = 0; i < plan->step_count; i++) {
        const ng_step *step = &plan->steps[i];
        ng_tensor *out = &plan->tensors[step->out.tensor];
        if (!take_over(plan, i)) {
            place_tensor(plan, used, out);
        }
        for (unsigned k = 0; k < step->inputs; k++) {
            if (step->in[k].tensor >= 0 && plan->tensors[step->in[k].tensor].last == i) {
                used[plan->tensors[step->in[k].tensor].slot] = false;
            }
        }
        used[out->slot] = out->last > i;
    }
}

bool ng_buffers_assign(ng_plan *plan)
{
    bool *used = calloc(plan->tensor_count + 1, sizeof *used);
    if (used == NULL) {
        return false;
    }
    find_last_uses(plan);
    assign_slots(plan, used);
    free(used);
    return true;
}
