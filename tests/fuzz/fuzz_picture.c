/* Any bytes as a PNG file, if they begin like one, else as a JPEG file; what is a small picture is resized, too. */
#include <string.h>

#include "src/data/prepare.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(picture)
{
    enum { SIDE_MOST = 64 };
    ng_picture picture = {0};
    ng_picture small;
    ng_error error = {0};
    const bool png = size > 4 && memcmp(data, "\x89PNG", 4) == 0;
    if (!(png ? ng_png_decode : ng_jpeg_decode)("x", data, size, &picture, &error)) {
        return 0;
    }
    if (picture.height <= SIDE_MOST && picture.width <= SIDE_MOST && ng_resize(&picture, 5, 7, &small)) {
        ng_picture_free(&small);
    }
    ng_picture_free(&picture);
    return 0;
}
