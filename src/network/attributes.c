#include "src/network/attributes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SIZE_MOST = 1 << 16 };

void ng_label(char label[NG_LABEL_SIZE], const char *name)
{
    size_t length = 0;
    for (; name != NULL && name[length] != 0 && length < NG_LABEL_SIZE - 1; length++) {
        label[length] = name[length] >= ' ' && name[length] <= '~' ? name[length] : '?';
    }
    label[length] = 0;
}

bool ng_site_fail(const ng_site *site, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return ng_fail(site->error, NG_EXIT_USAGE, "%s: node '%s' (%s): %s", site->path, site->node->label,
                   ng_operator_name(site->node->operation), text);
}

bool ng_attributes_only(const ng_site *site, const char *const names[])
{
    for (size_t i = 0; i < site->proto->n_attribute; i++) {
        const char *name = site->proto->attribute[i]->name;
        size_t known = 0;
        while (names[known] != NULL && (name == NULL || strcmp(names[known], name) != 0)) {
            known++;
        }
        if (names[known] == NULL) {
            char label[NG_LABEL_SIZE];
            ng_label(label, name);
            return ng_site_fail(site, "attribute '%s' is not supported", label);
        }
    }
    return true;
}

const ng_value *ng_operand(const ng_site *site, unsigned index)
{
    const bool given = index < site->node->inputs && site->node->input[index] != NG_NO_VALUE;
    return given ? &site->network->values[site->node->input[index]] : NULL;
}

const Onnx__AttributeProto *ng_attribute(const ng_site *site, const char *name)
{
    for (size_t i = 0; i < site->proto->n_attribute; i++) {
        const Onnx__AttributeProto *attribute = site->proto->attribute[i];
        if (attribute->name != NULL && strcmp(attribute->name, name) == 0) {
            return attribute;
        }
    }
    return NULL;
}

int64_t ng_attribute_int(const ng_site *site, const char *name, int64_t fallback)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, name);
    return attribute != NULL && attribute->has_i ? attribute->i : fallback;
}

float ng_attribute_float(const ng_site *site, const char *name, float fallback)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, name);
    return attribute != NULL && attribute->has_f ? attribute->f : fallback;
}

bool ng_attribute_is(const ng_site *site, const char *name, const char *word, const char *fallback)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, name);
    if (attribute == NULL || !attribute->has_s) {
        return strcmp(word, fallback) == 0;
    }
    return attribute->s.len == strlen(word) && memcmp(attribute->s.data, word, attribute->s.len) == 0;
}

bool ng_attribute_or_input(const ng_site *site, const char *name, unsigned index, int since, const int64_t **list,
                           size_t *count)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, name);
    *list = NULL;
    *count = 0;
    if (site->opset < since) {
        *list = attribute != NULL ? attribute->ints : NULL;
        *count = attribute != NULL ? attribute->n_ints : 0;
        return true;
    }
    if (attribute != NULL) {
        return ng_site_fail(site, "%s is an input from operator set %d on", name, since);
    }
    const ng_value *value = ng_operand(site, index);
    if (value == NULL) {
        return true;
    }
    if (value->integers == NULL || value->shape.rank > 1) {
        return ng_site_fail(site, "input %u must be a constant list of integers", index);
    }
    *list = value->integers;
    *count = ng_shape_count(&value->shape);
    return true;
}

bool ng_attribute_sizes(const ng_site *site, const char *name, size_t count, size_t least, size_t fallback,
                        size_t *sizes)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, name);
    for (size_t i = 0; i < count; i++) {
        sizes[i] = fallback;
    }
    if (attribute == NULL) {
        return true;
    }
    if (attribute->n_ints != count) {
        return ng_site_fail(site, "%s has %zu numbers, not %zu", name, attribute->n_ints, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (attribute->ints[i] < (int64_t)least || attribute->ints[i] > SIZE_MOST) {
            return ng_site_fail(site, "%s: %lld is outside [%zu, %d]", name, (long long)attribute->ints[i], least,
                                SIZE_MOST);
        }
        sizes[i] = (size_t)attribute->ints[i];
    }
    return true;
}

bool ng_axis(const ng_site *site, int64_t axis, unsigned rank, unsigned *index)
{
    if (axis < -(int64_t)rank || axis >= (int64_t)rank) {
        return ng_site_fail(site, "axis %lld of a tensor of rank %u", (long long)axis, rank);
    }
    *index = (unsigned)(axis < 0 ? axis + rank : axis);
    return true;
}
