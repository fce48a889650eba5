/* accuracy_options.h: the request that the options of accuracy and compare make. */
#ifndef NG_ACCURACY_OPTIONS_H
#define NG_ACCURACY_OPTIONS_H

#include "src/accuracy/accuracy.h"
#include "src/base/file.h"
#include "src/cli/cli.h"

/* What the request points to; not to be copied. */
typedef struct {
    ng_accuracy_request request; /* without source_hash and progress */
    char network[NG_PATH_SIZE];
    ng_option_formats formats;
    ng_format first;
    ng_format last;
} ng_accuracy_options;

/* Errors (exit 2): no --network, an unknown network or format. */
bool ng_accuracy_options_read(const ng_options *options, ng_accuracy_options *asked, ng_error *error);

#endif
