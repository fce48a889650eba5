/* Any pair of files as images and labels: the first byte says at which 1/256 of the input the labels start. */
#include <stdio.h>
#include <stdlib.h>

#include "src/base/file.h"
#include "src/data/idx.h"
#include "tests/fuzz/fuzz.h"

static void put(const char *folder, const char *kind, const uint8_t *data, size_t size)
{
    char path[NG_PATH_SIZE];
    FILE *file = ng_path(path, NULL, "%s/t10k-%s", folder, kind) ? fopen(path, "wb") : NULL;
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        abort();
    }
}

FUZZ_TARGET(idx)
{
    const char *folder = "build/fuzz/files";
    if (size == 0 || !ng_make_folders(folder, NULL)) {
        return 0;
    }
    const size_t split = 1 + (size - 1) * data[0] / 256;
    put(folder, "images-idx3-ubyte", data + 1, split - 1);
    put(folder, "labels-idx1-ubyte", data + split, size - split);
    for (size_t limit = 0; limit < 2; limit++) {
        ng_images images;
        ng_error error = {0};
        if (ng_images_load(folder, "t10k", limit, &images, &error)) {
            ng_images_free(&images);
        }
    }
    return 0;
}
