#include "src/accuracy/subject.h"

#include <string.h>

enum { POOL = 4 }; /* calibration draws its images from so many times as many */

static void base_name(const char *path, char name[NG_LABEL_SIZE])
{
    const char *slash = strrchr(path, '/');
    const char *start = slash != NULL ? slash + 1 : path;
    size_t length = 0;
    for (; start[length] != 0 && start[length] != '.' && length < NG_LABEL_SIZE - 1; length++) {
        name[length] = start[length] >= ' ' && start[length] <= '~' ? start[length] : '?';
    }
    name[length] = 0;
}

static bool hash_network(ng_subject *subject, const ng_accuracy_request *request, ng_error *error)
{
    ng_hash hash;
    ng_hash_start(&hash);
    const bool fine = ng_hash_file(&hash, "network", request->network, error);
    ng_hash_end(&hash, subject->network_sha256);
    return fine;
}

static void hash_data(ng_subject *subject)
{
    ng_hash hash;
    const ng_images *test = &subject->test;
    const ng_images *train = &subject->train;
    ng_hash_start(&hash);
    ng_hash_bytes(&hash, "test images", test->images, test->count * test->height * test->width);
    ng_hash_bytes(&hash, "test labels", test->labels, test->count);
    ng_hash_bytes(&hash, "calibration images", train->images, train->count * train->height * train->width);
    ng_hash_end(&hash, subject->data_sha256);
}

/* One grey image in, one row of class scores out, and a score for every label. */
static bool check_fit(const ng_subject *subject, const ng_accuracy_request *request, ng_error *error)
{
    const ng_shape *in = &subject->plan.input.shape;
    const ng_shape *out = &subject->plan.output.shape;
    const ng_images *test = &subject->test;
    if (in->rank != 4 || in->size[1] != 1 || in->size[2] != test->height || in->size[3] != test->width ||
        subject->train.height != test->height || subject->train.width != test->width) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: does not take the images of %s, %zu x %zu grey pixels", request->network,
                       request->data, test->height, test->width);
    }
    for (size_t i = 0; i < test->count; i++) {
        if (out->rank != 2 || test->labels[i] >= out->size[1]) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: has no score for label %u of test image %zu", request->network,
                           test->labels[i], i);
        }
    }
    if (request->images > test->count) {
        return ng_fail(error, NG_EXIT_USAGE, "%u images asked for, the test set has %zu", request->images, test->count);
    }
    return true;
}

static bool load(ng_subject *subject, const ng_accuracy_request *request, ng_error *error)
{
    const unsigned count = request->calibration_images != 0 ? request->calibration_images : NG_CALIBRATION_IMAGES;
    base_name(request->network, subject->name);
    if (!hash_network(subject, request, error) || !ng_network_load(request->network, &subject->network, error) ||
        !ng_plan_init(&subject->plan, &subject->network, error) ||
        !ng_images_load(request->data, "t10k", 0, &subject->test, error) ||
        !ng_images_load(request->data, "train", (size_t)POOL * count, &subject->train, error)) {
        return false;
    }
    hash_data(subject);
    return check_fit(subject, request, error);
}

bool ng_subject_load(ng_subject *subject, const ng_accuracy_request *request, ng_error *error)
{
    *subject = (ng_subject){0};
    if (!load(subject, request, error)) {
        ng_subject_free(subject);
        return false;
    }
    return true;
}

void ng_subject_free(ng_subject *subject)
{
    ng_plan_free(&subject->plan);
    ng_network_free(&subject->network);
    ng_images_free(&subject->test);
    ng_images_free(&subject->train);
}
