/* The program as a user meets it: exit status, what goes to standard output, what to standard error. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/file.h"
#include "src/base/process.h"

enum { WORDS = 12 };

typedef struct {
    const char *words[WORDS];
    int status;
    const char *output; /* part of standard output; NULL: must be empty */
    const char *errors; /* part of standard error; NULL: must be empty */
} call;

static const call calls[] = {
    {{"--help"}, 0, "Exit status", NULL},
    {{"verify", "--help"}, 0, "--weights FORMAT", NULL},
    {{NULL}, 2, NULL, "narrowgauge VERB --help"},
    {{"cots"}, 2, NULL, "unknown verb 'cots'; nearest: cost"},
    {{"formats"}, 0, "e4m3fn", NULL},
    {{"formats", "--json"}, 0, "\"name\": \"dense4\"", NULL},
    {{"decode", "e4m3fn", "0x7e", "0x7f"}, 0, "448", NULL},
    {{"decode", "e4m3", "256"}, 2, NULL, "'256' is not a code of e4m3"},
    {{"encode", "e2m1", "2.4"}, 0, "0x4 = 2", NULL},
    {{"encode", "e2m1", "many"}, 2, NULL, "'many' is not a number"},
    {{"encode", "e2n1", "1"}, 2, NULL, "unknown format 'e2n1'"},
    {{"verify", "--unit", "mul", "--weights", "e4m3"}, 2, NULL, "--activations FORMAT is needed"},
    {{"verify", "--unit", "mule", "--weights", "e4m3", "--activations", "e4m3"}, 2, NULL, "unknown unit 'mule'; nearest: mul"},
    {{"verify", "--unit", "mul", "--weights", "int4", "--activations", "mxfp4"}, 2, NULL, "no mul unit for int4 x mxfp4"},
    {{"verify", "--unit", "mul", "--weights", "nf4", "--activations", "e4m3"}, 2, NULL, "no mul unit for nf4 x e4m3"},
    {{"verify", "--unit", "mul", "--wieghts", "e4m3"}, 2, NULL, "unknown option '--wieghts'; nearest: weights"},
    {{"verify", "--unit", "dot", "--lanes", "many", "--weights", "e4m3"}, 2, NULL, "'many' is not a number in 0..64"},
    {{"verify", "--unit", "dot", "--lanes", "16", "--weights", "mxfp4", "--activations", "mxfp4"}, 2, NULL, "16 lanes"},
    {{"verify", "--unit", "mul", "--level", "gates", "--weights", "int3", "--activations", "int3"}, 2, NULL, "--level: 'gates'"},
    {{"cost", "--unit", "window", "--weights", "e4m3", "--activations", "e4m3", "--width", "2"}, 2, NULL, "a width of 2 bits"},
    {{"simulate", "--unit", "hadamard", "--weights", "int8", "--activations", "int8"}, 2, NULL, "no operands of a network"},
    {{"cost", "--unit", "mul", "--weights", "int3", "--activations", "int3", "--target", "xc8"}, 2, NULL,
     "unknown target 'xc8'; nearest: xc7"},
    {{"cost", "--unit", "mul", "--weights", "$(touch x)", "--activations", "int3"}, 2, NULL, "unknown format '$(touch x)'"},
    {{"accuracy", "--network", "nonet", "--weights", "int8", "--activations", "int8"}, 2, NULL,
     "unknown network 'nonet'; nearest: resnet8"},
    {{"accuracy", "--weights", "int8", "--activations", "int8"}, 2, NULL, "--network NAME is needed"},
    {{"accuracy", "--network", "resnet8", "--weights", "int8", "--activations", "int8", "--recipe=equalise"}, 2, NULL,
     "unknown method 'equalise'; nearest: equalize"},
    {{"accuracy", "--network", "resnet8", "--weights", "int8", "--activations", "int8", "--weight-granularity=row"}, 2, NULL,
     "weight granularity: unknown 'row'"},
    {{"accuracy", "--network", "resnet8", "--weights", "int8", "--activations", "int8", "--first=fp33"}, 2, NULL, "fp33"},
    {{"compare", "--network", "resnet8", "--weights", "int8", "--activations", "int8", "--recipe=layercast"}, 2, NULL,
     "nothing to compare"},
    {{"compare", "--network", "resnet8", "--weights", "int8", "--activations", "int8", "--arith", "fake"}, 2, NULL, "--arith"},
    {{"mutants", "int_mull"}, 2, NULL, "no unit and no family is called 'int_mull'"},
    {{"expected", "tests/expected/none.csv"}, 2, NULL, "tests/expected/none.csv"},
    {{"route", "--unit", "mul", "--weights", "int3", "--activations", "int3", "--seeds", "3"}, 2, NULL, "'3' is not a number in 4..64"},
    {{"study", "studies/none.yaml"}, 2, NULL, "studies/none.yaml"},
    {{"study", "Makefile"}, 2, NULL, "Makefile"},
    {{"report", "packages.txt"}, 2, NULL, "packages.txt:1"},
};

enum { CALLS = sizeof calls / sizeof calls[0] };

static void expect(const char *what, const call *row, const char *path, const char *part)
{
    ng_buffer text;
    ck_assert(ng_read_file(path, 1 << 22, &text, NULL));
    if (part == NULL) {
        ck_assert_msg(text.size == 0, "%s: %s should be empty, is: %s", row->words[0], what, (char *)text.data);
    } else {
        ck_assert_msg(strstr((char *)text.data, part) != NULL, "%s: '%s' not in %s: %s", row->words[0], part, what,
                      (char *)text.data);
    }
    ng_buffer_free(&text);
}

START_TEST(call_as_documented)
{
    const call *row = &calls[_i];
    const char *argv[WORDS + 2] = {getenv("NARROWGAUGE") != NULL ? getenv("NARROWGAUGE") : "build/narrowgauge"};
    char output[NG_PATH_SIZE];
    char errors[NG_PATH_SIZE];
    pid_t pid;
    int status;
    ng_error error;
    for (size_t i = 0; i < WORDS && row->words[i] != NULL; i++) {
        argv[i + 1] = row->words[i];
    }
    ck_assert(ng_path(output, NULL, "build/test_cli.%ld.out", (long)getpid()));
    ck_assert(ng_path(errors, NULL, "build/test_cli.%ld.err", (long)getpid()));
    ck_assert_msg(ng_start_split(argv, output, errors, &pid, &error), "%s", error.text);
    ck_assert(ng_wait_any(&pid, &status));
    ck_assert_msg(status == row->status, "%s: exit status %d, not %d", row->words[0], status, row->status);
    expect("standard output", row, output, row->output);
    expect("standard error", row, errors, row->errors);
    (void)unlink(output);
    (void)unlink(errors);
}
END_TEST

Suite *ng_suite_cli(void);

Suite *ng_suite_cli(void)
{
    Suite *suite = suite_create("cli");
    TCase *program = tcase_create("calls");
    tcase_set_timeout(program, 120);
    tcase_add_loop_test(program, call_as_documented, 0, CALLS);
    suite_add_tcase(suite, program);
    return suite;
}
