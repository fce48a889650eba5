#include "src/cli/number.h"

#include <assert.h>
#include <ctype.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static_assert(LDBL_MANT_DIG >= 64, "a significand of ng_number fits a long double");

static bool is_odd(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (bits & 1) != 0;
}

/* strtod() of the text up to *end, rounded to odd: rounded down and rounded up are the same or neighbours. */
static double read_odd(const char *text, char **end, bool *exact)
{
    const int kept = fegetround();
    (void)fesetround(FE_DOWNWARD);
    const double below = strtod(text, end);
    (void)fesetround(FE_UPWARD);
    const double above = strtod(text, end);
    (void)fesetround(kept);
    *exact = isnan(below) || below == above;
    return *exact || is_odd(below) ? below : above;
}

double ng_quotient_odd(double numerator, double denominator)
{
    const double nearest = numerator / denominator;
    if (isinf(nearest)) {
        return copysign(DBL_MAX, nearest);
    }
    const double rest = fma(-nearest, denominator, numerator);
    if (rest == 0 || is_odd(nearest)) {
        return nearest;
    }
    return nextafter(nearest, (rest < 0) == (denominator < 0) ? INFINITY : -INFINITY);
}

bool ng_read_number(const char *text, double *value)
{
    char *end;
    bool exact;
    if (isspace((unsigned char)text[0])) {
        return false;
    }
    const double first = read_odd(text, &end, &exact);
    if (end == text) {
        return false;
    }
    *value = first;
    if (*end == 0) {
        return true;
    }
    const char *rest = end + 1;
    if (*end != '/' || !exact || !isfinite(first) || isspace((unsigned char)*rest)) {
        return false;
    }
    const double second = read_odd(rest, &end, &exact);
    if (end == rest || *end != 0 || !exact || !isfinite(second) || second == 0) {
        return false;
    }
    *value = ng_quotient_odd(first, second);
    return true;
}

static int digit_of(char character)
{
    const char *const digits = "0123456789abcdef";
    const char *at = character != 0 ? strchr(digits, tolower((unsigned char)character)) : NULL;
    return at != NULL ? (int)(at - digits) : 16;
}

bool ng_read_code(const char *text, uint64_t codes, uint32_t *code)
{
    int base = 10;
    uint64_t sum = 0;
    if (text[0] == '0' && text[1] != 0 && strchr("xXbB", text[1]) != NULL) {
        base = strchr("xX", text[1]) != NULL ? 16 : 2;
        text += 2;
    }
    if (text[0] == 0) {
        return false;
    }
    for (; *text != 0; text++) {
        const int digit = digit_of(*text);
        if (digit >= base) {
            return false;
        }
        sum = sum * (uint64_t)base + (uint64_t)digit;
        if (sum >= codes) {
            return false;
        }
    }
    *code = (uint32_t)sum;
    return true;
}

/* Digits d.ddd and the power of ten of a finite value other than 0; trailing zeros dropped. */
static int digits_of(long double magnitude, char digits[NG_EXACT_SIZE])
{
    char text[NG_EXACT_SIZE];
    int exponent;
    (void)frexpl(magnitude, &exponent);
    /* At most as many digits as bits before the point, and as many as bits behind it. */
    const int before = exponent > 0 ? exponent : 0;
    const int behind = LDBL_MANT_DIG > exponent ? LDBL_MANT_DIG - exponent : 0;
    (void)snprintf(text, sizeof text, "%.*Le", before + behind, magnitude);
    char *mark = strchr(text, 'e');
    int length = 0;
    for (const char *at = text; at < mark; at++) {
        if (*at != '.') {
            digits[length++] = *at;
        }
    }
    while (length > 1 && digits[length - 1] == '0') {
        length--;
    }
    digits[length] = 0;
    return (int)strtol(mark + 1, NULL, 10);
}

void ng_exact_text(long double value, char text[NG_EXACT_SIZE])
{
    char digits[NG_EXACT_SIZE];
    const char *sign = signbit(value) ? "-" : "";
    if (isnan(value) || isinf(value) || value == 0) {
        (void)snprintf(text, NG_EXACT_SIZE, "%s%s", isnan(value) ? "" : sign, isnan(value) ? "nan" : isinf(value) ? "inf" : "0");
        return;
    }
    const int ten = digits_of(fabsl(value), digits);
    const int length = (int)strlen(digits);
    if (ten < -5 || ten > 20) {
        (void)snprintf(text, NG_EXACT_SIZE, "%s%c%s%.1800se%d", sign, digits[0], length > 1 ? "." : "", digits + 1, ten);
    } else if (ten < 0) {
        (void)snprintf(text, NG_EXACT_SIZE, "%s0.%.*s%.1800s", sign, -ten - 1, "0000", digits);
    } else if (length <= ten + 1) {
        (void)snprintf(text, NG_EXACT_SIZE, "%s%.1800s%.*s", sign, digits, ten + 1 - length, "00000000000000000000");
    } else {
        (void)snprintf(text, NG_EXACT_SIZE, "%s%.*s.%.1800s", sign, ten + 1, digits, digits + ten + 1);
    }
}

long double ng_code_value(const ng_format *format, uint32_t code)
{
    const ng_number number = ng_decode(format, code);
    if (number.category != NG_CLASS_FINITE || number.significand == 0) {
        return (long double)ng_decode_double(format, code);
    }
    return ldexpl((long double)number.significand, number.exponent);
}

void ng_code_text(const ng_format *format, uint32_t code, char text[NG_EXACT_SIZE])
{
    ng_exact_text(ng_code_value(format, code), text);
}
