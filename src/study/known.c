#include "src/study/known.h"

#include <stdio.h>
#include <string.h>

#include "src/base/source_hash.h"
#include "src/store/store.h"

/* The records of one kind by "TARGET NETLIST". */
typedef struct {
    const char *kind;
    ng_source_part source;
    json_t *found;
} table;

static const char *text_of(const json_t *record, const char *name)
{
    const char *text = json_string_value(json_object_get(record, name));
    return text != NULL ? text : "";
}

static void make_name(const json_t *record, char name[128])
{
    (void)snprintf(name, 128, "%.48s %.72s", text_of(record, "target"), text_of(record, "netlist_sha256"));
}

static bool is_proven(const json_t *record)
{
    return strcmp(text_of(record, "result"), "proven") == 0;
}

static void keep(void *context, json_t *record)
{
    const table *here = context;
    char name[128];
    make_name(record, name);
    if (strcmp(text_of(record, "source"), ng_source_hash(here->source)) == 0 &&
        !is_proven(json_object_get(here->found, name))) {
        (void)json_object_set(here->found, name, record);
    }
}

static void add_to_costs(json_t *costs, const table *from)
{
    size_t i;
    json_t *cost;
    json_array_foreach(costs, i, cost) {
        char name[128];
        make_name(cost, name);
        json_t *record = json_object_get(from->found, name);
        const char *rtl = text_of(record, "rtl_sha256");
        if (record != NULL && (rtl[0] == 0 || strcmp(rtl, text_of(cost, "rtl_sha256")) == 0)) {
            (void)json_object_set(cost, from->kind, record);
        }
    }
}

static bool add_kind(json_t *results, table *here, ng_error *error)
{
    size_t i;
    json_t *point;
    here->found = json_object();
    const bool fine = ng_store_each(here->kind, keep, here, error);
    json_array_foreach(json_object_get(results, "points"), i, point) {
        add_to_costs(json_object_get(point, "costs"), here);
    }
    json_decref(here->found);
    return fine;
}

bool ng_known_add(json_t *results, ng_error *error)
{
    table equivalence = {.kind = "equivalence", .source = NG_SOURCE_EQUIVALENCE};
    table route = {.kind = "route", .source = NG_SOURCE_ROUTE};
    return add_kind(results, &equivalence, error) && add_kind(results, &route, error);
}
