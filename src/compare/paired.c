#include "src/compare/paired.h"

#include <math.h>

#define NORMAL_95 1.959963984540054 /* two-sided 95 % quantile of the normal distribution */

static double percent(unsigned count, const ng_paired *tally)
{
    return 100.0 * count / tally->images;
}

double ng_paired_first(const ng_paired *tally)
{
    return percent(tally->both + tally->first_only, tally);
}

double ng_paired_second(const ng_paired *tally)
{
    return percent(tally->both + tally->second_only, tally);
}

double ng_paired_difference(const ng_paired *tally)
{
    return 100.0 * ((double)tally->first_only - (double)tally->second_only) / tally->images;
}

double ng_paired_interval95(const ng_paired *tally)
{
    const double images = tally->images + 2.0;
    const double p = (tally->first_only + 1.0) / images;
    const double q = (tally->second_only + 1.0) / images;
    return 100.0 * NORMAL_95 * sqrt((p + q - (p - q) * (p - q)) / images);
}
