#include "model/parts/array_avx2.h"
#include "model/parts/block_shift.h"

#if defined(__x86_64__) && defined(__GNUC__)

NG_AVX2_INLINE __m256i load_eight(const float *values)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)values);
}

NG_AVX2_INLINE __m256i magnitudes(__m256i pattern)
{
    return _mm256_and_si256(pattern, _mm256_set1_epi32(NG_FLOAT_MAGNITUDE));
}

NG_AVX2_INLINE int32_t largest_pattern(const float *values, size_t count)
{
    __m256i most = _mm256_setzero_si256();
    for (size_t i = 0; i < count; i += 8) {
        most = _mm256_max_epi32(most, magnitudes(load_eight(values + i)));
    }
    __m128i four = _mm_max_epi32(_mm256_castsi256_si128(most), _mm256_extracti128_si256(most, 1));
    four = _mm_max_epi32(four, _mm_shuffle_epi32(four, 0x4E));
    return _mm_cvtsi128_si32(_mm_max_epi32(four, _mm_shuffle_epi32(four, 0xB1)));
}

NG_AVX2_INLINE __m256i scaled_codes(const ng_cells_avx2 *cells, const float *values, __m256i shift)
{
    const __m256i pattern = load_eight(values);
    return ng_cells_codes(cells, _mm256_sub_epi32(magnitudes(pattern), shift), pattern);
}

NG_AVX2 void ng_block_array_avx2(const ng_block_plan *plan, const float *values, size_t blocks, uint8_t *scales,
                                 uint8_t *codes)
{
    const size_t count = plan->elements.format.block;
    const ng_cells_avx2 cells = ng_cells_load(&plan->elements);
    for (size_t b = 0; b < blocks; b++, values += count, codes += count) {
        const int32_t largest = largest_pattern(values, count);
        int shift = 0;
        if (!ng_block_shift(plan, largest, &shift)) {
            scales[b] = ng_block_slow(plan, values, codes);
            continue;
        }
        const __m256i down = _mm256_set1_epi32(shift * NG_FLOAT_SMALLEST_NORMAL);
        for (size_t i = 0; i < count; i += 16) {
            const __m256i packed = ng_cells_pack(scaled_codes(&cells, values + i, down),
                                                 scaled_codes(&cells, values + i + 8, down), down, down);
            _mm_storeu_si128((__m128i *)(void *)(codes + i), _mm256_castsi256_si128(packed));
        }
        scales[b] = ng_block_scale_code(largest, shift);
    }
}

#else
typedef int ng_no_avx2;
#endif
