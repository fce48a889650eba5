#include "src/report/plot_labels.h"

static const double half_height = 8.0;
static const double marker = 5.0; /* half its width */
static const double gap = 7.0;    /* between a marker and its label */
static const double step = 2.0;

static bool covers_marker(const ng_plot_label *label, const ng_plot_label *other)
{
    return other->point_x + marker > label->right - label->width && other->point_x - marker < label->right &&
           other->point_y + marker > label->middle - half_height &&
           other->point_y - marker < label->middle + half_height;
}

static bool covers_text(const ng_plot_label *label, const ng_plot_label *other)
{
    return other->placed && other->right > label->right - label->width - gap &&
           other->right - other->width < label->right + gap && other->middle + 2.0 * half_height > label->middle &&
           other->middle - 2.0 * half_height < label->middle;
}

static bool is_free(const ng_plot_label *labels, size_t count, size_t index, double line_y)
{
    const ng_plot_label *label = &labels[index];
    if (line_y > label->middle - half_height && line_y < label->middle + half_height) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (covers_marker(label, &labels[i]) || (i < index && covers_text(label, &labels[i]))) {
            return false;
        }
    }
    return true;
}

/* Puts the text's right end at `right` and climbs from `start` above the point until the text is free. */
static bool climb(ng_plot_label *labels, size_t count, size_t index, double right, double start, double line_y,
                  double top)
{
    ng_plot_label *label = &labels[index];
    label->right = right < label->width ? label->width : right;
    for (label->middle = label->point_y + start; label->middle < top - half_height; label->middle += step) {
        if (is_free(labels, count, index, line_y)) {
            return true;
        }
    }
    return false;
}

/* To the right there may be other points beside and below: a text there starts one line higher. */
void ng_place_labels(ng_plot_label *labels, size_t count, double line_y, double right_edge, double top)
{
    for (size_t i = 0; i < count; i++) {
        const double left_of_point = labels[i].point_x - gap;
        const double right_of_point = labels[i].point_x + gap + labels[i].width;
        labels[i].placed = climb(labels, count, i, left_of_point, 3.0, line_y, top) ||
                           (right_of_point <= right_edge &&
                            climb(labels, count, i, right_of_point, 2.0 * half_height, line_y, top));
    }
}
