/* text.h: text that grows as it is printed. */
#ifndef NG_REPORT_TEXT_H
#define NG_REPORT_TEXT_H

#include <stdio.h>

#include "src/base/error.h"

typedef struct {
    FILE *stream; /* print here; NULL once closed */
    char *data;   /* after ng_report_text_close(): size bytes and a terminating 0; free with ng_report_text_free() */
    size_t size;
} ng_report_text;

/* Error: no memory (exit 3). */
bool ng_report_text_open(ng_report_text *text, ng_error *error);

/* Ends the printing. Error: any print before failed (exit 3). */
bool ng_report_text_close(ng_report_text *text, ng_error *error);

/* Frees an open, closed or zeroed text. */
void ng_report_text_free(ng_report_text *text);

#endif
