/* fuzz.h: what the libFuzzer targets share. Each is one small file, fuzz_NAME.c, with seeds in corpus/NAME. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* FUZZ_TARGET(name) { ... } is the function of one input, `size` bytes of `data`: it returns 0, and whatever is wrong aborts.
 * In a fuzzer it is libFuzzer's entry; elsewhere fuzz_target_name(), which suite `fuzz` gives every seed. */
#ifdef FUZZ_MAIN
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
#define FUZZ_TARGET(name) int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
#else
#define FUZZ_TARGET(name)                                       \
    int fuzz_target_##name(const uint8_t *data, size_t size);   \
    int fuzz_target_##name(const uint8_t *data, size_t size)
#endif

enum { FUZZ_PATH_SIZE = 64 };

/* Makes the bytes a file in memory; the path is valid until fuzz_file_close() of the handle that is returned. */
int fuzz_file(const uint8_t *data, size_t size, char path[FUZZ_PATH_SIZE]);

void fuzz_file_close(int handle);

#endif
