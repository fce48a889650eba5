/* array_path.h: which instructions the array functions run on. The result is the same bits on each.
 *
 * The machine is asked at every call, so there is no state to set up and none to get wrong.
 */
#ifndef NG_ARRAY_PATH_H
#define NG_ARRAY_PATH_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    NG_PATH_PORTABLE = 0, /* C11 */
    NG_PATH_AVX2 = 1      /* x86-64 with AVX2 */
} ng_array_path;

/* True if this machine, and this build, can run the path. */
bool ng_array_path_runs(ng_array_path path);

/* The fastest path that runs here. */
ng_array_path ng_array_path_best(void);

/* "portable" or "avx2". */
const char *ng_array_path_name(ng_array_path path);

#ifdef __cplusplus
}
#endif

#endif
