/* stimulus.h: what a circuit under test is fed.
 *
 * Cases come in sequences; a combinational unit has sequences of one step, a MAC's begin with first = 1 and run on.
 * Order: every pair of element codes for MUL; then the corners (pairs of corner codes in all lanes, alternating signs,
 * one lane alone, random mixes of corners; for a MAC the accumulator's extremes at `terms` steps; for CONVERT powers of
 * two, their neighbours and ties at every shift); then seeded random sequences that cycle through four distributions: uniform
 * codes, Gaussian quantised, two codes of each operand, near-cancelling pairs. Sequence s depends on (seed, s) alone, so a mismatch is
 * reproduced by the seed and the case index. Several streams share the sequences round-robin.
 */
#ifndef NG_STIMULUS_H
#define NG_STIMULUS_H

#include "model/unit.h"
#include "src/verify/random.h"

enum { NG_CORNERS_MAX = 32 };

/* The codes of a format where circuits break: ends, zeros, ones, subnormal and normal neighbours, specials. */
typedef struct {
    uint32_t code[NG_CORNERS_MAX];
    unsigned count;
} ng_corners;

typedef struct {
    bool first;
    uint64_t operand[2][NG_OPERAND_LIMBS];
} ng_step;

typedef struct {
    const ng_datapath *path;
    uint64_t seed;
    uint64_t streams;
    uint64_t wanted;    /* steps this stream gives at least */
    uint64_t given;     /* steps given so far */
    uint64_t sequence;  /* the running one */
    uint64_t position;  /* step inside it */
    uint64_t length;    /* of it */
    ng_random random;
    ng_step last;
    ng_corners corners[2];
    ng_gaussian gaussian[2];
} ng_stimulus;

ng_corners ng_corners_of(const ng_format *format);

/* Stream `stream` of `streams` that together give at least `cases` steps and all exhaustive and corner sequences. */
void ng_stimulus_start(ng_stimulus *stimulus, const ng_datapath *path, uint64_t seed, uint64_t cases, unsigned stream,
                       unsigned streams);

/* The same with the tables of another stream of the same call, which take far longer to fill than a stream of few steps. */
void ng_stimulus_fork(ng_stimulus *stimulus, const ng_stimulus *from, unsigned stream);

/* The next step; false when the stream has ended. */
bool ng_stimulus_next(ng_stimulus *stimulus, ng_step *step);

/* True if the sequences hold every pair of element codes (and, for blocks, every pair of scale codes), or every case there is. */
bool ng_stimulus_exhaustive(const ng_datapath *path);

#endif
