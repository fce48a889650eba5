#include "src/verify/bench.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/source_hash.h"
#include "src/verify/verilator.h"

bool ng_rtl_hash(const char *folder, char hash[NG_HASH_SIZE], ng_error *error)
{
    static const char *const suffixes[] = {".sv", ".vlt", NULL};
    ng_hash state;
    ng_hash_start(&state);
    if (!ng_hash_folder(&state, folder, suffixes, error)) {
        return false;
    }
    ng_hash_end(&state, hash);
    return true;
}

static bool write_text(const char *folder, const char *name, char *text, ng_error *error)
{
    char path[NG_PATH_SIZE];
    const bool fine = ng_path(path, error, "%s/%s", folder, name) && ng_write_file(path, text, strlen(text), error);
    free(text);
    return fine;
}

static bool write_sources(const char *folder, const ng_datapath *paths, size_t count, ng_level level, ng_error *error)
{
    char *text;
    return ng_wrapper_text(paths, count, level, &text, error) && write_text(folder, "ng_top.sv", text, error) &&
           ng_wrapper_list(paths, count, &text, error) && write_text(folder, "ng_duts.inc", text, error);
}

static bool add_circuits(ng_arguments *command, const ng_bench_source *source, size_t count, ng_error *error)
{
    if (source->level == NG_LEVEL_NETLIST) {
        ng_arguments_add(command, "%s", source->cells);
        for (size_t i = 0; i < count; i++) {
            ng_arguments_add(command, "%s", source->netlists[i]);
        }
        return true;
    }
    char parts[NG_PATH_SIZE];
    ng_arguments_add(command, "-v");
    ng_arguments_add(command, "sim/cells/xc7.v"); /* the DSP blocks that circuits name */
    return ng_path(parts, error, "%s/parts", source->rtl) &&
           (!ng_exists(parts) || ng_arguments_add_folder(command, parts, ".sv", error)) &&
           ng_arguments_add_folder(command, source->rtl, ".vlt", error) &&
           ng_arguments_add_folder(command, source->rtl, ".sv", error);
}

static bool run_verilator(const char *folder, const ng_bench_source *source, size_t count, ng_error *error)
{
    static const char *const flags[] = {"verilator", "--cc", "-O3", "--x-assign", "fast", "--x-initial", "fast",
                                        "--top-module", "ng_top", "--prefix", "Vng_top", "-Wno-fatal", "-Mdir", NULL};
    char log[NG_PATH_SIZE];
    ng_arguments command = {0};
    ng_arguments_add_all(&command, flags);
    ng_arguments_add(&command, "%s", folder);
    if (!add_circuits(&command, source, count, error) || !ng_path(log, error, "%s/verilator.log", folder)) {
        ng_arguments_free(&command);
        return false;
    }
    ng_arguments_add(&command, "%s/ng_top.sv", folder);
    return ng_arguments_run(&command, log, error);
}

static bool add_runtime(ng_arguments *command, ng_error *error)
{
    ng_verilator verilator;
    if (!ng_verilator_ask(&verilator, error)) {
        return false;
    }
    ng_verilator_includes(&verilator, command);
    return ng_verilator_object(&verilator, NG_RUNTIME_LIBRARY, "verilated", command, error) &&
           ng_verilator_object(&verilator, NG_RUNTIME_LIBRARY, "verilated_threads", command, error);
}

static bool compile_library(const char *folder, ng_error *error)
{
    static const char *const flags[] = {"g++", "-std=gnu++17", "-O1", "-fPIC", "-shared", "-I.", "-Isim",
                                        "sim/unit_bench.cpp", "-o", NULL};
    char log[NG_PATH_SIZE];
    ng_arguments command = {0};
    ng_arguments_add_all(&command, flags);
    ng_arguments_add(&command, "%s/bench.so", folder);
    ng_arguments_add(&command, "-I%s", folder);
    if (!ng_path(log, error, "%s/compile.log", folder) || !add_runtime(&command, error) ||
        !ng_arguments_add_folder(&command, folder, ".cpp", error)) {
        ng_arguments_free(&command);
        return false;
    }
    return ng_arguments_run(&command, log, error);
}

/* Builds into a folder of its own and renames it, so that a killed build never looks finished. */
static bool build_library(const char *folder, const ng_datapath *paths, size_t count, const ng_bench_source *source,
                          ng_error *error)
{
    char temporary[NG_PATH_SIZE];
    if (!ng_path(temporary, error, "%s.tmp.%ld", folder, (long)getpid()) || !ng_make_folders(temporary, error)) {
        return false;
    }
    const bool fine = write_sources(temporary, paths, count, source->level, error) &&
                      run_verilator(temporary, source, count, error) && compile_library(temporary, error);
    if (!fine || rename(temporary, folder) != 0) {
        (void)ng_remove_tree(temporary, NULL);
    }
    return fine && (ng_exists(folder) || ng_fail(error, NG_EXIT_MISSING, "%s: cannot rename", temporary));
}

static bool bench_key(const ng_datapath *paths, size_t count, const ng_bench_source *source, char key[NG_HASH_SIZE],
                      ng_error *error)
{
    char version[128];
    char rtl[NG_HASH_SIZE];
    char *text;
    ng_hash hash;
    if (!ng_verilator_version(version, error) || !ng_wrapper_text(paths, count, source->level, &text, error)) {
        return false;
    }
    ng_hash_start(&hash);
    ng_hash_text(&hash, "verilator", version);
    ng_hash_text(&hash, "sources", ng_source_hash(NG_SOURCE_VERIFY));
    ng_hash_text(&hash, "wrapper", text);
    free(text);
    bool fine = true;
    if (source->level == NG_LEVEL_RTL) {
        fine = ng_rtl_hash(source->rtl, rtl, error);
        ng_hash_text(&hash, "rtl", fine ? rtl : "");
    } else {
        for (size_t i = 0; i < count; i++) {
            fine = fine && ng_hash_file(&hash, "netlist", source->netlists[i], error);
        }
    }
    ng_hash_end(&hash, key);
    return fine;
}

/* ISO C has no conversion from void * to a function pointer; POSIX promises that the bits are the same. */
static bool find_symbol(void *library, const char *name, void *function, ng_error *error)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL || ng_fail(error, NG_EXIT_MISSING, "bench library lacks %s", name);
}

static bool load_library(ng_bench *bench, const char *folder, ng_error *error)
{
    char path[NG_PATH_SIZE];
    if (!ng_path(path, error, "./%s/bench.so", folder)) {
        return false;
    }
    *bench = (ng_bench){.library = dlopen(path, RTLD_NOW | RTLD_LOCAL)};
    if (bench->library == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s", dlerror());
    }
    const bool fine = find_symbol(bench->library, "ng_bench_new", &bench->make, error) &&
                      find_symbol(bench->library, "ng_bench_delete", &bench->discard, error) &&
                      find_symbol(bench->library, "ng_bench_load", &bench->load, error) &&
                      find_symbol(bench->library, "ng_bench_settle", &bench->settle, error) &&
                      find_symbol(bench->library, "ng_bench_clock", &bench->clock, error) &&
                      find_symbol(bench->library, "ng_bench_read", &bench->read, error);
    if (fine) {
        bench->model = bench->make();
    } else {
        (void)dlclose(bench->library);
        bench->library = NULL;
    }
    return fine;
}

bool ng_bench_open(ng_bench *bench, const ng_datapath *paths, size_t count, const ng_bench_source *source,
                   ng_error *error)
{
    char key[NG_HASH_SIZE];
    char folder[NG_PATH_SIZE];
    if (!bench_key(paths, count, source, key, error) || !ng_path(folder, error, "build/bench/%s", key)) {
        return false;
    }
    return (ng_exists(folder) || build_library(folder, paths, count, source, error)) &&
           load_library(bench, folder, error);
}

void ng_bench_close(ng_bench *bench)
{
    if (bench->library != NULL) {
        bench->discard(bench->model);
        (void)dlclose(bench->library);
    }
    *bench = (ng_bench){0};
}
