#include "src/netlist/net_table.h"

#include <stdlib.h>

#include "src/netlist/netlist.h"

enum { FIRST_CAPACITY = 1 << 10 };

bool ng_net_table_init(ng_net_table *table)
{
    *table = (ng_net_table){
        .keys = calloc(FIRST_CAPACITY, sizeof *table->keys),
        .values = calloc(FIRST_CAPACITY, sizeof *table->values),
        .capacity = FIRST_CAPACITY,
        .next = NG_NET_FIRST,
    };
    if (table->keys == NULL || table->values == NULL) {
        ng_net_table_free(table);
        return false;
    }
    return true;
}

void ng_net_table_free(ng_net_table *table)
{
    free(table->keys);
    free(table->values);
    *table = (ng_net_table){0};
}

/* The slot that holds key, or the free one where it belongs. */
static size_t slot_of(const ng_net_table *table, int64_t key)
{
    size_t slot = (size_t)(((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (table->capacity - 1);
    while (table->values[slot] != 0 && table->keys[slot] != key) {
        slot = (slot + 1) & (table->capacity - 1);
    }
    return slot;
}

static bool grow(ng_net_table *table)
{
    const ng_net_table old = *table;
    table->capacity *= 2;
    table->keys = calloc(table->capacity, sizeof *table->keys);
    table->values = calloc(table->capacity, sizeof *table->values);
    if (table->keys == NULL || table->values == NULL) {
        free(table->keys);
        free(table->values);
        *table = old;
        return false;
    }
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.values[i] != 0) {
            const size_t slot = slot_of(table, old.keys[i]);
            table->keys[slot] = old.keys[i];
            table->values[slot] = old.values[i];
        }
    }
    free(old.keys);
    free(old.values);
    return true;
}

uint32_t ng_net_table_get(ng_net_table *table, int64_t key)
{
    if (2 * table->used >= table->capacity && !grow(table)) {
        return 0;
    }
    const size_t slot = slot_of(table, key);
    if (table->values[slot] == 0) {
        table->keys[slot] = key;
        table->values[slot] = ng_net_table_anonymous(table);
        table->used++;
    }
    return table->values[slot];
}

uint32_t ng_net_table_anonymous(ng_net_table *table)
{
    return table->next++;
}
