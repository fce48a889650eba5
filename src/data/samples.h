/* samples.h: labelled images in memory, as bytes or as a network's very input. */
#ifndef NG_SAMPLES_H
#define NG_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

typedef struct {
    size_t count;
    size_t height;
    size_t width;
    size_t channels;
    uint8_t *bytes;   /* [count][height][width][channels]; NULL where floats are given */
    float *floats;    /* [count][height * width * channels], used as they are */
    uint32_t *labels; /* [count] */
} ng_samples;

void ng_samples_free(ng_samples *samples);

#endif
