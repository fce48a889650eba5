#include "src/synth/script.h"

#include <stdio.h>

static void write_design(FILE *out, const ng_datapath *path, const ng_sources *sources)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    for (size_t i = 0; i < sources->count; i++) {
        (void)fprintf(out, "read_verilog -sv rtl/%s\n", sources->files[i].name);
    }
    (void)fputs("chparam", out);
    for (unsigned i = 0; i < count; i++) {
        (void)fprintf(out, " -set %s %d", parameters[i].name, parameters[i].value);
    }
    (void)fprintf(out, " %s\n", path->unit->name);
}

/* The modules of DSP blocks, for a design that names them before it is mapped. */
static void write_blocks(FILE *out, const ng_datapath *path, const char *command)
{
    if (ng_datapath_dsps(path) != 0) {
        (void)fprintf(out, "%s\n", command);
    }
}

static void write_mapping(FILE *out, const ng_target *target, const char *top, bool declared)
{
    if (target->read_command[0] != 0 && !declared) {
        (void)fprintf(out, "%s\nhierarchy -check -top %s\n", target->read_command, top);
    }
    (void)fprintf(out, "%s -top %s\n", target->synth_command, top);
    (void)fputs("setattr -mod -unset keep_hierarchy *\nflatten\nopt_clean -purge\n", out);
    /* chparam renames the top module. The selection keeps the cell library out of the file. */
    (void)fprintf(out, "rename -top %s\nselect %s\njson -o netlist.json\n", top, top);
}

bool ng_script_text(const ng_datapath *path, const ng_target *target, const ng_sources *sources, char **text,
                    ng_error *error)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "synthesis script: out of memory");
    }
    write_design(out, path, sources);
    write_mapping(out, target, path->unit->name, false);
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "synthesis script: out of memory");
}

/* Brings a flat design of any cells down to gates. */
static void write_gates(FILE *out, const char *file)
{
    (void)fprintf(out,
                  "techmap\nopt\nsetundef -undriven -zero\nsetundef -zero\ndffunmap\nsetattr -unset init w:*\n"
                  "opt_clean\naigmap\nopt_clean\nwrite_blif %s\n",
                  file);
}

/* Gates of a module that occurs many times are made once, before the hierarchy is dissolved. */
bool ng_script_gates(const ng_datapath *path, const ng_target *target, const ng_sources *sources, char **text,
                     ng_error *error)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "equivalence script: out of memory");
    }
    char models[96];
    (void)snprintf(models, sizeof models, "read_verilog -defer -icells +/%s", target->library);
    write_design(out, path, sources);
    write_blocks(out, path, models);
    (void)fprintf(out, "hierarchy -check -top %s\nproc\nopt\ntechmap\nopt\n", path->unit->name);
    (void)fputs("setattr -mod -unset keep_hierarchy *\nflatten\nopt\nrename -top top\n", out);
    write_gates(out, "rtl.blif");
    (void)fprintf(out, "design -reset\nread_json netlist.json\n%s\nhierarchy -check -top %s\n", models,
                  path->unit->name);
    (void)fputs("proc\nflatten\nopt\nrename -top top\n", out);
    write_gates(out, "netlist.blif");
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "equivalence script: out of memory");
}

bool ng_script_mutants(const ng_datapath *path, const ng_target *target, const ng_sources *sources, unsigned count,
                       unsigned seed, char **text, ng_error *error)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "mutants' script: out of memory");
    }
    write_design(out, path, sources);
    write_blocks(out, path, target->read_command);
    (void)fprintf(out, "hierarchy -check -top %s\nproc\nsetattr -mod -unset keep_hierarchy *\nflatten\nopt\nwreduce\n",
                  path->unit->name);
    (void)fprintf(out, "opt_clean\nrename -top %s\n", path->unit->name);
    /* A flip-flop's data are a mutated cell's output anyway; with another clock there is no one clock to run. The pins of a DSP
     * block are wires of its column and constants, which logic in between would make another block of. */
    (void)fprintf(out, "mutate -list %u -seed %u -ctrl " NG_MUTANT_PORT " %d 1 -o mutants.txt t:* t:$*dff* %%d%s\n", count, seed,
                  NG_MUTANT_BITS, ng_datapath_dsps(path) != 0 ? " t:DSP48E1 %d" : "");
    (void)fputs("script mutants.txt\nopt_clean\n", out);
    write_mapping(out, target, path->unit->name, ng_datapath_dsps(path) != 0);
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "mutants' script: out of memory");
}
