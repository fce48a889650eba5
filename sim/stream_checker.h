// stream_checker.h: takes results out of a FIFO, one a clock cycle at most and with random pauses, and has the golden
// model judge each; stops the simulation after the last.
#ifndef NG_STREAM_CHECKER_H
#define NG_STREAM_CHECKER_H

#include <systemc.h>

#include "sim/stream_link.h"

namespace stream {

class checker : public sc_core::sc_module
{
public:
    sc_core::sc_in<bool> clock{"clock"};
    sc_core::sc_fifo_in<result> input{"input"};
    sc_core::sc_out<bool> ready{"ready"};       // looks at the FIFO in this cycle
    sc_core::sc_out<bool> mismatch{"mismatch"}; // the last result was wrong

    SC_HAS_PROCESS(checker);
    checker(sc_core::sc_module_name name, ng_stream &stream)
        : sc_module(name), judge(stream), count(ng_stream_about(&stream).vectors),
          busy(ng_stream_about(&stream).seed, 1, ng_stream_about(&stream).sink_busy_pct)
    {
        SC_METHOD(tick);
        sensitive << clock.pos();
        dont_initialize();
    }

private:
    void tick()
    {
        result word;
        const bool looks = !busy();
        ready.write(looks);
        if (looks && input->nb_read(word)) {
            mismatch.write(!ng_stream_judge(&judge, word.limb.data()));
            if (ng_stream_judged(&judge) == count) {
                sc_core::sc_stop();
            }
        }
    }

    ng_stream &judge;
    const uint64_t count;
    chance busy;
};

} // namespace stream

#endif
