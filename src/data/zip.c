#include "src/data/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Sizes of the fixed parts of PKWARE's APPNOTE 4.3: local header, central header, end of the central directory. */
enum { LOCAL_SIZE = 30, CENTRAL_SIZE = 46, END_SIZE = 22, COMMENT_MOST = 65535 };
enum { LOCAL_MARK = 0x04034b50, CENTRAL_MARK = 0x02014b50, END_MARK = 0x06054b50 };
enum { STORED = 0, DEFLATED = 8, ENCRYPTED = 1 };

typedef struct {
    const char *path;
    const uint8_t *data;
    size_t size;
    ng_error *error;
} archive;

typedef struct {
    size_t at; /* offset of its central header */
    uint32_t flags, method, crc, packed, unpacked, local;
} entry;

static uint32_t number(const uint8_t *at, unsigned bytes)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        value |= (uint32_t)at[i] << (8 * i);
    }
    return value;
}

static bool fail(const archive *a, size_t offset, const char *text)
{
    return ng_fail(a->error, NG_EXIT_USAGE, "%s: offset %zu: %s", a->path, offset, text);
}

/* True if `count` bytes from `at` on are in the file and begin with the mark. */
static bool is_record(const archive *a, size_t at, size_t count, uint32_t mark)
{
    return at <= a->size && count <= a->size - at && number(a->data + at, 4) == mark;
}

/* The end record is the last thing in the file but for a comment. */
static bool find_end(const archive *a, size_t *end)
{
    for (size_t back = END_SIZE; back <= a->size && back <= END_SIZE + COMMENT_MOST; back++) {
        if (is_record(a, a->size - back, END_SIZE, END_MARK)) {
            *end = a->size - back;
            return true;
        }
    }
    return fail(a, a->size, "not a zip archive: no end record");
}

static bool find_entry(const archive *a, const char *name, entry *e)
{
    size_t end = 0;
    if (!find_end(a, &end)) {
        return false;
    }
    const uint32_t count = number(a->data + end + 10, 2);
    size_t at = number(a->data + end + 16, 4);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_record(a, at, CENTRAL_SIZE, CENTRAL_MARK)) {
            return fail(a, at < a->size ? at : a->size, "a damaged directory of the archive");
        }
        const uint8_t *head = a->data + at;
        const size_t length = number(head + 28, 2);
        const size_t whole = CENTRAL_SIZE + length + number(head + 30, 2) + number(head + 32, 2);
        if (whole > a->size - at) {
            return fail(a, at, "a damaged directory of the archive");
        }
        if (length == strlen(name) && memcmp(head + CENTRAL_SIZE, name, length) == 0) {
            *e = (entry){at, number(head + 8, 2), number(head + 10, 2), number(head + 16, 4), number(head + 20, 4),
                         number(head + 24, 4), number(head + 42, 4)};
            return true;
        }
        at += whole;
    }
    return ng_fail(a->error, NG_EXIT_USAGE, "%s: no member '%.64s' in the archive", a->path, name);
}

static bool unpack(const archive *a, const entry *e, size_t at, ng_buffer *out)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)(a->data + at), .avail_in = e->packed, .next_out = out->data,
                       .avail_out = e->unpacked};
    if (e->method == STORED) {
        memcpy(out->data, a->data + at, e->unpacked);
        return true;
    }
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return ng_fail(a->error, NG_EXIT_MISSING, "%s: no memory for zlib", a->path);
    }
    const int status = inflate(&stream, Z_FINISH);
    const bool whole = status == Z_STREAM_END && stream.avail_out == 0;
    const size_t read = e->packed - stream.avail_in;
    (void)inflateEnd(&stream);
    return whole || fail(a, at + read, "damaged data, or of another size than the archive says");
}

static bool read_entry(const archive *a, const entry *e, size_t limit, ng_buffer *out)
{
    if (!is_record(a, e->local, LOCAL_SIZE, LOCAL_MARK)) {
        return fail(a, e->at, "the directory points to no member");
    }
    const uint8_t *head = a->data + e->local;
    const size_t at = e->local + LOCAL_SIZE + number(head + 26, 2) + number(head + 28, 2);
    if (at > a->size || e->packed > a->size - at) {
        return fail(a, e->local, "the member ends after the file");
    }
    if ((e->flags & ENCRYPTED) != 0 || (e->method != STORED && e->method != DEFLATED) ||
        (e->method == STORED && e->packed != e->unpacked)) {
        return fail(a, e->at, "the member is neither stored nor deflated");
    }
    if (e->unpacked > limit) {
        return fail(a, e->at, "the member is too large");
    }
    *out = (ng_buffer){malloc((size_t)e->unpacked + 1), e->unpacked};
    if (out->data == NULL) {
        return ng_fail(a->error, NG_EXIT_MISSING, "%s: no memory for %u bytes", a->path, e->unpacked);
    }
    out->data[e->unpacked] = 0;
    if (!unpack(a, e, at, out)) {
        return false;
    }
    return crc32(crc32(0, NULL, 0), out->data, e->unpacked) == e->crc || fail(a, at, "the member's checksum is wrong");
}

bool ng_zip_member(const char *path, const uint8_t *data, size_t size, const char *name, size_t limit, ng_buffer *out,
                   ng_error *error)
{
    const archive a = {path, data, size, error};
    entry e = {0};
    *out = (ng_buffer){0};
    if (!find_entry(&a, name, &e)) {
        return false;
    }
    if (!read_entry(&a, &e, limit, out)) {
        ng_buffer_free(out);
        return false;
    }
    return true;
}
