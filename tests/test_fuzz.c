/* Every seed of tests/fuzz/corpus, and every prefix of it, through its fuzz target: what a fuzzer once found stays found. */
#define _DEFAULT_SOURCE
#include <check.h>
#include <dirent.h>
#include <stdlib.h>

#include "src/base/file.h"

#define TARGETS(X) \
    X(format_name) X(codebook) X(idx) X(netlist) X(onnx) X(study) X(npy) X(zip) X(picture) X(dataset) X(listing) X(recipe)

#define DECLARE(name) int fuzz_target_##name(const uint8_t *data, size_t size);
TARGETS(DECLARE)

typedef struct {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
} target;

#define ROW(name) {#name, fuzz_target_##name},
static const target targets[] = {TARGETS(ROW)};

/* An exact copy: a read past the end is one past the allocation. */
static void run(const target *which, const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size != 0 ? size : 1);
    ck_assert_ptr_nonnull(copy);
    for (size_t i = 0; i < size; i++) {
        copy[i] = data[i];
    }
    ck_assert_int_eq(which->run(copy, size), 0);
    free(copy);
}

START_TEST(seeds)
{
    const target *which = &targets[_i];
    char folder[NG_PATH_SIZE];
    unsigned files = 0;
    ck_assert(ng_path(folder, NULL, "tests/fuzz/corpus/%s", which->name));
    ck_assert(ng_make_folders("build/fuzz", NULL));
    DIR *list = opendir(folder);
    ck_assert_ptr_nonnull(list);
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        char path[NG_PATH_SIZE];
        ng_buffer file;
        if (entry->d_name[0] == '.') {
            continue;
        }
        ck_assert(ng_path(path, NULL, "%s/%s", folder, entry->d_name));
        ck_assert(ng_read_file(path, 1 << 16, &file, NULL));
        for (size_t size = 0; size <= file.size; size++) {
            run(which, file.data, size);
        }
        ng_buffer_free(&file);
        files++;
    }
    (void)closedir(list);
    ck_assert_uint_gt(files, 0);
}
END_TEST

Suite *ng_suite_fuzz(void);

Suite *ng_suite_fuzz(void)
{
    Suite *suite = suite_create("fuzz");
    TCase *corpus = tcase_create("corpus");
    tcase_set_timeout(corpus, 120);
    tcase_add_loop_test(corpus, seeds, 0, sizeof targets / sizeof targets[0]);
    suite_add_tcase(suite, corpus);
    return suite;
}
