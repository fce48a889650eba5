#include "src/study/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/base/process.h"

void ng_job_start(ng_job *job, double weight, const char *label)
{
    *job = (ng_job){.weight = weight, .status = -1};
    (void)snprintf(job->label, sizeof job->label, "%s", label);
}

bool ng_job_word(ng_job *job, const char *word, ng_error *error)
{
    if (job->word_count == NG_JOB_WORDS_MAX || strlen(word) >= NG_JOB_WORD_SIZE) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: too many or too long arguments at '%.80s'", job->label, word);
    }
    (void)snprintf(job->words[job->word_count++], NG_JOB_WORD_SIZE, "%s", word);
    return true;
}

typedef struct {
    ng_job *jobs;
    size_t count;
    size_t *order; /* indices, heaviest first */
    size_t next;
    size_t done;
    double weight_done;
    double weight_total;
    struct timespec start;
} queue;

static const ng_job *job_at(const ng_job *jobs, size_t index)
{
    return &jobs[index];
}

/* Insertion sort: a few hundred jobs. */
static void sort_order(queue *work)
{
    for (size_t i = 0; i < work->count; i++) {
        size_t at = i;
        while (at > 0 && job_at(work->jobs, work->order[at - 1])->weight < work->jobs[i].weight) {
            work->order[at] = work->order[at - 1];
            at--;
        }
        work->order[at] = i;
    }
}

static bool start_next(queue *work, const char *program, const char *folder, ng_error *error)
{
    const char *argv[NG_JOB_WORDS_MAX + 2] = {program};
    const size_t index = work->order[work->next++];
    ng_job *job = &work->jobs[index];
    for (size_t i = 0; i < job->word_count; i++) {
        argv[i + 1] = job->words[i];
    }
    return ng_path(job->output, error, "%s/%zu.json", folder, index) &&
           ng_path(job->errors, error, "%s/%zu.err", folder, index) &&
           ng_start_split(argv, job->output, job->errors, &job->pid, error);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)(time.tv_sec - start->tv_sec) + 1e-9 * (double)(time.tv_nsec - start->tv_nsec);
}

static void finish(queue *work, pid_t pid, int status, ng_job_progress *progress, void *context)
{
    for (size_t i = 0; i < work->count; i++) {
        ng_job *job = &work->jobs[i];
        if (job->pid != pid || job->status != -1) {
            continue;
        }
        job->status = status;
        work->done++;
        work->weight_done += job->weight;
        const double left = work->weight_total - work->weight_done;
        const double rate = work->weight_done > 0 ? seconds_since(&work->start) / work->weight_done : 0;
        progress(context, job, work->done, work->count, left * rate);
        return;
    }
}

static bool run_queue(queue *work, const char *program, const char *folder, unsigned parallel,
                      ng_job_progress *progress, void *context, ng_error *error)
{
    size_t running = 0;
    bool fine = true;
    while ((fine && work->next < work->count) || running > 0) {
        if (fine && work->next < work->count && running < parallel) {
            fine = start_next(work, program, folder, error);
            running += fine;
            continue;
        }
        pid_t pid;
        int status;
        if (!ng_wait_any(&pid, &status)) {
            return ng_fail(error, NG_EXIT_MISSING, "lost track of the running jobs");
        }
        running--;
        finish(work, pid, status, progress, context);
    }
    return fine;
}

bool ng_jobs_run(ng_job *jobs, size_t count, const char *program, const char *folder, unsigned parallel,
                 ng_job_progress *progress, void *context, ng_error *error)
{
    queue work = {.jobs = jobs, .count = count, .order = calloc(count + 1, sizeof(size_t))};
    if (work.order == NULL || !ng_make_folders(folder, error)) {
        free(work.order);
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot prepare the jobs", folder);
    }
    for (size_t i = 0; i < count; i++) {
        work.weight_total += jobs[i].weight;
    }
    sort_order(&work);
    (void)clock_gettime(CLOCK_MONOTONIC, &work.start);
    const bool fine = run_queue(&work, program, folder, parallel, progress, context, error);
    free(work.order);
    return fine;
}
