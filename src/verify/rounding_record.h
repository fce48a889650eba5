/* rounding_record.h: how a datapath rounds, in the records of cost and verify. */
#ifndef NG_ROUNDING_RECORD_H
#define NG_ROUNDING_RECORD_H

#include <jansson.h>

#include "model/unit.h"

/* Adds "rule" (QUANTISE) and "rounding" (QUANTISE, WINDOW) by their names; nothing for units that have no choice. */
void ng_rounding_record(json_t *record, const ng_datapath *path);

#endif
