// stream_unit.h: the Verilated unit with a valid/ready stage around it.
//
// The units have no stall input, so the stage works with credits: an operand pair enters only when the FIFO behind has
// room for its result and for every result still in flight. One pair enters and one result leaves a cycle at most.
//
//   edge t      operands are put on the ports
//   edge t + 1  a combinational unit's result is taken; the MAC registers its operands
//   edge t + 2  the MAC's accumulator takes the sum
//   edge t + 3  the MAC's result is taken
//
// In a cycle without a pair the MAC is fed zeros with first = 0: the code 0 of an activation is zero in every format,
// and adding zero leaves the sum and the sticky flag as they are.
#ifndef NG_STREAM_UNIT_H
#define NG_STREAM_UNIT_H

#include <systemc.h>

#include "Vng_stream_top.h"
#include "sim/stream_link.h"
#include "sim/stream_port.h"

namespace stream {

class unit : public sc_core::sc_module
{
public:
    sc_core::sc_in<bool> clock{"clock"};
    sc_core::sc_fifo_in<operands> input{"input"};
    sc_core::sc_fifo_out<result> output{"output"};
    sc_core::sc_in<bool> sink_ready{"sink_ready"};
    sc_core::sc_in<bool> mismatch{"mismatch"}; // of the checker; for the waves alone
    Vng_stream_top top{"ng_stream_top"};

    // What the stage needs to know of the circuit.
    struct options {
        uint64_t vectors;
        bool clocked; // the unit is a MAC
        bool waves;   // the ports that only a VCD file shows are driven
    };

    SC_HAS_PROCESS(unit);
    unit(sc_core::sc_module_name name, const options &chosen)
        : sc_module(name), vectors(chosen.vectors), clocked(chosen.clocked), latency(chosen.clocked ? 3 : 1)
    {
        connect(chosen);
        SC_METHOD(tick);
        sensitive << clock.pos();
        dont_initialize();
    }

    // Complete when the simulation has ended, but for the time it took.
    const ng_stream_counts &counts() const { return counted; }

private:
    // Every change of an input makes Verilator evaluate the whole unit, so without waves the ports that do not matter
    // to it see a signal that never changes.
    void connect(const options &chosen)
    {
        if (chosen.clocked || chosen.waves) {
            top.clk_i(clock);
        } else {
            top.clk_i(still);
        }
        top.start_i(first);
        top.first_operand_i(first_operand);
        top.second_operand_i(second_operand);
        top.y_o(y);
        top.input_valid_i(chosen.waves ? input_valid : still);
        top.input_ready_i(chosen.waves ? input_ready : still);
        top.output_valid_i(chosen.waves ? output_valid : still);
        if (chosen.waves) {
            top.sink_ready_i(sink_ready);
            top.mismatch_i(mismatch);
        } else {
            top.sink_ready_i(still);
            top.mismatch_i(still);
        }
    }

    void tick()
    {
        counted.cycles++;
        deliver();
        const bool valid = input->num_available() > 0;
        const bool ready = output->num_free() > in_flight;
        input_valid.write(valid);
        input_ready.write(ready);
        if (valid && ready) {
            accept();
        } else {
            wait_empty(valid);
        }
    }

    // Takes the result of the pair that entered `latency` edges ago. The credits keep a place in the FIFO for it.
    void deliver()
    {
        const bool valid = (pipeline >> (latency - 1) & 1) != 0;
        pipeline <<= 1;
        output_valid.write(valid);
        if (valid) {
            result word;
            get(y, word.limb.data(), NG_STREAM_RESULT_LIMBS);
            sc_assert(output->nb_write(word));
            in_flight--;
        }
    }

    void accept()
    {
        operands pair;
        sc_assert(input->nb_read(pair));
        first.write(pair.first);
        put(first_operand, pair.operand[0]);
        put(second_operand, pair.operand[1]);
        pipeline |= 1;
        in_flight++;
        accepted++;
    }

    void wait_empty(bool valid)
    {
        if (clocked) {
            first.write(false);
            clear(first_operand);
            clear(second_operand);
        }
        if (accepted == vectors) {
            counted.drain_cycles++;
        } else if (valid) {
            counted.output_stalls++;
        } else {
            counted.input_stalls++;
        }
    }

    sc_core::sc_signal<bool> still{"still"};
    sc_core::sc_signal<bool> first{"first"};
    sc_core::sc_signal<bool> input_valid{"input_valid"};
    sc_core::sc_signal<bool> input_ready{"input_ready"};
    sc_core::sc_signal<bool> output_valid{"output_valid"};
    signal_of<decltype(Vng_stream_top::first_operand_i)> first_operand{"first_operand"};
    signal_of<decltype(Vng_stream_top::second_operand_i)> second_operand{"second_operand"};
    signal_of<decltype(Vng_stream_top::y_o)> y{"y"};
    const uint64_t vectors;
    const bool clocked;
    const int latency;
    uint32_t pipeline = 0; // bit i: a pair entered i + 1 edges ago
    int in_flight = 0;
    uint64_t accepted = 0;
    ng_stream_counts counted{};
};

} // namespace stream

#endif
