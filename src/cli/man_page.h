/* man_page.h: narrowgauge(1), from the tables of verbs and options. */
#ifndef NG_MAN_PAGE_H
#define NG_MAN_PAGE_H

#include <stdio.h>

/* Writes the page in roff. */
void ng_man_page(FILE *out);

#endif
