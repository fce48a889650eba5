// The generic bench around Verilated circuits: RTL and mapped netlist alike, any number of circuits in one top.
// ng_duts.inc (generated, src/verify/wrapper.c) lists the circuits as DUT(N, first bits, second bits).
#include "unit_bench.h"

#include <algorithm>
#include <type_traits>

#include "Vng_top.h"

namespace {

// Verilator stores a port in an unsigned integer up to 64 bits wide and in 32-bit words above.
// Bits above the port's width must be zero: Verilator leaves them to the caller.
template <typename Port> void load(Port &port, const uint64_t *word, unsigned width)
{
    if constexpr (std::is_integral_v<Port>) {
        port = static_cast<Port>(width < 64 ? word[0] & ((uint64_t{1} << width) - 1) : word[0]);
    } else {
        constexpr size_t words = sizeof(Port) / sizeof(EData);
        for (size_t i = 0; i < words; i++) {
            port[i] = static_cast<EData>(word[i / 2] >> (32 * (i % 2)));
        }
        if (width % 32 != 0) {
            port[words - 1] &= (EData{1} << (width % 32)) - 1;
        }
    }
}

template <typename Port> void store(const Port &port, uint64_t *result)
{
    std::fill_n(result, NG_RESULT_LIMBS, uint64_t{0});
    if constexpr (std::is_integral_v<Port>) {
        result[0] = port;
    } else {
        constexpr size_t words = sizeof(Port) / sizeof(EData);
        for (size_t i = 0; i < words; i++) {
            result[i / 2] |= static_cast<uint64_t>(port[i]) << (32 * (i % 2));
        }
    }
}

Vng_top *top_of(void *bench)
{
    return static_cast<Vng_top *>(bench);
}

} // namespace

double sc_time_stamp()
{
    return 0;
}

void *ng_bench_new(void)
{
    return new Vng_top;
}

void ng_bench_delete(void *bench)
{
    Vng_top *top = top_of(bench);
    top->final();
    delete top;
}

void ng_bench_load(void *bench, unsigned dut, int start, const uint64_t *first, const uint64_t *second)
{
    Vng_top *top = top_of(bench);
    switch (dut) {
#define DUT(n, first_bits, second_bits)                       \
    case n:                                                   \
        top->start##n##_i = start != 0;                   \
        load(top->first##n##_i, first, first_bits);    \
        load(top->second##n##_i, second, second_bits); \
        break;
#include "ng_duts.inc"
#undef DUT
    default: break;
    }
}

void ng_bench_settle(void *bench)
{
    top_of(bench)->eval();
}

void ng_bench_clock(void *bench)
{
    Vng_top *top = top_of(bench);
    top->clk_i = 0;
    top->eval();
    top->clk_i = 1;
    top->eval();
}

void ng_bench_read(void *bench, unsigned dut, uint64_t result[NG_RESULT_LIMBS])
{
    const Vng_top *top = top_of(bench);
    switch (dut) {
#define DUT(n, first_bits, second_bits)  \
    case n:                              \
        store(top->y##n##_o, result);    \
        break;
#include "ng_duts.inc"
#undef DUT
    default: break;
    }
}
