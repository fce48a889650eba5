/* tokens.h: the numbers a verb works on, one at a time: its words, or standard input where there are none or the only one
 * is "-". Standard input is separated by white space and may be of any length; it is read as it comes. */
#ifndef NG_TOKENS_H
#define NG_TOKENS_H

#include "src/cli/options.h"

enum { NG_TOKEN_SIZE = 4096 };

typedef struct {
    char *const *words;
    int word_count;
    int next;
    FILE *stream;          /* NULL: the words */
    unsigned long line;    /* of the next byte of the stream, from 1 */
    unsigned long column;
    char place[64];        /* "standard input:LINE:COLUMN: " of the present token; empty for a word */
    char text[NG_TOKEN_SIZE];
} ng_tokens;

/* Starts with word `first` of the options. */
void ng_tokens_start(ng_tokens *tokens, const ng_options *options, int first);

/* The next token into tokens->text. False at the end; false with *error filled (exit 2) for a token that is too long or has
 * bytes that are not printable ASCII, and for an input that cannot be read (exit 3). */
bool ng_tokens_next(ng_tokens *tokens, ng_error *error);

#endif
