/* ResNet-18, MobileNetV2, MobileNetV3, ViT and a TensorFlow network at 224 x 224, of small width, as they are exported in operator
 * sets 9, 11, 13 and 17: they load and give the second definition's scores. Their layers are compared with the golden
 * MAC in test_exact.c. */
#include <check.h>
#include <stdio.h>

#include "tests/support/onnx_check.h"
#include "tests/support/topologies.h"

static const int opsets[] = {9, 11, 13, 17};
#define TOLERANCE 2e-5

static void check(onnx_draft *d, const char *name, int opset)
{
    char what[64];
    (void)snprintf(what, sizeof what, "%s, operator set %d", name, opset);
    onnx_check(d, 1, TOLERANCE, what);
    onnx_free(d);
}

START_TEST(resnet18)
{
    check(draft_resnet18(opsets[_i], 6), "ResNet-18", opsets[_i]);
}
END_TEST

START_TEST(mobilenet_v2)
{
    check(draft_mobilenet_v2(opsets[_i], 25), "MobileNetV2", opsets[_i]);
}
END_TEST

START_TEST(mobilenet_v3)
{
    check(draft_mobilenet_v3(opsets[_i], 4), "MobileNetV3", opsets[_i]);
}
END_TEST

START_TEST(vit)
{
    check(draft_vit(opsets[_i], 24, 3, 2), "ViT", opsets[_i]);
}
END_TEST

START_TEST(tensorflow)
{
    check(draft_tensorflow(opsets[_i], 6), "TensorFlow", opsets[_i]);
}
END_TEST

Suite *ng_suite_topologies(void);

Suite *ng_suite_topologies(void)
{
    Suite *suite = suite_create("topologies");
    TCase *tcase = tcase_create("topologies");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, resnet18, 0, 4);
    tcase_add_loop_test(tcase, mobilenet_v2, 0, 4);
    tcase_add_loop_test(tcase, mobilenet_v3, 0, 4);
    tcase_add_loop_test(tcase, vit, 0, 4);
    tcase_add_loop_test(tcase, tensorflow, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
