/* png.c: PNG files by libpng, which reports errors by longjmp(): everything that lives across one is in `decoder`. */
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/data/picture.h"

typedef struct {
    const char *path;
    const uint8_t *data;
    size_t size;
    size_t at;
    ng_picture *picture;
    png_bytep *rows;
    png_structp png;
    png_infop info;
    ng_error *error;
} decoder;

static void take(png_structp png, png_bytep out, size_t size)
{
    decoder *d = png_get_io_ptr(png);
    if (size > d->size - d->at) {
        png_error(png, "the file ends too early");
    }
    memcpy(out, d->data + d->at, size);
    d->at += size;
}

static void fail(png_structp png, png_const_charp text)
{
    const decoder *d = png_get_error_ptr(png);
    (void)ng_fail(d->error, NG_EXIT_USAGE, "%s: offset %zu: %s", d->path, d->at, text);
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

/* 8 bits a channel, grey or red, green, blue. */
static void set_form(const decoder *d, bool grey)
{
    png_set_expand(d->png);
    png_set_strip_16(d->png);
    png_set_strip_alpha(d->png);
    if (!grey) {
        png_set_palette_to_rgb(d->png);
    }
    (void)png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
}

/* Leaves by longjmp() on any error. */
static void read_picture(decoder *d)
{
    ng_picture *picture = d->picture;
    png_read_info(d->png, d->info);
    picture->height = png_get_image_height(d->png, d->info);
    picture->width = png_get_image_width(d->png, d->info);
    if (picture->height > NG_PIXELS_MOST / picture->width) {
        png_error(d->png, "too many pixels");
    }
    const int type = png_get_color_type(d->png, d->info);
    picture->channels = (type & PNG_COLOR_MASK_COLOR) == 0 ? 1 : NG_CHANNELS_MOST;
    set_form(d, picture->channels == 1);
    const size_t line = picture->width * picture->channels;
    if (png_get_rowbytes(d->png, d->info) != line) {
        png_error(d->png, "an unknown pixel format");
    }
    picture->bytes = malloc(picture->height * line);
    d->rows = malloc(picture->height * sizeof *d->rows);
    if (picture->bytes == NULL || d->rows == NULL) {
        png_error(d->png, "no memory for the picture");
    }
    for (size_t i = 0; i < picture->height; i++) {
        d->rows[i] = picture->bytes + i * line;
    }
    png_read_image(d->png, d->rows);
    png_read_end(d->png, NULL);
}

/* A function of its own: no local variable is changed between setjmp() and longjmp(). */
static bool decode(decoder *d)
{
    if (setjmp(png_jmpbuf(d->png)) != 0) {
        return false;
    }
    png_set_user_limits(d->png, NG_SIDE_MOST, NG_SIDE_MOST);
    png_set_read_fn(d->png, d, take);
    read_picture(d);
    return true;
}

bool ng_png_decode(const char *path, const uint8_t *data, size_t size, ng_picture *picture, ng_error *error)
{
    decoder d = {.path = path, .data = data, .size = size, .picture = picture, .error = error};
    *picture = (ng_picture){0};
    d.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &d, fail, ignore);
    d.info = d.png != NULL ? png_create_info_struct(d.png) : NULL;
    const bool fine = d.info != NULL ? decode(&d) : ng_fail(error, NG_EXIT_MISSING, "%s: no memory for libpng", path);
    png_destroy_read_struct(&d.png, &d.info, NULL);
    free(d.rows);
    if (!fine) {
        ng_picture_free(picture);
    }
    return fine;
}
