// stream_bench.cpp: source -> sc_fifo -> unit -> sc_fifo -> checker, in SystemC, around one Verilated unit.
// Usage: bench STIMULUS REPORT [WAVES]    exit status 0 fine, 1 a mismatch, 2 bad input, 3 a file cannot be written.
// Compiled once a unit with NG_STREAM_CLOCKED (1: a MAC) and NG_STREAM_WAVES (1: --trace) by src/simulate/build.c.
#include <chrono>
#include <cstdio>
#include <memory>
#include <systemc.h>

#include "sim/stream_checker.h"
#include "sim/stream_source.h"
#include "sim/stream_unit.h"
#if NG_STREAM_WAVES
#include <verilated_vcd_sc.h>
#endif

namespace {

struct bench {
    explicit bench(ng_stream &stream)
        : source("source", stream),
          unit("unit", {ng_stream_about(&stream).vectors, NG_STREAM_CLOCKED != 0, NG_STREAM_WAVES != 0}),
          checker("checker", stream)
    {
        source.clock(clock);
        source.output(to_unit);
        unit.clock(clock);
        unit.input(to_unit);
        unit.output(to_checker);
        unit.sink_ready(sink_ready);
        unit.mismatch(mismatch);
        checker.clock(clock);
        checker.input(to_checker);
        checker.ready(sink_ready);
        checker.mismatch(mismatch);
    }

    sc_core::sc_clock clock{"clock", 10, sc_core::SC_NS, 0.5, 10, sc_core::SC_NS};
    sc_core::sc_signal<bool> sink_ready{"sink_ready"};
    sc_core::sc_signal<bool> mismatch{"mismatch"};
    sc_core::sc_fifo<stream::operands> to_unit{"to_unit", stream::fifo_depth};
    sc_core::sc_fifo<stream::result> to_checker{"to_checker", stream::fifo_depth};
    stream::source source;
    stream::unit unit;
    stream::checker checker;
};

ng_stream_counts simulate(ng_stream &stream, const char *waves)
{
    bench circuit(stream);
#if NG_STREAM_WAVES
    Verilated::traceEverOn(true);
    sc_core::sc_start(sc_core::SC_ZERO_TIME); // the trace file opens after elaboration
    VerilatedVcdSc trace;
    circuit.unit.top.trace(&trace, 99);
    trace.open(waves);
#else
    (void)waves;
#endif
    const auto begin = std::chrono::steady_clock::now();
    sc_core::sc_start();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
#if NG_STREAM_WAVES
    trace.close();
#endif
    circuit.unit.top.final();
    ng_stream_counts counts = circuit.unit.counts();
    counts.seconds = wall.count();
    return counts;
}

int complain(const ng_error &error)
{
    std::fprintf(stderr, "%s\n", error.text);
    return error.exit_code;
}

} // namespace

int sc_main(int count, char **words)
{
    ng_error error{};
    if (count != 3 + NG_STREAM_WAVES) {
        (void)ng_fail(&error, NG_EXIT_USAGE, "usage: bench STIMULUS REPORT%s", NG_STREAM_WAVES ? " WAVES" : "");
        return complain(error);
    }
    const std::unique_ptr<ng_stream, void (*)(ng_stream *)> stream(ng_stream_open(words[1], &error), ng_stream_close);
    if (stream == nullptr) {
        return complain(error);
    }
    const ng_stream_counts counts = simulate(*stream, NG_STREAM_WAVES ? words[3] : nullptr);
    if (!ng_stream_report(stream.get(), &counts, words[2], &error)) {
        return complain(error);
    }
    return ng_stream_mismatches(stream.get()) == 0 ? NG_EXIT_OK : NG_EXIT_CHECK;
}
