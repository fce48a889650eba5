/* graph.h: the graph of an ONNX model as a network: values by name, nodes with their shapes, constants folded. */
#ifndef NG_GRAPH_H
#define NG_GRAPH_H

#include "onnx.pb-c.h"
#include "src/network/network.h"

/* Fills *network, empty but for the two NG_NO_VALUE, from a decoded model; large constants are moved out of it. Errors as
 * ng_network_load(); then the caller frees what is there. */
bool ng_graph_read(const char *path, Onnx__ModelProto *model, ng_network *network, ng_error *error);

#endif
