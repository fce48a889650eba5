#include "src/report/text.h"

#include <stdlib.h>

bool ng_report_text_open(ng_report_text *text, ng_error *error)
{
    *text = (ng_report_text){0};
    text->stream = open_memstream(&text->data, &text->size);
    return text->stream != NULL || ng_fail(error, NG_EXIT_MISSING, "no memory for the text of a report");
}

bool ng_report_text_close(ng_report_text *text, ng_error *error)
{
    const bool failed = ferror(text->stream) != 0;
    const bool unfinished = fclose(text->stream) != 0;
    text->stream = NULL;
    return (!failed && !unfinished) || ng_fail(error, NG_EXIT_MISSING, "no memory for the text of a report");
}

void ng_report_text_free(ng_report_text *text)
{
    if (text->stream != NULL) {
        (void)fclose(text->stream);
    }
    free(text->data);
    *text = (ng_report_text){0};
}
