/* prepare.h: from the bytes of a picture to the numbers of a network's input.
 *
 *   1. resize   bilinear, below
 *   2. crop     the middle: rows from floor((height - h) / 2) on, columns likewise
 *   3. channels grey from colour: floor((299 r + 587 g + 114 b + 500) / 1000); colour from grey: three times the same
 *   4. number   x = fp32(byte) / 255; with mean and std x = (x - mean[c]) / std[c]; each operation rounded once to fp32
 *   5. layout   [channel][row][column] or [row][column][channel]
 *
 * Resizing from n to m pixels along an axis: output i is the mean of the input pixels k weighted by
 * max(0, 1 - |k + 0.5 - c| / r), c = (i + 0.5) * n / m, r = max(1, n / m): interpolation when it grows, averaging over the
 * pixel's own area when it shrinks. Columns first, then rows, in double; one rounding to a byte at the end, halves up.
 */
#ifndef NG_PREPARE_H
#define NG_PREPARE_H

#include "src/data/picture.h"

typedef enum {
    NG_CHANNELS_STORED = 0, /* as the picture has them */
    NG_CHANNELS_GREY = 1,
    NG_CHANNELS_RGB = 2,
    NG_CHANNELS_BGR = 3
} ng_channel_order;

typedef struct {
    size_t resize[2]; /* height, width; 0 0: not; n 0: the shorter side becomes n, the other keeps the ratio, cut to whole */
    size_t crop[2];   /* height, width; 0 0: not */
    ng_channel_order order;
    bool normalised;  /* mean and std are applied */
    float mean[NG_CHANNELS_MOST]; /* of the channels in their final order */
    float std[NG_CHANNELS_MOST];
} ng_preparation;

/* What the network takes. */
typedef struct {
    size_t height;
    size_t width;
    size_t channels;
    bool channels_last;
} ng_placement;

/* out[target]. Errors (exit 2, naming `path`): the prepared picture is not of the target's size, or too small to crop. */
bool ng_prepare(const char *path, const ng_picture *picture, const ng_preparation *preparation, const ng_placement *target,
                float *out, ng_error *error);

/* The picture in another size. Range: sides from 1 to NG_SIDE_MOST. False without memory. Free with ng_picture_free(). */
bool ng_resize(const ng_picture *picture, size_t height, size_t width, ng_picture *out);

#endif
