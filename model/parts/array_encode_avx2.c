#include "model/parts/array_avx2.h"

#if defined(__x86_64__) && defined(__GNUC__)

NG_AVX2_INLINE __m256i encode_eight(const ng_cells_avx2 *cells, const float *values)
{
    const __m256i pattern = _mm256_loadu_si256((const __m256i *)(const void *)values);
    return ng_cells_codes(cells, _mm256_and_si256(pattern, _mm256_set1_epi32(NG_FLOAT_MAGNITUDE)), pattern);
}

NG_AVX2 size_t ng_array_encode_avx2(const ng_array_plan *plan, const float *restrict values, size_t count,
                                    uint8_t *restrict codes)
{
    const ng_cells_avx2 cells = ng_cells_load(plan);
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        const float *at = values + i;
        const __m256i packed = ng_cells_pack(encode_eight(&cells, at), encode_eight(&cells, at + 8),
                                             encode_eight(&cells, at + 16), encode_eight(&cells, at + 24));
        _mm256_storeu_si256((__m256i *)(void *)(codes + i), packed);
    }
    return i;
}

#else
typedef int ng_no_avx2;
#endif
