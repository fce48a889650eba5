/* wire.h: where a protocol-buffers message is malformed. The generated decoder only says that it is. */
#ifndef NG_WIRE_H
#define NG_WIRE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Walks data[size] as a message of the given type, nested messages included. Returns true if every tag, varint and
 * length is whole and inside its message and known fields have their wire type; else *offset is the first byte of
 * the offending field and *reason a fixed text. Range: the message type must not contain itself. */
bool ng_wire_check(const ProtobufCMessageDescriptor *type, const uint8_t *data, size_t size, size_t *offset,
                   const char **reason);

#endif
