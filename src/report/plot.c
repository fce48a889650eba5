#include "src/report/plot.h"

#include <unistd.h>

#include "src/base/process.h"
#include "src/report/plot_script.h"

static const char *const script_name = "pareto.gp";
static const char *const output_name = "pareto.svg";

enum { SVG_LIMIT = 16 << 20 };

static bool draw(const char *folder, ng_buffer *svg, ng_error *error)
{
    const char *const words[] = {"gnuplot", script_name, NULL};
    char log[NG_PATH_SIZE];
    char output[NG_PATH_SIZE];
    if (!ng_path(log, error, "%s/gnuplot.log", folder) || !ng_path(output, error, "%s/%s", folder, output_name)) {
        return false;
    }
    ng_error reason = {0};
    if (!ng_run(words, folder, log, &reason)) {
        return ng_fail(error, reason.exit_code, "pareto.svg needs gnuplot (Debian package gnuplot-nox): %.900s",
                       reason.text);
    }
    return ng_read_file(output, SVG_LIMIT, svg, error);
}

static bool draw_script(const ng_report_text *script, const char *folder, ng_buffer *svg, ng_error *error)
{
    char path[NG_PATH_SIZE];
    return ng_path(path, error, "%s/%s", folder, script_name) &&
           ng_write_file(path, script->data, script->size, error) && draw(folder, svg, error);
}

bool ng_report_plot(const ng_figures *figures, ng_buffer *svg, ng_error *error)
{
    ng_report_text script = {0};
    char folder[NG_PATH_SIZE];
    bool fine = ng_plot_script(figures, output_name, &script, error) &&
                ng_path(folder, error, "build/report.%ld", (long)getpid());
    if (fine) {
        fine = draw_script(&script, folder, svg, error);
        (void)ng_remove_tree(folder, NULL); /* left behind it would harm nobody */
    }
    ng_report_text_free(&script);
    return fine;
}
