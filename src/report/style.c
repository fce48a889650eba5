#include "src/report/style.h"

#include <assert.h>

/* Okabe and Ito's colours first (the third darker), told apart with any kind of colour vision; ten colours cannot be, so the
 * shapes say the same. */
static const ng_report_style styles[] = {
    {"#0072B2", "circle", 0, false, 1.0, 7, 0.75},
    {"#D55E00", "triangle", 0, false, 1.15, 9, 0.85},
    {"#B0568D", "rectRot", 0, false, 1.25, 13, 0.85},
    {"#009E73", "rect", 0, false, 1.1, 5, 0.65},
    {"#5B3A1E", "crossRot", 0, true, 1.1, 2, 0.75},
    {"#C98500", "cross", 0, true, 1.2, 1, 0.85},
    {"#3E9BD0", "rectRounded", 0, false, 1.1, 15, 0.8},
    {"#7A7000", "triangle", 180, false, 1.15, 11, 0.85},
    {"#3A3A3A", "star", 0, true, 1.2, 3, 0.8},
    {"#6A51A3", "triangle", 90, false, 1.15, 6, 0.8},
    {"#C03A4B", "triangle", 270, false, 1.15, 4, 0.75},
    {"#6B7785", "rectRot", 45, false, 1.1, 12, 0.85},
};

static_assert(sizeof styles / sizeof styles[0] >= NG_FAMILY_COUNT, "a style for every family");

const ng_report_style *ng_report_style_of(ng_family family)
{
    return &styles[family];
}
