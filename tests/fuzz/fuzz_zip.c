/* Any bytes as an archive with the member "a.npy". */
#include "src/data/zip.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(zip)
{
    ng_buffer member;
    ng_error error = {0};
    if (ng_zip_member("x", data, size, "a.npy", 1 << 16, &member, &error)) {
        ng_buffer_free(&member);
    }
    return 0;
}
