#include "src/accuracy/evaluate.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* What the threads share; everything that changes is guarded by the lock. */
typedef struct {
    const ng_subject *subject;
    const ng_engine *engine;
    const ng_accuracy_request *request;
    unsigned images;
    pthread_mutex_t lock;
    unsigned next;
    unsigned done;
    unsigned correct;
    bool failed;
    ng_error *error;
} work;

static bool take_batch(work *w, size_t most, unsigned *first, unsigned *count)
{
    (void)pthread_mutex_lock(&w->lock);
    *first = w->next;
    *count = w->failed ? 0 : w->images - w->next < most ? w->images - w->next : (unsigned)most;
    w->next += *count;
    (void)pthread_mutex_unlock(&w->lock);
    return *count != 0;
}

static void report_batch(work *w, unsigned count, unsigned correct)
{
    (void)pthread_mutex_lock(&w->lock);
    w->done += count;
    w->correct += correct;
    if (w->request->progress != NULL) {
        w->request->progress(w->request->context, w->done, w->images);
    }
    (void)pthread_mutex_unlock(&w->lock);
}

static void report_failure(work *w, const ng_error *error)
{
    (void)pthread_mutex_lock(&w->lock);
    if (!w->failed && w->error != NULL) {
        *w->error = *error;
    }
    w->failed = true;
    (void)pthread_mutex_unlock(&w->lock);
}

/* Prepares and runs images [first, first + count). */
static bool run_batch(const work *w, ng_workspace *workspace, unsigned first, unsigned count, float *input, ng_error *error)
{
    const ng_dataset *test = &w->subject->test;
    for (unsigned i = 0; i < count; i++) {
        if (!ng_dataset_fetch(test, first + i, input + i * test->numbers, error)) {
            return false;
        }
    }
    return ng_engine_run(w->engine, workspace, input, count, NULL, NULL, error);
}

/* Index of the largest score, or -1 if one is NaN. */
static int best_class(const float *scores, size_t count)
{
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(scores[i])) {
            return -1;
        }
        best = scores[i] > scores[best] ? (int)i : best;
    }
    return best;
}

static bool count_correct(const work *w, const float *logits, unsigned first, unsigned count, unsigned *correct,
                          ng_error *error)
{
    const size_t classes = ng_shape_count(&w->engine->plan->output.shape);
    *correct = 0;
    for (unsigned i = 0; i < count; i++) {
        const int best = best_class(logits + i * classes, classes);
        if (best < 0) {
            return ng_fail(error, NG_EXIT_CHECK, "a score of test image %u is NaN", first + i);
        }
        *correct += (unsigned)best == w->subject->test.labels[first + i];
    }
    return true;
}

static bool run_batches(work *w, ng_workspace *workspace, float *input, ng_error *error)
{
    unsigned first;
    unsigned count;
    unsigned correct;
    while (take_batch(w, workspace->batch, &first, &count)) {
        if (!run_batch(w, workspace, first, count, input, error) ||
            !count_correct(w, workspace->logits, first, count, &correct, error)) {
            return false;
        }
        report_batch(w, count, correct);
    }
    return true;
}

static void *run_thread(void *context)
{
    work *w = context;
    ng_workspace workspace;
    ng_error error;
    if (!ng_workspace_init(&workspace, w->engine, 0, &error)) {
        report_failure(w, &error);
        return NULL;
    }
    float *input = malloc(workspace.batch * w->subject->test.numbers * sizeof *input);
    if (!(input != NULL ? run_batches(w, &workspace, input, &error)
                        : ng_fail(&error, NG_EXIT_MISSING, "no memory for the images"))) {
        report_failure(w, &error);
    }
    free(input);
    ng_workspace_free(&workspace, w->engine);
    return NULL;
}

/* The calling thread works too; a thread that cannot be started is done without. */
static void run_all(work *w, unsigned threads)
{
    pthread_t started[NG_THREADS_MAX];
    unsigned count = 0;
    while (count + 1 < threads && pthread_create(&started[count], NULL, run_thread, w) == 0) {
        count++;
    }
    (void)run_thread(w);
    for (unsigned i = 0; i < count; i++) {
        (void)pthread_join(started[i], NULL);
    }
}

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

bool ng_evaluate(const ng_subject *subject, const ng_engine *engine, const ng_accuracy_request *request, ng_score *score,
                 ng_error *error)
{
    const unsigned threads = request->threads == 0 ? 1 : request->threads > NG_THREADS_MAX ? NG_THREADS_MAX : request->threads;
    work w = {.subject = subject, .engine = engine, .request = request, .error = error};
    w.images = request->images != NG_IMAGES_ALL ? request->images : (unsigned)subject->test.count;
    const double start = now();
    if (pthread_mutex_init(&w.lock, NULL) != 0) {
        return ng_fail(error, NG_EXIT_MISSING, "cannot make a lock");
    }
    run_all(&w, threads);
    (void)pthread_mutex_destroy(&w.lock);
    *score = (ng_score){w.images, w.correct, now() - start};
    return !w.failed;
}
