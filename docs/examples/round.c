/* Rounds a number into any format and says what it became:  cc round.c $(pkg-config --cflags --libs narrowgauge) */
#include <narrowgauge.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    ng_format format;
    if (argc != 3 || ng_format_parse(argv[1], NULL, 0, &format, NULL) != NG_PARSE_OK) {
        fprintf(stderr, "usage: round FORMAT NUMBER\n");
        return 2;
    }
    const uint32_t code = ng_encode_double(&format, strtod(argv[2], NULL));
    const ng_number exact = ng_decode(&format, code);
    printf("%s: code 0x%x = %lld * 2^%d\n", format.name, (unsigned)code, (long long)exact.significand, exact.exponent);
    return 0;
}
