/* codebook.h: a codebook from a user's file (--codebook FILE).
 *
 * Text: numbers separated by white space, "#" to the end of the line is a comment. JSON: a list of numbers, or
 * {"name": NAME, "values": [...]}. The values stand in the order of their codes; there are 2, 4, 8, ... or 256 of them,
 * each rounded to float. Without a NAME the format is called after the file: nf3.txt is nf3.
 */
#ifndef NG_CODEBOOK_H
#define NG_CODEBOOK_H

#include "model/format.h"
#include "src/base/error.h"

/* Errors (exit 2, with file and place): cannot be read, over 64 KiB, not a number, not finite as float, another count of
 * values, a name that is not letters, digits and '_' or that another format has. */
bool ng_codebook_load(const char *path, ng_codebook *codebook, ng_error *error);

#endif
