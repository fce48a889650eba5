#include "src/simulate/stream.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "src/simulate/stream_format.h"
#include "src/base/file.h"
#include "src/verify/mismatch.h"

struct ng_stream {
    ng_buffer file;
    const uint64_t *words;
    ng_datapath path;
    unsigned limbs[2];
    ng_stream_info info;
    uint64_t judged;
    uint64_t mismatches;
    ng_wide expected; /* of the last vector: the accumulator a MAC goes on from */
    char first_mismatch[NG_MISMATCH_SIZE];
};

/* ---- reading ---- */

static bool bad(const char *path, size_t word, const char *reason, ng_error *error)
{
    return ng_fail(error, NG_EXIT_USAGE, "%s: offset %zu: %s", path, word * sizeof(uint64_t), reason);
}

static bool read_format(const char *path, const uint64_t *words, size_t at, const ng_format **format, ng_error *error)
{
    char name[NG_FORMAT_NAME_SIZE];
    memcpy(name, words + at, sizeof name);
    if (memchr(name, 0, sizeof name) == NULL) {
        return bad(path, at, "format name is not terminated", error);
    }
    *format = ng_format_find(name);
    return *format != NULL || bad(path, at, "unknown format", error);
}

static bool read_datapath(ng_stream *stream, const char *path, ng_error *error)
{
    const uint64_t *words = stream->words;
    ng_request request = {.output = NULL};
    if (words[NG_STREAM_AT_KIND] > NG_UNIT_CONVERT) {
        return bad(path, NG_STREAM_AT_KIND, "unknown unit kind", error);
    }
    request.kind = (ng_unit_kind)words[NG_STREAM_AT_KIND];
    if (words[NG_STREAM_AT_LANES] > NG_LANES_MAX || words[NG_STREAM_AT_TERMS] > NG_TERMS_MAX ||
        words[NG_STREAM_AT_CHAIN] > NG_LANES_MAX) {
        return bad(path, NG_STREAM_AT_LANES, "lanes, terms or chain length out of range", error);
    }
    request.lanes = (unsigned)words[NG_STREAM_AT_LANES];
    request.terms = (unsigned)words[NG_STREAM_AT_TERMS];
    request.chain = (unsigned)words[NG_STREAM_AT_CHAIN];
    if (!read_format(path, words, NG_STREAM_AT_WEIGHT, &request.weight, error) ||
        !read_format(path, words, NG_STREAM_AT_ACTIVATION, &request.activation, error) ||
        (request.kind == NG_UNIT_CONVERT && !read_format(path, words, NG_STREAM_AT_OUTPUT, &request.output, error))) {
        return false;
    }
    return ng_datapath_init(&stream->path, &request) == NG_OK ||
           bad(path, NG_STREAM_AT_KIND, "no unit serves this request", error);
}

static bool read_info(ng_stream *stream, const char *path, ng_error *error)
{
    const uint64_t *words = stream->words;
    if (words[NG_STREAM_AT_SOURCE_IDLE] > NG_STREAM_PCT_MAX || words[NG_STREAM_AT_SINK_BUSY] > NG_STREAM_PCT_MAX) {
        return bad(path, NG_STREAM_AT_SOURCE_IDLE, "chance above 90 percent", error);
    }
    if (words[NG_STREAM_AT_VECTORS] < 1 || words[NG_STREAM_AT_VECTORS] > NG_STREAM_VECTORS_MAX) {
        return bad(path, NG_STREAM_AT_VECTORS, "number of vectors out of range", error);
    }
    stream->info = (ng_stream_info){
        .vectors = words[NG_STREAM_AT_VECTORS],
        .seed = words[NG_STREAM_AT_SEED],
        .source_idle_pct = (unsigned)words[NG_STREAM_AT_SOURCE_IDLE],
        .sink_busy_pct = (unsigned)words[NG_STREAM_AT_SINK_BUSY],
        .first_bits = stream->path.first_bits,
        .second_bits = stream->path.second_bits,
        .result_bits = stream->path.result_bits,
    };
    stream->limbs[0] = (stream->path.first_bits + 63) / 64;
    stream->limbs[1] = (stream->path.second_bits + 63) / 64;
    return true;
}

static size_t record_words(const ng_stream *stream)
{
    return 1 + stream->limbs[0] + stream->limbs[1];
}

static bool fits(const uint64_t *operand, unsigned bits)
{
    return bits % 64 == 0 || operand[bits / 64] >> (bits % 64) == 0;
}

static bool check_records(const ng_stream *stream, const char *path, ng_error *error)
{
    const bool mac = stream->path.unit->kind == NG_UNIT_MAC;
    uint64_t run = 0;
    for (uint64_t i = 0; i < stream->info.vectors; i++) {
        const size_t at = NG_STREAM_HEADER + i * record_words(stream);
        const ng_stream_vector vector = ng_stream_at(stream, i);
        if (stream->words[at] > 1 || (!vector.first && (!mac || i == 0))) {
            return bad(path, at, "bad control word", error);
        }
        run = vector.first ? 1 : run + 1;
        if (mac && run > stream->path.terms) {
            return bad(path, at, "sequence longer than the accumulator has room for", error);
        }
        if (!fits(vector.operand[0], stream->path.first_bits) || !fits(vector.operand[1], stream->path.second_bits)) {
            return bad(path, at, "operand wider than its port", error);
        }
    }
    return true;
}

static bool read_stream(ng_stream *stream, const char *path, ng_error *error)
{
    const size_t words = stream->file.size / sizeof(uint64_t);
    if (words < NG_STREAM_HEADER || memcmp(stream->words, NG_STREAM_MAGIC, sizeof(uint64_t)) != 0 ||
        stream->words[NG_STREAM_AT_VERSION] != NG_STREAM_VERSION) {
        return bad(path, NG_STREAM_AT_MAGIC, "not a stimulus file of this version", error);
    }
    if (!read_datapath(stream, path, error) || !read_info(stream, path, error)) {
        return false;
    }
    /* No overflow: at most 2^22 vectors of at most 19 words. */
    const size_t wanted = NG_STREAM_HEADER + stream->info.vectors * record_words(stream);
    if (stream->file.size != wanted * sizeof(uint64_t)) {
        return bad(path, words < wanted ? words : wanted, "file ends too early or too late", error);
    }
    return check_records(stream, path, error);
}

ng_stream *ng_stream_open(const char *path, ng_error *error)
{
    ng_stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL) {
        (void)ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", path);
        return NULL;
    }
    if (!ng_read_file(path, (size_t)1 << 30, &stream->file, error)) {
        free(stream);
        return NULL;
    }
    stream->words = (const uint64_t *)(const void *)stream->file.data; /* malloc aligns for any type */
    if (!read_stream(stream, path, error)) {
        ng_stream_close(stream);
        return NULL;
    }
    return stream;
}

void ng_stream_close(ng_stream *stream)
{
    ng_buffer_free(&stream->file);
    free(stream);
}

ng_stream_info ng_stream_about(const ng_stream *stream)
{
    return stream->info;
}

ng_stream_vector ng_stream_at(const ng_stream *stream, uint64_t index)
{
    const uint64_t *record = stream->words + NG_STREAM_HEADER + index * record_words(stream);
    return (ng_stream_vector){record[0] == 1, {record + 1, record + 1 + stream->limbs[0]}};
}

/* ---- judging ---- */

static ng_step widened(const ng_stream *stream, const ng_stream_vector *vector)
{
    ng_step step = {.first = vector->first};
    for (int side = 0; side < 2; side++) {
        memcpy(step.operand[side], vector->operand[side], stream->limbs[side] * sizeof(uint64_t));
    }
    return step;
}

static ng_result as_result(const ng_wide *word)
{
    ng_result result = {{0}};
    memcpy(result.limb, word->limb, sizeof word->limb);
    return result;
}

bool ng_stream_judge(ng_stream *stream, const uint64_t result[NG_STREAM_RESULT_LIMBS])
{
    const ng_stream_vector vector = ng_stream_at(stream, stream->judged);
    const ng_step step = widened(stream, &vector); /* the golden model reads whole operand words */
    const ng_wide previous = stream->expected;
    ng_wide got;
    memcpy(got.limb, result, sizeof got.limb);
    ng_golden(&stream->path, step.operand[0], step.operand[1], step.first ? NULL : &previous, &stream->expected);
    const bool same = ng_wide_equal(&got, &stream->expected);
    if (!same && stream->mismatches++ == 0) {
        const ng_result words[] = {as_result(&got), as_result(&stream->expected)};
        ng_mismatch_text(stream->first_mismatch, &stream->path, NG_LEVEL_RTL, stream->judged, &step, &words[0], &words[1]);
    }
    stream->judged++;
    return same;
}

uint64_t ng_stream_judged(const ng_stream *stream)
{
    return stream->judged;
}

uint64_t ng_stream_mismatches(const ng_stream *stream)
{
    return stream->mismatches;
}

bool ng_stream_report(const ng_stream *stream, const ng_stream_counts *counts, const char *path, ng_error *error)
{
    json_t *record = json_pack("{s:I, s:I, s:s?, s:I, s:I, s:I, s:I, s:f}", "vectors", (json_int_t)stream->judged,
                               "mismatches", (json_int_t)stream->mismatches, "first_mismatch",
                               stream->mismatches != 0 ? stream->first_mismatch : NULL, "cycles",
                               (json_int_t)counts->cycles, "input_stalls", (json_int_t)counts->input_stalls,
                               "output_stalls", (json_int_t)counts->output_stalls, "drain_cycles",
                               (json_int_t)counts->drain_cycles, "vectors_per_s",
                               (double)stream->judged / counts->seconds);
    char *text = record != NULL ? json_dumps(record, JSON_INDENT(1)) : NULL;
    json_decref(record);
    if (text == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", path);
    }
    const bool fine = ng_write_file(path, text, strlen(text), error);
    free(text);
    return fine;
}
