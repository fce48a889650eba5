#include "src/verify/verilator.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "src/base/process.h"

static bool first_line(const char *const argv[], char *line, size_t size, ng_error *error)
{
    ng_buffer text;
    if (!ng_capture(argv, 4096, &text, error)) {
        return false;
    }
    (void)snprintf(line, size, "%.*s", (int)strcspn((const char *)text.data, "\n"), (const char *)text.data);
    ng_buffer_free(&text);
    return true;
}

bool ng_verilator_version(char version[128], ng_error *error)
{
    static const char *const argv[] = {"verilator", "--version", NULL};
    return first_line(argv, version, 128, error);
}

bool ng_verilator_ask(ng_verilator *verilator, ng_error *error)
{
    static const char *const root[] = {"verilator", "--getenv", "VERILATOR_ROOT", NULL};
    static const char *const compiler[] = {"g++", "--version", NULL};
    char compiler_version[128];
    ng_hash hash;
    if (!ng_verilator_version(verilator->version, error) ||
        !first_line(root, verilator->root, sizeof verilator->root, error) ||
        !first_line(compiler, compiler_version, sizeof compiler_version, error)) {
        return false;
    }
    ng_hash_start(&hash);
    ng_hash_text(&hash, "verilator", verilator->version);
    ng_hash_text(&hash, "compiler", compiler_version);
    ng_hash_end(&hash, verilator->tools);
    return true;
}

void ng_verilator_includes(const ng_verilator *verilator, ng_arguments *command)
{
    ng_arguments_add(command, "-I%s/include", verilator->root);
    ng_arguments_add(command, "-I%s/include/vltstd", verilator->root);
}

static bool compile(const ng_verilator *verilator, ng_runtime runtime, const char *name, const char *object,
                    ng_error *error)
{
    static const char *const flags[] = {"g++", "-std=gnu++17", "-O2", "-c", NULL};
    ng_arguments command = {0};
    ng_arguments_add_all(&command, flags);
    ng_arguments_add(&command, runtime == NG_RUNTIME_SYSTEMC ? "-DVM_SC=1" : "-fPIC");
    ng_verilator_includes(verilator, &command);
    ng_arguments_add(&command, "%s/include/%s.cpp", verilator->root, name);
    ng_arguments_add(&command, "-o");
    ng_arguments_add(&command, "%s", object);
    return ng_arguments_run(&command, NULL, error);
}

bool ng_verilator_object(const ng_verilator *verilator, ng_runtime runtime, const char *name, ng_arguments *command,
                         ng_error *error)
{
    char folder[NG_PATH_SIZE];
    char object[NG_PATH_SIZE];
    char temporary[NG_PATH_SIZE];
    if (!ng_path(folder, error, "build/verilated/%s-%s", verilator->tools,
                 runtime == NG_RUNTIME_SYSTEMC ? "systemc" : "library") ||
        !ng_path(object, error, "%s/%s.o", folder, name) ||
        !ng_path(temporary, error, "%s.tmp.%ld", object, (long)getpid())) {
        return false;
    }
    ng_arguments_add(command, "%s", object);
    if (ng_exists(object)) {
        return true;
    }
    return ng_make_folders(folder, error) && compile(verilator, runtime, name, temporary, error) &&
           (rename(temporary, object) == 0 || ng_fail(error, NG_EXIT_MISSING, "%s: cannot write", object));
}
