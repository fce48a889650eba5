/* paired.h: two classifiers on the same images: what the images on which they part say about their difference. */
#ifndef NG_PAIRED_H
#define NG_PAIRED_H

typedef struct {
    unsigned images;
    unsigned differ;      /* the two predict different classes */
    unsigned both;        /* both are right */
    unsigned first_only;  /* only the first is right */
    unsigned second_only;
} ng_paired;

/* Top-1 in per cent of the first and of the second. Range: images > 0. */
double ng_paired_first(const ng_paired *tally);
double ng_paired_second(const ng_paired *tally);

/* First minus second, in points of per cent. */
double ng_paired_difference(const ng_paired *tally);

/* Half width of the 95 % interval of that difference, in points. Only the discordant images b = first_only and c = second_only
 * count, as in McNemar's test; with one more of each and two more images, so that it is no 0 where the two agree on all:
 *   p = (b + 1) / (n + 2), q = (c + 1) / (n + 2), 1.96 * sqrt((p + q - (p - q)^2) / (n + 2))
 * Bonett and Price, J. Educ. Behav. Stat. 37(4), 2012.
 *   n = 10000: b = c = 0 -> 0.028; b = 30, c = 20 -> 0.141; b = c = 500 -> 0.620 */
double ng_paired_interval95(const ng_paired *tally);

#endif
