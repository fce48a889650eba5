/* verilator.h: the Verilator on this machine and its run time, compiled once for all benches. */
#ifndef NG_VERILATOR_H
#define NG_VERILATOR_H

#include "src/base/arguments.h"
#include "src/base/file.h"
#include "src/base/hash.h"

typedef struct {
    char version[128];
    char root[NG_PATH_SIZE];   /* of the installation */
    char tools[NG_HASH_SIZE];  /* over the versions of Verilator and the C++ compiler */
} ng_verilator;

/* What the run time is compiled for: libraries that are loaded, or programs with SystemC. */
typedef enum { NG_RUNTIME_LIBRARY = 0, NG_RUNTIME_SYSTEMC = 1 } ng_runtime;

/* The first line of `verilator --version`. Error: not installed (exit 3). */
bool ng_verilator_version(char version[128], ng_error *error);

/* Fills *verilator. Errors: Verilator or g++ not installed (exit 3). */
bool ng_verilator_ask(ng_verilator *verilator, ng_error *error);

/* -I words for files that include Verilator's headers. */
void ng_verilator_includes(const ng_verilator *verilator, ng_arguments *command);

/* Appends the object of include/NAME.cpp to the command; it is compiled into build/verilated/TOOLS-KIND/ first if it is
 * not there. Errors: the compiler's. */
bool ng_verilator_object(const ng_verilator *verilator, ng_runtime runtime, const char *name, ng_arguments *command,
                         ng_error *error);

#endif
