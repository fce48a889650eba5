/* rows.h: operand rows of one layer from the calibration images, for methods that work on it (src/quantize/method.h). */
#ifndef NG_ROWS_H
#define NG_ROWS_H

#include "src/accuracy/calibrate.h"

/* Rows that were read last, kept for the other groups of the layer. */
typedef struct {
    float *rows;  /* [groups][count][reduction] */
    size_t count;
    size_t layer;
} ng_kept_rows;

typedef struct {
    const ng_subject *subject;
    const size_t *order; /* the calibration images */
    size_t images;
    uint64_t seed;
    const ng_engine *engines[2]; /* by ng_prefix */
    size_t layer;                /* whose rows are read */
    ng_kept_rows kept[2];        /* by ng_prefix */
} ng_row_source;

/* The row reader of a task whose context is an ng_row_source. Row j comes from the j-th of `count` equal runs of all output
 * positions of all images. */
ng_row_reader ng_row_source_read;

void ng_row_source_free(ng_row_source *source);

#endif
