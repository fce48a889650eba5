#include "src/report/plot_script.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/report/plot_labels.h"
#include "src/report/style.h"

enum {
    COLUMNS = 2,
    NAME_SIZE = 40,
    LABEL_SIZE = 2 * NAME_SIZE + 3,
    PANEL_WIDTH = 520,
    PANEL_HEIGHT = 450,
    KEY_HEIGHT = 34
};

static const double margin_left = 70.0, margin_right = 12.0, margin_top = 40.0, margin_bottom = 54.0;
static const double span = 12.0;        /* points below FP32 that a panel shows at most */
static const double character = 6.2;    /* width of a label's character */

/* One panel: its place in the picture, in pixels from the lower left, and the ranges of its axes. */
typedef struct {
    size_t network;
    double left, right, bottom, top;
    double width, height; /* of the picture */
    double x_low, x_high, y_low, y_high;
} panel;

/* A name without anything that means something to gnuplot. */
static void plain_name(const char *name, char plain[NAME_SIZE])
{
    size_t i = 0;
    for (; name[i] != 0 && i + 1 < NAME_SIZE; i++) {
        const unsigned char c = (unsigned char)name[i];
        plain[i] = (c < 128 && isalnum(c)) || strchr(" _.+-", c) != NULL ? (char)c : '?';
    }
    plain[i] = 0;
}

static bool is_plotted(const ng_report_row *row, size_t network)
{
    return row->network == network && !isnan(row->sites_per_mac) && !isnan(row->top1_pct);
}

/* The same x range for all panels: they then compare at a glance. */
static void find_x_range(const ng_figures *figures, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < figures->row_count; i++) {
        *low = fmin(*low, figures->rows[i].sites_per_mac);
        *high = fmax(*high, figures->rows[i].sites_per_mac);
    }
    *low = *low <= *high ? *low / 1.35 : 1.0;
    *high = *low <= *high ? *high * 1.15 : 100.0;
}

static void find_y_range(const ng_figures *figures, panel *p)
{
    const double fp32 = ng_report_fp32(figures, p->network);
    double low = fp32;
    double high = fp32;
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_row *row = &figures->rows[i];
        if (is_plotted(row, p->network)) {
            low = row->top1_pct >= fp32 - span ? fmin(low, row->top1_pct) : low;
            high = fmax(high, row->top1_pct);
        }
    }
    const double room = fmax(high - low, 1.0);
    p->y_low = low - 0.05 * room;
    p->y_high = high + 0.30 * room; /* for labels */
}

static size_t count_below(const ng_figures *figures, const panel *p)
{
    size_t count = 0;
    for (size_t i = 0; i < figures->row_count; i++) {
        count += is_plotted(&figures->rows[i], p->network) && figures->rows[i].top1_pct < p->y_low;
    }
    return count;
}

static double pixel_x(const panel *p, double value)
{
    return (p->right - p->left) * log(value / p->x_low) / log(p->x_high / p->x_low);
}

static double pixel_y(const panel *p, double value)
{
    return (p->top - p->bottom) * (value - p->y_low) / (p->y_high - p->y_low);
}

static int compare_labels(const void *a, const void *b)
{
    const ng_report_row *const *left = a;
    const ng_report_row *const *right = b;
    return ((*left)->sites_per_mac > (*right)->sites_per_mac) - ((*left)->sites_per_mac < (*right)->sites_per_mac);
}

/* The shown rows of a front from cheap to dear; their number. */
static size_t front_rows(const ng_figures *figures, const panel *p, const ng_report_row **front)
{
    size_t count = 0;
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_row *row = &figures->rows[i];
        if (row->network == p->network && row->on_front_area && row->top1_pct >= p->y_low) {
            front[count++] = row;
        }
    }
    qsort(front, count, sizeof *front, compare_labels);
    return count;
}

static void label_text(const ng_figures *figures, const ng_report_row *row, char text[LABEL_SIZE])
{
    char weights[NAME_SIZE];
    char activations[NAME_SIZE];
    const ng_report_pair *pair = &figures->pairs[row->pair];
    plain_name(pair->weights, weights);
    plain_name(pair->activations, activations);
    if (strcmp(weights, activations) == 0) {
        (void)snprintf(text, LABEL_SIZE, "%s", weights);
    } else {
        (void)snprintf(text, LABEL_SIZE, "%s x %s", weights, activations);
    }
}

static void print_label(FILE *stream, const panel *p, const ng_plot_label *label, const char *text)
{
    const double x = (p->left + label->right) / p->width;
    const double y = (p->bottom + label->middle) / p->height;
    fprintf(stream, "set label '%s' at screen %.6f, screen %.6f right font ',11' textcolor rgb '#222222' front\n", text,
            x, y);
    if (label->middle > label->point_y + 12.0) {
        fprintf(stream, "set arrow from screen %.6f, screen %.6f to screen %.6f, screen %.6f nohead lc rgb '#999999'\n",
                (p->left + fmin(label->right + 2.0, label->point_x)) / p->width, y,
                (p->left + label->point_x) / p->width, (p->bottom + label->point_y) / p->height);
    }
}

static void print_labels(FILE *stream, const ng_figures *figures, const panel *p, const ng_report_row *const *front,
                         ng_plot_label *labels, size_t count)
{
    char text[LABEL_SIZE];
    for (size_t i = 0; i < count; i++) {
        label_text(figures, front[i], text);
        labels[i] = (ng_plot_label){.point_x = pixel_x(p, front[i]->sites_per_mac),
                                    .point_y = pixel_y(p, front[i]->top1_pct),
                                    .width = character * (double)strlen(text)};
    }
    ng_place_labels(labels, count, pixel_y(p, ng_report_fp32(figures, p->network)), p->right - p->left,
                    p->top - p->bottom);
    for (size_t i = 0; i < count; i++) {
        if (labels[i].placed) {
            label_text(figures, front[i], text);
            print_label(stream, p, &labels[i], text);
        }
    }
}

static void print_family_data(FILE *stream, const ng_figures *figures, const panel *p, ng_family family)
{
    fprintf(stream, "$%s << END\n", ng_family_name(family));
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_row *row = &figures->rows[i];
        if (is_plotted(row, p->network) && strcmp(figures->pairs[row->pair].family, ng_family_name(family)) == 0) {
            fprintf(stream, "%.10g %.10g\n", row->sites_per_mac, row->top1_pct);
        }
    }
    /* A point outside the range keeps an empty family in the key and gnuplot content. */
    fprintf(stream, "%.10g -1\nEND\n", p->x_low);
}

static void print_front_data(FILE *stream, const panel *p, const ng_report_row *const *front, size_t count)
{
    fputs("$front << END\n", stream);
    for (size_t i = 0; i < count; i++) {
        fprintf(stream, "%.10g %.10g\n", front[i]->sites_per_mac, front[i]->top1_pct);
    }
    /* The front ends in a horizontal: a larger circuit is never worse than the last. */
    fprintf(stream, "%.10g %.10g\nEND\n", p->x_high, count > 0 ? front[count - 1]->top1_pct : -1.0);
}

static void print_axes(FILE *stream, const ng_figures *figures, const panel *p)
{
    char name[NAME_SIZE];
    const size_t below = count_below(figures, p);
    plain_name(ng_report_network(figures, p->network), name);
    fprintf(stream, "unset label\nunset arrow\nset xrange [%.10g:%.10g]\nset yrange [%.10g:%.10g]\n", p->x_low,
            p->x_high, p->y_low, p->y_high);
    fprintf(stream, "set lmargin at screen %.6f\nset rmargin at screen %.6f\nset tmargin at screen %.6f\n"
                    "set bmargin at screen %.6f\n",
            p->left / p->width, p->right / p->width, p->top / p->height, p->bottom / p->height);
    fprintf(stream, "set title '%s, FP32 %.2f %%", name, ng_report_fp32(figures, p->network));
    if (below > 0) {
        fprintf(stream, " (%zu pairs below %.1f %% not shown)", below, p->y_low);
    }
    fputs("' font ',14'\n", stream);
}

static void print_plot(FILE *stream, const ng_figures *figures, const panel *p)
{
    ng_family list[NG_FAMILY_COUNT];
    const size_t count = ng_report_families(figures, list);
    const double fp32 = ng_report_fp32(figures, p->network);
    fprintf(stream, "plot %.10g with lines dashtype 2 lw 1.4 lc rgb '#555555' title 'FP32 accuracy', "
                    "$front with steps lw 1.6 lc rgb '#333333' title 'Pareto front'",
            fp32);
    for (size_t i = 0; i < count; i++) {
        const ng_report_style *style = ng_report_style_of(list[i]);
        fprintf(stream, ", $%s with points pt %d ps %g lw %g lc rgb '%s' title '%s'", ng_family_name(list[i]), style->point_type,
                style->point_size, style->line ? 1.8 : 1.0, style->colour, ng_family_name(list[i]));
    }
    fputs("\nunset key\n", stream);
}

static void print_panel(FILE *stream, const ng_figures *figures, panel *p, const ng_report_row **front,
                        ng_plot_label *labels)
{
    find_x_range(figures, &p->x_low, &p->x_high);
    find_y_range(figures, p);
    const size_t count = front_rows(figures, p, front);
    print_axes(stream, figures, p);
    print_labels(stream, figures, p, front, labels, count);
    for (ng_family family = 0; family < NG_FAMILY_COUNT; family++) {
        print_family_data(stream, figures, p, family);
    }
    print_front_data(stream, p, front, count);
    print_plot(stream, figures, p);
}

static void print_head(FILE *stream, double width, double height, const char *output)
{
    fprintf(stream, "set terminal svg size %.0f,%.0f noenhanced font 'Helvetica,Arial,DejaVu Sans,sans-serif,13' "
                    "background '#ffffff'\nset output '%s'\n",
            width, height, output);
    fputs("set encoding utf8\nset logscale x\nset border 3 lc rgb '#666666'\n"
          "set xtics nomirror (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)\nset ytics nomirror\n"
          "set grid lc rgb '#e4e4e4' lw 0.8 dashtype 1\n"
          "set xlabel 'Area of a dot product: honest LUT sites per MAC (xc7, log scale)'\n"
          "set ylabel 'Top-1 accuracy (%)' offset 0.4\n"
          "set multiplot\n",
          stream);
    /* One key for all panels, below them: inside a panel it would cover points. */
    fprintf(stream, "set key at screen 0.5, screen %.6f center maxrows 1 reverse Left samplen 1.6 width 1\n",
            KEY_HEIGHT / 2.0 / height);
}

static void print_script(FILE *stream, const ng_figures *figures, const char *output, const ng_report_row **front,
                         ng_plot_label *labels)
{
    const size_t rows = figures->network_count == 0 ? 1 : (figures->network_count + COLUMNS - 1) / COLUMNS;
    const size_t columns = figures->network_count < COLUMNS ? 1 : COLUMNS;
    const double width = (double)columns * PANEL_WIDTH;
    const double height = (double)rows * PANEL_HEIGHT + KEY_HEIGHT;
    print_head(stream, width, height, output);
    for (size_t i = 0; i < figures->network_count; i++) {
        const double left = (double)(i % columns) * PANEL_WIDTH;
        const double bottom = (double)(rows - 1 - i / columns) * PANEL_HEIGHT + KEY_HEIGHT;
        panel p = {.network = i, .left = left + margin_left, .right = left + PANEL_WIDTH - margin_right,
                   .bottom = bottom + margin_bottom, .top = bottom + PANEL_HEIGHT - margin_top,
                   .width = width, .height = height};
        print_panel(stream, figures, &p, front, labels);
    }
    fputs("unset multiplot\n", stream);
}

bool ng_plot_script(const ng_figures *figures, const char *output, ng_report_text *text, ng_error *error)
{
    const ng_report_row **front = calloc(figures->row_count + 1, sizeof *front);
    ng_plot_label *labels = calloc(figures->row_count + 1, sizeof *labels);
    bool fine = (front != NULL && labels != NULL) || ng_fail(error, NG_EXIT_MISSING, "no memory for the plot");
    fine = fine && ng_report_text_open(text, error);
    if (fine) {
        print_script(text->stream, figures, output, front, labels);
        fine = ng_report_text_close(text, error);
    }
    free(front);
    free(labels);
    return fine;
}
