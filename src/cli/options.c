#include "src/cli/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/nearest.h"

typedef enum { TEXT_OPTION, NUMBER_OPTION, FLAG_OPTION } option_kind;

typedef struct {
    option_kind kind;
    const char *name;
    const char *argument;
    const char *text;
    const char *verbs;
    const char *text_default;
    long number_default;
    long least;
    long most;
    size_t offset;
} option;

static const option options_table[] = {
#define TEXT(field, name, argument, value, text, verbs) \
    {TEXT_OPTION, name, argument, text, verbs, value, 0, 0, 0, offsetof(ng_options, field)},
#define NUMBER(field, name, argument, value, least, most, text, verbs) \
    {NUMBER_OPTION, name, argument, text, verbs, "", value, least, most, offsetof(ng_options, field)},
#define FLAG(field, name, text, verbs) \
    {FLAG_OPTION, name, "", text, verbs, "", 0, 0, 0, offsetof(ng_options, field)},
#include "src/cli/options.def"
#undef TEXT
#undef NUMBER
#undef FLAG
};

enum { OPTION_COUNT = sizeof options_table / sizeof options_table[0] };

/* True if the space-separated list holds the word. */
static bool listed(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        const bool starts = at == list || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == 0)) {
            return true;
        }
    }
    return false;
}

static void set_text(ng_options *options, const option *row, const char *value)
{
    memcpy((char *)options + row->offset, &value, sizeof value);
}

static void set_number(ng_options *options, const option *row, long value)
{
    memcpy((char *)options + row->offset, &value, sizeof value);
}

static void set_flag(ng_options *options, const option *row, bool value)
{
    memcpy((char *)options + row->offset, &value, sizeof value);
}

static void set_defaults(ng_options *options)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *row = &options_table[i];
        switch (row->kind) {
        case TEXT_OPTION: set_text(options, row, row->text_default); break;
        case NUMBER_OPTION: set_number(options, row, row->number_default); break;
        case FLAG_OPTION: set_flag(options, row, false); break;
        }
    }
    options->word_count = 0;
}

static bool unknown_option(const char *verb, const char *word, ng_error *error)
{
    const char *names[OPTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (listed(options_table[i].verbs, verb)) {
            names[count++] = options_table[i].name;
        }
    }
    char near[256];
    ng_nearest_text(word, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "%s: unknown option '--%s'; nearest: %s (narrowgauge %s --help)", verb, word,
                   near, verb);
}

static bool set_value(ng_options *options, const option *row, const char *value, ng_error *error)
{
    if (row->kind == TEXT_OPTION) {
        set_text(options, row, value);
        return true;
    }
    char *end;
    errno = 0;
    const long number = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != 0 || number < row->least || number > row->most) {
        return ng_fail(error, NG_EXIT_USAGE, "--%s: '%s' is not a number in %ld..%ld", row->name, value, row->least,
                       row->most);
    }
    set_number(options, row, number);
    return true;
}

static bool parse_option(const char *verb, int argc, char **argv, int *at, ng_options *options, ng_error *error)
{
    const char *word = argv[*at] + 2;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *row = &options_table[i];
        const size_t length = strlen(row->name);
        const bool joined = strncmp(word, row->name, length) == 0 && word[length] == '=';
        if ((strcmp(word, row->name) != 0 && !joined) || !listed(row->verbs, verb)) {
            continue;
        }
        if (row->kind == FLAG_OPTION && !joined) {
            set_flag(options, row, true);
            return true;
        }
        if (row->kind == FLAG_OPTION) {
            return ng_fail(error, NG_EXIT_USAGE, "--%s takes no value", row->name);
        }
        if (joined) {
            return set_value(options, row, word + length + 1, error);
        }
        if (*at + 1 >= argc) {
            return ng_fail(error, NG_EXIT_USAGE, "--%s needs a value: --%s %s", row->name, row->name, row->argument);
        }
        (*at)++;
        return set_value(options, row, argv[*at], error);
    }
    return unknown_option(verb, word, error);
}

bool ng_options_parse(const char *verb, int argc, char **argv, int first, ng_options *options, ng_error *error)
{
    set_defaults(options);
    options->words = argv + first;
    for (int at = first; at < argc; at++) {
        if (strncmp(argv[at], "--", 2) == 0) {
            if (!parse_option(verb, argc, argv, &at, options, error)) {
                return false;
            }
        } else {
            argv[first + options->word_count++] = argv[at];
        }
    }
    return true;
}

void ng_options_help(FILE *out, const char *verb)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *row = &options_table[i];
        if (!listed(row->verbs, verb)) {
            continue;
        }
        char head[48];
        (void)snprintf(head, sizeof head, "--%s %s", row->name, row->argument);
        (void)fprintf(out, "  %-24s %s", head, row->text);
        if (row->kind == TEXT_OPTION && row->text_default[0] != 0) {
            (void)fprintf(out, " [%s]", row->text_default);
        } else if (row->kind == NUMBER_OPTION && row->number_default != 0) {
            (void)fprintf(out, " [%ld]", row->number_default);
        }
        (void)fputc('\n', out);
    }
}
