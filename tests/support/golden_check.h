/* golden_check.h: drives any golden unit of model/ and compares each of its results with the oracle in tests/ref/.
 *
 * A suite names its unit, its pairs and its corners; the bodies stand here once. Each body adds to a tally, which the
 * test closes with tally_verdict() (golden_check_*() do). A mismatch is one line on stderr: unit, formats, case, seed,
 * operands, got and expected in hex; a case depends on its seed and index alone.
 */
#ifndef SUPPORT_GOLDEN_CHECK_H
#define SUPPORT_GOLDEN_CHECK_H

#include <check.h>

#include "model/unit.h"
#include "tests/ref/ref_round.h"

enum { TALLY_STOP_AT = 20, GOLDEN_SEED = 20230823, GOLDEN_TIMEOUT_S = 600 };

typedef struct {
    unsigned long cases;
    unsigned long mismatches;
} tally;

/* Counts one case; prints nothing. Returns ok. */
bool tally_case(tally *count, bool ok);

/* True once TALLY_STOP_AT mismatches were seen: bodies stop then. */
bool tally_full(const tally *count);

/* Prints "title: N cases" and fails the running test on a mismatch or when there was no case at all. */
void tally_verdict(const tally *count, const char *title);

/* True if model/units.def gives this family the pair. Stated a second time, from the words of that file. */
bool golden_family_fits(ng_family family, const ref_format *weight, const ref_format *activation);

/* What a body is run on. lanes and terms 0: the default. */
typedef struct {
    char unit[NG_UNIT_NAME_SIZE];
    ng_unit_kind kind;
    char weight[NG_FORMAT_NAME_SIZE];
    char activation[NG_FORMAT_NAME_SIZE];
    char output[NG_FORMAT_NAME_SIZE]; /* CONVERT only */
    unsigned lanes;
    unsigned terms;
} golden_case;

typedef void golden_body(tally *count, const golden_case *which);

/* MUL: every code against every code; blocks under scale codes that go through all ends. */
void golden_mul_every_code(tally *count, const golden_case *which);

/* MAC: `terms` steps of extremes, alternating signs, tiniest values, zeros, special codes, corners and random codes;
 * each step is compared. */
void golden_mac_steps(tally *count, const golden_case *which);

/* MAC: the same terms forwards, backwards and interleaved end in the same sum and flag. */
void golden_mac_order(tally *count, const golden_case *which);

/* DOT: the patterns of the MAC laid out in lanes, and one lane alone in each place. */
void golden_dot_lanes(tally *count, const golden_case *which);

/* DOT: permuted lanes give the same result. */
void golden_dot_order(tally *count, const golden_case *which);

/* CONVERT: at every shift the ends of the sum, powers of two and their neighbours, every value of the output, every
 * midpoint and their neighbours, and random sums of every length. */
void golden_convert_every_shift(tally *count, const golden_case *which);

/* How many formats are weights of the family: the loop tests of a suite run from 0 to this. */
int golden_weights(ng_family family);

/* CONVERT case of the unit whose output is weight number `index` of the family. */
golden_case golden_output(const char *unit, ng_family family, int index);

/* Runs a body on the family's weight number `index` with every activation it has, and closes the tally. */
void golden_check_weight(const golden_case *which, ng_family family, int index, golden_body *body);

/* Runs a body on a list of {weight, activation} and closes the tally. */
typedef struct {
    char weight[NG_FORMAT_NAME_SIZE];
    char activation[NG_FORMAT_NAME_SIZE];
} golden_pair;

void golden_check_pairs(const golden_case *which, const golden_pair *pairs, size_t length, golden_body *body);

/* Literal vectors: operand words in, result word out, as a person works them out. */
typedef struct {
    golden_pair pair;
    uint64_t first;
    uint64_t second;
    uint64_t result;
} golden_literal;

void golden_check_literals(const golden_case *which, const golden_literal *rows, size_t length);

/* A test case of the suite, with the time limit all of these suites have. */
TCase *golden_tcase(Suite *suite, const char *name);

#endif
