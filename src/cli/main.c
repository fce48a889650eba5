#include <stdlib.h>
#include <string.h>

#include "model/version.h"
#include "src/base/nearest.h"
#include "src/cli/cli.h"
#include "src/cli/man_page.h"

typedef struct {
    const char *name;
    const char *usage;
    const char *text;
    ng_verb_function *run;
} verb;

static const verb verbs[] = {
#define VERB(name, usage, text) {#name, usage, text, ng_verb_##name},
#include "src/cli/verbs.def"
#undef VERB
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static void print_help(FILE *out)
{
    (void)fputs("narrowgauge: what a narrow number format costs on an FPGA and does to a network's accuracy\n\n", out);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        (void)fprintf(out, "  narrowgauge %-9s %-17s %s\n", verbs[i].name, verbs[i].usage, verbs[i].text);
    }
    (void)fputs("\nnarrowgauge VERB --help lists the options of a verb, --version prints the version, --man the man page. Units (--unit):\n", out);
    for (size_t i = 0; i < NG_UNIT_COUNT; i++) {
        const ng_unit *unit = ng_unit_at(i);
        (void)fprintf(out, "  %-11s %-10s rtl/%s.sv: %s\n", ng_unit_kind_name(unit->kind), ng_family_name(unit->family),
                      unit->name, unit->architecture);
    }
    (void)fputs("\nExit status: 0 done, 1 a check failed, 2 wrong usage or bad input, 3 something is missing here.\n", out);
}

static const verb *find_verb(const char *name, ng_error *error)
{
    const char *names[VERB_COUNT];
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = verbs[i].name;
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    char near[256];
    ng_nearest_text(name, names, VERB_COUNT, near, sizeof near);
    (void)ng_fail(error, NG_EXIT_USAGE, "unknown verb '%s'; nearest: %s (narrowgauge --help)", name, near);
    return NULL;
}

static int run_verb(const verb *chosen, int argc, char **argv, ng_error *error)
{
    ng_options options;
    if (!ng_options_parse(chosen->name, argc, argv, 2, &options, error)) {
        return error->exit_code;
    }
    if (options.help) {
        (void)printf("narrowgauge %s %s\n%s\n\n", chosen->name, chosen->usage, chosen->text);
        ng_options_help(stdout, chosen->name);
        return NG_EXIT_OK;
    }
    return chosen->run(&options, error);
}

int main(int argc, char **argv)
{
    ng_error error = {0};
    if (argc < 2) {
        print_help(stderr);
        return NG_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return NG_EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("narrowgauge %s\n", ng_version());
        return NG_EXIT_OK;
    }
    if (strcmp(argv[1], "--man") == 0) {
        ng_man_page(stdout);
        return NG_EXIT_OK;
    }
    const verb *chosen = find_verb(argv[1], &error);
    int status = chosen != NULL ? run_verb(chosen, argc, argv, &error) : error.exit_code;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fputs("narrowgauge: standard output cannot be written\n", stderr);
        status = status != NG_EXIT_OK ? status : NG_EXIT_MISSING;
    }
    if (error.text[0] != 0) {
        (void)fprintf(stderr, "narrowgauge: %s\n", error.text);
    }
    return status;
}
