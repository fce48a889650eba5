/* rotation.h: the circuit behind a recipe's Hadamard rotation. */
#ifndef NG_STUDY_ROTATION_H
#define NG_STUDY_ROTATION_H

#include "src/quantize/method.h"

enum { NG_ROTATION_POINTS_MOST = 32 };

/* Points of the unit hadamard that hadamard:size=N needs at most: the largest power of two up to N; 0 where the unit has no such
 * transform (N = 0 is as wide as a layer's channels).
 *   2 -> 2   31 -> 16   32 -> 32   0, 1, 64 -> 0 */
unsigned ng_rotation_points(const ng_method_choice *choice);

/* The same of a recipe; 0 without hadamard among its methods, and for one that cannot be read. */
unsigned ng_recipe_rotation_points(const char *recipe);

#endif
