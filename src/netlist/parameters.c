#include <stdlib.h>
#include <string.h>

#include "src/netlist/pins.h"
#include "src/netlist/reader.h"

/* Digits of base 2, or of base 16 behind "0x", of at most `width` significant bits. x counts as 0 where allowed. Yosys puts a
 * blank behind a text that could be read as a number ("0x1000 "). */
static bool read_number(const json_t *text, unsigned width, bool unknown, uint64_t *value)
{
    const char *digits = json_string_value(text);
    *value = 0;
    if (digits == NULL) {
        return false;
    }
    const bool hexadecimal = strncmp(digits, "0x", 2) == 0;
    const unsigned step = hexadecimal ? 4 : 1;
    const char *const legal = hexadecimal ? "0123456789abcdef0123456789ABCDEF" : "01";
    digits += hexadecimal ? 2 : 0;
    if (*digits == 0 || *digits == ' ') {
        return false;
    }
    for (; *digits != 0 && strcmp(digits, " ") != 0; digits++) {
        const char *place = strchr(legal, *digits);
        if ((place == NULL && !(unknown && *digits == 'x')) || *value >> (64 - step) != 0) {
            return false;
        }
        *value = *value << step | (place == NULL ? 0 : (uint64_t)(place - legal) % 16);
    }
    return width == 64 || *value >> width == 0;
}

/* The text, blanks at its end apart, or the number it spells. */
static bool has_value(const json_t *text, const char *wanted)
{
    const char *found = json_string_value(text);
    uint64_t value;
    if (found == NULL) {
        return false;
    }
    const size_t length = strlen(wanted);
    if (strncmp(found, wanted, length) == 0 && strspn(found + length, " ") == strlen(found + length)) {
        return true;
    }
    char *end;
    const unsigned long number = strtoul(wanted, &end, 10);
    return *end == 0 && read_number(text, 64, false, &value) && value == number;
}

static bool find_word(const ng_cell_type *type, const char *name, ng_parameter_word *word)
{
    for (const char *list = type->parameters; ng_parameter_next(&list, word);) {
        if (strcmp(word->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The input pin a parameter "IS_PIN_INVERTED" of a flip-flop is about, or -1. */
static int inverted_pin(const ng_cell_type *type, const char *parameter)
{
    char name[NG_CELL_NAME_SIZE + 16];
    ng_pin pin;
    int index = 0;
    for (const char *list = type->inputs; type->role == NG_ROLE_FF && ng_pin_next(&list, &pin); index++) {
        const size_t length = strlen(pin.name);
        memcpy(name, "IS_", 3);
        memcpy(name + 3, pin.name, length);
        memcpy(name + 3 + length, "_INVERTED", sizeof "_INVERTED");
        if (length != 0 && strcmp(name, parameter) == 0) {
            return index;
        }
    }
    return -1;
}

static const char PARAMETER_CHARACTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

/* NULL if the row lists every parameter and every value it wants is there; otherwise the first that is not so, and the words of the
 * row that fit before it. */
static const char *find_misfit(const ng_cell_type *type, const json_t *parameters, size_t *fitting)
{
    ng_parameter_word word;
    const char *name;
    json_t *text;
    *fitting = 0;
    for (const char *list = type->parameters; ng_parameter_next(&list, &word); ++*fitting) {
        if (word.kind == NG_PARAMETER_VALUE && !has_value(json_object_get(parameters, word.name), word.value)) {
            const char *at = strstr(type->parameters, word.name);
            return at != NULL ? at : "";
        }
    }
    json_object_foreach((json_t *)parameters, name, text) {
        if (!find_word(type, name, &word) && inverted_pin(type, name) < 0) {
            return strspn(name, PARAMETER_CHARACTERS) == strlen(name) ? name : "";
        }
    }
    return NULL;
}

bool ng_reader_cell_type(ng_reader *reader, ng_cell *cell, const char *type, const json_t *parameters)
{
    const ng_target *target = reader->netlist->target;
    const ng_cell_type *row = ng_target_cell(target, type, NULL);
    if (row == NULL) {
        return ng_fail(reader->error, NG_EXIT_CHECK, "%s: cell %s: type %.64s is not allowed for %s", reader->path,
                       cell->name, type, target->name);
    }
    const bool asked = row->role == NG_ROLE_DSP && reader->dsp && row->inputs[0] != 0;
    if (!ng_role_allowed(row->role) && !asked) {
        return ng_fail(reader->error, NG_EXIT_CHECK, "%s: cell %s: type %.64s is not allowed for %s: a %s", reader->path,
                       cell->name, type, target->name, ng_role_name(row->role));
    }
    const char *misfit = "";
    size_t most = 0;
    for (const char *found; row != NULL; row = ng_target_cell(target, type, row)) {
        size_t fitting;
        if ((found = find_misfit(row, parameters, &fitting)) == NULL) {
            break;
        }
        misfit = fitting >= most ? found : misfit;
        most = fitting >= most ? fitting : most;
    }
    cell->type = row;
    return row != NULL || ng_fail(reader->error, NG_EXIT_USAGE, "%s: %s: unknown parameter or parameter value: %.*s",
                                  reader->path, cell->name, (int)strcspn(misfit, " "), misfit);
}

/* Puts a parameter's bits into the table from bit *at on. */
static bool read_table(ng_reader *reader, ng_cell *cell, const ng_parameter_word *word, const json_t *text, unsigned *at)
{
    const bool ff = cell->type->role == NG_ROLE_FF;
    uint64_t value = 0;
    if (text == NULL && ff) {
        return true;
    }
    if (cell->dsp != NULL && !read_number(text, word->bits, false, &value)) {
        return ng_fail(reader->error, NG_EXIT_USAGE, "%s: cell %s: parameter %s is neither 0 nor 1", reader->path, cell->name,
                       word->name);
    }
    if (text == NULL) {
        return ng_reader_refuse(reader, cell->name, "no truth table");
    }
    if (!read_number(text, word->bits, ff, &value)) {
        return ng_reader_refuse(reader, cell->name, "bad truth table");
    }
    cell->table = *at == 0 ? value : cell->table | value << *at;
    *at += word->bits;
    return true;
}

/* A two-input table at {second, first}. */
static unsigned look_up(uint64_t table, unsigned first, unsigned second)
{
    return (unsigned)(table >> (first | second << 1)) & 1;
}

/* The truth table of a tree of two-input tables, four bits apart from bit 0 of `tables` up. */
static uint64_t tree_table(uint64_t tables, unsigned flags)
{
    uint64_t made = 0;
    for (unsigned i = 0; i < (flags == NG_LUT_TREE5 ? 32U : 16U); i++) {
        const unsigned low = look_up(tables, i & 1, i >> 1 & 1);
        const unsigned high = look_up(tables >> 4, i >> 2 & 1, i >> 3 & 1);
        const unsigned joined = look_up(tables >> 8, low, high);
        made |= (uint64_t)(flags == NG_LUT_TREE5 ? look_up(tables >> 12, i >> 4 & 1, joined) : joined) << i;
    }
    return made;
}

bool ng_reader_parameters(ng_reader *reader, ng_cell *cell, const json_t *parameters)
{
    ng_parameter_word word;
    const char *name;
    json_t *text;
    unsigned at = 0;
    cell->table = cell->type->table;
    for (const char *list = cell->type->parameters; ng_parameter_next(&list, &word);) {
        if (word.kind == NG_PARAMETER_TABLE &&
            !read_table(reader, cell, &word, json_object_get(parameters, word.name), &at)) {
            return false;
        }
    }
    if (cell->dsp != NULL) {
        cell->dsp->registers = (unsigned)cell->table;
        cell->dsp->pre_adder = (cell->type->flags & NG_DSP_PRE_ADDER) != 0;
    }
    if (cell->type->role == NG_ROLE_LUT && cell->type->flags != 0) {
        cell->table = tree_table(cell->table, cell->type->flags);
    }
    json_object_foreach((json_t *)parameters, name, text) {
        const int pin = inverted_pin(cell->type, name);
        uint64_t value = 0;
        if (pin >= 0 && !read_number(text, 1, false, &value)) {
            return ng_reader_refuse(reader, cell->name, "unknown parameter or parameter value");
        }
        cell->inverted |= pin >= 0 ? (unsigned)value << pin : 0;
    }
    const bool falling = cell->type->role == NG_ROLE_FF && (cell->inverted >> NG_FF_CLOCK & 1) != 0;
    return !falling || ng_reader_refuse(reader, cell->name, "falling clock edge");
}
