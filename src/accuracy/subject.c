#include "src/accuracy/subject.h"

#include <string.h>

#include "src/data/spec.h"

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

/* Files are hashed as far as they are used; what is in memory, whole. */
static bool hash_data(ng_subject *subject, const ng_accuracy_request *request, ng_error *error)
{
    ng_hash hash;
    const ng_dataset *test = &subject->test;
    const bool files = test->listing.files != NULL;
    const size_t count = files && request->images != NG_IMAGES_ALL ? request->images : test->count;
    ng_hash_start(&hash);
    const bool fine = ng_dataset_hash(test, "test images", count, &hash, error) &&
                      ng_dataset_hash(&subject->calibration, "calibration images", subject->calibration.count, &hash, error);
    ng_hash_end(&hash, subject->data_sha256);
    return fine;
}

/* Images that fill the input, one row of class scores out, and a score for every label. */
static bool check_fit(ng_subject *subject, const ng_accuracy_request *request, ng_layout layout, ng_error *error)
{
    const ng_shape *in = &subject->plan.input.shape;
    const size_t classes = ng_shape_count(&subject->plan.output.shape);
    const ng_dataset *test = &subject->test;
    if (!ng_dataset_fit(&subject->test, layout, in->size + 1, in->rank - 1, request->network, error) ||
        !ng_dataset_fit(&subject->calibration, layout, in->size + 1, in->rank - 1, request->network, error)) {
        return false;
    }
    for (size_t i = 0; i < test->count; i++) {
        if (test->labels[i] >= classes) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: has no score for label %u of test image %zu", request->network,
                           test->labels[i], i);
        }
    }
    if (request->images > test->count) {
        return ng_fail(error, NG_EXIT_USAGE, "%u images asked for, the test set has %zu", request->images, test->count);
    }
    return true;
}

static bool find_data(const ng_accuracy_request *request, ng_data_spec *spec, ng_error *error)
{
    const bool given = request->dataset != NULL && request->dataset[0] != 0;
    return given ? ng_spec_load(request->dataset, spec, error) : ng_data_spec_idx(request->data, spec, error);
}

static bool load(ng_subject *subject, const ng_accuracy_request *request, ng_error *error)
{
    const unsigned count = request->calibration_images != 0 ? request->calibration_images : NG_CALIBRATION_IMAGES;
    ng_data_spec spec;
    base_name(request->network, subject->name);
    if (!hash_network(subject, request, error) || !ng_network_load(request->network, &subject->network, error) ||
        !ng_plan_init(&subject->plan, &subject->network, error) || !find_data(request, &spec, error) ||
        !ng_dataset_open(&spec, false, 0, &subject->test, error) ||
        !ng_dataset_open(&spec, true, (size_t)POOL * count, &subject->calibration, error)) {
        return false;
    }
    return check_fit(subject, request, spec.layout, error) && hash_data(subject, request, error);
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
    ng_dataset_free(&subject->test);
    ng_dataset_free(&subject->calibration);
}
