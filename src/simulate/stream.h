/* stream.h: the C side of the SystemC bench: a stimulus file in, the golden model's verdict and a JSON file out.
 * It names no type of model/, whose headers are C and not C++. Words are little-endian limbs as in model/unit.h. */
#ifndef NG_STREAM_H
#define NG_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "src/base/error.h"

enum { NG_STREAM_RESULT_LIMBS = 4 };

typedef struct ng_stream ng_stream;

typedef struct {
    uint64_t vectors;
    uint64_t seed;
    unsigned source_idle_pct;
    unsigned sink_busy_pct;
    unsigned first_bits; /* widths of the operand and result words */
    unsigned second_bits;
    unsigned result_bits;
} ng_stream_info;

/* One operand pair. `first` starts the accumulator anew; true for every unit but the MAC. */
typedef struct {
    bool first;
    const uint64_t *operand[2];
} ng_stream_vector;

/* What the bench counted, in clock cycles: cycles = vectors + input_stalls + output_stalls + drain_cycles. */
typedef struct {
    uint64_t cycles;
    uint64_t input_stalls;  /* the unit could take an operand pair, none was there */
    uint64_t output_stalls; /* an operand pair waited, its result had no place */
    uint64_t drain_cycles;  /* after the last operand pair, until the last result was judged */
    double seconds;         /* wall time of the simulation */
} ng_stream_counts;

/* Reads and checks a stimulus file (src/simulate/stream_format.h). NULL and an error of exit code 2, with file and byte
 * offset, for anything but a well-formed file; MAC sequences must begin with first = 1 and have at most `terms` steps. */
ng_stream *ng_stream_open(const char *path, ng_error *error);
void ng_stream_close(ng_stream *stream);

ng_stream_info ng_stream_about(const ng_stream *stream);

/* Vector `index`. Range: index < vectors. */
ng_stream_vector ng_stream_at(const ng_stream *stream, uint64_t index);

/* Compares the next result with the golden model; results come in the order of the vectors. Range: at most `vectors`
 * calls. False on a mismatch. */
bool ng_stream_judge(ng_stream *stream, const uint64_t result[NG_STREAM_RESULT_LIMBS]);

/* Results judged so far, and how many of them were wrong. */
uint64_t ng_stream_judged(const ng_stream *stream);
uint64_t ng_stream_mismatches(const ng_stream *stream);

/* Writes {vectors, mismatches, first_mismatch, cycles, input_stalls, output_stalls, drain_cycles, vectors_per_s}. */
bool ng_stream_report(const ng_stream *stream, const ng_stream_counts *counts, const char *path, ng_error *error);

#ifdef __cplusplus
}
#endif

#endif
