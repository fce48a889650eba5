#include "src/study/results.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "src/study/estimates.h"

/* The last line of a job's error file, or how it ended. */
static void reason(const ng_job *job, char text[NG_ERROR_SIZE])
{
    ng_buffer file;
    (void)snprintf(text, NG_ERROR_SIZE, "exit status %d", job->status);
    if (!ng_read_file(job->errors, (size_t)1 << 24, &file, NULL)) {
        return;
    }
    while (file.size > 0 && file.data[file.size - 1] == '\n') {
        file.data[--file.size] = 0;
    }
    const char *last = strrchr((const char *)file.data, '\n');
    last = last == NULL ? (const char *)file.data : last + 1;
    if (last[0] != 0) {
        (void)snprintf(text, NG_ERROR_SIZE, "%s", last);
    }
    ng_buffer_free(&file);
}

static json_t *new_point(const ng_pair *pair)
{
    ng_family family = NG_FAMILY_INTEGER;
    (void)ng_pair_family(pair->weight, pair->activation, &family);
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:[], s:[], s:[]}", "weights", pair->weight->name, "activations",
                     pair->activation->name, "family", ng_family_name(family), "status", "verified", "weight_element_bits",
                     (int)pair->weight->bits, "verify", "costs", "accuracy");
}

static void add_missing(json_t *missing, const char *weights, const char *activations, const ng_job *job)
{
    char text[NG_ERROR_SIZE];
    reason(job, text);
    (void)json_array_append_new(missing, json_pack("{s:s, s:s, s:s, s:s}", "weights", weights, "activations", activations, "what",
                                                   job->label, "why", text));
}

/* "verified" may become "incomplete", and anything "failed". */
static void lower_status(json_t *point, const char *status)
{
    if (strcmp(json_string_value(json_object_get(point, "status")), "failed") != 0) {
        (void)json_object_set_new(point, "status", json_string(status));
    }
}

/* Files one verification record under its point. */
static void add_verification(const ng_pair *pair, json_t *point, json_t *record)
{
    json_t *cost = json_object_get(record, "cost");
    if (json_integer_value(json_object_get(record, "mismatches")) != 0) {
        lower_status(point, "failed");
    }
    if (cost != NULL) {
        (void)json_object_set(cost, "kind", json_object_get(record, "kind"));
        ng_estimates_add(pair, cost);
        (void)json_array_append(json_object_get(point, "costs"), cost);
        (void)json_object_del(record, "cost");
    }
    (void)json_array_append(json_object_get(point, "verify"), record);
}

static void add_batch(const ng_study *study, const ng_study_plan_item *item, json_t *points, json_t *output)
{
    json_t *records = json_object_get(output, "records");
    for (size_t i = 0; i < item->pair_count; i++) {
        json_t *record = json_array_get(records, i);
        json_t *point = json_array_get(points, item->pairs[i]);
        if (record != NULL) {
            add_verification(&study->pairs[item->pairs[i]], point, record);
        } else {
            lower_status(point, "incomplete");
        }
    }
}

/* Appends to a list that a point has only where there is something in it. */
static void add_to(json_t *point, const char *list, json_t *record)
{
    if (json_object_get(point, list) == NULL) {
        (void)json_object_set_new(point, list, json_array());
    }
    (void)json_array_append(json_object_get(point, list), record);
}

/* A circuit that a recipe needs: of the pair, or (hadamard) for all. */
static void add_part(const ng_study_plan_item *item, json_t *point, json_t *parts, json_t *record)
{
    if (item->pair_count == 0) {
        (void)json_array_append(parts, record);
    } else {
        add_to(point, "tables", record);
    }
}

/* parts: the checked circuits of no pair. */
static void add_output(const ng_study *study, const ng_study_plan_item *item, json_t *points, json_t *parts, json_t *output)
{
    json_t *point = json_array_get(points, item->pairs[0]);
    switch (item->kind) {
    case NG_PLAN_RTL: add_batch(study, item, points, output); break;
    case NG_PLAN_NETLIST: add_verification(&study->pairs[item->pairs[0]], point, output); break;
    case NG_PLAN_ACCURACY: (void)json_array_append(json_object_get(point, "accuracy"), output); break;
    case NG_PLAN_ENERGY: (void)json_object_set(point, "energy", output); break;
    case NG_PLAN_COMPARE: add_to(point, "compare", output); break;
    case NG_PLAN_PART: add_part(item, point, parts, output); break;
    }
}

/* A job without output: its points lack evidence, or only an accuracy. */
static void add_failure(const ng_study *study, const ng_study_plan_item *item, const ng_job *job, json_t *points,
                        json_t *missing)
{
    if (item->pair_count == 0) {
        add_missing(missing, "int8", "int8", job);
    }
    for (size_t i = 0; i < item->pair_count; i++) {
        const ng_pair *pair = &study->pairs[item->pairs[i]];
        add_missing(missing, pair->weight->name, pair->activation->name, job);
        if (item->kind == NG_PLAN_RTL || item->kind == NG_PLAN_NETLIST) {
            lower_status(json_array_get(points, item->pairs[i]), "incomplete");
        }
    }
}

/* One entry a network, from the first accuracy record of it. */
static json_t *network_list(const ng_study *study, const json_t *points)
{
    json_t *list = json_array();
    for (size_t n = 0; n < study->network_count; n++) {
        size_t i;
        json_t *point;
        json_t *found = NULL;
        json_array_foreach (points, i, point) {
            size_t j;
            json_t *record;
            json_array_foreach (json_object_get(point, "accuracy"), j, record) {
                const char *name = json_string_value(json_object_get(record, "network"));
                found = found == NULL && name != NULL && strcmp(name, study->networks[n]) == 0 ? record : found;
            }
        }
        json_t *entry = json_pack("{s:s}", "name", study->networks[n]);
        if (found != NULL) {
            (void)json_object_set(entry, "fp32_top1_pct", json_object_get(found, "fp32_top1_pct"));
            (void)json_object_set(entry, "images", json_object_get(found, "images"));
            (void)json_object_set(entry, "parameters", json_object_get(found, "parameters"));
            (void)json_object_set(entry, "macs", json_object_get(found, "macs_per_image"));
            (void)json_object_set(entry, "sha256", json_object_get(found, "network_sha256"));
        }
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static void time_text(char text[32])
{
    const time_t now = time(NULL);
    struct tm parts;
    (void)gmtime_r(&now, &parts);
    (void)strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

bool ng_results_make(const ng_study *study, const ng_study_plan *plan, json_t *provenance, json_t **results, size_t *failed,
                     ng_error *error)
{
    char now[32];
    json_t *points = json_array();
    json_t *missing = json_array();
    json_t *parts = json_array();
    *failed = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        (void)json_array_append_new(points, new_point(&study->pairs[i]));
    }
    for (size_t i = 0; i < plan->count; i++) {
        const ng_job *job = &plan->jobs[i];
        json_t *output = json_load_file(job->output, 0, NULL);
        *failed += job->status != 0;
        if (output != NULL) {
            add_output(study, &plan->items[i], points, parts, output);
            json_decref(output);
        } else {
            add_failure(study, &plan->items[i], job, points, missing);
        }
    }
    time_text(now);
    *results = json_pack("{s:s, s:s, s:i, s:O, s:o, s:o, s:o, s:o, s:o*}", "study", study->name, "generated", now, "seed",
                         (int)study->seed, "provenance", provenance, "networks", network_list(study, points), "points",
                         points, "parts", parts, "missing", missing, "estimates", ng_estimates_errors());
    return *results != NULL || ng_fail(error, NG_EXIT_MISSING, "results: out of memory");
}
