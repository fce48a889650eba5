#include "src/quantize/method.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/nearest.h"

enum { WORD_SIZE = 32, METHODS_MAX = 64 };

double ng_choice_value(const ng_method_choice *choice, const char *name)
{
    for (unsigned i = 0; i < choice->option_count; i++) {
        if (strcmp(choice->options[i].name, name) == 0) {
            return choice->options[i].value;
        }
    }
    return NAN;
}

/* The options of a row with their defaults. */
static void read_defaults(const ng_method *method, ng_method_choice *choice)
{
    *choice = (ng_method_choice){.method = method};
    for (const char *at = method->options; *at != 0;) {
        ng_method_option *option = &choice->options[choice->option_count++];
        int used = 0;
        (void)sscanf(at, " %15[^=]=%lf:%lf:%lf %n", option->name, &option->value, &option->least, &option->most, &used);
        at += used;
    }
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* A word of the recipe: from `at` up to one of the ending characters. False if it is longer than a name can be. */
static bool take_word(const char **at, const char *ends, char word[WORD_SIZE])
{
    const size_t length = strcspn(*at, ends);
    const size_t kept = length < WORD_SIZE ? length : WORD_SIZE - 1;
    memcpy(word, *at, kept);
    word[kept] = 0;
    *at += length;
    return length < WORD_SIZE;
}

static bool unknown_method(const char *word, ng_error *error)
{
    const char *names[METHODS_MAX];
    char near[256];
    size_t count = 0;
    for (; count < METHODS_MAX && ng_method_at(count) != NULL; count++) {
        names[count] = ng_method_at(count)->name;
    }
    ng_nearest_text(word, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "recipe: unknown method '%s'; nearest: %s", word, near);
}

static const ng_method *find_method(const char *word)
{
    size_t i = 0;
    while (ng_method_at(i) != NULL && strcmp(ng_method_at(i)->name, word) != 0) {
        i++;
    }
    return ng_method_at(i);
}

static bool unknown_option(const ng_method_choice *choice, const char *word, ng_error *error)
{
    const char *names[NG_METHOD_OPTIONS_MOST];
    char near[256];
    for (unsigned i = 0; i < choice->option_count; i++) {
        names[i] = choice->options[i].name;
    }
    if (choice->option_count == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "recipe: %s has no options", choice->method->name);
    }
    ng_nearest_text(word, names, choice->option_count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "recipe: %s has no option '%s'; nearest: %s", choice->method->name, word, near);
}

/* KEY=NUMBER at *at. */
static bool read_option(const char **at, ng_method_choice *choice, ng_error *error)
{
    char name[WORD_SIZE];
    char number[WORD_SIZE];
    const bool short_name = take_word(at, "=,+", name);
    if (!short_name || **at != '=') {
        return ng_fail(error, NG_EXIT_USAGE, "recipe: '%s' of %s is not KEY=NUMBER", name, choice->method->name);
    }
    (*at)++;
    const bool short_number = take_word(at, ",+", number);
    unsigned i = 0;
    while (i < choice->option_count && strcmp(choice->options[i].name, name) != 0) {
        i++;
    }
    if (i == choice->option_count) {
        return unknown_option(choice, name, error);
    }
    ng_method_option *option = &choice->options[i];
    char *end;
    const double value = strtod(number, &end);
    if (!short_number || end == number || *end != 0 || !(value >= option->least && value <= option->most)) {
        return ng_fail(error, NG_EXIT_USAGE, "recipe: %s:%s: '%s' is not a number in %g..%g", choice->method->name, name, number,
                       option->least, option->most);
    }
    option->value = value;
    return true;
}

static bool read_options(const char **at, ng_method_choice *choice, ng_error *error)
{
    bool fine = true;
    for (char before = ':'; fine && **at == before; before = ',') {
        (*at)++;
        fine = read_option(at, choice, error);
    }
    return fine;
}

static bool decides_weights(const ng_method *method)
{
    return method->stage == NG_STAGE_WEIGHTS || method->stage == NG_STAGE_STORAGE;
}

/* Puts a method where the table's order wants it. */
static bool insert(ng_methods *methods, const ng_method_choice *choice, ng_error *error)
{
    size_t at = methods->count;
    for (size_t i = 0; i < methods->count; i++) {
        const ng_method *other = methods->items[i].method;
        if (other == choice->method) {
            return ng_fail(error, NG_EXIT_USAGE, "recipe: %s stands there twice", other->name);
        }
        if (decides_weights(other) && decides_weights(choice->method)) {
            return ng_fail(error, NG_EXIT_USAGE, "recipe: %s and %s both decide the weights", other->name, choice->method->name);
        }
    }
    if (methods->count == NG_METHODS_MOST) {
        return ng_fail(error, NG_EXIT_USAGE, "recipe: more than %d methods", NG_METHODS_MOST);
    }
    for (; at > 0; at--) {
        const ng_method *other = methods->items[at - 1].method;
        if (other->stage < choice->method->stage || (other->stage == choice->method->stage && other < choice->method)) {
            break;
        }
        methods->items[at] = methods->items[at - 1];
    }
    methods->items[at] = *choice;
    methods->count++;
    return true;
}

/* ---- the canonical text ------------------------------------------------------------------------------------------ */

static bool append(char *text, const char *more)
{
    const size_t length = strlen(text);
    return snprintf(text + length, NG_RECIPE_TEXT_SIZE - length, "%s", more) < (int)(NG_RECIPE_TEXT_SIZE - length);
}

static bool append_choice(char *text, const ng_method_choice *choice)
{
    ng_method_choice defaults;
    char word[64];
    char before = ':';
    bool fine = (text[0] == 0 || append(text, "+")) && append(text, choice->method->name);
    read_defaults(choice->method, &defaults);
    for (unsigned i = 0; i < choice->option_count; i++) {
        const ng_method_option *option = &choice->options[i];
        if (option->value < defaults.options[i].value || option->value > defaults.options[i].value) {
            (void)snprintf(word, sizeof word, "%c%s=%.10g", before, option->name, option->value);
            fine = append(text, word) && fine;
            before = ',';
        }
    }
    return fine;
}

static bool write_text(ng_methods *methods)
{
    bool fine = true;
    for (size_t i = 0; i < methods->count; i++) {
        const bool plain = strcmp(methods->items[i].method->name, "nearest") == 0;
        fine = (plain || append_choice(methods->text, &methods->items[i])) && fine;
    }
    return methods->text[0] != 0 ? fine : append(methods->text, "plain");
}

static bool add_default(ng_methods *methods, ng_error *error)
{
    ng_method_choice choice;
    for (size_t i = 0; i < methods->count; i++) {
        if (decides_weights(methods->items[i].method)) {
            return true;
        }
    }
    read_defaults(find_method("nearest"), &choice);
    return insert(methods, &choice, error);
}

bool ng_methods_read(const char *recipe, ng_methods *methods, ng_error *error)
{
    *methods = (ng_methods){.count = 0};
    const char *at = recipe == NULL || strcmp(recipe, "plain") == 0 ? "" : recipe;
    for (bool more = *at != 0; more; more = *at == '+', at += more) {
        char word[WORD_SIZE];
        ng_method_choice choice;
        const bool short_word = take_word(&at, "+:", word);
        const ng_method *method = short_word ? find_method(word) : NULL;
        if (method == NULL) {
            return unknown_method(word, error);
        }
        read_defaults(method, &choice);
        if (!read_options(&at, &choice, error) || !insert(methods, &choice, error)) {
            return false;
        }
    }
    return add_default(methods, error) && (write_text(methods) || ng_fail(error, NG_EXIT_USAGE, "recipe: it is too long"));
}

bool ng_methods_store_only(const ng_methods *methods)
{
    for (size_t i = 0; i < methods->count; i++) {
        if (methods->items[i].method->stage == NG_STAGE_STORAGE) {
            return true;
        }
    }
    return false;
}
