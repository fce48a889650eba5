#include "src/simulate/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/arguments.h"
#include "src/base/hash.h"
#include "src/simulate/top.h"
#include "src/verify/bench.h"
#include "src/verify/verilator.h"

/* Everything the pieces of a build need to know. */
typedef struct {
    const ng_datapath *path;
    const char *rtl;
    bool waves;
    ng_verilator verilator;
    char sources[NG_HASH_SIZE];  /* of the tools and of every source of ours that goes into a bench */
} build;

/* The C files of a bench beside model/. */
#define BENCH_SOURCES \
    "src/simulate/stream.c", "src/base/error.c", "src/base/file.c", "src/verify/mismatch.c", "src/verify/wrapper.c"

/* ---- keys ---- */

/* The bench is compiled from the files on disk, so they are hashed, not the sources this program was made from. */
static bool hash_sources(build *made, ng_error *error)
{
    static const char *const suffixes[] = {".c", ".h", ".cpp", ".def", NULL};
    static const char *const folders[] = {"model", "sim"};
    static const char *const files[] = {BENCH_SOURCES, "src/simulate/stream.h", "src/simulate/stream_format.h",
                                        "src/base/error.h", "src/base/file.h", "src/verify/mismatch.h",
                                        "src/verify/random.h", "src/verify/stimulus.h", "src/verify/wrapper.h",
                                        "src/simulate/build.c"};
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "tools", made->verilator.tools);
    bool fine = true;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        fine = fine && ng_hash_folder(&hash, folders[i], suffixes, error);
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        fine = fine && ng_hash_file(&hash, files[i], files[i], error);
    }
    ng_hash_end(&hash, made->sources);
    return fine;
}

static bool build_key(const build *made, const char *top, char key[NG_HASH_SIZE], ng_error *error)
{
    char rtl[NG_HASH_SIZE];
    ng_hash hash;
    if (!ng_rtl_hash(made->rtl, rtl, error)) {
        return false;
    }
    ng_hash_start(&hash);
    ng_hash_text(&hash, "sources", made->sources);
    ng_hash_text(&hash, "rtl", rtl);
    ng_hash_text(&hash, "top", top);
    ng_hash_number(&hash, "waves", made->waves);
    ng_hash_end(&hash, key);
    return true;
}

/* ---- objects shared by all benches ---- */

/* The golden model and the C side of the bench, all in one relocatable object. */
static bool compile_golden(const char *object, ng_error *error)
{
    static const char *const flags[] = {"gcc", "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-D_XOPEN_SOURCE=700", "-O2",
                                        "-I.", "-r", "-nostdlib", BENCH_SOURCES, "-o", NULL};
    ng_arguments command = {0};
    ng_arguments_add_all(&command, flags);
    ng_arguments_add(&command, "%s", object);
    if (!ng_arguments_add_folder(&command, "model", ".c", error) ||
        !ng_arguments_add_folder(&command, "model/parts", ".c", error)) {
        ng_arguments_free(&command);
        return false;
    }
    return ng_arguments_run(&command, NULL, error);
}

/* Appends the golden object, compiled first if it is not there. */
static bool add_golden(ng_arguments *command, const build *made, ng_error *error)
{
    char object[NG_PATH_SIZE];
    char temporary[NG_PATH_SIZE];
    if (!ng_path(object, error, "build/simulate-golden/%s.o", made->sources) ||
        !ng_path(temporary, error, "%s.tmp.%ld", object, (long)getpid())) {
        return false;
    }
    ng_arguments_add(command, "%s", object);
    if (ng_exists(object)) {
        return true;
    }
    return ng_make_folders("build/simulate-golden", error) && compile_golden(temporary, error) &&
           (rename(temporary, object) == 0 || ng_fail(error, NG_EXIT_MISSING, "%s: cannot write", object));
}

static bool add_objects(ng_arguments *command, const build *made, ng_error *error)
{
    static const char *const runtime[] = {"verilated", "verilated_threads", "verilated_vcd_c", "verilated_vcd_sc"};
    const size_t needed = made->waves ? 4 : 2;
    for (size_t i = 0; i < needed; i++) {
        if (!ng_verilator_object(&made->verilator, NG_RUNTIME_SYSTEMC, runtime[i], command, error)) {
            return false;
        }
    }
    return add_golden(command, made, error);
}

/* ---- the bench of one datapath ---- */

static bool write_text(const char *folder, const char *name, const char *text, ng_error *error)
{
    char path[NG_PATH_SIZE];
    return ng_path(path, error, "%s/%s", folder, name) && ng_write_file(path, text, strlen(text), error);
}

static bool run_verilator(const build *made, const char *folder, ng_error *error)
{
    static const char *const flags[] = {"verilator", "--sc", "-O3", "--x-assign", "fast", "--x-initial", "fast",
                                        "-Wno-fatal", "--top-module", "ng_stream_top", "--prefix", "Vng_stream_top",
                                        "--Mdir", NULL};
    char log[NG_PATH_SIZE];
    ng_arguments command = {0};
    ng_arguments_add_all(&command, flags);
    ng_arguments_add(&command, "%s", folder);
    if (made->waves) {
        ng_arguments_add(&command, "--trace");
    }
    ng_arguments_add(&command, "-y");
    ng_arguments_add(&command, "%s", made->rtl);
    ng_arguments_add(&command, "-y");
    ng_arguments_add(&command, "%s/parts", made->rtl);
    ng_arguments_add(&command, "%s/ng_stream_top.sv", folder);
    if (!ng_path(log, error, "%s/verilator.log", folder)) {
        ng_arguments_free(&command);
        return false;
    }
    return ng_arguments_run(&command, log, error);
}

/* One translation unit of everything Verilator wrote and the bench: SystemC's headers take longer to read than the
 * rest takes to compile. */
static bool write_unit(const char *folder, ng_error *error)
{
    ng_arguments files = {0};
    char *text = NULL;
    size_t size;
    ng_arguments_add(&files, "sim/stream_bench.cpp");
    FILE *out = ng_arguments_add_folder(&files, folder, ".cpp", error) && !files.failed ? open_memstream(&text, &size)
                                                                                        : NULL;
    for (size_t i = 0; out != NULL && i < files.count; i++) {
        (void)fprintf(out, "#include \"%s\"\n", files.words[i]);
    }
    ng_arguments_free(&files);
    const bool fine = out != NULL && fclose(out) == 0 ? write_text(folder, "unit.cc", text, error)
                                                      : ng_fail(error, NG_EXIT_MISSING, "%s: cannot list it", folder);
    free(text);
    return fine;
}

static bool compile_bench(const build *made, const char *folder, ng_error *error)
{
    static const char *const flags[] = {"g++", "-std=gnu++17", "-O1", NULL};
    char log[NG_PATH_SIZE];
    ng_arguments command = {0};
    ng_arguments_add_all(&command, flags);
    ng_arguments_add(&command, "-I.");
    ng_verilator_includes(&made->verilator, &command);
    ng_arguments_add(&command, "-I%s", folder);
    ng_arguments_add(&command, "-DNG_STREAM_CLOCKED=%d", made->path->unit->kind == NG_UNIT_MAC);
    ng_arguments_add(&command, "-DNG_STREAM_WAVES=%d", made->waves);
    ng_arguments_add(&command, "%s/unit.cc", folder);
    if (!ng_path(log, error, "%s/compile.log", folder) || !write_unit(folder, error) ||
        !add_objects(&command, made, error)) {
        ng_arguments_free(&command);
        return false;
    }
    static const char *const libraries[] = {"-lsystemc", "-ljansson", "-o", NULL};
    ng_arguments_add_all(&command, libraries);
    ng_arguments_add(&command, "%s/bench", folder);
    return ng_arguments_run(&command, log, error);
}

/* Builds into a folder of its own and renames it, so that a killed build never looks finished. A rename that fails
 * because somebody else finished the same build first is fine. */
static bool build_into(const build *made, const char *top, const char *folder, ng_error *error)
{
    char temporary[NG_PATH_SIZE];
    if (!ng_path(temporary, error, "%s.tmp.%ld", folder, (long)getpid()) || !ng_make_folders(temporary, error)) {
        return false;
    }
    const bool fine = write_text(temporary, "ng_stream_top.sv", top, error) &&
                      run_verilator(made, temporary, error) && compile_bench(made, temporary, error);
    if (!fine || rename(temporary, folder) != 0) {
        (void)ng_remove_tree(temporary, NULL);
    }
    return fine && (ng_exists(folder) || ng_fail(error, NG_EXIT_MISSING, "%s: cannot rename", temporary));
}

static bool check_circuit(const build *made, ng_error *error)
{
    char file[NG_PATH_SIZE];
    return ng_path(file, error, "%s/%s.sv", made->rtl, made->path->unit->name) &&
           (ng_exists(file) || ng_fail(error, NG_EXIT_MISSING, "%s: no such circuit", file));
}

bool ng_stream_build(const ng_datapath *path, const char *rtl, bool waves, char program[NG_PATH_SIZE], ng_error *error)
{
    build made = {.path = path, .rtl = rtl, .waves = waves};
    char key[NG_HASH_SIZE];
    char folder[NG_PATH_SIZE];
    char *top = NULL;
    const bool fine = check_circuit(&made, error) && ng_verilator_ask(&made.verilator, error) && hash_sources(&made, error) &&
                      ng_stream_top_text(path, &top, error) && build_key(&made, top, key, error) &&
                      ng_path(folder, error, "build/simulate/%s", key) &&
                      ng_path(program, error, "%s/bench", folder) &&
                      (ng_exists(program) || build_into(&made, top, folder, error));
    free(top);
    return fine;
}
