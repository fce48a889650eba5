/* ONNX files: the bundled networks load; cut, altered or unknown ones are refused with file and place. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/file.h"
#include "src/infer/plan.h"
#include "tests/support/random.h"

enum { CUTS = 150, FLIPS = 1500 };

static const char *const networks[] = {"networks/resnet8.onnx", "networks/vit4.onnx"};

static void read_network(const char *path, ng_buffer *file)
{
    ng_error error;
    ck_assert_msg(ng_read_file(path, 1 << 24, file, &error), "%s", error.text);
}

/* Writes the bytes to a scratch file and loads that; true if it loads. What loads is
 * planned too, and freed again. */
static bool try_load(const uint8_t *data, size_t size, ng_error *error)
{
    char path[] = "/tmp/ng_onnx_XXXXXX";
    ng_network network;
    const int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, data, size), (ssize_t)size);
    ck_assert_int_eq(close(fd), 0);
    const bool fine = ng_network_load(path, &network, error);
    if (fine) {
        ng_plan plan;
        ng_error ignored;
        if (ng_plan_init(&plan, &network, &ignored)) {
            ng_plan_free(&plan);
        }
        ng_network_free(&network);
    } else {
        ck_assert_msg(error->exit_code == NG_EXIT_USAGE, "exit code %d: %s", error->exit_code, error->text);
        ck_assert_msg(strncmp(error->text, path, strlen(path)) == 0, "no file name: %s", error->text);
    }
    ck_assert_int_eq(unlink(path), 0);
    return fine;
}

static const ng_node *find_node(const ng_network *network, const char *label)
{
    for (size_t i = 0; i < network->node_count; i++) {
        if (strcmp(network->nodes[i].label, label) == 0) {
            return &network->nodes[i];
        }
    }
    ck_abort_msg("no node %s", label);
    return NULL;
}

static unsigned weighted_count(const ng_network *network)
{
    unsigned count = 0;
    for (size_t i = 0; i < network->node_count; i++) {
        count += ng_node_is_weighted(network, &network->nodes[i]);
    }
    return count;
}

START_TEST(resnet8)
{
    ng_network network;
    ng_error error;
    ck_assert_msg(ng_network_load(networks[0], &network, &error), "%s", error.text);
    ck_assert_uint_eq(weighted_count(&network), 10);
    const ng_node *node = find_node(&network, "/stage2/conv1/conv/Conv");
    const ng_shape *shape = &network.values[node->output].shape;
    ck_assert_uint_eq(node->parameters.stride[0], 2);
    ck_assert_uint_eq(node->parameters.pad[3], 1);
    ck_assert_uint_eq(shape->size[1], 32);
    ck_assert_uint_eq(shape->size[2], 14);
    ck_assert_uint_eq(network.values[network.output].shape.size[1], 10);
    ng_network_free(&network);
}
END_TEST

START_TEST(vit4)
{
    ng_network network;
    ng_error error;
    ck_assert_msg(ng_network_load(networks[1], &network, &error), "%s", error.text);
    ck_assert_uint_eq(weighted_count(&network), 26);
    const ng_node *node = find_node(&network, "/blocks/blocks.0/MatMul");
    const ng_shape *shape = &network.values[node->output].shape;
    ck_assert(!ng_node_is_weighted(&network, node));
    ck_assert_uint_eq(shape->rank, 4);
    ck_assert_uint_eq(shape->size[1], 2);
    ck_assert_uint_eq(shape->size[2], 16);
    ck_assert_uint_eq(shape->size[3], 16);
    ng_network_free(&network);
}
END_TEST

START_TEST(truncated)
{
    ng_buffer file;
    ng_error error;
    read_network(networks[_i], &file);
    for (uint64_t i = 0; i < CUTS; i++) {
        const size_t size = i < 40 ? (size_t)i : random_below(20, i, (uint32_t)file.size);
        ck_assert_msg(!try_load(file.data, size, &error), "%zu of %zu bytes load", size, file.size);
    }
    ck_assert(!try_load(file.data, file.size - 1, &error));
    ng_buffer_free(&file);
}
END_TEST

/* One turned bit: whatever happens, no memory error and a message with the file's name. */
START_TEST(altered)
{
    ng_buffer file;
    ng_error error;
    read_network(networks[_i], &file);
    for (uint64_t i = 0; i < FLIPS; i++) {
        /* Structure stands at the start and the end and between the weights: prefer it. */
        const size_t near = random_below(21, i, 6000);
        const size_t byte = i % 3 == 0 ? near : i % 3 == 1 ? file.size - 1 - near : random_below(22, i, (uint32_t)file.size);
        const uint8_t kept = file.data[byte];
        file.data[byte] = (uint8_t)(i % 5 == 0 ? 0xFFU : kept ^ 1U << (i % 8));
        (void)try_load(file.data, file.size, &error);
        file.data[byte] = kept;
    }
    ng_buffer_free(&file);
}
END_TEST

/* Replaces the first `from` by `to`, of the same length, and expects a message with `text` in it. */
static void check_patched(const char *network, const char *from, const char *to, const char *text)
{
    ng_buffer file;
    ng_error error;
    read_network(network, &file);
    const size_t length = strlen(from);
    size_t at = 0;
    while (at + length <= file.size && memcmp(file.data + at, from, length) != 0) {
        at++;
    }
    ck_assert_msg(at + length <= file.size, "no '%s' in %s", from, network);
    memcpy(file.data + at, to, length);
    ck_assert_msg(!try_load(file.data, file.size, &error), "'%s' for '%s' loads", to, from);
    ck_assert_msg(strstr(error.text, text) != NULL, "'%s' lacks '%s'", error.text, text);
    ng_buffer_free(&file);
}

START_TEST(named_refusals)
{
    check_patched(networks[0], "\x22\x04Relu", "\x22\x04Selu", "node '/Relu': operator 'Selu' is not supported");
    check_patched(networks[0], "\x22\x04Relu", "\x22\x04R\x01\x02u", "operator 'R??u'");
    check_patched(networks[0], "strides", "strider", "attribute 'strider' is not supported");
    check_patched(networks[0], "stem.conv.weight", "stem.conv.wEight", "its input 'stem.conv.wEight' is not defined");
    check_patched(networks[1], "perm", "pern", "attribute 'pern'");
    check_patched(networks[0], "\n\x05image\x12", "\n\x05imAge\x12", "'image' is not defined before it");
}
END_TEST

START_TEST(not_even_a_file)
{
    ng_network network;
    ng_error error;
    ck_assert(!ng_network_load("networks/none.onnx", &network, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert(!ng_network_load("networks", &network, &error));
    ck_assert(!try_load((const uint8_t *)"\x3a\xff\xff\xff\xff\x0f", 6, &error));
    ck_assert_msg(strstr(error.text, "byte 0") != NULL, "%s", error.text);
}
END_TEST

Suite *ng_suite_onnx(void);

Suite *ng_suite_onnx(void)
{
    Suite *suite = suite_create("onnx");
    TCase *tcase = tcase_create("onnx");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, resnet8);
    tcase_add_test(tcase, vit4);
    tcase_add_loop_test(tcase, truncated, 0, 2);
    tcase_add_loop_test(tcase, altered, 0, 2);
    tcase_add_test(tcase, named_refusals);
    tcase_add_test(tcase, not_even_a_file);
    suite_add_tcase(suite, tcase);
    return suite;
}
