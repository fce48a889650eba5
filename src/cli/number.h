/* number.h: numbers as a user writes them, and exact values as he reads them. */
#ifndef NG_NUMBER_H
#define NG_NUMBER_H

#include "model/format.h"

/* A decimal, a C hexadecimal float, inf, nan, or a quotient P/Q of two of the former that are doubles themselves: 0.1 0x1.8p-3
 * -1/3. The value is rounded to odd: of the two doubles around it the one with an odd last bit. Rounding that to a format (51
 * significant bits or fewer) gives what rounding the written number would: no double rounding. False: not a number. */
bool ng_read_number(const char *text, double *value);

/* numerator / denominator, rounded to odd. Range: both finite, denominator not 0. */
double ng_quotient_odd(double numerator, double denominator);

/* A code: 0x.. hexadecimal, 0b.. binary, else decimal. False: not one, or not below `codes`. Range: codes <= 2^32. */
bool ng_read_code(const char *text, uint64_t codes, uint32_t *code);

enum { NG_EXACT_SIZE = 2048 };

/* Every decimal digit of a value, the shorter of plain and scientific notation: "-0.001953125", "5.877e-39", "inf", "nan".
 * Range: |value| in 2^-1100 .. 2^1100, or 0. */
void ng_exact_text(long double value, char text[NG_EXACT_SIZE]);

/* The same of a code; "-0" where the format has one. */
void ng_code_text(const ng_format *format, uint32_t code, char text[NG_EXACT_SIZE]);

/* The value of a code; long double holds that of every format. NaN and infinities as such. */
long double ng_code_value(const ng_format *format, uint32_t code);

#endif
