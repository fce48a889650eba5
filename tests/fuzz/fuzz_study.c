/* Any text as a study file. */
#include <stdlib.h>

#include "src/study/study.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(study)
{
    char path[FUZZ_PATH_SIZE];
    ng_error error = {0};
    ng_study *study = calloc(1, sizeof *study);
    const int handle = fuzz_file(data, size, path);
    if (study != NULL) {
        (void)ng_study_load(path, study, &error);
    }
    fuzz_file_close(handle);
    free(study);
    return 0;
}
