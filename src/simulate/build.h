/* build.h: the SystemC bench of one datapath, built once. */
#ifndef NG_SIMULATE_BUILD_H
#define NG_SIMULATE_BUILD_H

#include "model/unit.h"
#include "src/base/file.h"

/* Makes the bench program of a datapath and gives its path, build/simulate/KEY/bench; KEY is a hash of the RTL, the
 * parameters, the bench and model sources and the versions of Verilator and the compiler. A finished build is reused;
 * a killed one leaves only a folder *.tmp.<pid>. waves: the program traces into a VCD file.
 * Errors: Verilator or the compiler refuse the sources (exit 1), a tool or the circuit is missing (3). */
bool ng_stream_build(const ng_datapath *path, const char *rtl, bool waves, char program[NG_PATH_SIZE],
                     ng_error *error);

#endif
