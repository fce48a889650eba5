#include "src/study/rotation.h"

#include <string.h>

unsigned ng_rotation_points(const ng_method_choice *choice)
{
    const double size = ng_choice_value(choice, "size");
    unsigned points = 1;
    while (2 * points <= NG_ROTATION_POINTS_MOST && 2 * points <= size) {
        points *= 2;
    }
    return size <= NG_ROTATION_POINTS_MOST && points > 1 ? points : 0;
}

unsigned ng_recipe_rotation_points(const char *recipe)
{
    ng_methods methods;
    if (!ng_methods_read(recipe, &methods, NULL)) {
        return 0;
    }
    for (size_t i = 0; i < methods.count; i++) {
        if (strcmp(methods.items[i].method->name, "hadamard") == 0) {
            return ng_rotation_points(&methods.items[i]);
        }
    }
    return 0;
}
