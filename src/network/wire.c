#include "src/network/wire.h"

enum { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };

typedef struct {
    const uint8_t *data;
    size_t at;
    size_t end;
} cursor;

typedef struct {
    size_t offset;
    const char *reason;
} fault;

static bool fail_at(fault *found, size_t offset, const char *reason)
{
    *found = (fault){offset, reason};
    return false;
}

static bool read_varint(cursor *in, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 64 && in->at < in->end; shift += 7) {
        const uint8_t byte = in->data[in->at++];
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return true;
        }
    }
    return false;
}

/* Size of the field's content, from its wire type; reads the length of a length-delimited one. */
static bool content_size(cursor *in, unsigned wire, uint64_t *size)
{
    uint64_t ignored;
    const size_t start = in->at;
    switch (wire) {
    case WIRE_VARINT:
        if (!read_varint(in, &ignored)) {
            return false;
        }
        *size = in->at - start;
        in->at = start;
        return true;
    case WIRE_FIXED64: *size = 8; return true;
    case WIRE_FIXED32: *size = 4; return true;
    case WIRE_BYTES: return read_varint(in, size);
    default: return false;
    }
}

static bool wire_fits(const ProtobufCFieldDescriptor *field, unsigned wire)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_MESSAGE:
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES: return wire == WIRE_BYTES;
    case PROTOBUF_C_TYPE_FLOAT:
        return wire == WIRE_FIXED32 || (wire == WIRE_BYTES && field->label == PROTOBUF_C_LABEL_REPEATED);
    case PROTOBUF_C_TYPE_DOUBLE:
        return wire == WIRE_FIXED64 || (wire == WIRE_BYTES && field->label == PROTOBUF_C_LABEL_REPEATED);
    default: return wire == WIRE_VARINT || (wire == WIRE_BYTES && field->label == PROTOBUF_C_LABEL_REPEATED);
    }
}

static bool walk(const ProtobufCMessageDescriptor *type, cursor in, fault *found)
{
    while (in.at < in.end) {
        const size_t start = in.at;
        uint64_t tag;
        uint64_t size;
        if (!read_varint(&in, &tag) || tag >> 3 == 0 || tag >> 3 > UINT32_MAX) {
            return fail_at(found, start, "bad field tag");
        }
        const unsigned wire = (unsigned)(tag & 7);
        if (!content_size(&in, wire, &size)) {
            return fail_at(found, start, "bad wire type or number");
        }
        if (size > in.end - in.at) {
            return fail_at(found, start, "field ends after its message");
        }
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field(type, (unsigned)(tag >> 3));
        if (field != NULL && !wire_fits(field, wire)) {
            return fail_at(found, start, "field of the wrong type");
        }
        const cursor inner = {in.data, in.at, in.at + (size_t)size};
        if (field != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE && !walk(field->descriptor, inner, found)) {
            return false;
        }
        in.at = inner.end;
    }
    return true;
}

bool ng_wire_check(const ProtobufCMessageDescriptor *type, const uint8_t *data, size_t size, size_t *offset,
                   const char **reason)
{
    fault found = {0, ""};
    const bool fine = walk(type, (cursor){data, 0, size}, &found);
    *offset = found.offset;
    *reason = found.reason;
    return fine;
}
