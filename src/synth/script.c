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

static void write_mapping(FILE *out, const ng_target *target, const char *top)
{
    if (target->read_command[0] != 0) {
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
    write_mapping(out, target, path->unit->name);
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
    write_design(out, path, sources);
    (void)fprintf(out, "hierarchy -check -top %s\nproc\nopt\ntechmap\nopt\n", path->unit->name);
    (void)fputs("setattr -mod -unset keep_hierarchy *\nflatten\nopt\nrename -top top\n", out);
    write_gates(out, "rtl.blif");
    (void)fprintf(out, "design -reset\nread_json netlist.json\nread_verilog -defer -icells +/%s\nhierarchy -check -top %s\n",
                  target->library, path->unit->name);
    (void)fputs("proc\nflatten\nopt\nrename -top top\n", out);
    write_gates(out, "netlist.blif");
    return fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "equivalence script: out of memory");
}
