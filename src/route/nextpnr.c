#include "src/route/nextpnr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/arguments.h"
#include "src/base/process.h"
#include "src/route/route.h"

static const ng_nextpnr rows[] = {
#define ROUTE(target, program, install, synth_command, arguments, constraints, clock, luts) \
    {NG_TARGET_##target, program, install, synth_command, arguments, constraints, clock, luts},
#include "src/route/routes.def"
#undef ROUTE
};

const ng_nextpnr *ng_nextpnr_find(const ng_target *target)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].target == target->id) {
            return &rows[i];
        }
    }
    return NULL;
}

/* nextpnr says it on standard error: the log holds both. */
static bool ask_version(const char *program, char version[256])
{
    char log[NG_PATH_SIZE];
    ng_buffer text;
    const char *const argv[] = {program, "--version", NULL};
    if (!ng_make_folders("build/route", NULL) || !ng_path(log, NULL, "build/route/version.tmp.%ld", (long)getpid())) {
        return false;
    }
    const bool ran = ng_run(argv, NULL, log, NULL) && ng_read_file(log, (size_t)1 << 20, &text, NULL);
    (void)unlink(log);
    if (!ran) {
        return false;
    }
    while (text.size > 0 && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == '\r')) {
        text.data[--text.size] = 0;
    }
    const char *last = strrchr((const char *)text.data, '\n');
    (void)snprintf(version, 256, "%s", last != NULL ? last + 1 : (const char *)text.data);
    ng_buffer_free(&text);
    return true;
}

bool ng_nextpnr_locate(const ng_nextpnr *row, char program[NG_PATH_SIZE], char version[256], ng_error *error)
{
    char here[NG_PATH_SIZE / 2];
    if (getcwd(here, sizeof here) == NULL || !ng_path(program, error, "%s/build/extras/bin/%s", here, row->program)) {
        return ng_fail(error, NG_EXIT_MISSING, "cannot name the current folder");
    }
    if (!ng_exists(program) && !ng_path(program, error, "%s", row->program)) {
        return false;
    }
    return ask_version(program, version) ||
           ng_fail(error, NG_EXIT_MISSING, "%s is not installed. Run: %s", row->program, row->install);
}

static void add_words(ng_arguments *command, const char *words)
{
    while (*(words += strspn(words, " ")) != 0) {
        const size_t length = strcspn(words, " ");
        ng_arguments_add(command, "%.*s", (int)length, words);
        words += length;
    }
}

/* The frequency of the one clock. */
static bool read_fmax(const char *path, double *fmax, ng_error *error)
{
    json_t *report = json_load_file(path, 0, NULL);
    const char *name;
    json_t *clock;
    size_t clocks = 0;
    json_object_foreach(json_object_get(report, "fmax"), name, clock) {
        *fmax = json_number_value(json_object_get(clock, "achieved"));
        clocks++;
    }
    json_decref(report);
    return (clocks == 1 && *fmax > 0) || ng_fail(error, NG_EXIT_CHECK, "%s: no frequency of one clock", path);
}

static bool read_cells(const char *path, json_t **cells, ng_error *error)
{
    json_t *root = json_load_file(path, 0, NULL);
    const char *name;
    json_t *module;
    *cells = NULL;
    json_object_foreach(json_object_get(root, "modules"), name, module) {
        *cells = *cells == NULL ? json_incref(json_object_get(module, "cells")) : *cells;
    }
    json_decref(root);
    return json_is_object(*cells) || ng_fail(error, NG_EXIT_CHECK, "%s: no routed cells", path);
}

static bool run(const ng_nextpnr *row, const char *program, const char *folder, unsigned seed, bool *ended,
                ng_error *error)
{
    char log[NG_PATH_SIZE];
    ng_arguments command = {0};
    ng_arguments_add(&command, "%s", program);
    add_words(&command, row->arguments);
    add_words(&command, "--timing-allow-fail --freq 100 --json design.json --report report.json --write routed.json --seed");
    ng_arguments_add(&command, "%u", seed);
    if (command.failed || !ng_path(log, error, "%s/nextpnr.log", folder)) {
        ng_arguments_free(&command);
        return ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", row->program);
    }
    const bool fine = ng_run_limited((const char *const *)command.words, folder, log, NG_ROUTE_LIMIT_S, ended, error);
    ng_arguments_free(&command);
    return fine;
}

bool ng_nextpnr_run(const ng_nextpnr *row, const char *program, const char *folder, unsigned seed, bool *ended,
                    double *fmax, json_t **routed, ng_error *error)
{
    char report[NG_PATH_SIZE];
    char cells[NG_PATH_SIZE];
    return ng_path(report, error, "%s/report.json", folder) && ng_path(cells, error, "%s/routed.json", folder) &&
           run(row, program, folder, seed, ended, error) &&
           (!*ended || (read_fmax(report, fmax, error) && (routed == NULL || read_cells(cells, routed, error))));
}
