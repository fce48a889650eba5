/* method_parts.h: the circuits that methods of a recipe need besides a pair's own.
 *
 * hadamard  a transform in front of the quantiser: the unit hadamard, on words of 8 bits
 * codebook  a table in front of each lane's multiplier. A circuit of the families table and lookup has it wired in, one circuit for
 *           each layer; what it costs depends on the number of entries and on the largest, not on the others (docs/datapaths.md), so a
 *           table of evenly spread values of the weight format, its ends among them, stands for those that are learned.
 */
#ifndef NG_STUDY_METHOD_PARTS_H
#define NG_STUDY_METHOD_PARTS_H

#include "src/quantize/method.h"

enum { NG_ROTATION_POINTS_MOST = 32, NG_TABLE_BITS_MOST = 5 };

/* Points of the unit hadamard that hadamard:size=N needs at most: the largest power of two up to N; 0 where the unit has no such
 * transform (N = 0 is as wide as a layer's channels).
 *   2 -> 2   31 -> 16   32 -> 32   0, 1, 64 -> 0 */
unsigned ng_rotation_points(const ng_method_choice *choice);

/* Index bits of the table that codebook:bits=N,channel=C needs; 0 where a circuit cannot have it wired in: more than 5 bits, a table
 * for each channel. */
unsigned ng_table_bits(const ng_method_choice *choice);

/* The same of a recipe: of its method hadamard or codebook; 0 without it, and for a recipe that cannot be read. */
unsigned ng_recipe_rotation_points(const char *recipe);
unsigned ng_recipe_table_bits(const char *recipe);

/* The table that stands for those of 2^bits values of a weight format, named t<bits>_<format>, and its format, which points to it.
 * False where there is none: a format that is neither integer nor minifloat, has fewer values or too long a name; or where no
 * family multiplies it by the activations. Range: bits 1..5. */
bool ng_table_make(const char *weights, const char *activations, unsigned bits, ng_codebook *table, ng_format *format);

/* Writes the table as `--codebook FILE` reads it, to folder/NAME.txt. */
bool ng_table_write(const ng_codebook *table, const char *folder, ng_error *error);

#endif
