#include "src/base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 64, SHOWN = 3 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein distance of the first WORD_MAX characters. */
static size_t distance(const char *a, const char *b)
{
    const size_t rows = least(strlen(a), WORD_MAX);
    const size_t columns = least(strlen(b), WORD_MAX);
    size_t row[WORD_MAX + 1];
    for (size_t j = 0; j <= columns; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[columns];
}

void ng_nearest_text(const char *word, const char *const names[], size_t count, char *text, size_t size)
{
    bool used[256] = {false};
    size_t length = 0;
    text[0] = 0;
    for (int shown = 0; shown < SHOWN; shown++) {
        size_t best = count;
        size_t best_distance = 0;
        for (size_t i = 0; i < count && i < sizeof used; i++) {
            const size_t here = distance(word, names[i]);
            if (!used[i] && (best == count || here < best_distance)) {
                best = i;
                best_distance = here;
            }
        }
        if (best == count || length >= size) {
            return;
        }
        used[best] = true;
        const int written = snprintf(text + length, size - length, "%s%s", shown == 0 ? "" : ", ", names[best]);
        length += written > 0 ? (size_t)written : 0;
    }
}
