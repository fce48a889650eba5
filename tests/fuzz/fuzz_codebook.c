/* Any file as a user's codebook. */
#include "src/cli/codebook.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(codebook)
{
    char path[FUZZ_PATH_SIZE];
    ng_codebook codebook;
    ng_error error = {0};
    const int handle = fuzz_file(data, size, path);
    (void)ng_codebook_load(path, &codebook, &error);
    fuzz_file_close(handle);
    return 0;
}
