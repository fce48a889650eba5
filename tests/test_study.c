/* Studies: what the plan holds, and runs that are killed. */
#define _DEFAULT_SOURCE
#include <check.h>
#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "src/base/file.h"
#include "src/base/hash.h"
#include "src/base/process.h"
#include "src/study/method_parts.h"
#include "src/study/plan.h"

enum { KILLS = 5, FIRST_KILL_MS = 300, DYING_MS = 10000, RECORDS_MAX = 64 };

static const char study_text[] = "name: tiny\nseed: 1\nformats: [int3, e1m1, mxfp4]\nverify: [mul, dot]\n"
                                 "cost:\n  - {unit: dot, lanes: 4, target: ice40}\n  - {unit: dot, lanes: 2, target: ice40}\n";

/* A folder in which the program finds its sources and has a build/ of its own. */
static void make_folder(char folder[NG_PATH_SIZE])
{
    static const char *const sources[] = {"rtl", "sim", "model", "src", "networks", "build/verilated"};
    char here[NG_PATH_SIZE];
    char from[2 * NG_PATH_SIZE];
    char to[NG_PATH_SIZE];
    ng_error error;
    (void)snprintf(folder, NG_PATH_SIZE, "/tmp/narrowgauge-study-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    ck_assert(ng_path(to, &error, "%s/build", folder) && ng_make_folders(to, &error));
    ck_assert(ng_make_folders("build/verilated", &error));
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        (void)snprintf(from, sizeof from, "%s/%s", here, sources[i]);
        ck_assert(ng_path(to, &error, "%s/%s", folder, sources[i]));
        ck_assert_int_eq(symlink(from, to), 0);
    }
    ck_assert(ng_path(to, &error, "%s/tiny.yaml", folder) && ng_write_file(to, study_text, strlen(study_text), &error));
}

/* Starts the study in a process group of its own. */
static pid_t start_study(const char *folder)
{
    char program[NG_PATH_SIZE];
    const char *named = getenv("NARROWGAUGE") != NULL ? getenv("NARROWGAUGE") : "build/narrowgauge";
    ck_assert_ptr_nonnull(realpath(named, program));
    const pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        (void)setpgid(0, 0);
        if (chdir(folder) == 0 && freopen("output", "w", stdout) != NULL && freopen("errors", "w", stderr) != NULL) {
            (void)execl(program, program, "study", "tiny.yaml", "--reports", "reports", (char *)NULL);
        }
        _exit(127);
    }
    return pid;
}

static void kill_after(pid_t group, long milliseconds)
{
    const struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    int status;
    (void)nanosleep(&pause, NULL);
    (void)kill(-group, SIGKILL);
    ck_assert_int_eq(waitpid(group, &status, 0), group);
    /* A process of the group may die later than its signal comes. */
    for (int i = 0; i < DYING_MS / 10 && kill(-group, 0) == 0; i++) {
        const struct timespec moment = {0, 10 * 1000000};
        (void)nanosleep(&moment, NULL);
    }
}

typedef struct {
    char path[NG_PATH_SIZE];
    char hash[NG_HASH_SIZE];
} record;

typedef struct {
    record list[RECORDS_MAX];
    size_t count;
} records;

static void hash_file(const char *path, char text[NG_HASH_SIZE])
{
    ng_hash hash;
    ng_error error;
    ng_hash_start(&hash);
    ck_assert_msg(ng_hash_file(&hash, "file", path, &error), "%s", error.text);
    ng_hash_end(&hash, text);
}

static bool is_temporary(const char *name)
{
    return strstr(name, ".tmp.") != NULL;
}

/* Every finished record of one kind; each must be whole. */
static void find_records(const char *folder, const char *kind, records *found)
{
    char path[NG_PATH_SIZE];
    ck_assert(ng_path(path, NULL, "%s/build/store/%s", folder, kind));
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.' || is_temporary(entry->d_name)) {
            continue;
        }
        record *row = &found->list[found->count++];
        ck_assert_uint_lt(found->count, RECORDS_MAX);
        ck_assert(ng_path(row->path, NULL, "%s/%s", path, entry->d_name));
        json_t *object = json_load_file(row->path, 0, NULL);
        ck_assert_msg(json_is_object(object), "%s: half written", row->path);
        json_decref(object);
        hash_file(row->path, row->hash);
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
}

static void find_all(const char *folder, records *found)
{
    found->count = 0;
    find_records(folder, "verify", found);
    find_records(folder, "cost", found);
    find_records(folder, "study", found);
}

/* What was finished before is there still, bit for bit. */
static void check_kept(const records *before)
{
    for (size_t i = 0; i < before->count; i++) {
        char hash[NG_HASH_SIZE];
        hash_file(before->list[i].path, hash);
        ck_assert_str_eq(hash, before->list[i].hash);
    }
}

static void no_orphans(const char *folder, const char *below)
{
    char path[NG_PATH_SIZE];
    ck_assert(ng_path(path, NULL, "%s/%s", folder, below));
    DIR *directory = opendir(path);
    ck_assert_msg(directory != NULL, "%s", path);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        ck_assert_msg(!is_temporary(entry->d_name), "%s/%s was left", path, entry->d_name);
    }
    (void)closedir(directory);
}

START_TEST(killed_runs_lose_nothing)
{
    static records before;
    static records after;
    char folder[NG_PATH_SIZE];
    int status;
    make_folder(folder);
    for (int i = 0; i < KILLS; i++) {
        kill_after(start_study(folder), FIRST_KILL_MS << i);
        find_all(folder, &after);
        check_kept(&before);
        ck_assert_uint_ge(after.count, before.count);
        before = after;
    }
    const pid_t last = start_study(folder);
    ck_assert_int_eq(waitpid(last, &status, 0), last);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the study ends with status %d", status);
    check_kept(&before);
    no_orphans(folder, "reports");
    no_orphans(folder, "build/bench");
    no_orphans(folder, "build/synth");
    no_orphans(folder, "build/store/verify");
    ck_assert(ng_remove_tree(folder, NULL));
}
END_TEST

static bool has_word(const ng_job *job, const char *word)
{
    for (size_t i = 0; i < job->word_count; i++) {
        if (strcmp(job->words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* Jobs of a kind that hold all three words. */
static size_t jobs_with(const ng_study_plan *plan, ng_study_plan_kind kind, const char *first, const char *second,
                        const char *third)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const ng_job *job = &plan->jobs[i];
        count += plan->items[i].kind == kind && has_word(job, first) && has_word(job, second) && has_word(job, third);
    }
    return count;
}

START_TEST(rtl_of_every_priced_length_is_planned)
{
    const ng_study_plan_options options = {"rtl", "data", NULL, false};
    char folder[NG_PATH_SIZE];
    char path[NG_PATH_SIZE];
    ng_study *study = calloc(1, sizeof *study);
    ng_study_plan plan;
    ng_error error;
    ck_assert_ptr_nonnull(study);
    make_folder(folder);
    ck_assert(ng_path(path, &error, "%s/tiny.yaml", folder));
    ck_assert_msg(ng_study_load(path, study, &error), "%s", error.text);
    ck_assert_msg(ng_study_plan_make(study, NG_RUN_ALL, &options, &plan, &error), "%s", error.text);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_RTL, "dot", "4", "int3:int3"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_RTL, "dot", "2", "int3:int3"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_RTL, "dot", "0", "mxfp4:mxfp4"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_RTL, "dot", "4", "mxfp4:mxfp4"), 0);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_RTL, "mul", "0", "mxfp4:mxfp4"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_NETLIST, "dot", "4", "e1m1"), 1);
    ng_study_plan_free(&plan);
    free(study);
    ck_assert(ng_remove_tree(folder, NULL));
}
END_TEST

/* Loads a study of that text; false with the error where it is refused. */
static bool load_text(const char *text, ng_study *study, ng_error *error)
{
    char path[NG_PATH_SIZE];
    ck_assert(ng_path(path, NULL, "build/test_study.%ld.yaml", (long)getpid()));
    ck_assert(ng_write_file(path, text, strlen(text), NULL));
    const bool fine = ng_study_load(path, study, error);
    ck_assert_int_eq(remove(path), 0);
    return fine;
}

#define TINY "name: tiny\nformats: [int3, int4]\nnetworks: [resnet8, vit4]\nrecipes: [gptq, plain]\n"

/* The emulation runs for every pair, or for those named, once a network and under the first recipe; never without exact. */
START_TEST(emulations_are_planned)
{
    static const struct {
        const char *text;
        size_t jobs;
    } studies[] = {
        {TINY, 0},
        {TINY "arith: [exact]\n", 0},
        {TINY "arith: [exact, fake]\n", 4},
        {TINY "arith: [fake, exact]\nfake_pairs: [{weights: [int4], activations: [int4]}]\n", 2},
    };
    const ng_study_plan_options options = {"rtl", "data", NULL, false};
    ng_study *study = calloc(1, sizeof *study);
    ck_assert_ptr_nonnull(study);
    for (size_t i = 0; i < sizeof studies / sizeof studies[0]; i++) {
        ng_study_plan plan;
        ng_error error;
        ck_assert_msg(load_text(studies[i].text, study, &error), "%s", error.text);
        ck_assert_msg(ng_study_plan_make(study, NG_RUN_ALL, &options, &plan, &error), "%s", error.text);
        ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_COMPARE, "compare", "gptq", "--weights"), studies[i].jobs);
        ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_ACCURACY, "accuracy", "--weights", "--recipe"), 8);
        ng_study_plan_free(&plan);
    }
    free(study);
}
END_TEST

/* The transform of each size that recipes name is checked at both levels, once; too wide ones are not. */
START_TEST(rotations_are_planned)
{
    static const char text[] = "name: tiny\nformats: [int3, int4]\nnetworks: [resnet8]\n"
                               "recipes: ['hadamard:size=16', 'hadamard:size=16+gptq', 'hadamard:size=4', hadamard, plain, "
                               "'codebook:bits=3']\n";
    const ng_study_plan_options options = {"circuits", "data", NULL, false};
    ng_study *study = calloc(1, sizeof *study);
    ng_study_plan plan;
    ng_error error;
    ck_assert_ptr_nonnull(study);
    ck_assert_msg(load_text(text, study, &error), "%s", error.text);
    ck_assert_msg(ng_study_plan_make(study, NG_RUN_ALL, &options, &plan, &error), "%s", error.text);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "hadamard", "rtl", "16"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "hadamard", "netlist", "16"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "hadamard", "netlist", "4"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "hadamard", "verify", "xc7"), 4);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "t3_int4", NG_STUDY_TABLES "/t3_int4.txt", "netlist"), 1);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "--codebook", "dot", "xc7"), 4);
    ng_study_plan_free(&plan);
    ck_assert_msg(ng_study_plan_make(study, NG_RUN_VERIFY, &options, &plan, &error), "%s", error.text);
    ck_assert_uint_eq(jobs_with(&plan, NG_PLAN_PART, "hadamard", "verify", "xc7"), 0);
    ng_study_plan_free(&plan);
    free(study);
}
END_TEST

/* The ends of the weight format are in the table, values rise, and only pairs that a family multiplies have one. */
START_TEST(tables_stand_for_codebooks)
{
    ng_codebook table;
    ng_format format;
    ck_assert(ng_table_make("int8", "int8", 4, &table, &format));
    ck_assert_str_eq(table.name, "t4_int8");
    ck_assert_uint_eq(format.bits, 4);
    const ng_format *int8 = ng_format_find("int8");
    double least = 0;
    double most = 0;
    for (uint32_t code = 0; code < 256; code++) {
        least = fmin(least, ng_decode_double(int8, code));
        most = fmax(most, ng_decode_double(int8, code));
    }
    ck_assert_double_eq((double)table.value[0], least);
    ck_assert_double_eq((double)table.value[15], most);
    for (size_t i = 1; i < 16; i++) {
        ck_assert(table.value[i] > table.value[i - 1]);
    }
    ck_assert(ng_table_make("int4", "e4m3", 3, &table, &format));
    ck_assert(!ng_table_make("int3", "int8", 4, &table, &format));   /* fewer values */
    ck_assert(!ng_table_make("mxfp4", "mxfp4", 3, &table, &format)); /* a block format */
    ck_assert(!ng_table_make("int8", "mxfp4", 3, &table, &format));
    ck_assert_uint_eq(ng_recipe_table_bits("codebook:bits=3+biascorr"), 3);
    ck_assert_uint_eq(ng_recipe_table_bits("codebook:bits=6"), 0);
    ck_assert_uint_eq(ng_recipe_table_bits("codebook:channel=1"), 0);
    ck_assert_uint_eq(ng_recipe_table_bits("gptq"), 0);
}
END_TEST

START_TEST(arith_refused)
{
    static const char *const texts[][2] = {
        {TINY "arith: [fake]\n", "beside exact"},
        {TINY "arith: [exact, real]\n", "'real'"},
        {TINY "fake_pairs: [{weights: [int4], activations: [int4]}]\n", "without fake"},
        {TINY "arith: [exact, fake]\nfake_pairs: [{weights: [int4], activations: [int3]}]\n", "none of the study's pairs"},
        {TINY "arith: [exact, fake]\nfake_pairs: [{weights: [int4], activations: [e2n1]}]\n", "e2n1"},
    };
    ng_study *study = calloc(1, sizeof *study);
    ng_error error;
    ck_assert_ptr_nonnull(study);
    ck_assert(!load_text(texts[_i][0], study, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strstr(error.text, texts[_i][1]) != NULL, "%s", error.text);
    free(study);
}
END_TEST

Suite *ng_suite_study(void)
{
    Suite *suite = suite_create("study");
    TCase *plan = tcase_create("plan");
    TCase *kills = tcase_create("kill -9");
    tcase_add_test(plan, rtl_of_every_priced_length_is_planned);
    tcase_add_test(plan, emulations_are_planned);
    tcase_add_test(plan, rotations_are_planned);
    tcase_add_test(plan, tables_stand_for_codebooks);
    tcase_add_loop_test(plan, arith_refused, 0, 5);
    tcase_add_test(kills, killed_runs_lose_nothing);
    tcase_set_timeout(kills, 900);
    suite_add_tcase(suite, plan);
    suite_add_tcase(suite, kills);
    return suite;
}
