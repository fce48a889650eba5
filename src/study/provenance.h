/* provenance.h: what made the results: tools, hashes, machine. */
#ifndef NG_PROVENANCE_H
#define NG_PROVENANCE_H

#include <jansson.h>

#include "src/base/hash.h"
#include "src/study/study.h"

/* {"tools": {name: version}, "commands": [...], "hashes": {name: sha256}, "machine": {"cores", "system"}}; a tool that is
 * not there has the version "missing". */
bool ng_provenance(const char *study_file, const ng_study *study, const char *rtl, json_t **provenance, ng_error *error);

/* Hash over everything the study's results depend on: the study file, RTL, the program's sources, tool versions, networks
 * and data. */
bool ng_study_key(const char *study_file, const ng_study *study, const char *rtl, const char *data, char key[NG_HASH_SIZE],
                  ng_error *error);

#endif
