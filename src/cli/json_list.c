#include "src/cli/json_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ng_json_list_open(json_t *head, const char *key)
{
    char *text = json_dumps(head, 0);
    if (text != NULL) {
        /* The head without its closing brace. */
        (void)printf("%.*s, \"%s\": [", (int)strlen(text) - 1, text, key);
    }
    free(text);
    json_decref(head);
}

void ng_json_list_item(json_t *item, bool first)
{
    (void)fputs(first ? "\n" : ",\n", stdout);
    (void)json_dumpf(item, stdout, 0);
    json_decref(item);
}

void ng_json_list_close(void)
{
    (void)puts("\n]}");
}
