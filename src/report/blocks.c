#include "src/report/blocks.h"

#include <math.h>
#include <string.h>

static const char head[] = "weights,activations,unit,target,products,lanes,dsp,lut_cells,honest_sites,ff,depth_luts,delay_ns_estimate,"
                           "dsp_per_product,lut_cells_per_product,honest_sites_per_product,ff_per_product\n";
static const char *const numbers[] = {"width", "lanes", "dsp", "lut_cells", "honest_sites", "ff", "depth", "delay_ns_estimate"};
static const char *const shares[] = {"dsp", "lut_cells", "honest_sites", "ff"};

/* A name of the project's own tables; anything else leaves the field empty. */
static void put_name(FILE *stream, const json_t *record, const char *key)
{
    const char *name = json_string_value(json_object_get(record, key));
    const bool plain = name != NULL && strpbrk(name, ",\"\r\n") == NULL;
    fprintf(stream, ",%s", plain ? name : "");
}

static void put_number(FILE *stream, double value)
{
    putc(',', stream);
    if (!isnan(value)) {
        fprintf(stream, "%.10g", value);
    }
}

static void put_row(FILE *stream, const ng_report_pair *pair, const json_t *record)
{
    fprintf(stream, "%s,%s", pair->weights, pair->activations);
    put_name(stream, record, "unit");
    put_name(stream, record, "target");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        put_number(stream, ng_report_real(record, numbers[i]));
    }
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        put_number(stream, ng_report_real(json_object_get(record, "per_mac"), shares[i]));
    }
    putc('\n', stream);
}

bool ng_report_blocks_csv(const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    if (!ng_report_text_open(text, error)) {
        return false;
    }
    fputs(head, text->stream);
    for (size_t i = 0; i < figures->pair_count; i++) {
        const json_t *record;
        size_t j;
        json_array_foreach(json_object_get(json_array_get(figures->points, i), "costs"), j, record) {
            if (figures->pairs[i].verified && ng_report_real(record, "dsp") > 0) {
                put_row(text->stream, &figures->pairs[i], record);
            }
        }
    }
    return ng_report_text_close(text, error);
}
