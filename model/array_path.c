#include "model/array_path.h"

bool ng_array_path_runs(ng_array_path path)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (path == NG_PATH_AVX2) {
        return __builtin_cpu_supports("avx2") != 0;
    }
#endif
    return path == NG_PATH_PORTABLE;
}

ng_array_path ng_array_path_best(void)
{
    return ng_array_path_runs(NG_PATH_AVX2) ? NG_PATH_AVX2 : NG_PATH_PORTABLE;
}

const char *ng_array_path_name(ng_array_path path)
{
    return path == NG_PATH_AVX2 ? "avx2" : "portable";
}
