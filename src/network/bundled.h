/* bundled.h: networks by name. */
#ifndef NG_BUNDLED_H
#define NG_BUNDLED_H

#include "src/base/file.h"

/* Path of a network named in a study or on the command line: NAME of networks/NAME.onnx, or a path with a '/' or the
 * suffix .onnx as it is. Errors (exit 2): no such bundled network, with the nearest names; too long. */
bool ng_network_path(const char *name, char path[NG_PATH_SIZE], ng_error *error);

#endif
