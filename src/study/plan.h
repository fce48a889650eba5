/* plan.h: a study as a list of jobs, each one call of the program itself. */
#ifndef NG_PLAN_H
#define NG_PLAN_H

#include "src/study/jobs.h"
#include "src/study/study.h"

typedef enum { NG_RUN_ALL = 0, NG_RUN_VERIFY = 1 } ng_run_scope;

typedef enum {
    NG_PLAN_RTL = 0,     /* RTL of one unit kind, several pairs in one bench */
    NG_PLAN_NETLIST = 1, /* synthesis, cost and netlist check of one pair */
    NG_PLAN_ACCURACY = 2,
    NG_PLAN_ENERGY = 3,  /* toggles of one pair's MAC */
    NG_PLAN_COMPARE = 4, /* exact against fake */
    NG_PLAN_PART = 5     /* RTL, or synthesis, cost and netlist check, of a circuit that a recipe needs: a pair's, or no pair's */
} ng_study_plan_kind;

enum { NG_BATCH_MAX = 48 };

/* What a job is about; runs parallel to the list of jobs. */
typedef struct {
    ng_study_plan_kind kind;
    size_t pairs[NG_BATCH_MAX]; /* indices into study->pairs */
    size_t pair_count;
    ng_unit_kind unit;
    size_t cost;    /* NETLIST: index into study->costs */
    size_t network; /* ACCURACY, COMPARE: index into study->networks */
    size_t recipe;  /* ACCURACY, COMPARE: index into study->recipes */
} ng_study_plan_item;

typedef struct {
    ng_job *jobs;
    ng_study_plan_item *items;
    size_t count;
    size_t room;
} ng_study_plan;

/* How the program is called besides what the study says. */
typedef struct {
    const char *rtl;
    const char *data;
    const char *dataset; /* the study file, if it has a dataset: of its own; else NULL */
    bool prove;          /* of every netlist: that it equals the RTL */
} ng_study_plan_options;

/* Builds the list. Pairs a unit does not serve (a block format has no convert unit) are left out of its jobs. */
bool ng_study_plan_make(const ng_study *study, ng_run_scope scope, const ng_study_plan_options *options, ng_study_plan *plan,
                  ng_error *error);

/* Where jobs find the tables of recipes with codebooks. */
#define NG_STUDY_TABLES "build/tables"

/* Writes those tables; before the jobs run. */
bool ng_study_tables_write(const ng_study *study, ng_error *error);

void ng_study_plan_free(ng_study_plan *plan);

#endif
