/* Any file as an ONNX network. */
#include "src/network/network.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(onnx)
{
    char path[FUZZ_PATH_SIZE];
    ng_network network;
    ng_error error = {0};
    const int handle = fuzz_file(data, size, path);
    if (ng_network_load(path, &network, &error)) {
        ng_network_free(&network);
    }
    fuzz_file_close(handle);
    return 0;
}
