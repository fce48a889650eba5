/* style.h: how a family of formats looks in every picture and table of a report: a colour and a shape, by its row in
 * model/families.def. A new family has the next style; static_assert says when there are no more.
 */
#ifndef NG_REPORT_STYLE_H
#define NG_REPORT_STYLE_H

#include "src/report/figures.h"

typedef struct {
    char colour[8];      /* "#rrggbb" */
    char shape[12];      /* Chart.js's name: "circle", "rectRot" ... */
    int rotation;        /* of that shape, in degrees: 0, 90, 180, 270 */
    bool line;           /* the shape is strokes without an inside: cross, crossRot, star */
    double size;         /* factor that makes the shape weigh as much as the circle */
    int point_type;      /* gnuplot's: 7 disc, 9 triangle, 5 square, 13 diamond ... */
    double point_size;   /* gnuplot's */
} ng_report_style;

/* Range: a family of model/families.def. */
const ng_report_style *ng_report_style_of(ng_family family);

#endif
