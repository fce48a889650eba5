// stream_link.h: what travels through the FIFOs of the SystemC bench, and the seeded chance behind the back-pressure.
#ifndef NG_STREAM_LINK_H
#define NG_STREAM_LINK_H

#include <array>
#include <cstdint>
#include <ostream>
#include <random>

#include "src/simulate/stream.h"

namespace stream {

using operands = ng_stream_vector;

struct result {
    std::array<uint64_t, NG_STREAM_RESULT_LIMBS> limb;
};

// Deeper than the longest pipeline (the MAC's) has results in flight, so that a full FIFO does not cost throughput.
constexpr int fifo_depth = 8;

// True with a probability of `percent`; the sequence depends on (seed, stream) alone.
class chance
{
public:
    chance(uint64_t seed, uint64_t stream, unsigned pct) : generator(seed * 2 + stream), percent(pct) {}
    bool operator()() { return percent != 0 && generator() % 100 < percent; }

private:
    std::mt19937_64 generator;
    const unsigned percent;
};

} // namespace stream

// sc_fifo asks for these to print its content.
inline std::ostream &operator<<(std::ostream &out, const ng_stream_vector &vector)
{
    return out << std::hex << vector.operand[0][0] << ' ' << vector.operand[1][0] << std::dec;
}

namespace stream {
inline std::ostream &operator<<(std::ostream &out, const result &word)
{
    return out << std::hex << word.limb[0] << std::dec;
}
} // namespace stream

#endif
