/* net_table.h: yosys's net numbers, which may be any integer in a hostile file, to numbers from NG_NET_FIRST up. */
#ifndef NG_NET_TABLE_H
#define NG_NET_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t *keys;      /* open addressing; a slot is free where values[] is 0 */
    uint32_t *values;
    size_t capacity;    /* a power of two */
    size_t used;
    uint32_t next;      /* the next number to give */
} ng_net_table;

/* False: out of memory. Free with ng_net_table_free(). */
bool ng_net_table_init(ng_net_table *table);
void ng_net_table_free(ng_net_table *table);

/* The number of net `key`, a new one at its first appearance; 0 when out of memory. */
uint32_t ng_net_table_get(ng_net_table *table, int64_t key);

/* A number for a net without a name in the file. */
uint32_t ng_net_table_anonymous(ng_net_table *table);

#endif
