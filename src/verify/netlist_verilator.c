#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/synth/synth.h"
#include "src/verify/verify.h"

/* yosys rewrites its own netlist as Verilog with the module renamed; the file names are ours, never a user's word. */
static bool write_verilog(const char *netlist, const char *output, ng_error *error)
{
    char script[3 * NG_PATH_SIZE];
    char temporary[NG_PATH_SIZE];
    if (!ng_path(temporary, error, "%s.tmp.%ld", output, (long)getpid())) {
        return false;
    }
    (void)snprintf(script, sizeof script, "read_json %s; hierarchy -auto-top; rename -top ng_net0; write_verilog -noattr %s",
                   netlist, temporary);
    const char *const argv[] = {ng_yosys_program(), "-q", "-p", script, NULL};
    if (!ng_run(argv, NULL, "/dev/null", error)) {
        return false;
    }
    return rename(temporary, output) == 0 || ng_fail(error, NG_EXIT_MISSING, "%s: cannot write", output);
}

bool ng_netlist_bench_open(ng_bench *bench, const ng_datapath *path, const ng_target *target, const char *netlist,
                           const char *rtl, ng_error *error)
{
    char verilog[NG_PATH_SIZE];
    char cells[NG_PATH_SIZE];
    const char *const files[] = {verilog};
    const ng_bench_source source = {.level = NG_LEVEL_NETLIST, .rtl = rtl, .netlists = files, .cells = cells};
    if (!ng_path(verilog, error, "%s.v", netlist) || !ng_path(cells, error, "sim/cells/%s.v", target->name)) {
        return false;
    }
    if (!ng_exists(cells)) {
        return ng_fail(error, NG_EXIT_USAGE, "no cell models for Verilator of target %s (%s)", target->name, cells);
    }
    return write_verilog(netlist, verilog, error) && ng_bench_open(bench, path, 1, &source, error);
}

bool ng_verify_netlist_verilator(const ng_datapath *path, const ng_target *target, const char *netlist,
                                 const ng_verify_options *options, json_t **record, ng_error *error)
{
    ng_bench bench;
    if (!ng_netlist_bench_open(&bench, path, target, netlist, options->rtl, error)) {
        return false;
    }
    ng_verdict *verdict = calloc(1, sizeof *verdict);
    const uint64_t cases = options->cases != 0 ? options->cases : NG_CASES_DEFAULT;
    const bool fine = verdict != NULL ? ng_check_bench(&bench, path, 1, NG_LEVEL_NETLIST, options->seed, cases, verdict, error)
                                      : ng_fail(error, NG_EXIT_MISSING, "verify: out of memory");
    if (fine) {
        *record = ng_verify_record(path, NG_LEVEL_NETLIST, target->name, options->verilator, options, verdict);
        (void)json_object_set_new(*record, "engine", json_string("verilator"));
    }
    free(verdict);
    ng_bench_close(&bench);
    return fine;
}
