#include "src/cli/run_study.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/orphans.h"
#include "src/report/report.h"
#include "src/store/store.h"
#include "src/study/known.h"
#include "src/study/provenance.h"
#include "src/study/results.h"

static void print_progress(void *context, const ng_job *job, size_t done, size_t total, double seconds_left)
{
    const bool terminal = *(const bool *)context;
    const long left = (long)(seconds_left + 0.5);
    const char *mark = job->status == 0 ? "" : " FAILED";
    if (terminal) {
        (void)fprintf(stderr, "\r\033[K[%zu/%zu] ETA %ld:%02ld  %s%s%s", done, total, left / 60, left % 60, job->label, mark,
                      done == total || job->status != 0 ? "\n" : "");
    } else {
        (void)fprintf(stderr, "[%zu/%zu] ETA %ld:%02ld  %s%s\n", done, total, left / 60, left % 60, job->label, mark);
    }
    (void)fflush(stderr);
}

/* What a failed job wrote to standard error: the first mismatch among it. */
static void print_errors(const ng_study_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        ng_buffer text;
        if (plan->jobs[i].status == 0 || !ng_read_file(plan->jobs[i].errors, (size_t)1 << 20, &text, NULL)) {
            continue;
        }
        (void)fprintf(stderr, "%s: exit status %d\n%s", plan->jobs[i].label, plan->jobs[i].status, (char *)text.data);
        ng_buffer_free(&text);
    }
}

/* Runs that were killed left these; what they had finished stays. */
static void sweep(const char *reports)
{
    static const char *const folders[] = {"build/bench", "build/synth", "build/store/verify", "build/store/cost",
                                          "build/store/accuracy", "build/store/fp32", "build/store/study", "build/equivalence",
                                          "build/store/equivalence", "build/store/energy", "build/route", "build/store/route",
                                          "build/mutants", "build/store/mutants", "build/store/compare"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        ng_remove_orphans(folders[i]);
    }
    ng_remove_orphans(reports);
}

static bool run_jobs(const ng_options *options, ng_study_plan *plan, ng_error *error)
{
    bool terminal = isatty(STDERR_FILENO);
    char program[NG_PATH_SIZE];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return ng_fail(error, NG_EXIT_MISSING, "cannot find this program's own file");
    }
    program[length] = 0;
    return ng_jobs_run(plan->jobs, plan->count, program, "build/jobs", (unsigned)options->jobs, print_progress, &terminal,
                       error);
}

/* Mismatches and missing evidence, counted over the points. */
static size_t unverified(const json_t *results)
{
    size_t count = 0;
    size_t i;
    json_t *point;
    json_array_foreach (json_object_get(results, "points"), i, point) {
        count += strcmp(json_string_value(json_object_get(point, "status")), "verified") != 0;
    }
    return count;
}

static bool compute(const ng_options *options, const char *file, const ng_study *study, ng_run_scope scope,
                    json_t **results, size_t *failed, ng_error *error)
{
    const ng_study_plan_options how = {options->rtl, options->data, study->has_dataset ? file : NULL,
                                       scope == NG_RUN_VERIFY && options->prove};
    ng_study_plan plan;
    json_t *provenance = NULL;
    if (!ng_provenance(file, study, options->rtl, &provenance, error) ||
        !ng_study_tables_write(study, error) || !ng_study_plan_make(study, scope, &how, &plan, error)) {
        json_decref(provenance);
        return false;
    }
    const bool fine = run_jobs(options, &plan, error) &&
                      ng_results_make(study, &plan, provenance, results, failed, error);
    if (fine) {
        print_errors(&plan);
    }
    ng_study_plan_free(&plan);
    json_decref(provenance);
    return fine;
}

/* The results from the store if nothing they depend on has changed, else computed; complete ones are kept. */
static bool find_or_compute(const ng_options *options, const char *file, const ng_study *study, json_t **results,
                            size_t *failed, ng_error *error)
{
    char key[NG_HASH_SIZE];
    *failed = 0;
    if (!ng_study_key(file, study, options->rtl, options->data, key, error) ||
        !ng_store_get("study", key, results, error)) {
        return false;
    }
    if (*results != NULL) {
        return true;
    }
    return compute(options, file, study, NG_RUN_ALL, results, failed, error) &&
           (*failed != 0 || ng_store_put("study", key, *results, error)) && ng_store_index(error);
}

static void print_summary(const json_t *results, size_t failed)
{
    const size_t points = json_array_size(json_object_get(results, "points"));
    const size_t bad = unverified(results);
    (void)fprintf(stderr, "%zu format pairs, %zu verified, %zu not; %zu jobs failed\n", points, points - bad, bad, failed);
}

int ng_run_study(const ng_options *options, const char *file, ng_run_scope scope, ng_error *error)
{
    static const char *const written[] = {"index.html", "pareto.csv", "recipes.csv", "arith.csv", "dsp.csv", "results.json",
                                          "pareto.svg"};
    ng_study *study = calloc(1, sizeof *study);
    json_t *results = NULL;
    size_t failed = 0;
    bool fine = study != NULL && ng_study_load(file, study, error);
    sweep(options->reports);
    if (fine && scope == NG_RUN_ALL) {
        fine = find_or_compute(options, file, study, &results, &failed, error) &&
               ng_known_add(results, options->rtl, error) && ng_report_write(results, options->reports, error);
    } else if (fine) {
        fine = compute(options, file, study, scope, &results, &failed, error);
    }
    if (fine) {
        print_summary(results, failed);
        failed += unverified(results);
    }
    for (size_t i = 0; fine && scope == NG_RUN_ALL && i < sizeof written / sizeof written[0]; i++) {
        (void)printf("%s/%s\n", options->reports, written[i]);
    }
    json_decref(results);
    free(study);
    return !fine ? ng_verb_failed(error) : failed != 0 ? NG_EXIT_CHECK : NG_EXIT_OK;
}
