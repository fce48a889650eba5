/* dataset.h: labelled images by number, in the form in which a network takes them. */
#ifndef NG_DATASET_H
#define NG_DATASET_H

#include "src/base/hash.h"
#include "src/data/listing.h"
#include "src/data/prepare.h"
#include "src/data/samples.h"

typedef enum {
    NG_DATA_IDX = 0,     /* idx.h; a path is FOLDER/PART */
    NG_DATA_CIFAR10 = 1, /* cifar.h */
    NG_DATA_NPY = 2,     /* npy.h; images and labels are two paths */
    NG_DATA_IMAGES = 3   /* listing.h */
} ng_data_kind;

typedef enum {
    NG_LAYOUT_FOUND = 0, /* as the network's input shape says, [1][channels].. if both fit */
    NG_LAYOUT_NCHW = 1,
    NG_LAYOUT_NHWC = 2
} ng_layout;

/* Where images are and how they are prepared (spec.h reads it from a file). */
typedef struct {
    ng_data_kind kind;
    char test[NG_PATH_SIZE];
    char test_labels[NG_PATH_SIZE];
    char calibration[NG_PATH_SIZE];
    char calibration_labels[NG_PATH_SIZE];
    ng_preparation preparation;
    ng_layout layout;
} ng_data_spec;

typedef struct {
    size_t count;
    const uint32_t *labels;
    char name[NG_PATH_SIZE]; /* its path, for messages */
    ng_samples samples;      /* all kinds but files */
    ng_listing listing;      /* NG_DATA_IMAGES: read and decoded one by one */
    ng_preparation preparation;
    ng_placement target;        /* what the network takes, set by ng_dataset_fit() */
    size_t numbers;          /* of one input */
} ng_dataset;

/* The spec of a folder of IDX files: FOLDER/t10k to test, FOLDER/train to calibrate, bytes / 255. */
bool ng_data_spec_idx(const char *folder, ng_data_spec *spec, ng_error *error);

/* Opens the test set (or the calibration set), the first `limit` images (0: all). Errors as the readers'. Free with
 * ng_dataset_free(). */
bool ng_dataset_open(const ng_data_spec *spec, bool calibration, size_t limit, ng_dataset *set, ng_error *error);

void ng_dataset_free(ng_dataset *set);

/* Settles the layout for a network's input sizes, those behind the batch (axes 1 to `rank` of them): channels, rows and columns, or rows,
 * columns and channels, or any shape of as many numbers, filled in NCHW order. Errors (exit 2): the images, as prepared, do
 * not fit; for files this is found out image by image. `network` is for messages. */
bool ng_dataset_fit(ng_dataset *set, ng_layout layout, const size_t *sizes, unsigned rank, const char *network,
                    ng_error *error);

/* Image `index`, prepared, into out[set->numbers]. May be called from several threads. Range: index < count, after
 * ng_dataset_fit(). Errors: exit 2, exit 3 without memory. */
bool ng_dataset_fetch(const ng_dataset *set, size_t index, float *out, ng_error *error);

/* Adds the first `count` images, their labels and how they are prepared to a hash. */
bool ng_dataset_hash(const ng_dataset *set, const char *name, size_t count, ng_hash *hash, ng_error *error);

/* Adds to a hash what a run on the first `images` test images (0: all) and on at most `calibration` calibration images
 * depends on. */
bool ng_data_hash(const ng_data_spec *spec, size_t images, size_t calibration, ng_hash *hash, ng_error *error);

#endif
