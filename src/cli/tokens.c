#include "src/cli/tokens.h"

#include <ctype.h>
#include <string.h>

void ng_tokens_start(ng_tokens *tokens, const ng_options *options, int first)
{
    const int count = options->word_count - first;
    const bool piped = count <= 0 || (count == 1 && strcmp(options->words[first], "-") == 0);
    tokens->words = options->words;
    tokens->word_count = options->word_count;
    tokens->next = first;
    tokens->stream = piped ? stdin : NULL;
    tokens->line = 1;
    tokens->column = 1;
    tokens->place[0] = 0;
    tokens->text[0] = 0;
}

static int next_byte(ng_tokens *tokens)
{
    const int byte = getc(tokens->stream);
    if (byte == '\n') {
        tokens->line++;
        tokens->column = 1;
    } else if (byte != EOF) {
        tokens->column++;
    }
    return byte;
}

static bool refuse(const ng_tokens *tokens, const char *reason, ng_error *error)
{
    return ng_fail(error, NG_EXIT_USAGE, "%s%s", tokens->place, reason);
}

static bool next_of_stream(ng_tokens *tokens, ng_error *error)
{
    size_t length = 0;
    int byte;
    do {
        (void)snprintf(tokens->place, sizeof tokens->place, "standard input:%lu:%lu: ", tokens->line, tokens->column);
        byte = next_byte(tokens);
    } while (byte != EOF && isspace(byte));
    for (; byte != EOF && !isspace(byte); byte = next_byte(tokens)) {
        if (byte < ' ' || byte > '~') {
            return refuse(tokens, "a byte that is not printable", error);
        }
        if (length + 1 == NG_TOKEN_SIZE) {
            return refuse(tokens, "a number of more than 4095 characters", error);
        }
        tokens->text[length++] = (char)byte;
    }
    tokens->text[length] = 0;
    if (ferror(tokens->stream)) {
        return ng_fail(error, NG_EXIT_MISSING, "standard input cannot be read");
    }
    return length != 0;
}

bool ng_tokens_next(ng_tokens *tokens, ng_error *error)
{
    if (tokens->stream != NULL) {
        return next_of_stream(tokens, error);
    }
    if (tokens->next >= tokens->word_count) {
        return false;
    }
    const char *word = tokens->words[tokens->next++];
    if (strlen(word) >= NG_TOKEN_SIZE) {
        return refuse(tokens, "a number of more than 4095 characters", error);
    }
    memcpy(tokens->text, word, strlen(word) + 1);
    return true;
}
