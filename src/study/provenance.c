#include "src/study/provenance.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/base/source_hash.h"
#include "src/network/bundled.h"
#include "src/synth/synth.h"
#include "src/verify/bench.h"

typedef struct {
    const char *name;
    const char *argv[5];
} tool;

static const tool tools[] = {
    {"yosys", {"yosys", "-V", NULL}},
    {"verilator", {"verilator", "--version", NULL}},
    {"gcc", {"gcc", "--version", NULL}},
    {"gnuplot", {"gnuplot", "--version", NULL}},
    {"openblas", {"pkg-config", "--modversion", "openblas", NULL}},
    {"jansson", {"pkg-config", "--modversion", "jansson", NULL}},
    {"protobuf-c", {"pkg-config", "--modversion", "libprotobuf-c", NULL}},
    {"libpng", {"pkg-config", "--modversion", "libpng", NULL}},
    {"libjpeg", {"pkg-config", "--modversion", "libjpeg", NULL}},
};

/* $YOSYS may name another yosys than the first on the path. */
static void tool_version(const tool *row, char version[128])
{
    ng_buffer text;
    (void)snprintf(version, 128, "missing");
    if (strcmp(row->name, "yosys") == 0) {
        (void)ng_yosys_version(version, NULL);
    } else if (ng_capture(row->argv, 4096, &text, NULL)) {
        (void)snprintf(version, 128, "%.*s", (int)strcspn((const char *)text.data, "\n"), (const char *)text.data);
        ng_buffer_free(&text);
    }
}

static json_t *tool_versions(void)
{
    json_t *object = json_object();
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        char version[128];
        tool_version(&tools[i], version);
        (void)json_object_set_new(object, tools[i].name, json_string(version));
    }
    return object;
}

static bool file_hash(const char *path, char text[NG_HASH_SIZE], ng_error *error)
{
    ng_hash hash;
    ng_hash_start(&hash);
    if (!ng_hash_file(&hash, "file", path, error)) {
        return false;
    }
    ng_hash_end(&hash, text);
    return true;
}

static bool hashes(const char *study_file, const ng_study *study, const char *rtl, json_t *object, ng_error *error)
{
    char text[NG_HASH_SIZE];
    char path[NG_PATH_SIZE];
    if (!file_hash(study_file, text, error)) {
        return false;
    }
    (void)json_object_set_new(object, "study", json_string(text));
    if (!ng_rtl_hash(rtl, text, error)) {
        return false;
    }
    (void)json_object_set_new(object, "rtl", json_string(text));
    (void)json_object_set_new(object, "model", json_string(ng_source_hash(NG_SOURCE_MODEL)));
    (void)json_object_set_new(object, "verify", json_string(ng_source_hash(NG_SOURCE_VERIFY)));
    (void)json_object_set_new(object, "cost", json_string(ng_source_hash(NG_SOURCE_COST)));
    (void)json_object_set_new(object, "accuracy", json_string(ng_source_hash(NG_SOURCE_ACCURACY)));
    (void)json_object_set_new(object, "compare", json_string(ng_source_hash(NG_SOURCE_COMPARE)));
    (void)json_object_set_new(object, "energy", json_string(ng_source_hash(NG_SOURCE_ENERGY)));
    (void)json_object_set_new(object, "assembly", json_string(ng_source_hash(NG_SOURCE_STUDY)));
    for (size_t i = 0; i < study->network_count; i++) {
        if (!ng_network_path(study->networks[i], path, error) || !file_hash(path, text, error)) {
            return false;
        }
        (void)json_object_set_new(object, study->networks[i], json_string(text));
    }
    return true;
}

bool ng_provenance(const char *study_file, const ng_study *study, const char *rtl, json_t **provenance, ng_error *error)
{
    struct utsname system;
    json_t *object = json_object();
    if (!hashes(study_file, study, rtl, object, error)) {
        json_decref(object);
        return false;
    }
    (void)uname(&system);
    *provenance = json_pack("{s:o, s:[s, s], s:o, s:{s:i, s:s}}", "tools", tool_versions(), "commands", "make report",
                            "make test", "hashes", object, "machine", "cores", (int)sysconf(_SC_NPROCESSORS_ONLN),
                            "system", system.machine);
    return *provenance != NULL || ng_fail(error, NG_EXIT_MISSING, "provenance: out of memory");
}

/* The images, where there are networks to run on them. */
static bool hash_data(const ng_study *study, const char *data, ng_hash *hash, ng_error *error)
{
    enum { CALIBRATION_MOST = 1 << 14 };
    static const char *const suffixes[] = {".gz", "ubyte", NULL};
    if (study->network_count == 0) {
        return true;
    }
    return study->has_dataset ? ng_data_hash(&study->dataset, study->images, CALIBRATION_MOST, hash, error)
                              : ng_hash_folder(hash, data, suffixes, error);
}

bool ng_study_key(const char *study_file, const ng_study *study, const char *rtl, const char *data, char key[NG_HASH_SIZE],
                  ng_error *error)
{
    ng_hash hash;
    json_t *object = json_object();
    ng_hash_start(&hash);
    const bool fine = hashes(study_file, study, rtl, object, error) && hash_data(study, data, &hash, error);
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value) {
        ng_hash_text(&hash, name, json_string_value(value));
    }
    json_decref(object);
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        char version[128];
        tool_version(&tools[i], version);
        ng_hash_text(&hash, tools[i].name, version);
    }
    ng_hash_end(&hash, key);
    return fine;
}
