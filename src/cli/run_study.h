/* run_study.h: what `study` and `verify` (without --unit) share: plan, run, assemble. */
#ifndef NG_RUN_STUDY_H
#define NG_RUN_STUDY_H

#include "src/cli/cli.h"
#include "src/study/plan.h"

/* Runs a study file in this scope; with NG_RUN_ALL writes the report. Returns the exit code, 1 if any job failed. */
int ng_run_study(const ng_options *options, const char *file, ng_run_scope scope, ng_error *error);

#endif
