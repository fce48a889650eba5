#include "src/simulate/stimulus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/simulate/stream_format.h"
#include "src/base/file.h"
#include "src/verify/random.h"

enum { RANDOM_RUN = 64 };

/* A file under construction. */
typedef struct {
    const ng_datapath *path;
    uint64_t *words;
    size_t count;
    size_t limbs[2];
    uint64_t vectors;
} stream_file;

static void put_name(uint64_t *words, const ng_format *format)
{
    if (format != NULL) {
        memcpy(words, format->name, NG_FORMAT_NAME_SIZE);
    }
}

static void write_header(stream_file *file, const ng_simulate_request *request)
{
    uint64_t *words = file->words;
    memset(words, 0, NG_STREAM_HEADER * sizeof *words);
    memcpy(words + NG_STREAM_AT_MAGIC, NG_STREAM_MAGIC, sizeof *words);
    words[NG_STREAM_AT_VERSION] = NG_STREAM_VERSION;
    words[NG_STREAM_AT_KIND] = (uint64_t)file->path->unit->kind;
    words[NG_STREAM_AT_LANES] = file->path->lanes;
    words[NG_STREAM_AT_TERMS] = file->path->terms;
    words[NG_STREAM_AT_CHAIN] = file->path->chain;
    put_name(words + NG_STREAM_AT_WEIGHT, file->path->weight);
    put_name(words + NG_STREAM_AT_ACTIVATION, file->path->activation);
    put_name(words + NG_STREAM_AT_OUTPUT, file->path->output);
    words[NG_STREAM_AT_SEED] = request->seed;
    words[NG_STREAM_AT_SOURCE_IDLE] = request->source_idle_pct;
    words[NG_STREAM_AT_SINK_BUSY] = request->sink_busy_pct;
    words[NG_STREAM_AT_VECTORS] = file->vectors;
}

static bool open_file(stream_file *file, const ng_simulate_request *request, ng_error *error)
{
    *file = (stream_file){.path = request->path, .count = NG_STREAM_HEADER};
    file->limbs[0] = (request->path->first_bits + 63) / 64;
    file->limbs[1] = (request->path->second_bits + 63) / 64;
    const size_t words = NG_STREAM_HEADER + request->vectors * (1 + file->limbs[0] + file->limbs[1]);
    file->words = malloc(words * sizeof *file->words);
    return file->words != NULL || ng_fail(error, NG_EXIT_MISSING, "%zu words of stimuli: out of memory", words);
}

static bool close_file(stream_file *file, const ng_simulate_request *request, const char *name, ng_error *error)
{
    write_header(file, request);
    const bool fine = ng_write_file(name, file->words, file->count * sizeof *file->words, error);
    free(file->words);
    return fine;
}

static void append_operand(stream_file *file, const uint64_t *operand, size_t limbs, unsigned bits)
{
    memcpy(file->words + file->count, operand, limbs * sizeof *operand);
    file->count += limbs;
    if (bits % 64 != 0) {
        file->words[file->count - 1] &= (UINT64_C(1) << (bits % 64)) - 1;
    }
}

static void append_vector(void *context, bool first, const uint64_t *first_operand, const uint64_t *second_operand)
{
    stream_file *file = context;
    file->words[file->count++] = first;
    append_operand(file, first_operand, file->limbs[0], file->path->first_bits);
    append_operand(file, second_operand, file->limbs[1], file->path->second_bits);
    file->vectors++;
}

static void random_operand(ng_random *random, uint64_t operand[NG_OPERAND_LIMBS])
{
    for (int i = 0; i < NG_OPERAND_LIMBS; i++) {
        operand[i] = ng_random_bits(random);
    }
}

/* Uniform bits would make nearly every sum a huge one. */
static void shorten_sum(ng_random *random, const ng_datapath *path, uint64_t operand[NG_OPERAND_LIMBS])
{
    const ng_wide sum = {{operand[0], operand[1], operand[2], operand[3]}};
    const unsigned length = 1 + (unsigned)(ng_random_bits(random) % path->sum_bits);
    const ng_wide shorter = ng_wide_sign_extend(sum, length);
    memcpy(operand, shorter.limb, sizeof shorter.limb);
}

static void fill_random(stream_file *file, const ng_simulate_request *request)
{
    const ng_datapath *path = request->path;
    const uint64_t longest = path->terms < RANDOM_RUN ? path->terms : RANDOM_RUN;
    ng_random random = ng_random_start(request->seed, 0);
    uint64_t left = 0;
    for (uint64_t i = 0; i < request->vectors; i++) {
        uint64_t operand[2][NG_OPERAND_LIMBS];
        random_operand(&random, operand[0]);
        random_operand(&random, operand[1]);
        if (path->unit->kind == NG_UNIT_CONVERT) {
            shorten_sum(&random, path, operand[0]);
        }
        const bool first = path->unit->kind != NG_UNIT_MAC || left == 0;
        left = first ? ng_random_bits(&random) % longest : left - 1;
        append_vector(file, first, operand[0], operand[1]);
    }
}

bool ng_stream_write(const ng_simulate_request *request, const char *name, char source[NG_SOURCE_TEXT_SIZE],
                     ng_error *error)
{
    stream_file file;
    if (!open_file(&file, request, error)) {
        return false;
    }
    if (request->network == NULL) {
        fill_random(&file, request);
        (void)snprintf(source, NG_SOURCE_TEXT_SIZE, "random");
    } else if (!ng_layer_vectors(request, append_vector, &file, source, error)) {
        free(file.words);
        return false;
    }
    return close_file(&file, request, name, error);
}
