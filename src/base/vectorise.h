/* vectorise.h: loops over numbers, compiled for several widths of vector unit; the widest the machine has is taken
 * when the program starts. Functions so marked compute the same bits in every version: no reassociation, and no
 * fused multiply-add unless NG_VECTORISED_FUSED says that fusing cannot change the result. */
#ifndef NG_VECTORISE_H
#define NG_VECTORISE_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define NG_TARGETS target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")
/* Loops that copy stay loops: gcc 12 makes them copies of 16 bytes a time, for which a wider vector read back from them waits. */
#define NG_OPTIONS "O3", "no-math-errno", "no-trapping-math", "no-tree-loop-distribute-patterns"
#define NG_VECTORISED __attribute__((optimize(NG_OPTIONS, "fp-contract=off"), NG_TARGETS))
#define NG_VECTORISED_FUSED __attribute__((optimize(NG_OPTIONS, "fp-contract=fast"), NG_TARGETS))
#define NG_INLINE static inline __attribute__((always_inline)) /* the only way into functions of other options */
#else
#define NG_VECTORISED
#define NG_VECTORISED_FUSED
#define NG_INLINE static inline
#endif

#endif
