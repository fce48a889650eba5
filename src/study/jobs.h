/* jobs.h: independent programs run side by side, each with its own output file. */
#ifndef NG_JOBS_H
#define NG_JOBS_H

#include <sys/types.h>

#include "src/base/file.h"

enum { NG_JOB_WORDS_MAX = 96, NG_JOB_WORD_SIZE = 256 };

typedef struct {
    char label[160];
    char words[NG_JOB_WORDS_MAX][NG_JOB_WORD_SIZE]; /* arguments after the program's name */
    size_t word_count;
    double weight;              /* expected processor seconds, for order and estimate */
    char output[NG_PATH_SIZE];  /* standard output */
    char errors[NG_PATH_SIZE];  /* standard error */
    int status;                 /* exit status once finished; -1 before */
    pid_t pid;
} ng_job;

/* Told after every job that ended: done of total, estimated seconds left. */
typedef void ng_job_progress(void *context, const ng_job *job, size_t done, size_t total, double seconds_left);

/* An empty job; the words are added with ng_job_word(). */
void ng_job_start(ng_job *job, double weight, const char *label);

/* Adds an argument. Range: shorter than NG_JOB_WORD_SIZE, at most NG_JOB_WORDS_MAX of them; else false (exit 2). */
bool ng_job_word(ng_job *job, const char *word, ng_error *error);

/* Runs `program` once per job, `parallel` at a time, longest first, files under `folder`. A job that fails does not
 * stop the others; see its status. False only if programs cannot be started. */
bool ng_jobs_run(ng_job *jobs, size_t count, const char *program, const char *folder, unsigned parallel,
                 ng_job_progress *progress, void *context, ng_error *error);

#endif
