/* Arrays of numpy, alone and in archives, and CIFAR-10 batches: good ones, and every way in which they can be broken. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "src/data/cifar.h"
#include "src/data/npy.h"
#include "src/data/zip.h"
#include "tests/support/random.h"
#include "tests/support/scratch.h"

enum { COUNT = 3, HEIGHT = 2, WIDTH = 5, FILE_MOST = 4096 };

typedef struct {
    uint8_t data[FILE_MOST];
    size_t size;
} bytes;

static void put(bytes *b, const void *data, size_t size)
{
    ck_assert_uint_le(b->size + size, FILE_MOST);
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

static void put_number(bytes *b, uint32_t value, unsigned width)
{
    for (unsigned i = 0; i < width; i++) {
        put(b, &(uint8_t){(uint8_t)(value >> (8 * i))}, 1);
    }
}

/* A .npy file of that header, and `size` bytes 0, 1, 2.. times 7. */
static bytes array_file(unsigned version, const char *header, size_t size)
{
    bytes b = {.size = 0};
    put(&b, "\x93NUMPY", 6);
    put(&b, &(uint8_t[2]){(uint8_t)version, 0}, 2);
    put_number(&b, (uint32_t)strlen(header), version == 1 ? 2 : 4);
    put(&b, header, strlen(header));
    for (size_t i = 0; i < size; i++) {
        put(&b, &(uint8_t){(uint8_t)(i * 7)}, 1);
    }
    return b;
}

static bytes image_file(void)
{
    return array_file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2, 5), }      \n", COUNT * HEIGHT * WIDTH);
}

static bytes label_file(const char *header, const void *labels, size_t size)
{
    bytes b = array_file(1, header, 0);
    put(&b, labels, size);
    return b;
}

static const char *write_labels(void)
{
    static const int64_t labels[COUNT] = {4, 0, 999};
    const bytes b = label_file("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }\n", labels, sizeof labels);
    return scratch_write("y.npy", b.data, b.size);
}

/* ---- headers --------------------------------------------------------------------------------------------------- */

START_TEST(headers)
{
    static const struct {
        unsigned version;
        char header[80];
        size_t size;
        ng_npy expected;
    } rows[] = {
        {1, "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2, 5), }\n", 30, {'u', 1, 3, {3, 2, 5}, NULL}},
        {2, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}\n", 24, {'f', 4, 2, {2, 3}, NULL}},
        {3, "{'shape': (4,), 'fortran_order': False, 'descr': '<i2'}", 8, {'i', 2, 1, {4}, NULL}},
        {1, "{'descr':'<u8','fortran_order':False,'shape':(1,1,1,2,)}", 16, {'u', 8, 4, {1, 1, 1, 2}, NULL}},
        {1, "{'descr': '<i4', 'fortran_order': False, 'shape': (), }", 4, {'i', 4, 0, {0}, NULL}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bytes b = array_file(rows[i].version, rows[i].header, rows[i].size);
        ng_npy got;
        ng_error error;
        ck_assert_msg(ng_npy_parse("x", b.data, b.size, &got, &error), "%s", error.text);
        ck_assert_int_eq(got.kind, rows[i].expected.kind);
        ck_assert_uint_eq(got.width, rows[i].expected.width);
        ck_assert_uint_eq(got.rank, rows[i].expected.rank);
        ck_assert_int_eq(memcmp(got.size, rows[i].expected.size, sizeof got.size), 0);
        ck_assert_ptr_eq(got.data, b.data + b.size - rows[i].size);
    }
}
END_TEST

START_TEST(wrong_headers)
{
    static const struct {
        char header[96];
        char text[32];
    } rows[] = {
        {"{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}", "offset 20: a type"},
        {"{'descr': '<f2', 'fortran_order': False, 'shape': (1,)}", "a type"},
        {"{'descr': '<f4', 'fortran_order': True, 'shape': (1,)}", "not in C order"},
        {"{'descr': '<f4', 'fortran_order': False}", "is missing"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1)}", "more than 4 axes"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "too large"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000)}", "too large"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}", "an empty array"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "a number is expected"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "the header says 8 bytes"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': 4}", "( is expected"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (4", ", or ) is expected"},
        {"{'dtype': '<f4'}", "descr, fortran_order or shape"},
        {"", "{ is expected"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bytes b = array_file(1, rows[i].header, 4);
        ng_npy got;
        ng_error error;
        ck_assert(!ng_npy_parse("x.npy", b.data, b.size, &got, &error));
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
        ck_assert_msg(strncmp(error.text, "x.npy: offset ", 14) == 0 && strstr(error.text, rows[i].text) != NULL,
                      "'%s' lacks '%s'", error.text, rows[i].text);
    }
}
END_TEST

/* ---- images and labels ----------------------------------------------------------------------------------------- */

static void check_refused(const char *images, const char *labels, const char *text)
{
    ng_samples samples;
    ng_error error;
    ck_assert_msg(!ng_npy_load(images, labels, 0, &samples, &error), "'%s' expected", text);
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strstr(error.text, text) != NULL, "'%s' lacks '%s'", error.text, text);
}

START_TEST(grey_images)
{
    const bytes b = image_file();
    ng_samples samples;
    ng_error error;
    const char *images = scratch_write("x.npy", b.data, b.size);
    ck_assert_msg(ng_npy_load(images, write_labels(), 2, &samples, &error), "%s", error.text);
    ck_assert(samples.count == 2 && samples.height == HEIGHT && samples.width == WIDTH && samples.channels == 1);
    ck_assert(samples.bytes[0] == 0 && samples.bytes[19] == 19 * 7);
    ck_assert(samples.labels[0] == 4 && samples.labels[1] == 0);
    ng_samples_free(&samples);
}
END_TEST

/* The same picture with channels last and channels second. */
START_TEST(colour_images)
{
    for (unsigned first = 0; first < 2; first++) {
        bytes b = array_file(1, first ? "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 2, 4)}"
                                      : "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 4, 3)}", 24);
        const uint8_t label = 200;
        const bytes y = label_file("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}", &label, 1);
        ng_samples samples;
        ng_error error;
        const char *images = scratch_write("x.npy", b.data, b.size);
        ck_assert_msg(ng_npy_load(images, scratch_write("y.npy", y.data, y.size), 0, &samples, &error), "%s", error.text);
        ck_assert(samples.height == 2 && samples.width == 4 && samples.channels == 3 && samples.labels[0] == 200);
        for (size_t pixel = 0; pixel < 8; pixel++) {
            for (size_t c = 0; c < 3; c++) {
                const size_t from = first ? c * 8 + pixel : pixel * 3 + c;
                ck_assert_uint_eq(samples.bytes[pixel * 3 + c], (uint8_t)(from * 7));
            }
        }
        ng_samples_free(&samples);
    }
}
END_TEST

START_TEST(float_images)
{
    const float numbers[6] = {1, -2, 0.5F, 3, 4, 1e30F};
    bytes b = array_file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)}", 0);
    ng_samples samples;
    ng_error error;
    put(&b, numbers, sizeof numbers);
    const char *images = scratch_write("x.npy", b.data, b.size);
    ck_assert_msg(ng_npy_load(images, write_labels(), 0, &samples, &error), "%s", error.text);
    ck_assert(samples.count == 3 && samples.width == 2 && samples.bytes == NULL);
    ck_assert_int_eq(memcmp(samples.floats, numbers, sizeof numbers), 0);
    ng_samples_free(&samples);
}
END_TEST

START_TEST(arrays_that_do_not_fit)
{
    const bytes x = image_file();
    char images[NG_PATH_SIZE];
    (void)snprintf(images, sizeof images, "%s", scratch_write("x.npy", x.data, x.size));
    const int64_t wrong[COUNT] = {1, -1, 2};
    bytes y = label_file("{'descr': '<i8', 'fortran_order': False, 'shape': (3,)}", wrong, sizeof wrong);
    check_refused(images, scratch_write("y.npy", y.data, y.size), "label 1 is outside [0, 65535]");
    y = label_file("{'descr': '<i8', 'fortran_order': False, 'shape': (2,)}", wrong, 16);
    check_refused(images, scratch_write("y.npy", y.data, y.size), "not 3 integer labels");
    check_refused(images, images, "not 3 integer labels");
    bytes z = array_file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 4, 2)}", 16);
    check_refused(scratch_write("z.npy", z.data, z.size), write_labels(), "with 1 or 3 channels");
    z = array_file(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2, 4)}", 32);
    check_refused(scratch_write("z.npy", z.data, z.size), write_labels(), "unsigned bytes or 4-byte floats");
    check_refused(scratch_path("none.npy"), write_labels(), "none.npy");
}
END_TEST

/* ---- archives -------------------------------------------------------------------------------------------------- */

/* A zip archive of one member, stored or deflated, as numpy writes it. */
static bytes archive(const char *name, const bytes *member, bool packed)
{
    bytes b = {.size = 0};
    uint8_t data[FILE_MOST];
    size_t size = member->size;
    memcpy(data, member->data, size);
    if (packed) {
        z_stream stream = {.next_in = (Bytef *)(uintptr_t)member->data, .avail_in = (uInt)member->size, .next_out = data,
                           .avail_out = sizeof data};
        ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
        ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
        size = sizeof data - stream.avail_out;
        ck_assert_int_eq(deflateEnd(&stream), Z_OK);
    }
    const uint32_t crc = (uint32_t)crc32(0, member->data, (uInt)member->size);
    put(&b, "PK\3\4\x14\0\0\0", 8);
    put_number(&b, packed ? 8 : 0, 2);
    put_number(&b, 0, 4);
    put_number(&b, crc, 4);
    put_number(&b, 0xFFFFFFFF, 4); /* numpy leaves the sizes to an extra field of 64 bits */
    put_number(&b, 0xFFFFFFFF, 4);
    put_number(&b, (uint32_t)strlen(name), 2);
    put_number(&b, 4, 2);
    put(&b, name, strlen(name));
    put_number(&b, 0xABCD, 4);
    put(&b, data, size);
    const uint32_t directory = (uint32_t)b.size;
    put(&b, "PK\1\2\x14\0\x14\0\0\0", 10);
    put_number(&b, packed ? 8 : 0, 2);
    put_number(&b, 0, 4);
    put_number(&b, crc, 4);
    put_number(&b, (uint32_t)size, 4);
    put_number(&b, (uint32_t)member->size, 4);
    put_number(&b, (uint32_t)strlen(name), 2);
    put_number(&b, 0, 4); /* extra field and comment */
    put_number(&b, 0, 4);
    put_number(&b, 0, 4);
    put_number(&b, 0, 4); /* offset of the member */
    put(&b, name, strlen(name));
    const uint32_t end = (uint32_t)b.size;
    put(&b, "PK\5\6\0\0\0\0\1\0\1\0", 12);
    put_number(&b, end - directory, 4);
    put_number(&b, directory, 4);
    put_number(&b, 0, 2);
    return b;
}

START_TEST(archived_arrays)
{
    const bytes x = image_file();
    for (unsigned packed = 0; packed < 2; packed++) {
        const bytes b = archive("images.npy", &x, packed == 1);
        char path[NG_PATH_SIZE];
        ng_samples samples;
        ng_error error;
        (void)snprintf(path, sizeof path, "%s/images", scratch_write("x.npz", b.data, b.size));
        ck_assert_msg(ng_npy_load(path, write_labels(), 0, &samples, &error), "%s", error.text);
        ck_assert(samples.count == COUNT && samples.bytes[29] == (uint8_t)(29 * 7));
        ng_samples_free(&samples);
        (void)snprintf(path, sizeof path, "%s/others", scratch_path("x.npz"));
        check_refused(path, write_labels(), "no member 'others.npy'");
    }
}
END_TEST

/* Every cut, and every bit turned over: refused, or the very same data (headers have bytes without meaning). */
START_TEST(broken_archives)
{
    const bytes x = image_file();
    const bytes whole = archive("a.npy", &x, _i == 1);
    ng_buffer out;
    ng_error error;
    for (size_t size = 0; size < whole.size; size++) {
        ck_assert(!ng_zip_member("x.npz", whole.data, size, "a.npy", FILE_MOST, &out, &error));
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    }
    for (size_t bit = 0; bit < 8 * whole.size; bit++) {
        bytes b = whole;
        b.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
        if (ng_zip_member("x.npz", b.data, b.size, "a.npy", FILE_MOST, &out, &error)) {
            ck_assert_uint_eq(out.size, x.size);
            ck_assert_int_eq(memcmp(out.data, x.data, x.size), 0);
            ng_buffer_free(&out);
        } else {
            ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
            ck_assert_msg(strncmp(error.text, "x.npz: ", 7) == 0, "%s", error.text);
        }
    }
    ck_assert(!ng_zip_member("x.npz", whole.data, whole.size, "a.npy", 10, &out, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "too large"));
}
END_TEST

/* Every cut of an array file is refused; every byte changed is, or gives an array within the file. */
START_TEST(broken_arrays)
{
    const bytes whole = image_file();
    ng_npy array;
    ng_error error;
    for (size_t size = 0; size < whole.size; size++) {
        ck_assert(!ng_npy_parse("x", whole.data, size, &array, &error));
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    }
    for (uint64_t i = 0; i < 20000; i++) {
        bytes b = whole;
        for (uint64_t k = 0; k <= i % 3; k++) {
            b.data[random_below(1, 3 * i + k, 76)] = (uint8_t)random_below(2, 3 * i + k, 256);
        }
        if (ng_npy_parse("x", b.data, b.size, &array, &error)) {
            size_t bytes_there = array.width;
            for (unsigned k = 0; k < array.rank; k++) {
                bytes_there *= array.size[k];
            }
            ck_assert_ptr_eq(array.data + bytes_there, b.data + b.size);
        } else {
            ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
        }
    }
}
END_TEST

/* ---- CIFAR-10 -------------------------------------------------------------------------------------------------- */

enum { RECORD = 3073, RECORDS = 3 };

START_TEST(cifar)
{
    static uint8_t data[RECORDS * RECORD];
    ng_samples samples;
    ng_error error;
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i % RECORD == 0 ? i / RECORD + 7 : random_below(3, i, 256));
    }
    const char *path = scratch_write("batch.bin", data, sizeof data);
    ck_assert_msg(ng_cifar_load(path, 2, &samples, &error), "%s", error.text);
    ck_assert(samples.count == 2 && samples.height == 32 && samples.width == 32 && samples.channels == 3);
    ck_assert(samples.labels[0] == 7 && samples.labels[1] == 8);
    for (size_t i = 0; i < 2 * 3072; i++) {
        const size_t c = i % 3;
        const size_t pixel = i / 3 % 1024;
        ck_assert_uint_eq(samples.bytes[i], data[i / 3072 * RECORD + 1 + c * 1024 + pixel]);
    }
    ng_samples_free(&samples);
    for (size_t size = 0; size < sizeof data; size += 511) {
        if (size % RECORD != 0 || size == 0) {
            ck_assert(!ng_cifar_load(scratch_write("cut.bin", data, size), 0, &samples, &error));
            ck_assert_ptr_nonnull(strstr(error.text, "within a record"));
        }
    }
    data[2 * RECORD] = 10;
    ck_assert(!ng_cifar_load(scratch_write("bad.bin", data, sizeof data), 0, &samples, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "offset 6146: label 10"));
}
END_TEST

Suite *ng_suite_npy(void);

Suite *ng_suite_npy(void)
{
    Suite *suite = suite_create("npy");
    TCase *tcase = tcase_create("npy");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, headers);
    tcase_add_test(tcase, wrong_headers);
    tcase_add_test(tcase, grey_images);
    tcase_add_test(tcase, colour_images);
    tcase_add_test(tcase, float_images);
    tcase_add_test(tcase, arrays_that_do_not_fit);
    tcase_add_test(tcase, archived_arrays);
    tcase_add_loop_test(tcase, broken_archives, 0, 2);
    tcase_add_test(tcase, broken_arrays);
    tcase_add_test(tcase, cifar);
    suite_add_tcase(suite, tcase);
    return suite;
}
