/* ref_nested.h: nested integers by enumeration over the 256 weights. */
#ifndef REF_NESTED_H
#define REF_NESTED_H

/* The weights with the same `bits` leading bits as q: the first of them and how many. Range: q in [-128, 127]. */
void ref_nested_cell(int q, unsigned bits, int *first, int *size);

/* Twice the mean of those weights. */
int ref_nested_twice_mean(int q, unsigned bits);

/* The multiple p of 2^(8 - bits) nearest to q with p in the range of `bits` bits; ties to the larger. */
int ref_nested_nearest(int q, unsigned bits);

#endif
