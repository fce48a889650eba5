/* plot_labels.h: where the names of a front's points go, so that they cover neither each other nor a marker.
 *
 * All lengths are pixels, x to the right, y upwards. Up and to the left of a front there is no other point, so a label
 * starts there and climbs until it is free; without room it tries the same to the right of its point. */
#ifndef NG_REPORT_PLOT_LABELS_H
#define NG_REPORT_PLOT_LABELS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    double point_x; /* the marker */
    double point_y;
    double width;   /* of the text */
    double right;   /* out: right end of the text */
    double middle;  /* out: its middle line */
    bool placed;    /* out: false if there is no room */
} ng_plot_label;

/* Places labels[count], sorted by point_x. line_y: a horizontal line to keep clear of; right_edge, top: the
 * panel ends there. */
void ng_place_labels(ng_plot_label *labels, size_t count, double line_y, double right_edge, double top);

#endif
