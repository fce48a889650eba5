/* spec.h: the `dataset:` mapping of a study file, or of a file of its own (docs/accuracy.md). */
#ifndef NG_SPEC_H
#define NG_SPEC_H

#include <cyaml/cyaml.h>

#include "src/data/dataset.h"

/* The mapping as it is written, for a study's schema. */
typedef struct {
    const char *kind;
    const char *test;
    const char *test_labels;
    const char *calibration;
    const char *calibration_labels;
    const char *channels;
    const char *layout;
    unsigned *resize;
    unsigned resize_count;
    unsigned *crop;
    unsigned crop_count;
    float *mean;
    unsigned mean_count;
    float *std;
    unsigned std_count;
} ng_spec_text;

extern const cyaml_schema_field_t ng_spec_fields[];

/* Checks the mapping of the file `path`. Errors: exit 2, naming the key. */
bool ng_spec_check(const char *path, const ng_spec_text *text, ng_data_spec *spec, ng_error *error);

/* Reads the `dataset:` mapping of a YAML file, whatever else is in it. Errors: exit 2, with file and line. */
bool ng_spec_load(const char *path, ng_data_spec *spec, ng_error *error);

#endif
