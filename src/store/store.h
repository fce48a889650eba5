/* store.h: finished results, one small JSON file each, under the hash of everything that went into it.
 *
 * build/store/KIND/HASH.json holds one object. A record is written once, atomically, and never changed; whoever finds
 * it under the right key need not compute it again. build/store/index.db (SQLite) is an index over the files for
 * queries; it can be deleted and is rebuilt from them.
 */
#ifndef NG_STORE_H
#define NG_STORE_H

#include <jansson.h>

#include "src/base/hash.h"

/* The record of kind (a folder name: verify, cost, accuracy, ...) under key. *record is a new reference, or NULL if
 * there is none. A damaged file counts as none and is removed. Errors only for unusable arguments. */
bool ng_store_get(const char *kind, const char key[NG_HASH_SIZE], json_t **record, ng_error *error);

/* Writes the record; `record` stays the caller's. */
bool ng_store_put(const char *kind, const char key[NG_HASH_SIZE], json_t *record, ng_error *error);

/* Told of every record of a kind, which it may keep a reference of. */
typedef void ng_store_visitor(void *context, json_t *record);

/* Visits the records of a kind in the order of their keys; damaged files are passed over. Error: out of memory (exit 3). */
bool ng_store_each(const char *kind, ng_store_visitor *visit, void *context, ng_error *error);

/* Rebuilds index.db from the files: table records(kind, key, unit, weights, activations, network, target, path, json).
 * Returns false when SQLite cannot write it. */
bool ng_store_index(ng_error *error);

#endif
