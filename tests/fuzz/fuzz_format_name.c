/* Any text: the parser ends, leaves the format alone where it refuses, and what it accepts prints to a name that it reads
 * as the same format. */
#include <stdlib.h>
#include <string.h>

#include "model/format_name.h"
#include "tests/fuzz/fuzz.h"

enum { TEXT_MAX = 256 };

static void must(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_accepted(const ng_format *format, const ng_codebook *codebook)
{
    char name[NG_FORMAT_NAME_SIZE];
    ng_format again;
    must(ng_format_valid(format));
    ng_format_print(format, name);
    must(memchr(name, 0, sizeof name) != NULL && strcmp(name, format->name) == 0);
    must(ng_format_parse(name, codebook, 1, &again, NULL) == NG_PARSE_OK);
    must(ng_format_same(format, &again) && strcmp(again.name, name) == 0);
    (void)ng_decode(format, ng_format_largest(format));
    (void)ng_decode(format, UINT32_MAX);
}

FUZZ_TARGET(format_name)
{
    static const ng_codebook codebook = {.name = "own", .bits = 1, .value = {-1, 1}};
    char text[TEXT_MAX];
    ng_format format;
    ng_format untouched;
    size_t position = 0;
    const size_t length = size < sizeof text ? size : sizeof text - 1;
    memcpy(text, data, length);
    text[length] = 0;
    memset(&format, 0xA5, sizeof format);
    memset(&untouched, 0xA5, sizeof untouched);
    if (ng_format_parse(text, &codebook, 1, &format, &position) == NG_PARSE_OK) {
        check_accepted(&format, &codebook);
    } else {
        must(memcmp(&format, &untouched, sizeof format) == 0 && position <= strlen(text));
    }
    return 0;
}
