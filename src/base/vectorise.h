/* vectorise.h: loops over numbers, compiled for several widths of vector unit; the widest the machine has is taken
 * when the program starts. Functions so marked compute the same bits in every version: no reassociation, and no
 * fused multiply-add unless NG_VECTORISED_FUSED says that fusing cannot change the result. */
#ifndef NG_VECTORISE_H
#define NG_VECTORISE_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define NG_TARGETS target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")
#define NG_VECTORISED __attribute__((optimize("O3", "fp-contract=off", "no-math-errno", "no-trapping-math"), NG_TARGETS))
#define NG_VECTORISED_FUSED __attribute__((optimize("O3", "fp-contract=fast", "no-math-errno", "no-trapping-math"), NG_TARGETS))
#define NG_INLINE static inline __attribute__((always_inline)) /* the only way into functions of other options */
#else
#define NG_VECTORISED
#define NG_VECTORISED_FUSED
#define NG_INLINE static inline
#endif

#endif
