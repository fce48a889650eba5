/* IDX files: good ones, plain and packed, and every way in which one can be broken. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "src/base/file.h"
#include "src/data/idx.h"

enum { COUNT = 7, HEIGHT = 3, WIDTH = 5, PIXELS = COUNT * HEIGHT * WIDTH, IMAGE_SIZE = 16 + PIXELS, LABEL_SIZE = 8 + COUNT };

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/ng_idx_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    ng_error error;
    ck_assert(ng_remove_tree(folder, &error));
}

static void write_file(const char *name, const uint8_t *data, size_t size)
{
    char path[NG_PATH_SIZE];
    ng_error error;
    ck_assert(ng_path(path, &error, "%s/%s", folder, name));
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

static void write_packed(const char *name, const uint8_t *data, size_t size)
{
    char path[NG_PATH_SIZE];
    ng_error error;
    ck_assert(ng_path(path, &error, "%s/%s", folder, name));
    gzFile file = gzopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(gzwrite(file, data, (unsigned)size), (int)size);
    ck_assert_int_eq(gzclose(file), Z_OK);
}

static void make_images(uint8_t data[IMAGE_SIZE])
{
    const uint8_t head[16] = {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, HEIGHT, 0, 0, 0, WIDTH};
    memcpy(data, head, sizeof head);
    for (unsigned i = 0; i < PIXELS; i++) {
        data[16 + i] = (uint8_t)(i * 7);
    }
}

static void make_labels(uint8_t data[LABEL_SIZE])
{
    const uint8_t bytes[LABEL_SIZE] = {0, 0, 8, 1, 0, 0, 0, COUNT, 9, 8, 7, 6, 5, 4, 3};
    memcpy(data, bytes, sizeof bytes);
}

static void write_labels(void)
{
    uint8_t labels[LABEL_SIZE];
    make_labels(labels);
    write_file("t10k-labels-idx1-ubyte", labels, sizeof labels);
}

static void check_loads(size_t limit, size_t expected)
{
    ng_images images;
    ng_error error;
    uint8_t data[IMAGE_SIZE];
    make_images(data);
    ck_assert_msg(ng_images_load(folder, "t10k", limit, &images, &error), "%s", error.text);
    ck_assert_uint_eq(images.count, expected);
    ck_assert_uint_eq(images.height, HEIGHT);
    ck_assert_uint_eq(images.width, WIDTH);
    ck_assert_int_eq(memcmp(images.images, data + 16, expected * HEIGHT * WIDTH), 0);
    ck_assert_uint_eq(images.labels[2], 7);
    ng_images_free(&images);
}

/* Refused with exit code `code` and a message that has `text` in it. */
static void check_refused(int code, const char *text)
{
    ng_images images;
    ng_error error;
    ck_assert(!ng_images_load(folder, "t10k", 0, &images, &error));
    ck_assert_int_eq(error.exit_code, code);
    ck_assert_msg(strstr(error.text, text) != NULL, "'%s' lacks '%s'", error.text, text);
}

START_TEST(plain_and_packed)
{
    uint8_t data[IMAGE_SIZE];
    make_images(data);
    write_labels();
    write_file("t10k-images-idx3-ubyte", data, sizeof data);
    check_loads(0, COUNT);
    check_loads(3, 3);
    check_loads(100, COUNT);
    write_packed("t10k-images-idx3-ubyte.gz", data, sizeof data);
    check_loads(0, COUNT);
    check_loads(4, 4);
}
END_TEST

START_TEST(truncated_plain)
{
    uint8_t data[IMAGE_SIZE];
    char offset[32];
    make_images(data);
    write_labels();
    for (size_t size = 1; size < IMAGE_SIZE; size++) {
        write_file("t10k-images-idx3-ubyte", data, size);
        check_refused(NG_EXIT_USAGE, "t10k-images-idx3-ubyte");
    }
    write_file("t10k-images-idx3-ubyte", data, 16);
    (void)snprintf(offset, sizeof offset, "offset %d", 16);
    check_refused(NG_EXIT_USAGE, offset);
}
END_TEST

/* Every cut of the packed file, and every bit of it turned over: refused, or the very same data (the header of gzip has
 * bits without meaning). */
START_TEST(broken_packed)
{
    uint8_t data[IMAGE_SIZE];
    char path[NG_PATH_SIZE];
    ng_error error;
    ng_buffer packed;
    make_images(data);
    write_labels();
    write_packed("t10k-images-idx3-ubyte.gz", data, sizeof data);
    ck_assert(ng_path(path, &error, "%s/t10k-images-idx3-ubyte.gz", folder));
    ck_assert(ng_read_file(path, 1 << 20, &packed, &error));
    for (size_t size = 0; size < packed.size; size++) {
        write_file("t10k-images-idx3-ubyte.gz", packed.data, size);
        check_refused(NG_EXIT_USAGE, "offset");
    }
    for (size_t bit = 0; bit < 8 * packed.size; bit++) {
        ng_images images;
        packed.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
        write_file("t10k-images-idx3-ubyte.gz", packed.data, packed.size);
        if (ng_images_load(folder, "t10k", 0, &images, &error)) {
            ck_assert_int_eq(memcmp(images.images, data + 16, PIXELS), 0);
            ng_images_free(&images);
        } else {
            ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
        }
        packed.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    ng_buffer_free(&packed);
}
END_TEST

START_TEST(wrong_headers)
{
    static const struct {
        unsigned at;
        uint8_t value;
        const char *text;
    } rows[] = {{0, 1, "offset 0"},   {2, 9, "offset 0"},  {3, 1, "offset 0"},   {4, 255, "offset 4"},
                {7, 0, "offset 4"},   {7, 8, "too early"}, {7, 6, "data after"}, {8, 255, "offset 8"},
                {10, 255, "offset 8"}, {15, 0, "offset 12"}};
    uint8_t data[IMAGE_SIZE];
    write_labels();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        make_images(data);
        data[rows[i].at] = rows[i].value;
        write_file("t10k-images-idx3-ubyte", data, sizeof data);
        check_refused(NG_EXIT_USAGE, rows[i].text);
    }
}
END_TEST

START_TEST(labels_of_another_set)
{
    uint8_t data[IMAGE_SIZE];
    uint8_t labels[LABEL_SIZE];
    make_images(data);
    make_labels(labels);
    labels[7] = COUNT - 1;
    write_file("t10k-images-idx3-ubyte", data, sizeof data);
    write_file("t10k-labels-idx1-ubyte", labels, sizeof labels - 1);
    check_refused(NG_EXIT_USAGE, "6 labels for 7 images");
}
END_TEST

START_TEST(no_files)
{
    check_refused(NG_EXIT_MISSING, "t10k-images-idx3-ubyte");
}
END_TEST

Suite *ng_suite_idx(void);

Suite *ng_suite_idx(void)
{
    Suite *suite = suite_create("idx");
    TCase *tcase = tcase_create("idx");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, plain_and_packed);
    tcase_add_test(tcase, truncated_plain);
    tcase_add_test(tcase, broken_packed);
    tcase_add_test(tcase, wrong_headers);
    tcase_add_test(tcase, labels_of_another_set);
    tcase_add_test(tcase, no_files);
    suite_add_tcase(suite, tcase);
    return suite;
}
