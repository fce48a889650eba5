#include "src/data/prepare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- resizing -------------------------------------------------------------------------------------------------- */

/* Input pixels [first, first + count) and their weights, which add up to 1, for one output pixel. */
typedef struct {
    size_t first;
    size_t count;
    double *weights;
} taps;

static size_t taps_most(size_t from, size_t to)
{
    const double radius = from > to ? (double)from / (double)to : 1;
    return (size_t)(2 * radius) + 3;
}

static void find_taps(size_t from, size_t to, size_t i, taps *t)
{
    const double ratio = (double)from / (double)to;
    const double radius = ratio > 1 ? ratio : 1;
    const double centre = ((double)i + 0.5) * ratio;
    const double low = ceil(centre - radius - 0.5);
    const double high = floor(centre + radius - 0.5);
    double sum = 0;
    t->first = low > 0 ? (size_t)low : 0;
    const size_t last = high < (double)(from - 1) ? (size_t)high : from - 1;
    t->count = last - t->first + 1;
    for (size_t k = 0; k < t->count; k++) {
        const double distance = fabs((double)(t->first + k) + 0.5 - centre) / radius;
        t->weights[k] = distance < 1 ? 1 - distance : 0;
        sum += t->weights[k];
    }
    for (size_t k = 0; k < t->count; k++) {
        t->weights[k] /= sum;
    }
}

/* Every line in its new width, as doubles. */
static void resize_columns(const ng_picture *in, size_t width, taps *t, double *lines)
{
    const size_t channels = in->channels;
    for (size_t x = 0; x < width; x++) {
        find_taps(in->width, width, x, t);
        for (size_t y = 0; y < in->height; y++) {
            for (size_t c = 0; c < channels; c++) {
                const uint8_t *pixel = in->bytes + (y * in->width + t->first) * channels + c;
                double sum = 0;
                for (size_t k = 0; k < t->count; k++) {
                    sum += t->weights[k] * pixel[k * channels];
                }
                lines[(y * width + x) * channels + c] = sum;
            }
        }
    }
}

static void resize_rows(const double *lines, size_t from, const ng_picture *out, taps *t)
{
    const size_t line = out->width * out->channels;
    for (size_t y = 0; y < out->height; y++) {
        find_taps(from, out->height, y, t);
        for (size_t i = 0; i < line; i++) {
            double sum = 0;
            for (size_t k = 0; k < t->count; k++) {
                sum += t->weights[k] * lines[(t->first + k) * line + i];
            }
            out->bytes[y * line + i] = (uint8_t)fmin(255, floor(sum + 0.5));
        }
    }
}

bool ng_resize(const ng_picture *picture, size_t height, size_t width, ng_picture *out)
{
    const size_t most = taps_most(picture->width, width) + taps_most(picture->height, height);
    taps t = {.weights = malloc(most * sizeof(double))};
    double *lines = malloc(picture->height * width * picture->channels * sizeof *lines);
    *out = (ng_picture){height, width, picture->channels, malloc(height * width * picture->channels)};
    const bool fine = t.weights != NULL && lines != NULL && out->bytes != NULL;
    if (fine) {
        resize_columns(picture, width, &t, lines);
        resize_rows(lines, picture->height, out, &t);
    } else {
        ng_picture_free(out);
    }
    free(t.weights);
    free(lines);
    return fine;
}

static size_t at_least_one(size_t x)
{
    return x > 0 ? x : 1;
}

/* Height and width after resizing. */
static void resized_sides(const ng_picture *picture, const size_t resize[2], size_t sides[2])
{
    sides[0] = resize[0];
    sides[1] = resize[1];
    if (resize[1] == 0 && picture->height <= picture->width) {
        sides[1] = at_least_one(resize[0] * picture->width / picture->height);
    } else if (resize[1] == 0) {
        sides[1] = resize[0];
        sides[0] = at_least_one(resize[0] * picture->height / picture->width);
    }
}

/* ---- numbers --------------------------------------------------------------------------------------------------- */

/* Byte `channel` of a pixel in the order wanted. */
static uint8_t channel_byte(const uint8_t *pixel, size_t stored, ng_channel_order order, size_t channel)
{
    if (stored == 1) {
        return pixel[0];
    }
    if (order == NG_CHANNELS_GREY) {
        return (uint8_t)((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000);
    }
    return pixel[order == NG_CHANNELS_BGR ? stored - 1 - channel : channel];
}

static float number_of(uint8_t byte, const ng_preparation *p, size_t channel)
{
    const float x = (float)byte / 255.0F;
    return p->normalised ? (x - p->mean[channel]) / p->std[channel] : x;
}

/* The part of the picture from (top, left) on. */
static void convert(const ng_picture *picture, size_t top, size_t left, const ng_preparation *p, const ng_placement *target,
                    float *out)
{
    const size_t pixels = target->height * target->width;
    for (size_t i = 0; i < pixels; i++) {
        const size_t y = top + i / target->width;
        const size_t x = left + i % target->width;
        const uint8_t *pixel = picture->bytes + (y * picture->width + x) * picture->channels;
        for (size_t c = 0; c < target->channels; c++) {
            const size_t place = target->channels_last ? i * target->channels + c : c * pixels + i;
            out[place] = number_of(channel_byte(pixel, picture->channels, p->order, c), p, c);
        }
    }
}

static size_t channels_made(const ng_picture *picture, ng_channel_order order)
{
    return order == NG_CHANNELS_STORED ? picture->channels : order == NG_CHANNELS_GREY ? 1 : NG_CHANNELS_MOST;
}

static bool crop_and_convert(const char *path, const ng_picture *picture, const ng_preparation *p, const ng_placement *target,
                             float *out, ng_error *error)
{
    const size_t height = p->crop[0] != 0 ? p->crop[0] : picture->height;
    const size_t width = p->crop[1] != 0 ? p->crop[1] : picture->width;
    const size_t channels = channels_made(picture, p->order);
    if (height > picture->height || width > picture->width) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %zu x %zu pixels cannot be cut out of %zu x %zu", path, height, width,
                       picture->height, picture->width);
    }
    if (height != target->height || width != target->width || channels != target->channels) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %zu x %zu pixels of %zu channels; the network takes %zu x %zu of %zu", path,
                       height, width, channels, target->height, target->width, target->channels);
    }
    convert(picture, (picture->height - height) / 2, (picture->width - width) / 2, p, target, out);
    return true;
}

bool ng_prepare(const char *path, const ng_picture *picture, const ng_preparation *preparation, const ng_placement *target,
                float *out, ng_error *error)
{
    size_t sides[2];
    ng_picture resized;
    if (preparation->resize[0] == 0) {
        return crop_and_convert(path, picture, preparation, target, out, error);
    }
    resized_sides(picture, preparation->resize, sides);
    if (sides[0] > NG_SIDE_MOST || sides[1] > NG_SIDE_MOST) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %zu x %zu pixels are too many", path, sides[0], sides[1]);
    }
    if (!ng_resize(picture, sides[0], sides[1], &resized)) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: no memory to resize it", path);
    }
    const bool fine = crop_and_convert(path, &resized, preparation, target, out, error);
    ng_picture_free(&resized);
    return fine;
}
