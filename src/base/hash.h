/* hash.h: SHA-256 keys over named inputs. Every item is framed by its name and length, so two different lists of
 * items never hash alike. */
#ifndef NG_HASH_H
#define NG_HASH_H

#include <sha2.h>

#include "src/base/file.h"

enum { NG_HASH_SIZE = 65 }; /* 64 hexadecimal digits and a 0 */

typedef struct {
    SHA2_CTX context;
} ng_hash;

void ng_hash_start(ng_hash *hash);
void ng_hash_bytes(ng_hash *hash, const char *name, const void *data, size_t size);
void ng_hash_text(ng_hash *hash, const char *name, const char *text);
void ng_hash_number(ng_hash *hash, const char *name, long long value);
/* The content of a file (at most 1 GiB). */
bool ng_hash_file(ng_hash *hash, const char *name, const char *path, ng_error *error);
/* Every regular file below `folder` whose name ends in one of the NULL-terminated suffixes, in sorted order. */
bool ng_hash_folder(ng_hash *hash, const char *folder, const char *const suffixes[], ng_error *error);
void ng_hash_end(ng_hash *hash, char text[NG_HASH_SIZE]);

#endif
