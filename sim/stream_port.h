// stream_port.h: operand words to and from the ports of a Verilated SystemC module, whatever type the width gave them:
// bool or an unsigned integer up to 64 bits, sc_bv above.
#ifndef NG_STREAM_PORT_H
#define NG_STREAM_PORT_H

#include <cstdint>
#include <systemc.h>
#include <type_traits>

namespace stream {

// The signal that fits a port; Verilator declares its ports as references.
template <typename Port> using signal_of = sc_core::sc_signal<typename std::remove_reference_t<Port>::data_type>;

// Writes limbs that are zero above the port's width.
template <typename Value> void put(sc_core::sc_signal<Value> &signal, const uint64_t *limbs)
{
    if constexpr (std::is_integral_v<Value>) {
        signal.write(static_cast<Value>(limbs[0]));
    } else {
        Value value;
        for (int i = 0; i < value.size(); i++) {
            value.set_word(i, static_cast<sc_dt::sc_digit>(limbs[i / 2] >> (32 * (i % 2))));
        }
        signal.write(value);
    }
}

template <typename Value> void clear(sc_core::sc_signal<Value> &signal)
{
    signal.write(Value());
}

// Reads into limbs, zero-extended. Range: the signal has at most 64 * count bits.
template <typename Value> void get(const sc_core::sc_signal<Value> &signal, uint64_t *limbs, int count)
{
    for (int i = 0; i < count; i++) {
        limbs[i] = 0;
    }
    if constexpr (std::is_integral_v<Value>) {
        limbs[0] = signal.read();
    } else {
        const Value &value = signal.read();
        for (int i = 0; i < value.size(); i++) {
            limbs[i / 2] |= static_cast<uint64_t>(value.get_word(i)) << (32 * (i % 2));
        }
    }
}

} // namespace stream

#endif
