/* summary.h: the result in a few sentences and one small table, every number of them computed from the figures. */
#ifndef NG_REPORT_SUMMARY_H
#define NG_REPORT_SUMMARY_H

#include "src/report/figures.h"

/* New reference, NULL when there is no memory:
 *   {"headline": text,
 *    "evidence": text,
 *    "networks": [{"best": text, "families": text, "front_area": text, "front_memory": text}...],
 *    "allowed_loss_points": 1.0,
 *    "answers": [{"loss_points": number, "answers": [answer.h, for each network]}...],
 *    "cheapest": [{"network": index, "family": name, "answer": answer.h}...],   within allowed_loss_points
 *    "extras": [{"recipe", "status": "none", "priced" or "missing", "sites_per_mac": number or null, "text"}...]   extras.h,
 *    "contest", "claims": contest.h, "emulation": emulation.h, "emulation_text": text}
 */
json_t *ng_report_summary(const ng_figures *figures);

#endif
