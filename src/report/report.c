#include "src/report/report.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"
#include "src/report/blocks.h"
#include "src/report/csv.h"
#include "src/report/emulation.h"
#include "src/report/figures.h"
#include "src/report/html.h"
#include "src/report/plot.h"

typedef struct {
    char *json;
    ng_report_text csv;
    ng_report_text recipes;
    ng_report_text blocks;
    ng_report_text arith;
    ng_report_text html;
    ng_buffer svg;
} outputs;

static bool make_json(const json_t *results, char **json, ng_error *error)
{
    *json = json_dumps(results, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    return *json != NULL || ng_fail(error, NG_EXIT_MISSING, "no memory for results.json");
}

static bool make_all(const json_t *results, outputs *made, ng_error *error)
{
    ng_figures figures;
    if (!ng_figures_make(results, &figures, error)) {
        return false;
    }
    const bool fine = ng_report_emulation_check(&figures, error) && make_json(results, &made->json, error) &&
                      ng_report_csv(&figures, &made->csv, error) &&
                      ng_report_recipes_csv(&figures, &made->recipes, error) &&
                      ng_report_blocks_csv(&figures, &made->blocks, error) &&
                      ng_report_emulation_csv(&figures, &made->arith, error) &&
                      ng_report_html(results, &figures, &made->html, error) &&
                      ng_report_plot(&figures, &made->svg, error);
    ng_figures_free(&figures);
    return fine;
}

static bool write_one(const char *folder, const char *name, const void *data, size_t size, ng_error *error)
{
    char path[NG_PATH_SIZE];
    return ng_path(path, error, "%s/%s", folder, name) && ng_write_file(path, data, size, error);
}

static bool write_all(const outputs *made, const char *folder, ng_error *error)
{
    return write_one(folder, "results.json", made->json, strlen(made->json), error) &&
           write_one(folder, "pareto.csv", made->csv.data, made->csv.size, error) &&
           write_one(folder, "recipes.csv", made->recipes.data, made->recipes.size, error) &&
           write_one(folder, "dsp.csv", made->blocks.data, made->blocks.size, error) &&
           write_one(folder, "arith.csv", made->arith.data, made->arith.size, error) &&
           write_one(folder, "pareto.svg", made->svg.data, made->svg.size, error) &&
           write_one(folder, "index.html", made->html.data, made->html.size, error);
}

bool ng_report_write(const json_t *results, const char *folder, ng_error *error)
{
    outputs made = {0};
    const bool fine = make_all(results, &made, error) && write_all(&made, folder, error);
    free(made.json);
    ng_report_text_free(&made.csv);
    ng_report_text_free(&made.recipes);
    ng_report_text_free(&made.blocks);
    ng_report_text_free(&made.arith);
    ng_report_text_free(&made.html);
    ng_buffer_free(&made.svg);
    return fine;
}
