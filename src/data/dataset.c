#include "src/data/dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/data/cifar.h"
#include "src/data/idx.h"
#include "src/data/npy.h"

bool ng_data_spec_idx(const char *folder, ng_data_spec *spec, ng_error *error)
{
    *spec = (ng_data_spec){.kind = NG_DATA_IDX};
    return ng_path(spec->test, error, "%s/t10k", folder) && ng_path(spec->calibration, error, "%s/train", folder);
}

/* ---- opening --------------------------------------------------------------------------------------------------- */

/* FOLDER/PART; the bytes change hands, the labels become numbers. */
static bool open_idx(const char *path, size_t limit, ng_samples *samples, ng_error *error)
{
    char folder[NG_PATH_SIZE];
    ng_images images;
    const char *slash = strrchr(path, '/');
    if (!ng_path(folder, error, "%.*s", slash != NULL ? (int)(slash - path) : 1, slash != NULL ? path : ".") ||
        !ng_images_load(folder, slash != NULL ? slash + 1 : path, limit, &images, error)) {
        return false;
    }
    *samples = (ng_samples){images.count, images.height, images.width, 1, images.images, NULL, NULL};
    samples->labels = malloc(images.count * sizeof *samples->labels);
    if (samples->labels == NULL) {
        ng_images_free(&images);
        *samples = (ng_samples){0};
        return ng_fail(error, NG_EXIT_MISSING, "%s: no memory for the labels", path);
    }
    for (size_t i = 0; i < images.count; i++) {
        samples->labels[i] = images.labels[i];
    }
    images.images = NULL;
    ng_images_free(&images);
    return true;
}

static bool open_files(const char *path, size_t limit, ng_dataset *set, ng_error *error)
{
    if (!ng_listing_load(path, &set->listing, error)) {
        return false;
    }
    set->count = limit != 0 && limit < set->listing.count ? limit : set->listing.count;
    set->labels = set->listing.labels;
    return true;
}

bool ng_dataset_open(const ng_data_spec *spec, bool calibration, size_t limit, ng_dataset *set, ng_error *error)
{
    const char *path = calibration ? spec->calibration : spec->test;
    const char *labels = calibration ? spec->calibration_labels : spec->test_labels;
    bool fine = false;
    *set = (ng_dataset){.preparation = spec->preparation};
    (void)snprintf(set->name, sizeof set->name, "%s", path);
    switch (spec->kind) {
    case NG_DATA_IDX: fine = open_idx(path, limit, &set->samples, error); break;
    case NG_DATA_CIFAR10: fine = ng_cifar_load(path, limit, &set->samples, error); break;
    case NG_DATA_NPY: fine = ng_npy_load(path, labels, limit, &set->samples, error); break;
    case NG_DATA_IMAGES: return open_files(path, limit, set, error);
    }
    set->count = set->samples.count;
    set->labels = set->samples.labels;
    return fine;
}

void ng_dataset_free(ng_dataset *set)
{
    ng_samples_free(&set->samples);
    ng_listing_free(&set->listing);
    *set = (ng_dataset){0};
}

/* ---- fitting a network ----------------------------------------------------------------------------------------- */

static size_t channels_wanted(const ng_dataset *set)
{
    switch (set->preparation.order) {
    case NG_CHANNELS_GREY: return 1;
    case NG_CHANNELS_RGB:
    case NG_CHANNELS_BGR: return NG_CHANNELS_MOST;
    case NG_CHANNELS_STORED: break;
    }
    return set->listing.files != NULL ? NG_CHANNELS_MOST : set->samples.channels;
}

static size_t count_of(const size_t *sizes, unsigned rank)
{
    size_t count = 1;
    for (unsigned i = 0; i < rank; i++) {
        count *= sizes[i];
    }
    return count;
}

/* Pixels after preparation where that does not depend on the picture; 0 otherwise. */
static size_t side_of(const ng_dataset *set, unsigned axis, size_t stored)
{
    const ng_preparation *p = &set->preparation;
    return p->crop[axis] != 0 ? p->crop[axis] : p->resize[1] != 0 ? p->resize[axis] : p->resize[0] != 0 ? 0 : stored;
}

bool ng_dataset_fit(ng_dataset *set, ng_layout layout, const size_t *sizes, unsigned rank, const char *network,
                    ng_error *error)
{
    const size_t channels = channels_wanted(set);
    const bool map = rank == 3;
    const bool first = map && layout != NG_LAYOUT_NHWC && sizes[0] == channels;
    const bool last = map && !first && layout != NG_LAYOUT_NCHW && sizes[2] == channels;
    set->numbers = count_of(sizes, rank);
    if (set->samples.floats != NULL) {
        return set->numbers == set->samples.width || ng_fail(error, NG_EXIT_USAGE, "%s: takes %zu numbers, an array of %s has %zu",
                                                             network, set->numbers, set->name, set->samples.width);
    }
    set->target = (ng_placement){.channels = channels, .channels_last = last || (!map && layout == NG_LAYOUT_NHWC)};
    if (map) {
        set->target.height = sizes[last ? 0 : 1];
        set->target.width = sizes[last ? 1 : 2];
    } else {
        set->target.height = side_of(set, 0, set->samples.height);
        set->target.width = side_of(set, 1, set->samples.width);
    }
    const size_t height = side_of(set, 0, set->samples.height);
    const size_t width = side_of(set, 1, set->samples.width);
    const bool fits = (!map || first || last) && set->target.height * set->target.width * channels == set->numbers &&
                      (height == 0 || height == set->target.height) && (width == 0 || width == set->target.width);
    return fits || ng_fail(error, NG_EXIT_USAGE, "%s: does not take the images of %s, %zu x %zu pixels of %zu channel%s", network,
                           set->name, height, width, channels, channels == 1 ? "" : "s");
}

bool ng_dataset_fetch(const ng_dataset *set, size_t index, float *out, ng_error *error)
{
    const ng_samples *s = &set->samples;
    if (s->floats != NULL) {
        memcpy(out, s->floats + index * set->numbers, set->numbers * sizeof *out);
        return true;
    }
    if (set->listing.files == NULL) {
        const ng_picture picture = {s->height, s->width, s->channels, s->bytes + index * s->height * s->width * s->channels};
        return ng_prepare(set->name, &picture, &set->preparation, &set->target, out, error);
    }
    ng_picture picture;
    if (!ng_picture_read(set->listing.files[index], &picture, error)) {
        return false;
    }
    ng_preparation preparation = set->preparation;
    if (preparation.order == NG_CHANNELS_STORED) {
        preparation.order = NG_CHANNELS_RGB; /* files differ, the network does not */
    }
    const bool fine = ng_prepare(set->listing.files[index], &picture, &preparation, &set->target, out, error);
    ng_picture_free(&picture);
    return fine;
}

/* ---- hashing --------------------------------------------------------------------------------------------------- */

static void hash_preparation(const ng_dataset *set, ng_hash *hash)
{
    const ng_preparation *p = &set->preparation;
    char text[256];
    (void)snprintf(text, sizeof text, "resize %zu %zu crop %zu %zu channels %d", p->resize[0], p->resize[1], p->crop[0],
                   p->crop[1], (int)p->order);
    ng_hash_text(hash, "preparation", text);
    for (unsigned i = 0; p->normalised && i < NG_CHANNELS_MOST; i++) {
        (void)snprintf(text, sizeof text, "%a %a", (double)p->mean[i], (double)p->std[i]);
        ng_hash_text(hash, "mean and std", text);
    }
    (void)snprintf(text, sizeof text, "%zu %zu %zu %d", set->target.height, set->target.width, set->target.channels,
                   set->target.channels_last);
    ng_hash_text(hash, "target", text);
}

bool ng_dataset_hash(const ng_dataset *set, const char *name, size_t count, ng_hash *hash, ng_error *error)
{
    const ng_samples *s = &set->samples;
    const size_t each = s->height * s->width * s->channels;
    hash_preparation(set, hash);
    ng_hash_bytes(hash, "labels", set->labels, count * sizeof *set->labels);
    if (s->floats != NULL) {
        ng_hash_bytes(hash, name, s->floats, count * each * sizeof *s->floats);
    } else if (set->listing.files == NULL) {
        ng_hash_number(hash, "channels", (long long)s->channels);
        ng_hash_bytes(hash, name, s->bytes, count * each);
    }
    bool fine = true;
    for (size_t i = 0; fine && set->listing.files != NULL && i < count; i++) {
        fine = ng_hash_file(hash, name, set->listing.files[i], error);
    }
    return fine;
}

static bool hash_set(const ng_data_spec *spec, bool calibration, size_t limit, ng_hash *hash, ng_error *error)
{
    ng_dataset set;
    if (!ng_dataset_open(spec, calibration, limit, &set, error)) {
        return false;
    }
    const bool fine = ng_dataset_hash(&set, calibration ? "calibration images" : "test images", set.count, hash, error);
    ng_dataset_free(&set);
    return fine;
}

bool ng_data_hash(const ng_data_spec *spec, size_t images, size_t calibration, ng_hash *hash, ng_error *error)
{
    return hash_set(spec, false, images, hash, error) && hash_set(spec, true, calibration, hash, error);
}
