/* nearest.h: what the user may have meant. */
#ifndef NG_NEAREST_H
#define NG_NEAREST_H

#include <stddef.h>

/* The up to three names with the smallest Levenshtein distance to `word`, comma-separated, into text[size]. */
void ng_nearest_text(const char *word, const char *const names[], size_t count, char *text, size_t size);

#endif
