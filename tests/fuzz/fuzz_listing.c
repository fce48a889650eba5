/* Any text as a list of pictures and labels. */
#include "src/data/listing.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(listing)
{
    char path[FUZZ_PATH_SIZE];
    ng_listing listing;
    ng_error error = {0};
    const int handle = fuzz_file(data, size, path);
    if (ng_listing_load(path, &listing, &error)) {
        ng_listing_free(&listing);
    }
    fuzz_file_close(handle);
    return 0;
}
