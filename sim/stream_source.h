// stream_source.h: sends the vectors of a stimulus file into a FIFO, one a clock cycle at most, with random pauses.
#ifndef NG_STREAM_SOURCE_H
#define NG_STREAM_SOURCE_H

#include <systemc.h>

#include "sim/stream_link.h"

namespace stream {

class source : public sc_core::sc_module
{
public:
    sc_core::sc_in<bool> clock{"clock"};
    sc_core::sc_fifo_out<operands> output{"output"};

    SC_HAS_PROCESS(source);
    source(sc_core::sc_module_name name, const ng_stream &stream)
        : sc_module(name), stimulus(stream), count(ng_stream_about(&stream).vectors),
          idle(ng_stream_about(&stream).seed, 0, ng_stream_about(&stream).source_idle_pct)
    {
        SC_METHOD(tick);
        sensitive << clock.pos();
        dont_initialize();
    }

private:
    void tick()
    {
        if (sent < count && !idle() && output->nb_write(ng_stream_at(&stimulus, sent))) {
            sent++;
        }
    }

    const ng_stream &stimulus;
    const uint64_t count;
    chance idle;
    uint64_t sent = 0;
};

} // namespace stream

#endif
