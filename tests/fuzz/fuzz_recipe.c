/* Any text as a recipe of quantisation methods; one that is read is read the same from its canonical words. */
#include <stdlib.h>
#include <string.h>

#include "src/quantize/method.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(recipe)
{
    ng_methods first;
    ng_methods second;
    ng_error error = {0};
    char *text = malloc(size + 1);
    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = 0;
    if (ng_methods_read(text, &first, &error) &&
        (!ng_methods_read(first.text, &second, &error) || strcmp(first.text, second.text) != 0)) {
        abort();
    }
    free(text);
    return 0;
}
