/* json_list.h: one JSON object with a list of any length, written item by item as it becomes known:
 * {"format": NAME, "KEY": [ITEM, ...]}. After an error the object stays unfinished, so that no reader takes it for whole. */
#ifndef NG_JSON_LIST_H
#define NG_JSON_LIST_H

#include <jansson.h>
#include <stdbool.h>

/* Opens the object with the members of `head` (released), then the list. */
void ng_json_list_open(json_t *head, const char *key);

/* Writes an item (released) and the comma before it. */
void ng_json_list_item(json_t *item, bool first);

void ng_json_list_close(void);

#endif
