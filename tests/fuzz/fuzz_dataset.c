/* Any text as a file with a dataset: mapping. */
#include "src/data/spec.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(dataset)
{
    char path[FUZZ_PATH_SIZE];
    ng_data_spec spec;
    ng_error error = {0};
    const int handle = fuzz_file(data, size, path);
    (void)ng_spec_load(path, &spec, &error);
    fuzz_file_close(handle);
    return 0;
}
