#define _DEFAULT_SOURCE
#include "src/verify/bench.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/hash.h"
#include "src/base/process.h"
#include "src/base/source_hash.h"

enum { ARGUMENTS_MAX = 256 };

bool ng_verilator_version(char version[128], ng_error *error)
{
    ng_buffer text;
    const char *const argv[] = {"verilator", "--version", NULL};
    if (!ng_capture(argv, 4096, &text, error)) {
        return false;
    }
    (void)snprintf(version, 128, "%.*s", (int)strcspn((const char *)text.data, "\n"), (const char *)text.data);
    ng_buffer_free(&text);
    return true;
}

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

/* A growing argv; the words live as long as the list. */
typedef struct {
    const char *words[ARGUMENTS_MAX + 1];
    size_t count;
    char *owned[ARGUMENTS_MAX];
    size_t owners;
} argument_list;

static void append(argument_list *list, const char *word)
{
    if (list->count < ARGUMENTS_MAX) {
        list->words[list->count++] = word;
        list->words[list->count] = NULL;
    }
}

static void append_path(argument_list *list, const char *folder, const char *name)
{
    char path[NG_PATH_SIZE];
    if (list->owners < ARGUMENTS_MAX && ng_path(path, NULL, "%s/%s", folder, name)) {
        char *copy = strdup(path);
        list->owned[list->owners++] = copy;
        append(list, copy);
    }
}

static void free_arguments(argument_list *list)
{
    for (size_t i = 0; i < list->owners; i++) {
        free(list->owned[i]);
    }
}

/* Appends folder/NAME for every NAME with the suffix, sorted. */
static bool append_folder(argument_list *list, const char *folder, const char *suffix, ng_error *error)
{
    struct dirent **entries;
    const int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: cannot list the folder", folder);
    }
    for (int i = 0; i < count; i++) {
        const char *dot = strrchr(entries[i]->d_name, '.');
        if (dot != NULL && strcmp(dot, suffix) == 0) {
            append_path(list, folder, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    return true;
}

static bool verilator_root(char root[NG_PATH_SIZE], ng_error *error)
{
    ng_buffer text;
    const char *const argv[] = {"verilator", "--getenv", "VERILATOR_ROOT", NULL};
    if (!ng_capture(argv, 4096, &text, error)) {
        return false;
    }
    const bool fine = ng_path(root, error, "%.*s", (int)strcspn((const char *)text.data, "\n"), (const char *)text.data);
    ng_buffer_free(&text);
    return fine;
}

/* Verilator's run time, compiled once for all benches. */
static bool runtime_object(const char *root, const char *name, char object[NG_PATH_SIZE], ng_error *error)
{
    char source[NG_PATH_SIZE];
    char temporary[NG_PATH_SIZE];
    char include[NG_PATH_SIZE];
    if (!ng_make_folders("build/verilated", error) || !ng_path(source, error, "%s/include/%s.cpp", root, name) ||
        !ng_path(include, error, "-I%s/include", root) || !ng_path(object, error, "build/verilated/%s.o", name) ||
        !ng_path(temporary, error, "%s.tmp.%ld", object, (long)getpid())) {
        return false;
    }
    if (ng_exists(object)) {
        return true;
    }
    const char *const argv[] = {"g++", "-std=gnu++17", "-O2", "-fPIC", include, "-c", source, "-o", temporary, NULL};
    if (!ng_run(argv, NULL, NULL, error)) {
        return false;
    }
    return rename(temporary, object) == 0 || ng_fail(error, NG_EXIT_MISSING, "%s: cannot write", object);
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

static bool append_circuits(argument_list *list, const ng_bench_source *source, size_t count, ng_error *error)
{
    if (source->level == NG_LEVEL_NETLIST) {
        append(list, source->cells);
        for (size_t i = 0; i < count; i++) {
            append(list, source->netlists[i]);
        }
        return true;
    }
    char parts[NG_PATH_SIZE];
    return ng_path(parts, error, "%s/parts", source->rtl) &&
           (!ng_exists(parts) || append_folder(list, parts, ".sv", error)) &&
           append_folder(list, source->rtl, ".vlt", error) && append_folder(list, source->rtl, ".sv", error);
}

static bool run_verilator(const char *folder, const ng_bench_source *source, size_t count, ng_error *error)
{
    char log[NG_PATH_SIZE];
    argument_list list = {.count = 0};
    static const char *const head[] = {"verilator", "--cc", "-O3", "--x-assign", "fast", "--x-initial", "fast",
                                       "--top-module", "ng_top", "--prefix", "Vng_top", "-Wno-fatal", "-Mdir"};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        append(&list, head[i]);
    }
    append(&list, folder);
    bool fine = append_circuits(&list, source, count, error);
    append_path(&list, folder, "ng_top.sv");
    fine = fine && ng_path(log, error, "%s/verilator.log", folder) && ng_run(list.words, NULL, log, error);
    free_arguments(&list);
    return fine;
}

static bool compile_library(const char *folder, ng_error *error)
{
    char root[NG_PATH_SIZE];
    char runtime[2][NG_PATH_SIZE];
    char includes[3][NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    char library[NG_PATH_SIZE];
    if (!verilator_root(root, error) || !runtime_object(root, "verilated", runtime[0], error) ||
        !runtime_object(root, "verilated_threads", runtime[1], error) ||
        !ng_path(includes[0], error, "-I%s/include", root) || !ng_path(includes[1], error, "-I%s", folder) ||
        !ng_path(includes[2], error, "-I%s/include/vltstd", root) || !ng_path(log, error, "%s/compile.log", folder) ||
        !ng_path(library, error, "%s/bench.so", folder)) {
        return false;
    }
    argument_list list = {.count = 0};
    const char *const head[] = {"g++", "-std=gnu++17", "-O1", "-fPIC", "-shared", "-Isim", includes[0], includes[1],
                                includes[2], "-o", library, "sim/unit_bench.cpp", runtime[0], runtime[1]};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        append(&list, head[i]);
    }
    const bool fine = append_folder(&list, folder, ".cpp", error) && ng_run(list.words, NULL, log, error);
    free_arguments(&list);
    return fine;
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
