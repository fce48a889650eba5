/* PNG and JPEG files made by the libraries' encoders and broken in every way; resizing, cropping and normalising against
 * their definitions. */
#include <check.h>
#include <math.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "src/data/prepare.h"
#include "tests/support/random.h"
#include "tests/support/scratch.h"

enum { HEIGHT = 9, WIDTH = 13, PIXELS = HEIGHT * WIDTH, FILE_MOST = 1 << 14 };

/* ---- encoders -------------------------------------------------------------------------------------------------- */

typedef struct {
    uint8_t data[FILE_MOST];
    size_t size;
} bytes;

static void put(png_structp png, png_bytep data, size_t size)
{
    bytes *b = png_get_io_ptr(png);
    ck_assert_uint_le(b->size + size, FILE_MOST);
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

static void flush(png_structp png)
{
    (void)png;
}

/* A PNG of rows[HEIGHT][line bytes] in a colour type and depth. */
static bytes make_png(int type, int depth, bool interlaced, const uint8_t *rows, size_t line)
{
    static const png_color palette[4] = {{10, 20, 30}, {200, 0, 100}, {7, 7, 7}, {0, 255, 1}};
    bytes b = {.size = 0};
    png_bytep pointers[HEIGHT];
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    ck_assert(info != NULL && setjmp(png_jmpbuf(png)) == 0);
    png_set_write_fn(png, &b, put, flush);
    png_set_IHDR(png, info, WIDTH, HEIGHT, depth, type, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, palette, 4);
    }
    png_write_info(png, info);
    for (size_t i = 0; i < HEIGHT; i++) {
        pointers[i] = (png_bytep)(uintptr_t)(rows + i * line);
    }
    png_write_image(png, pointers);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return b;
}

static bytes make_jpeg(const uint8_t *pixels, int channels)
{
    bytes b = {.size = 0};
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = channels;
    jpeg.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 100, TRUE);
    jpeg.comp_info[0].h_samp_factor = 1; /* colours at full resolution */
    jpeg.comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < HEIGHT) {
        JSAMPROW row = (JSAMPROW)(uintptr_t)(pixels + jpeg.next_scanline * (unsigned)(WIDTH * channels));
        (void)jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    ck_assert_uint_le(size, FILE_MOST);
    memcpy(b.data, data, size);
    b.size = size;
    free(data);
    return b;
}

static void fill(uint8_t *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pixels[i] = (uint8_t)random_below(5, i, 256);
    }
}

/* ---- PNG ------------------------------------------------------------------------------------------------------- */

static ng_picture read_bytes(const bytes *b)
{
    ng_picture picture;
    ng_error error;
    ck_assert_msg(ng_picture_read(scratch_write("x.png", b->data, b->size), &picture, &error), "%s", error.text);
    ck_assert(picture.height == HEIGHT && picture.width == WIDTH);
    return picture;
}

/* Colour types of 8 and 16 bits a channel: bytes [from the stored pixel] of the picture. */
START_TEST(png_of_each_type)
{
    static const struct {
        int type;
        int depth;
        size_t stored; /* bytes of a pixel in the file */
        size_t channels;
        size_t from[3];
    } rows[] = {{PNG_COLOR_TYPE_GRAY, 8, 1, 1, {0}},       {PNG_COLOR_TYPE_RGB, 8, 3, 3, {0, 1, 2}},
                {PNG_COLOR_TYPE_RGB_ALPHA, 8, 4, 3, {0, 1, 2}}, {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 2, 1, {0}},
                {PNG_COLOR_TYPE_GRAY, 16, 2, 1, {0}},      {PNG_COLOR_TYPE_RGB, 16, 6, 3, {0, 2, 4}},
                {PNG_COLOR_TYPE_RGB_ALPHA, 16, 8, 3, {0, 2, 4}}};
    uint8_t pixels[PIXELS * 8];
    fill(pixels, sizeof pixels);
    for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
        const size_t k = i / 2;
        const bytes b = make_png(rows[k].type, rows[k].depth, i % 2 == 1, pixels, WIDTH * rows[k].stored);
        ng_picture picture = read_bytes(&b);
        ck_assert_uint_eq(picture.channels, rows[k].channels);
        for (size_t p = 0; p < PIXELS; p++) {
            for (size_t c = 0; c < rows[k].channels; c++) {
                ck_assert_uint_eq(picture.bytes[p * rows[k].channels + c], pixels[p * rows[k].stored + rows[k].from[c]]);
            }
        }
        ng_picture_free(&picture);
    }
}
END_TEST

START_TEST(png_of_few_bits)
{
    static const uint8_t palette[4][3] = {{10, 20, 30}, {200, 0, 100}, {7, 7, 7}, {0, 255, 1}};
    uint8_t packed[HEIGHT * 4]; /* 13 pixels of 2 bits */
    fill(packed, sizeof packed);
    for (unsigned coloured = 0; coloured < 2; coloured++) {
        const bytes b = make_png(coloured ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_GRAY, 2, false, packed, 4);
        ng_picture picture = read_bytes(&b);
        ck_assert_uint_eq(picture.channels, coloured ? 3 : 1);
        for (size_t p = 0; p < PIXELS; p++) {
            const unsigned code = packed[p / WIDTH * 4 + p % WIDTH / 4] >> (6 - 2 * (p % WIDTH % 4)) & 3;
            if (coloured) {
                ck_assert_int_eq(memcmp(picture.bytes + 3 * p, palette[code], 3), 0);
            } else {
                ck_assert_uint_eq(picture.bytes[p], 85 * code);
            }
        }
        ng_picture_free(&picture);
    }
}
END_TEST

/* ---- JPEG ------------------------------------------------------------------------------------------------------ */

/* Smooth pictures survive quality 100 within a few steps. */
START_TEST(jpeg)
{
    for (int channels = 1; channels <= 3; channels += 2) {
        uint8_t pixels[PIXELS * 3];
        for (size_t i = 0; i < (size_t)(PIXELS * channels); i++) {
            const size_t p = i / (size_t)channels;
            pixels[i] = (uint8_t)(60 + 10 * (p / WIDTH) + 5 * (p % WIDTH) + 20 * (i % (size_t)channels));
        }
        const bytes b = make_jpeg(pixels, channels);
        ng_picture picture = read_bytes(&b);
        ck_assert_uint_eq(picture.channels, (size_t)channels);
        for (size_t i = 0; i < (size_t)(PIXELS * channels); i++) {
            ck_assert_int_le(abs(picture.bytes[i] - pixels[i]), 4);
        }
        ng_picture_free(&picture);
    }
}
END_TEST

/* ---- broken files ---------------------------------------------------------------------------------------------- */

typedef bool decoder(const char *path, const uint8_t *data, size_t size, ng_picture *picture, ng_error *error);

static void try_broken(decoder *decode, const bytes *b, size_t size, bool must_fail)
{
    ng_picture picture;
    ng_error error;
    uint8_t *exact = malloc(size + 1); /* of the very size, so that reading on is noticed */
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, b->data, size);
    if (decode("x", exact, size, &picture, &error)) {
        ck_assert_msg(!must_fail, "%zu of %zu bytes are a picture", size, b->size);
        ng_picture_free(&picture);
    } else {
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
        ck_assert_msg(strncmp(error.text, "x: offset ", 10) == 0, "%s", error.text);
    }
    free(exact);
}

START_TEST(broken_pictures)
{
    uint8_t pixels[PIXELS * 4];
    fill(pixels, sizeof pixels);
    const bytes files[] = {make_png(PNG_COLOR_TYPE_RGB, 8, false, pixels, WIDTH * 3),
                           make_png(PNG_COLOR_TYPE_PALETTE, 2, true, pixels, 4), make_jpeg(pixels, 3), make_jpeg(pixels, 1)};
    const bytes *whole = &files[_i];
    decoder *decode = _i < 2 ? ng_png_decode : ng_jpeg_decode;
    for (size_t size = 0; size < whole->size - 2; size++) {
        try_broken(decode, whole, size, true);
    }
    for (uint64_t i = 0; i < 6000; i++) {
        bytes b = *whole;
        const size_t near = i % 2 ? 120 : whole->size; /* headers more often */
        b.data[random_below(6, 2 * i, (uint32_t)near)] = (uint8_t)random_below(7, 2 * i, 256);
        try_broken(decode, &b, b.size, false);
    }
}
END_TEST

START_TEST(not_a_picture)
{
    ng_picture picture;
    ng_error error;
    ck_assert(!ng_picture_read(scratch_text("x", "GIF89a.."), &picture, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "neither a PNG nor a JPEG"));
    ck_assert(!ng_picture_read(scratch_text("y", ""), &picture, &error));
    ck_assert(!ng_picture_read(scratch_path("none"), &picture, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

/* ---- preparing ------------------------------------------------------------------------------------------------- */

static ng_picture random_picture(size_t height, size_t width, size_t channels)
{
    ng_picture p = {height, width, channels, malloc(height * width * channels)};
    ck_assert_ptr_nonnull(p.bytes);
    fill(p.bytes, height * width * channels);
    return p;
}

/* Weight of input pixel k for output pixel i, not yet divided by the sum: the definition in prepare.h. */
static long double weight(size_t from, size_t to, size_t i, size_t k)
{
    const long double ratio = (long double)from / (long double)to;
    const long double radius = ratio > 1 ? ratio : 1;
    const long double distance = fabsl((long double)k + 0.5L - ((long double)i + 0.5L) * ratio);
    return distance < radius ? 1 - distance / radius : 0;
}

static long double resized(const ng_picture *p, size_t height, size_t width, size_t y, size_t x, size_t c)
{
    long double sum = 0;
    long double weights = 0;
    for (size_t j = 0; j < p->height; j++) {
        for (size_t i = 0; i < p->width; i++) {
            const long double w = weight(p->height, height, y, j) * weight(p->width, width, x, i);
            sum += w * p->bytes[(j * p->width + i) * p->channels + c];
            weights += w;
        }
    }
    return sum / weights;
}

START_TEST(resizing)
{
    for (uint64_t trial = 0; trial < 60; trial++) {
        ng_picture p = random_picture(1 + random_below(8, trial, 20), 1 + random_below(9, trial, 20), trial % 2 ? 3 : 1);
        const size_t height = 1 + random_below(10, trial, 25);
        const size_t width = 1 + random_below(11, trial, 25);
        ng_picture out;
        ck_assert(ng_resize(&p, height, width, &out));
        ck_assert(out.height == height && out.width == width && out.channels == p.channels);
        for (size_t i = 0; i < height * width * p.channels; i++) {
            const size_t pixel = i / p.channels;
            const long double exact = resized(&p, height, width, pixel / width, pixel % width, i % p.channels);
            const long double off = fabsl((long double)out.bytes[i] - exact);
            ck_assert_msg(off <= 0.5L + 1e-9L, "%zu x %zu to %zu x %zu, byte %zu: %u, not %Lf", p.height, p.width, height, width,
                          i, out.bytes[i], exact);
        }
        ng_picture_free(&out);
        ng_picture_free(&p);
    }
}
END_TEST

START_TEST(same_size_is_untouched)
{
    ng_picture p = random_picture(7, 6, 3);
    ng_picture out;
    ck_assert(ng_resize(&p, 7, 6, &out));
    ck_assert_int_eq(memcmp(p.bytes, out.bytes, 7 * 6 * 3), 0);
    ng_picture_free(&out);
    ng_picture_free(&p);
}
END_TEST

/* Crop, order of channels, mean and deviation, and layout, number by number. */
START_TEST(numbers_of_a_picture)
{
    static const float mean[3] = {0.5F, 0.25F, 0.125F};
    static const float std[3] = {0.5F, 2, 0.3F};
    for (unsigned form = 0; form < 64; form++) {
        const ng_channel_order order = (ng_channel_order)(form % 4);
        const bool grey = form / 4 % 2;
        const bool last = form / 8 % 2;
        const bool normalised = form / 16 % 2;
        const bool cropped = form / 32;
        ng_picture p = random_picture(8, 7, grey ? 1 : 3);
        ng_preparation how = {.order = order, .normalised = normalised, .crop = {cropped ? 5 : 0, cropped ? 4 : 0}};
        memcpy(how.mean, mean, sizeof mean);
        memcpy(how.std, std, sizeof std);
        const size_t channels = order == NG_CHANNELS_GREY || (order == NG_CHANNELS_STORED && grey) ? 1 : 3;
        const ng_placement target = {cropped ? 5 : 8, cropped ? 4 : 7, channels, last};
        float out[8 * 7 * 3];
        ng_error error;
        ck_assert_msg(ng_prepare("x", &p, &how, &target, out, &error), "%s", error.text);
        for (size_t y = 0; y < target.height; y++) {
            for (size_t x = 0; x < target.width; x++) {
                for (size_t c = 0; c < channels; c++) {
                    const uint8_t *pixel = p.bytes + ((y + (cropped ? 1 : 0)) * 7 + x + (cropped ? 1 : 0)) * p.channels;
                    const unsigned luma = (299U * pixel[0] + 587U * pixel[grey ? 0 : 1] + 114U * pixel[grey ? 0 : 2] + 500U) / 1000U;
                    const unsigned byte = grey ? pixel[0] : order == NG_CHANNELS_GREY ? luma
                                          : order == NG_CHANNELS_BGR ? pixel[2 - c] : pixel[c];
                    float expected = (float)byte / 255.0F;
                    expected = normalised ? (expected - mean[c]) / std[c] : expected;
                    const float got = out[last ? (y * target.width + x) * channels + c
                                               : (c * target.height + y) * target.width + x];
                    ck_assert_msg(got >= expected && got <= expected, "form %u: %g, not %g", form, (double)got, (double)expected);
                }
            }
        }
        ng_picture_free(&p);
    }
}
END_TEST

/* The shorter side becomes 10, the other keeps the ratio; then the middle is cut out. */
START_TEST(resized_and_cropped)
{
    ng_picture wide = random_picture(20, 33, 3);
    const ng_preparation how = {.resize = {10, 0}, .crop = {8, 8}, .order = NG_CHANNELS_RGB};
    const ng_placement target = {8, 8, 3, true};
    float out[8 * 8 * 3];
    ng_picture small;
    ng_error error;
    ck_assert_msg(ng_prepare("x", &wide, &how, &target, out, &error), "%s", error.text);
    ck_assert(ng_resize(&wide, 10, 16, &small)); /* 33 * 10 / 20 */
    for (size_t i = 0; i < 8 * 8 * 3; i++) {
        const size_t y = i / 24 + 1;
        const size_t x = i % 24 / 3 + 4;
        const float expected = (float)small.bytes[(y * 16 + x) * 3 + i % 3] / 255.0F;
        ck_assert(out[i] >= expected && out[i] <= expected);
    }
    ng_picture_free(&small);
    const ng_preparation too_small = {.resize = {4, 0}, .crop = {8, 8}};
    ck_assert(!ng_prepare("some.png", &wide, &too_small, &target, out, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "some.png: 8 x 8 pixels cannot be cut out of 4 x 6"));
    const ng_preparation whole = {.resize = {0, 0}};
    ck_assert(!ng_prepare("some.png", &wide, &whole, &target, out, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "the network takes 8 x 8 of 3"));
    ng_picture_free(&wide);
}
END_TEST

Suite *ng_suite_picture(void);

Suite *ng_suite_picture(void)
{
    Suite *suite = suite_create("picture");
    TCase *tcase = tcase_create("picture");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, png_of_each_type);
    tcase_add_test(tcase, png_of_few_bits);
    tcase_add_test(tcase, jpeg);
    tcase_add_loop_test(tcase, broken_pictures, 0, 4);
    tcase_add_test(tcase, not_a_picture);
    tcase_add_test(tcase, resizing);
    tcase_add_test(tcase, same_size_is_untouched);
    tcase_add_test(tcase, numbers_of_a_picture);
    tcase_add_test(tcase, resized_and_cropped);
    suite_add_tcase(suite, tcase);
    return suite;
}
