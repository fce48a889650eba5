/* npy.h: numpy's array files: .npy, and members of .npz archives.
 *
 * Magic number, version, length of the header, a header such as
 *   {'descr': '<f4', 'fortran_order': False, 'shape': (10000, 28, 28), }
 * and the data, last axis innermost.
 */
#ifndef NG_NPY_H
#define NG_NPY_H

#include "src/base/file.h"
#include "src/data/samples.h"

enum { NG_NPY_RANK_MOST = 4 };

typedef struct {
    char kind;       /* 'u' unsigned, 'i' signed, 'f' floating point */
    unsigned width;  /* bytes of a number: 1, 2, 4 or 8 */
    unsigned rank;
    size_t size[NG_NPY_RANK_MOST];
    const uint8_t *data;
} ng_npy;

/* Reads the header of the array in data[size], which must be of exactly the size it says. Any bytes may be given. Errors
 * (exit 2, with `path` and offset): malformed, big endian, in Fortran order, another type, empty, a rank above 4. */
bool ng_npy_parse(const char *path, const uint8_t *data, size_t size, ng_npy *array, ng_error *error);

/* Images and labels from two arrays, each a path FILE.npy or FILE.npz/MEMBER, the first `limit` of them (0: all). Images are
 * unsigned bytes [n][h][w], [n][h][w][1 or 3] or [n][1 or 3][h][w], or fp32 of any shape from rank 2 on, which are used as
 * they are; labels are integers [n] or [n][1], from 0 to 65535. Errors: exit 2. Free with ng_samples_free(). */
bool ng_npy_load(const char *images, const char *labels, size_t limit, ng_samples *samples, ng_error *error);

#endif
