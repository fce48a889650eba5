/* array_avx2.h: the step of array_cell.h for eight patterns at a time; empty where there is no AVX2 to compile for.
 *
 * A cell is 64 bits. Eight of them are fetched by ordinary loads: vpgatherdd takes longer on every machine tried. */
#ifndef NG_ARRAY_AVX2_H
#define NG_ARRAY_AVX2_H

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#include "model/parts/array_cell.h"

#define NG_AVX2 __attribute__((target("avx2")))
#define NG_AVX2_INLINE static inline __attribute__((always_inline, target("avx2")))

typedef struct {
    __m256i low;
    __m256i high;
    __m256 start[2];
    __m128i shift;
    const ng_array_cell *cell;
} ng_cells_avx2;

NG_AVX2_INLINE ng_cells_avx2 ng_cells_load(const ng_array_plan *plan)
{
    return (ng_cells_avx2){_mm256_set1_epi32(plan->low),
                           _mm256_set1_epi32(plan->high),
                           {_mm256_castsi256_ps(_mm256_set1_epi32(plan->start[0])),
                            _mm256_castsi256_ps(_mm256_set1_epi32(plan->start[1]))},
                           _mm_cvtsi32_si128((int)plan->shift),
                           plan->cell};
}

/* Two cells, by the two indices in a 64-bit word. */
NG_AVX2_INLINE __m128i ng_cells_pair(const ng_array_cell *cell, uint64_t index)
{
    const __m128i first = _mm_loadl_epi64((const __m128i *)(const void *)&cell[(uint32_t)index]);
    return _mm_castps_si128(_mm_loadh_pi(_mm_castsi128_ps(first), (const __m64 *)(const void *)&cell[index >> 32]));
}

/* Codes of eight patterns of |x|, one in each 32 bits; the sign bits of `signs` are those of x. */
NG_AVX2_INLINE __m256i ng_cells_codes(const ng_cells_avx2 *cells, __m256i magnitude, __m256i signs)
{
    const __m256i inside = _mm256_min_epi32(_mm256_max_epi32(magnitude, cells->low), cells->high);
    const __m256 start = _mm256_blendv_ps(cells->start[0], cells->start[1], _mm256_castsi256_ps(signs));
    const __m256i index = _mm256_add_epi32(_mm256_srl_epi32(inside, cells->shift), _mm256_castps_si256(start));
    const __m128i upper = _mm256_extracti128_si256(index, 1);
    const __m128i lower = _mm256_castsi256_si128(index);
    /* Cells 0 1 4 5 and 2 3 6 7, so that shuffling within 128 bits restores the order. */
    const __m128i pair01 = ng_cells_pair(cells->cell, (uint64_t)_mm_cvtsi128_si64(lower));
    const __m128i pair23 = ng_cells_pair(cells->cell, (uint64_t)_mm_extract_epi64(lower, 1));
    const __m128i pair45 = ng_cells_pair(cells->cell, (uint64_t)_mm_cvtsi128_si64(upper));
    const __m128i pair67 = ng_cells_pair(cells->cell, (uint64_t)_mm_extract_epi64(upper, 1));
    const __m256 even = _mm256_castsi256_ps(_mm256_inserti128_si256(_mm256_castsi128_si256(pair01), pair45, 1));
    const __m256 odd = _mm256_castsi256_ps(_mm256_inserti128_si256(_mm256_castsi128_si256(pair23), pair67, 1));
    const __m256i last = _mm256_castps_si256(_mm256_shuffle_ps(even, odd, 0x88));
    const __m256i code = _mm256_castps_si256(_mm256_shuffle_ps(even, odd, 0xDD));
    /* code * 1 + drop * (0 or -1) */
    const __m256i above = _mm256_cmpgt_epi32(magnitude, last);
    return _mm256_madd_epi16(code, _mm256_blend_epi16(_mm256_set1_epi16(1), above, 0xAA));
}

/* 32 codes from four times eight. */
NG_AVX2_INLINE __m256i ng_cells_pack(__m256i a, __m256i b, __m256i c, __m256i d)
{
    const __m256i packed = _mm256_packus_epi16(_mm256_packus_epi32(a, b), _mm256_packus_epi32(c, d));
    return _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

#endif
#endif
