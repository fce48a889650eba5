#include "tests/support/onnx_draft.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/random.h"

enum { LIST_MOST = 8192, LINKS_MOST = 64, NAME_SIZE = 4096 };

typedef struct block {
    struct block *next;
    void *data;
} block;

struct onnx_draft {
    Onnx__ModelProto model;
    Onnx__GraphProto graph;
    block *memory;
    unsigned names;
    uint64_t draws;
};

/* Memory that lives as long as the draft. */
static void *take(onnx_draft *d, size_t size)
{
    block *made = malloc(sizeof *made);
    void *data = calloc(1, size + 1);
    ck_assert(made != NULL && data != NULL);
    *made = (block){d->memory, data};
    d->memory = made;
    return data;
}

static char *text(onnx_draft *d, const char *from)
{
    char *copy = take(d, strlen(from) + 1);
    memcpy(copy, from, strlen(from));
    return copy;
}

static char *new_name(onnx_draft *d)
{
    char name[32];
    (void)snprintf(name, sizeof name, "v%u", d->names++);
    return text(d, name);
}

static size_t count_of(unsigned rank, const int64_t *size)
{
    size_t count = 1;
    for (unsigned i = 0; i < rank; i++) {
        count *= (size_t)size[i];
    }
    return count;
}

/* ---- what is in the graph -------------------------------------------------------------------------------------- */

static Onnx__ValueInfoProto *new_info(onnx_draft *d, const char *name, unsigned rank, const int64_t *size)
{
    Onnx__ValueInfoProto *info = take(d, sizeof *info);
    Onnx__TypeProto *type = take(d, sizeof *type);
    Onnx__TypeProto__Tensor *tensor = take(d, sizeof *tensor);
    Onnx__TensorShapeProto *shape = take(d, sizeof *shape);
    onnx__value_info_proto__init(info);
    onnx__type_proto__init(type);
    onnx__type_proto__tensor__init(tensor);
    onnx__tensor_shape_proto__init(shape);
    shape->n_dim = rank;
    shape->dim = take(d, (rank + 1) * sizeof(void *));
    for (unsigned i = 0; i < rank; i++) {
        shape->dim[i] = take(d, sizeof **shape->dim);
        onnx__tensor_shape_proto__dimension__init(shape->dim[i]);
        if (size[i] == 0) {
            shape->dim[i]->dim_param = text(d, "batch");
        } else {
            shape->dim[i]->has_dim_value = 1;
            shape->dim[i]->dim_value = size[i];
        }
    }
    tensor->has_elem_type = 1;
    tensor->elem_type = 1;
    tensor->shape = shape;
    type->tensor_type = tensor;
    info->name = text(d, name);
    info->type = type;
    return info;
}

onnx_draft *onnx_new(int opset, unsigned rank, const int64_t *size)
{
    onnx_draft *d = calloc(1, sizeof *d);
    ck_assert_ptr_nonnull(d);
    onnx__model_proto__init(&d->model);
    onnx__graph_proto__init(&d->graph);
    d->model.graph = &d->graph;
    d->graph.name = text(d, "draft");
    d->model.has_ir_version = 1;
    d->model.ir_version = 7;
    Onnx__OperatorSetIdProto *set = take(d, sizeof *set);
    onnx__operator_set_id_proto__init(set);
    set->has_version = 1;
    set->version = opset;
    d->model.n_opset_import = 1;
    d->model.opset_import = take(d, sizeof(void *));
    d->model.opset_import[0] = set;
    d->graph.node = take(d, LIST_MOST * sizeof(void *));
    d->graph.initializer = take(d, LIST_MOST * sizeof(void *));
    d->graph.value_info = take(d, LIST_MOST * sizeof(void *));
    d->graph.input = take(d, sizeof(void *));
    d->graph.output = take(d, sizeof(void *));
    d->graph.input[d->graph.n_input++] = new_info(d, "image", rank, size);
    return d;
}

void onnx_free(onnx_draft *draft)
{
    for (block *b = draft->memory; b != NULL;) {
        block *next = b->next;
        free(b->data);
        free(b);
        b = next;
    }
    free(draft);
}

static Onnx__TensorProto *new_tensor(onnx_draft *d, unsigned rank, const int64_t *size, int type, const void *data,
                                     size_t element)
{
    Onnx__TensorProto *t = take(d, sizeof *t);
    onnx__tensor_proto__init(t);
    t->n_dims = rank;
    t->dims = take(d, (rank + 1) * sizeof *t->dims);
    for (unsigned i = 0; i < rank; i++) {
        t->dims[i] = size[i];
    }
    t->has_data_type = 1;
    t->data_type = type;
    t->has_raw_data = 1;
    t->raw_data.len = count_of(rank, size) * element;
    t->raw_data.data = take(d, t->raw_data.len);
    if (data != NULL) {
        memcpy(t->raw_data.data, data, t->raw_data.len);
    }
    return t;
}

static const char *add_initializer(onnx_draft *d, Onnx__TensorProto *t)
{
    ck_assert_uint_lt(d->graph.n_initializer, LIST_MOST);
    t->name = new_name(d);
    d->graph.initializer[d->graph.n_initializer++] = t;
    return t->name;
}

const char *onnx_floats(onnx_draft *draft, unsigned rank, const int64_t *size, const float *numbers)
{
    return add_initializer(draft, new_tensor(draft, rank, size, 1, numbers, sizeof(float)));
}

const char *onnx_random(onnx_draft *draft, unsigned rank, const int64_t *size, double spread)
{
    Onnx__TensorProto *t = new_tensor(draft, rank, size, 1, NULL, sizeof(float));
    for (size_t i = 0; i < count_of(rank, size); i++) {
        const double unit = (double)(random_bits(77, draft->draws++) >> 11) * 0x1p-52 - 1;
        const float number = (float)(unit * spread);
        memcpy(t->raw_data.data + i * sizeof number, &number, sizeof number);
    }
    return add_initializer(draft, t);
}

const char *onnx_integers(onnx_draft *draft, unsigned rank, const int64_t *size, const int64_t *numbers)
{
    return add_initializer(draft, new_tensor(draft, rank, size, 7, numbers, sizeof(int64_t)));
}

const char *onnx_list(onnx_draft *draft, size_t count, const int64_t *numbers)
{
    return onnx_integers(draft, 1, (int64_t[]){(int64_t)count}, numbers);
}

const char *onnx_number(onnx_draft *draft, float number)
{
    return onnx_floats(draft, 0, NULL, &number);
}

void onnx_declare(onnx_draft *draft, const char *name, unsigned rank, const int64_t *size)
{
    draft->graph.value_info[draft->graph.n_value_info++] = new_info(draft, name, rank, size);
}

void onnx_finish(onnx_draft *draft, const char *output)
{
    Onnx__ValueInfoProto *info = new_info(draft, output, 0, NULL);
    info->type->tensor_type->shape = NULL; /* of any shape */
    draft->graph.output[0] = info;
    draft->graph.n_output = 1;
}

/* ---- nodes ----------------------------------------------------------------------------------------------------- */

static Onnx__NodeProto *last_node(const onnx_draft *d)
{
    return d->graph.node[d->graph.n_node - 1];
}

const char *onnx_node(onnx_draft *draft, const char *operator_name, const char *inputs, ...)
{
    char names[NAME_SIZE];
    va_list arguments;
    va_start(arguments, inputs);
    const int length = vsnprintf(names, sizeof names, inputs, arguments);
    va_end(arguments);
    ck_assert(length >= 0 && length < NAME_SIZE && draft->graph.n_node < LIST_MOST);
    Onnx__NodeProto *node = take(draft, sizeof *node);
    onnx__node_proto__init(node);
    node->op_type = text(draft, operator_name);
    node->name = new_name(draft);
    node->input = take(draft, LINKS_MOST * sizeof(void *));
    node->output = take(draft, LINKS_MOST * sizeof(void *));
    node->attribute = take(draft, LINKS_MOST * sizeof(void *));
    for (char *name = names; *name != 0;) {
        char *end = name + strcspn(name, " ");
        char *next = *end != 0 ? end + 1 : end;
        *end = 0;
        ck_assert_uint_lt(node->n_input, LINKS_MOST);
        node->input[node->n_input++] = text(draft, strcmp(name, "-") == 0 ? "" : name);
        name = next;
    }
    while (node->n_input > 0 && node->input[node->n_input - 1][0] == 0) {
        node->n_input--; /* older operators have no such input at all */
    }
    node->output[node->n_output++] = new_name(draft);
    draft->graph.node[draft->graph.n_node++] = node;
    return node->output[0];
}

const char *onnx_output(onnx_draft *draft, unsigned part)
{
    Onnx__NodeProto *node = last_node(draft);
    while (node->n_output <= part) {
        node->output[node->n_output++] = new_name(draft);
    }
    return node->output[part];
}

/* Types of attributes in ONNX. */
enum { A_FLOAT = 1, AN_INT = 2, A_STRING = 3, A_TENSOR = 4, INTS = 7 };

static Onnx__AttributeProto *add_attribute(onnx_draft *d, const char *name, int type)
{
    Onnx__AttributeProto *a = take(d, sizeof *a);
    Onnx__NodeProto *node = last_node(d);
    onnx__attribute_proto__init(a);
    a->name = text(d, name);
    a->has_type = 1;
    a->type = type;
    node->attribute[node->n_attribute++] = a;
    return a;
}

void onnx_ints(onnx_draft *draft, const char *name, size_t count, const int64_t *numbers)
{
    Onnx__AttributeProto *a = add_attribute(draft, name, INTS);
    a->n_ints = count;
    a->ints = take(draft, (count + 1) * sizeof *numbers);
    memcpy(a->ints, numbers, count * sizeof *numbers);
}

void onnx_int(onnx_draft *draft, const char *name, int64_t number)
{
    Onnx__AttributeProto *a = add_attribute(draft, name, AN_INT);
    a->has_i = 1;
    a->i = number;
}

void onnx_float(onnx_draft *draft, const char *name, float number)
{
    Onnx__AttributeProto *a = add_attribute(draft, name, A_FLOAT);
    a->has_f = 1;
    a->f = number;
}

void onnx_text(onnx_draft *draft, const char *name, const char *word)
{
    Onnx__AttributeProto *a = add_attribute(draft, name, A_STRING);
    a->has_s = 1;
    a->s.len = strlen(word);
    a->s.data = (uint8_t *)text(draft, word);
}

void onnx_value_floats(onnx_draft *draft, unsigned rank, const int64_t *size, const float *numbers)
{
    add_attribute(draft, "value", A_TENSOR)->t = new_tensor(draft, rank, size, 1, numbers, sizeof(float));
}

void onnx_value_integers(onnx_draft *draft, unsigned rank, const int64_t *size, const int64_t *numbers)
{
    add_attribute(draft, "value", A_TENSOR)->t = new_tensor(draft, rank, size, 7, numbers, sizeof(int64_t));
}

/* ---- the file -------------------------------------------------------------------------------------------------- */

const Onnx__ModelProto *onnx_model(const onnx_draft *draft)
{
    return &draft->model;
}

void onnx_write_bytes(const char *path, const void *data, size_t size)
{
    (void)remove(path); /* a file that is cut to nothing first is flushed to the disk by some file systems */
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

void onnx_write(const onnx_draft *draft, const char *path)
{
    const size_t size = onnx__model_proto__get_packed_size(&draft->model);
    uint8_t *data = malloc(size);
    ck_assert_ptr_nonnull(data);
    ck_assert_uint_eq(onnx__model_proto__pack(&draft->model, data), size);
    onnx_write_bytes(path, data, size);
    free(data);
}
