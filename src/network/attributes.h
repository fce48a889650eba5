/* attributes.h: reading the attributes of an ONNX node with their defaults and ranges. */
#ifndef NG_ATTRIBUTES_H
#define NG_ATTRIBUTES_H

#include "onnx.pb-c.h"
#include "src/network/network.h"

/* What every shape function gets: the node, its place for messages, and the network so far. */
typedef struct {
    const char *path;
    const Onnx__NodeProto *proto;
    const ng_network *network;
    ng_node *node;
    int opset;
    unsigned part; /* which of its outputs is asked for (Split) */
    ng_error *error;
} ng_site;

/* A name fit for messages and reports: cut, printable ASCII, '?' for anything else; "" for NULL. */
void ng_label(char label[NG_LABEL_SIZE], const char *name);

/* "FILE: node 'LABEL' (OPERATOR): " and the text; exit 2; returns false. */
__attribute__((format(printf, 2, 3))) bool ng_site_fail(const ng_site *site, const char *format, ...);

/* False, and an error that names it, if the node has an attribute outside the NULL-terminated list. */
bool ng_attributes_only(const ng_site *site, const char *const names[]);

/* The value that is input `index` of the node, or NULL if it is left out. */
const ng_value *ng_operand(const ng_site *site, unsigned index);

/* The attribute, or NULL. */
const Onnx__AttributeProto *ng_attribute(const ng_site *site, const char *name);

/* Integer attribute or its default. */
int64_t ng_attribute_int(const ng_site *site, const char *name, int64_t fallback);

/* Float attribute or its default. */
float ng_attribute_float(const ng_site *site, const char *name, float fallback);

/* True if the text attribute is that word, or is not there and the word is the default. */
bool ng_attribute_is(const ng_site *site, const char *name, const char *word, const char *fallback);

/* List of exactly `count` integers within [least, most]; all `fallback` if the node has none. */
bool ng_attribute_sizes(const ng_site *site, const char *name, size_t count, size_t least, size_t fallback,
                        size_t *sizes);

/* A list of integers: the attribute of that name before operator set `since`, from then on the constant input of
 * that number. *list is NULL and *count 0 if the node has none. False: an input that is not a list of constants. */
bool ng_attribute_or_input(const ng_site *site, const char *name, unsigned index, int since, const int64_t **list,
                           size_t *count);

/* An axis in [-rank, rank) as one in [0, rank). */
bool ng_axis(const ng_site *site, int64_t axis, unsigned rank, unsigned *index);

#endif
