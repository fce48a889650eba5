/* Data sets as files describe them: folders and lists of pictures, what a network takes, what a result's key covers. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/subject.h"
#include "src/data/listing.h"
#include "src/data/spec.h"
#include "src/study/plan.h"
#include "tests/support/onnx_check.h"
#include "tests/support/random.h"
#include "tests/support/scratch.h"

/* ---- listings -------------------------------------------------------------------------------------------------- */

/* Classes in the order of their names, pictures in turn; other files and hidden ones are left alone. */
START_TEST(folder_of_classes)
{
    static const char *const files[] = {"set/dog/b.png", "set/dog/a.JPG", "set/cat/2.png", "set/cat/1.jpeg", "set/cat/3.png",
                                        "set/ant/x.png", "set/cat/notes.txt", "set/.git/z.png", "set/readme.png"};
    static const struct {
        const char *file;
        unsigned label;
    } expected[] = {{"set/ant/x.png", 0}, {"set/cat/1.jpeg", 1}, {"set/dog/a.JPG", 2},
                    {"set/cat/2.png", 1}, {"set/dog/b.png", 2},  {"set/cat/3.png", 1}};
    ng_listing listing;
    ng_error error;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)scratch_text(files[i], "x");
    }
    ck_assert_msg(ng_listing_load(scratch_path("set"), &listing, &error), "%s", error.text);
    ck_assert_uint_eq(listing.count, 6);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_str_eq(listing.files[i], scratch_path(expected[i].file));
        ck_assert_uint_eq(listing.labels[i], expected[i].label);
    }
    ng_listing_free(&listing);
}
END_TEST

START_TEST(list_in_a_file)
{
    ng_listing listing;
    ng_error error;
    const char *path = scratch_text("set/list.txt", "# files\n\na b.png 3\r\nsub/c.jpg\t65535\n/abs/d.png   0");
    ck_assert_msg(ng_listing_load(path, &listing, &error), "%s", error.text);
    ck_assert_uint_eq(listing.count, 3);
    ck_assert_str_eq(listing.files[0], scratch_path("set/a b.png"));
    ck_assert_str_eq(listing.files[1], scratch_path("set/sub/c.jpg"));
    ck_assert_str_eq(listing.files[2], "/abs/d.png");
    ck_assert(listing.labels[0] == 3 && listing.labels[1] == 65535 && listing.labels[2] == 0);
    ng_listing_free(&listing);
}
END_TEST

START_TEST(wrong_lists)
{
    static const struct {
        char text[32];
        char message[32];
    } rows[] = {{"a.png 1\nb.png\n", "line 2: a path"}, {"a.png 65536\n", "line 1"}, {"a.png -1\n", "line 1"},
                {"a.png 1x\n", "line 1"},              {" 3\n", "line 1"},          {"", "no pictures"},
                {"# nothing\n", "no pictures"},         {"a.png 99999999999999999999\n", "line 1"}};
    ng_listing listing;
    ng_error error;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert(!ng_listing_load(scratch_text("list.txt", rows[i].text), &listing, &error));
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
        ck_assert_msg(strstr(error.text, "list.txt: ") != NULL && strstr(error.text, rows[i].message) != NULL, "'%s' lacks '%s'",
                      error.text, rows[i].message);
    }
    ck_assert(!ng_listing_load(scratch_write("zero.txt", "a.png 1\n\0\n", 10), &listing, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "not a text file"));
    ck_assert(!ng_listing_load(scratch_path("none"), &listing, &error));
    (void)scratch_text("empty/class/notes.txt", "x");
    ck_assert(!ng_listing_load(scratch_path("empty"), &listing, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "no pictures"));
}
END_TEST

/* ---- the mapping ----------------------------------------------------------------------------------------------- */

START_TEST(whole_mapping)
{
    ng_data_spec spec;
    ng_error error;
    const char *path = scratch_text("set.yaml", "name: of something els\xc3\xa9 # \xe2\x82\xac\n"
                                                "dataset:\n"
                                                "  kind: images\n"
                                                "  test: val\n"
                                                "  calibration: train\n"
                                                "  channels: bgr\n"
                                                "  layout: nhwc\n"
                                                "  resize: [232]\n"
                                                "  crop: [224, 192]\n"
                                                "  mean: [0.5]\n"
                                                "  std: [0.25, 0.5, 1]\n"
                                                "cost: [more]\n");
    ck_assert_msg(ng_spec_load(path, &spec, &error), "%s", error.text);
    ck_assert(spec.kind == NG_DATA_IMAGES && spec.layout == NG_LAYOUT_NHWC);
    ck_assert_str_eq(spec.test, "val");
    ck_assert_str_eq(spec.calibration, "train");
    const ng_preparation *p = &spec.preparation;
    ck_assert(p->order == NG_CHANNELS_BGR && p->normalised && p->resize[0] == 232 && p->resize[1] == 0);
    ck_assert(p->crop[0] == 224 && p->crop[1] == 192);
    ck_assert(p->mean[2] >= 0.5F && p->mean[2] <= 0.5F && p->std[1] >= 0.5F && p->std[1] <= 0.5F);
}
END_TEST

START_TEST(wrong_mappings)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"name: x\n", "dataset"},
        {"", "dataset"},
        {"dataset: {kind: idx, test: a}\n", "calibration"},
        {"dataset: {kind: mnist, test: a, calibration: b}\n", "kind: 'mnist' is none of idx, cifar10, npy, images"},
        {"dataset: {kind: npy, test: a, calibration: b}\n", "belong to kind npy"},
        {"dataset: {kind: idx, test: a, test_labels: y, calibration: b}\n", "belong to kind npy"},
        {"dataset: {kind: idx, test: a, calibration: b, channels: cmyk}\n", "channels: 'cmyk'"},
        {"dataset: {kind: idx, test: a, calibration: b, resize: [0]}\n", "resize: 0 is outside"},
        {"dataset: {kind: idx, test: a, calibration: b, crop: [1, 2, 3]}\n", "crop"},
        {"dataset: {kind: idx, test: a, calibration: b, crop: [99999]}\n", "crop: 99999"},
        {"dataset: {kind: idx, test: a, calibration: b, std: [0]}\n", "std: 0"},
        {"dataset: {kind: idx, test: a, calibration: b, mean: [.nan]}\n", "mean"},
        {"dataset: {kind: idx, test: a, calibration: b, mean: [1, 2]}\n", "one number, or three"},
        {"dataset: {kind: idx, test: a, calibration: b, colour: rgb}\n", "colour"},
        {"dataset: [\n", "no YAML"},
        {"name: x\ndataset:\n  kind: idx\n  test: a\n  calibration: b\n  colour: rgb\nseed: 1\n", "colour Load: Backtrace:   in mapping (line: "},
        {"dataset: a.yaml\n", "no mapping"},
        {"name: {dataset: {kind: idx, test: a, calibration: b}}\n", "no mapping"},
    };
    ng_data_spec spec;
    ng_error error;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_msg(!ng_spec_load(scratch_text("set.yaml", rows[i].text), &spec, &error), "'%s' is read", rows[i].text);
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
        ck_assert_msg(strstr(error.text, "set.yaml: ") != NULL && strstr(error.text, rows[i].message) != NULL, "'%s' lacks '%s'",
                      error.text, rows[i].message);
    }
    ck_assert(!ng_spec_load(scratch_path("none.yaml"), &spec, &error));
}
END_TEST

/* ---- a network on colour pictures ------------------------------------------------------------------------------ */

enum { COUNT = 8 };

/* CIFAR-like: [batch][3][32][32] or [batch][32][32][3]. */
static const char *write_network(const char *name, bool last)
{
    const int64_t size[4] = {0, last ? 32 : 3, 32, last ? 3 : 32};
    onnx_draft *d = onnx_new(13, 4, size);
    const char *x = "image";
    if (last) {
        x = onnx_node(d, "Transpose", "image");
        onnx_ints(d, "perm", 4, (int64_t[]){0, 3, 1, 2});
    }
    x = onnx_node(d, "Conv", "%s %s", x, onnx_random(d, 4, (int64_t[]){5, 3, 3, 3}, 1));
    x = onnx_node(d, "Flatten", "%s", onnx_node(d, "GlobalAveragePool", "%s", onnx_node(d, "Relu", "%s", x)));
    x = onnx_node(d, "MatMul", "%s %s", x, onnx_random(d, 2, (int64_t[]){5, 10}, 1));
    onnx_finish(d, x);
    const char *path = scratch_path(name);
    onnx_write(d, path);
    onnx_free(d);
    return path;
}

/* A test and a calibration batch, and the mapping with what else is asked for. */
static const char *write_set(const char *name, const char *more)
{
    static uint8_t data[COUNT * 3073];
    char text[NG_PATH_SIZE];
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i % 3073 == 0 ? i / 3073 : random_below(1, i, 256));
    }
    const char *test = scratch_write("test.bin", data, sizeof data);
    data[1] ^= 1;
    const char *calibration = scratch_write("calibration.bin", data, sizeof data);
    (void)snprintf(text, sizeof text, "dataset:\n  kind: cifar10\n  test: %s\n  calibration: %s\n%s", test, calibration, more);
    return scratch_text(name, text);
}

static bool load(ng_subject *subject, const char *network, const char *set, ng_error *error)
{
    const ng_accuracy_request request = {.network = network, .dataset = set, .weight = ng_format_find("int8"),
                                         .activation = ng_format_find("int8")};
    return ng_subject_load(subject, &request, error);
}

/* The same picture reaches both layouts, each number in its place. */
START_TEST(layouts)
{
    static float plain[3 * 32 * 32];
    static float last[3 * 32 * 32];
    ng_subject subject;
    ng_error error;
    const char *set = write_set("set.yaml", "  mean: [0.1, 0.2, 0.3]\n  std: [0.5]\n");
    ck_assert_msg(load(&subject, write_network("plain.onnx", false), set, &error), "%s", error.text);
    ck_assert(subject.test.count == COUNT && subject.test.numbers == 3 * 32 * 32);
    ck_assert_msg(ng_dataset_fetch(&subject.test, 3, plain, &error), "%s", error.text);
    ng_subject_free(&subject);
    ck_assert_msg(load(&subject, write_network("last.onnx", true), set, &error), "%s", error.text);
    ck_assert_msg(ng_dataset_fetch(&subject.test, 3, last, &error), "%s", error.text);
    ng_subject_free(&subject);
    for (size_t i = 0; i < 3 * 32 * 32; i++) {
        const size_t from = i % 3 * 32 * 32 + i / 3;
        ck_assert(last[i] >= plain[from] && last[i] <= plain[from]);
    }
    const float mean[3] = {0.1F, 0.2F, 0.3F};
    const float expected = ((float)(uint8_t)random_below(1, 3 * 3073 + 1, 256) / 255.0F - mean[0]) / 0.5F;
    ck_assert(plain[0] >= expected && plain[0] <= expected);
}
END_TEST

/* Whatever changes the numbers that reach the network changes the key. */
START_TEST(keys_differ)
{
    static const char *const sets[] = {"", "  mean: [0.1]\n", "  mean: [0.1]\n  std: [0.5]\n", "  channels: bgr\n",
                                       "  resize: [40]\n  crop: [32]\n", "  resize: [36]\n  crop: [32]\n"};
    char keys[6][NG_HASH_SIZE];
    const char *network = write_network("plain.onnx", false);
    for (size_t i = 0; i < 6; i++) {
        ng_subject subject;
        ng_error error;
        ck_assert_msg(load(&subject, network, write_set("set.yaml", sets[i]), &error), "%s", error.text);
        memcpy(keys[i], subject.data_sha256, NG_HASH_SIZE);
        ng_subject_free(&subject);
        for (size_t k = 0; k < i; k++) {
            ck_assert_str_ne(keys[i], keys[k]);
        }
    }
}
END_TEST

START_TEST(pictures_that_do_not_fit)
{
    ng_subject subject;
    ng_error error;
    const char *network = write_network("plain.onnx", false);
    ck_assert(!load(&subject, network, write_set("set.yaml", "  channels: grey\n"), &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strstr(error.text, "plain.onnx: does not take the images of") != NULL, "%s", error.text);
    ck_assert(!load(&subject, network, write_set("set.yaml", "  crop: [30]\n"), &error));
    ck_assert_msg(strstr(error.text, "30 x 30 pixels of 3 channels") != NULL, "%s", error.text);
    ck_assert(!load(&subject, network, write_set("set.yaml", "  layout: nhwc\n"), &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert(!load(&subject, "networks/resnet8.onnx", write_set("set.yaml", ""), &error));
    ck_assert(load(&subject, network, write_set("set.yaml", ""), &error));
    ng_subject_free(&subject);
}
END_TEST

/* A whole record from such a set, calibration images of its own. */
START_TEST(record)
{
    ng_accuracy_request request = {.weight = ng_format_find("e4m3"), .activation = ng_format_find("e4m3"), .threads = 2,
                                   .source_hash = "test_dataset"};
    json_t *made;
    ng_error error;
    request.network = write_network("plain.onnx", false);
    request.dataset = write_set("set.yaml", "");
    ck_assert_msg(ng_accuracy(&request, &made, &error), "%s", error.text);
    ck_assert_int_eq(json_integer_value(json_object_get(made, "images")), COUNT);
    ck_assert_str_eq(json_string_value(json_object_get(made, "network")), "plain");
    json_decref(made);
}
END_TEST

/* A study's own dataset: is checked with the study, and its jobs are given the study file. */
START_TEST(in_a_study)
{
    static ng_study study;
    ng_study_plan plan;
    ng_error error;
    const char *path = scratch_text("study.yaml", "name: own\nformats: [int8]\nnetworks: [resnet8]\n"
                                                  "dataset: {kind: images, test: val, calibration: train, crop: [28]}\n");
    ck_assert_msg(ng_study_load(path, &study, &error), "%s", error.text);
    ck_assert(study.has_dataset && study.dataset.kind == NG_DATA_IMAGES && study.dataset.preparation.crop[1] == 28);
    const ng_study_plan_options how = {"rtl", "data", path, false};
    ck_assert_msg(ng_study_plan_make(&study, NG_RUN_ALL, &how, &plan, &error), "%s", error.text);
    bool given = false;
    for (size_t i = 0; i + 1 < plan.jobs[0].word_count; i++) {
        given = given || (strcmp(plan.jobs[0].words[i], "--dataset") == 0 && strcmp(plan.jobs[0].words[i + 1], path) == 0);
    }
    ck_assert(plan.count == 1 && given);
    ng_study_plan_free(&plan);
    path = scratch_text("bad.yaml", "name: own\nformats: [int8]\ndataset: {kind: images, test: val, calibration: train, crop: [0]}\n");
    ck_assert(!ng_study_load(path, &study, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "dataset: crop: 0"));
}
END_TEST

Suite *ng_suite_dataset(void);

Suite *ng_suite_dataset(void)
{
    Suite *suite = suite_create("dataset");
    TCase *tcase = tcase_create("dataset");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, folder_of_classes);
    tcase_add_test(tcase, list_in_a_file);
    tcase_add_test(tcase, wrong_lists);
    tcase_add_test(tcase, whole_mapping);
    tcase_add_test(tcase, wrong_mappings);
    tcase_add_test(tcase, layouts);
    tcase_add_test(tcase, keys_differ);
    tcase_add_test(tcase, pictures_that_do_not_fit);
    tcase_add_test(tcase, record);
    tcase_add_test(tcase, in_a_study);
    suite_add_tcase(suite, tcase);
    return suite;
}
