/* expected.h: the committed costs of some designs (tests/expected/cost.csv), and how today's differ from them.
 *
 * The file: a line "# yosys VERSION", the line of columns, then one design a line:
 *   unit,weights,activations,lanes,chain,target,lut_cells,honest_sites,carry,ff,depth
 * unit is a kind (mul, mac, dot, convert, ...); lanes and chain 0 stand for the default. The first six columns say what is priced,
 * so the file is its own list of designs; a new line may end after them, behind the sixth comma.
 */
#ifndef NG_EXPECTED_H
#define NG_EXPECTED_H

#include "model/unit.h"
#include "src/base/error.h"

enum { NG_EXPECTED_MAX = 256, NG_EXPECTED_COUNTS = 5, NG_EXPECTED_NAME_SIZE = 64 };

typedef struct {
    char unit[NG_EXPECTED_NAME_SIZE];
    char weights[NG_EXPECTED_NAME_SIZE];
    char activations[NG_EXPECTED_NAME_SIZE];
    unsigned lanes;
    unsigned chain;
    char target[NG_EXPECTED_NAME_SIZE];
    long counts[NG_EXPECTED_COUNTS]; /* -1: not there */
} ng_expected_row;

typedef struct {
    char yosys[128];
    ng_expected_row rows[NG_EXPECTED_MAX];
    size_t count;
} ng_expected;

/* "lut_cells", "honest_sites", "carry", "ff", "depth". */
const char *ng_expected_column(size_t count);

/* Reads a file. Errors (exit 2, with the line): other columns, a field too many or too long, no number where one is due, more
 * lines than NG_EXPECTED_MAX. */
bool ng_expected_read(const char *path, ng_expected *expected, ng_error *error);

/* Writes it. */
bool ng_expected_write(const char *path, const ng_expected *expected, ng_error *error);

/* Synthesises and counts a row's design: its five counts. Errors: a name that is none (exit 2), those of ng_cost(). */
bool ng_expected_price(const ng_expected_row *row, const char *rtl, long counts[NG_EXPECTED_COUNTS], ng_error *error);

#endif
