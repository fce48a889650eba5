/* jpeg.c: JPEG files by libjpeg, which reports errors by longjmp(): everything that lives across one is in `decoder`. What
 * libjpeg would repair and warn about (data missing or damaged) is an error here. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "src/data/picture.h"

typedef struct {
    struct jpeg_error_mgr manager; /* first: libjpeg hands out its address */
    struct jpeg_decompress_struct jpeg;
    jmp_buf back;
    const char *path;
    const uint8_t *data;
    size_t size;
    ng_picture *picture;
    ng_error *error;
} decoder;

static void fail(j_common_ptr jpeg)
{
    decoder *d = (decoder *)(void *)jpeg->err;
    char text[JMSG_LENGTH_MAX];
    const size_t left = d->jpeg.src != NULL ? d->jpeg.src->bytes_in_buffer : d->size;
    jpeg->err->format_message(jpeg, text);
    (void)ng_fail(d->error, NG_EXIT_USAGE, "%s: offset %zu: %s", d->path, left <= d->size ? d->size - left : d->size, text);
    longjmp(d->back, 1);
}

/* level -1: a warning about the data. */
static void complain(j_common_ptr jpeg, int level)
{
    if (level < 0) {
        fail(jpeg);
    }
}

/* Leaves by longjmp() on any error. */
static bool read_picture(decoder *d)
{
    struct jpeg_decompress_struct *jpeg = &d->jpeg;
    ng_picture *picture = d->picture;
    jpeg_mem_src(jpeg, d->data, (unsigned long)d->size);
    (void)jpeg_read_header(jpeg, TRUE);
    if (jpeg->image_width > NG_SIDE_MOST || jpeg->image_height > NG_SIDE_MOST ||
        jpeg->image_height > NG_PIXELS_MOST / jpeg->image_width) {
        return ng_fail(d->error, NG_EXIT_USAGE, "%s: offset 0: %u x %u pixels are too many", d->path, jpeg->image_height,
                       jpeg->image_width);
    }
    jpeg->out_color_space = jpeg->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg->dct_method = JDCT_ISLOW;
    (void)jpeg_start_decompress(jpeg);
    picture->height = jpeg->output_height;
    picture->width = jpeg->output_width;
    picture->channels = (size_t)jpeg->output_components;
    const size_t line = picture->width * picture->channels;
    picture->bytes = malloc(picture->height * line);
    if (picture->bytes == NULL) {
        return ng_fail(d->error, NG_EXIT_MISSING, "%s: no memory for the picture", d->path);
    }
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = picture->bytes + jpeg->output_scanline * line;
        (void)jpeg_read_scanlines(jpeg, &row, 1);
    }
    (void)jpeg_finish_decompress(jpeg);
    return true;
}

/* A function of its own: no local variable is changed between setjmp() and longjmp(). */
static bool decode(decoder *d)
{
    if (setjmp(d->back) != 0) {
        return false;
    }
    jpeg_create_decompress(&d->jpeg);
    return read_picture(d);
}

bool ng_jpeg_decode(const char *path, const uint8_t *data, size_t size, ng_picture *picture, ng_error *error)
{
    decoder *d = calloc(1, sizeof *d);
    *picture = (ng_picture){0};
    if (d == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: no memory for libjpeg", path);
    }
    d->path = path;
    d->data = data;
    d->size = size;
    d->picture = picture;
    d->error = error;
    d->jpeg.err = jpeg_std_error(&d->manager);
    d->manager.error_exit = fail;
    d->manager.emit_message = complain;
    const bool fine = decode(d);
    jpeg_destroy_decompress(&d->jpeg);
    free(d);
    if (!fine) {
        ng_picture_free(picture);
    }
    return fine;
}
