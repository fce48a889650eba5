/* formats, encode, decode and table as a user meets them. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/block_encode.h"
#include "model/encode.h"
#include "src/base/file.h"
#include "src/base/process.h"
#include "src/cli/number.h"

/* A shell command in which $NG is the program; $D is a scratch folder. */
typedef struct {
    const char *command;
    int status;
    const char *output; /* all of standard output; NULL: empty */
    const char *errors; /* part of standard error; NULL: must be empty */
} call;

static const call calls[] = {
    /* Words and standard input. */
    {"$NG encode e2m1 2.4 -0.2 1/3 0x1.8p0", 0, "2.4 -> 0x4 = 2\n-0.2 -> 0x8 = -0\n1/3 -> 0x1 = 0.5\n0x1.8p0 -> 0x3 = 1.5\n", NULL},
    {"printf '1 2\\n\\t3\\r\\n  4' | $NG encode int4", 0, "1 -> 0x1 = 1\n2 -> 0x2 = 2\n3 -> 0x3 = 3\n4 -> 0x4 = 4\n", NULL},
    {"echo 7 | $NG encode int4 -", 0, "7 -> 0x7 = 7\n", NULL},
    {"printf '' | $NG encode int4", 0, NULL, NULL},
    {"printf '' | $NG decode int4 --json", 0, "{\"format\": \"int4\", \"codes\": [\n]}\n", NULL},
    {"printf '0x7 0b111\\n7' | $NG decode int4", 0, "0x7 -> 0x7 = 7\n0b111 -> 0x7 = 7\n7 -> 0x7 = 7\n", NULL},
    /* What is read before a bad token has been answered; the token is placed. */
    {"printf '1 2\\n 3 x5 6' | $NG encode int4", 2, "1 -> 0x1 = 1\n2 -> 0x2 = 2\n3 -> 0x3 = 3\n",
     "standard input:2:4: 'x5' is not a number"},
    {"printf '\\n\\n0x1 16' | $NG decode int4", 2, "0x1 -> 0x1 = 1\n", "standard input:3:5: '16' is not a code of int4 (0..0xf)"},
    {"printf '1 \\001' | $NG encode int4", 2, "1 -> 0x1 = 1\n", "standard input:1:3: a byte that is not printable"},
    {"head -c 5000 /dev/zero | tr '\\0' 1 | $NG encode int4", 2, NULL, "standard input:1:1: a number of more than 4095 characters"},
    {"$NG encode int4 < .", 3, NULL, "standard input cannot be read"},
    {"$NG encode int4 1 > /dev/full", 3, NULL, "standard output cannot be written"},
    {"$NG decode int4 -1", 2, NULL, "'-1' is not a code of int4"},
    {"$NG decode e4m3 010", 0, "010 -> 0x0a = 0.01953125\n", NULL},
    /* Written once, rounded once: this is above the tie of 2 and 3, by less than a double tells. */
    {"$NG encode e2m1 2.5 2.50000000000000000000000001", 0, "2.5 -> 0x4 = 2\n2.50000000000000000000000001 -> 0x5 = 3\n", NULL},
    /* Modes. */
    {"$NG encode int4 2.5 -2.5 --rounding nearest-away", 0, "2.5 -> 0x3 = 3\n-2.5 -> 0xd = -3\n", NULL},
    {"$NG encode int4 2.1 -2.1 --rounding up", 0, "2.1 -> 0x3 = 3\n-2.1 -> 0xe = -2\n", NULL},
    {"$NG encode int4 --rounding toward-zero 2.9 -2.9", 0, "2.9 -> 0x2 = 2\n-2.9 -> 0xe = -2\n", NULL},
    {"$NG encode int4 9 --overflow wrap", 0, "9 -> 0x9 = -7\n", NULL},
    {"$NG encode e4m3fn 1000 --overflow nan", 0, "1000 -> 0x7f = nan\n", NULL},
    {"$NG encode e5m2ieee 1e9 -1e9 --overflow infinite", 0, "1e9 -> 0x7c = inf\n-1e9 -> 0xfc = -inf\n", NULL},
    {"$NG encode int4 1.25 --rounding stochastic --random-bits 2 --random 2", 0, "1.25 -> 0x1 = 1\n", NULL},
    {"$NG encode int4 1.25 --rounding stochastic --random-bits 2 --random 3", 0, "1.25 -> 0x2 = 2\n", NULL},
    {"$NG encode int4 1.25 --rounding stochastic --random-bits 2 --random 4", 2, NULL, "'4' is not a number of 2 bits"},
    {"$NG encode int4 1.25 --random 1", 2, NULL, "--random goes with --rounding stochastic"},
    {"yes 1.25 | head -n 4000 | $NG encode int4 --rounding stochastic | sort | uniq -c | awk '{print $6, ($1 > 600 && $1 < 3400)}'",
     0, "1 1\n2 1\n", NULL},
    {"$NG encode int4 1 --rounding nearest-evn", 2, NULL, "--rounding: unknown mode 'nearest-evn'; nearest: nearest-even"},
    {"$NG encode int4 1 --overflow saturated", 2, NULL, "--overflow: unknown mode 'saturated'; nearest: saturate"},
    /* Blocks. */
    {"seq 32 | $NG encode mxfp4 | head -n 2", 0, "scale 0x82 = 8\n1 -> 0x0 = 0 * 8 = 0\n", NULL},
    {"seq 64 | $NG encode mxint8 | grep -c scale", 0, "2\n", NULL},
    {"seq 33 | $NG encode mxfp4 | wc -l", 0, "33\n", "standard input:34:1: the last block of mxfp4 has 1 of its 32 values"},
    {"$NG decode mxfp4 --scale 0x80 1 0xf", 0, "1 -> 0x1 = 0.5 * 2 = 1\n0xf -> 0xf = -6 * 2 = -12\n", NULL},
    {"$NG decode mxfp4 --scale 0xff 1", 0, "1 -> 0x1 = 0.5 * nan = nan\n", NULL},
    {"seq 16 | $NG encode nvfp4 --scale-rule round --tensor-scale 1/4 | head -n 2", 0,
     "scale 0x53 = 11\n1 -> 0x1 = 0.5 * 2.75 = 1.375\n", NULL},
    {"$NG decode nvfp4 --scale 0x38 --tensor-scale 0.5 7", 0, "7 -> 0x7 = 6 * 0.5 = 3\n", NULL},
    {"$NG decode nvfp4 --scale 0x38 --tensor-scale -1 7", 2, NULL, "--tensor-scale: '-1' is not a positive float"},
    {"yes 0 | head -n 16 | $NG encode nvfp4 --rounding up | sort | uniq -c | sed 's/^ *//'", 0,
     "16 0 -> 0x0 = 0 * 0 = 0\n1 scale 0x00 = 0\n", NULL},
    {"yes nan | head -n 32 | $NG encode mxfp4 --rounding up | tail -n 1", 0, "nan -> 0x0 = 0 * nan = nan\n", NULL},
    {"seq 32 | $NG encode mxfp4 --rounding up | sed -n '1,3p'", 0, "scale 0x82 = 8\n1 -> 0x1 = 0.5 * 8 = 4\n2 -> 0x1 = 0.5 * 8 = 4\n",
     NULL},
    {"$NG decode mxfp4 7", 0, "7 -> 0x7 = 6\n", NULL},
    {"$NG decode e2m1 --scale 1 7", 2, NULL, "--scale: e2m1 has no scale"},
    {"$NG decode mxfp4 --scale 256 7", 2, NULL, "--scale: '256' is not a code"},
    /* Names. */
    {"$NG encode", 2, NULL, "encode needs a FORMAT"},
    {"$NG table", 2, NULL, "table needs one FORMAT"},
    {"$NG table e2m1 e2m2", 2, NULL, "table needs one FORMAT"},
    {"$NG table binayr", 2, NULL, "unknown format 'binayr'; nearest: "},
    {"$NG formats e2m1 e4m3fn | tail -n 1 | cut -d' ' -f1", 0, "e4m3fn\n", NULL},
    {"$NG encode e4m3 \"$(head -c 3000 /dev/zero | tr '\\0' 9)\" | wc -c", 0, "3015\n", NULL},
    /* The fields of a code, of every kind. */
    {"for f in int4 msfp12 e2m1 ue4m3fn pot4 tpot4 apot4k2 apot5k2 posit8es2 lns8f3 nf4 p3109k8p4; do $NG table $f | sed -n 5p | "
     "sed -E 's/^ *2 0x[0-9a-f]+ ([01 ]*[01]) .*/\\1/'; done",
     0, "0010\n0 010\n0 01 0\n0000 010\n0 010\n00 10\n0 0 10\n0 00 10\n0 000001 0\n0 0000 010\n0010\n0 0000 010\n", NULL},
    {"for c in 0 1 8 16 32 64 96 128; do $NG table hif8 | sed -n \"$((c + 3))p\" | cut -c 13-24; done", 0,
     "0 0000 000  \n0 0000 001  \n0 0001 000  \n0 001 0 000 \n0 01 00 000 \n0 10 000 00 \n0 11 0000 0 \n1 0000 000  \n", NULL},
    /* Codebooks. */
    {"printf '# mine\\n-1 -0.25\\n0.25 1 # done' > $D/mine.txt; $NG encode mine --codebook $D/mine.txt 0.3 -9 1/2", 0,
     "0.3 -> 0x2 = 0.25\n-9 -> 0x0 = -1\n1/2 -> 0x2 = 0.25\n", NULL},
    {"echo '{\"name\": \"own\", \"values\": [3, 5]}' > $D/a.json; $NG decode own --codebook $D/a.json 0 1", 0,
     "0 -> 0x0 = 3\n1 -> 0x1 = 5\n", NULL},
    {"echo '[-7, -1, 0, 6]' > $D/a.json; $NG verify --unit mul --weights a --activations int3 --codebook $D/a.json", 0,
     "table_mul a x int3 (rtl): 32 cases (exhaustive), 0 mismatches\n", NULL},
    {"echo '[-7, -1, 0, 0.3]' > $D/a.json; $NG verify --unit mul --weights a --activations int3 --codebook $D/a.json", 2, NULL,
     "no mul unit for a x int3"},
    {"echo '[1, 2, 3]' > $D/a.json; $NG table a --codebook $D/a.json", 2, NULL, "a.json: 3 values; a codebook has 2, 4, 8"},
    {"echo '[1, 1e60]' > $D/a.json; $NG table a --codebook $D/a.json", 2, NULL, "a.json:value 2: not finite as a float"},
    {"echo '[1, \"2\"]' > $D/a.json; $NG table a --codebook $D/a.json", 2, NULL, "a.json:value 2: not a number"},
    {"echo '[1, ' > $D/a.json; $NG table a --codebook $D/a.json", 2, NULL, "a.json:2:"},
    {"echo '{\"name\": \"a b\", \"values\": [3, 5]}' > $D/a.json; $NG table a --codebook $D/a.json", 2, NULL,
     "\"name\" has letters, digits and '_' only"},
    {"echo '{\"name\": \"int8\", \"values\": [3, 5]}' > $D/a.json; $NG table a --codebook $D/a.json", 2, NULL,
     "'int8' is the name of another format"},
    {"printf '1\\n2 x' > $D/a; $NG table a --codebook $D/a", 2, NULL, "/a:2:3: not a number"},
    {"printf '1 nan' > $D/a; $NG table a --codebook $D/a", 2, NULL, "/a:1:3: not finite"},
    {"printf '1 2\\000' > $D/a; $NG table a --codebook $D/a", 2, NULL, "/a: a byte 0 at offset 3"},
    {"seq 257 > $D/a; $NG table a --codebook $D/a", 2, NULL, "/a:257:1: more than 256 values"},
    {"head -c 70000 /dev/zero > $D/a; $NG table a --codebook $D/a", 2, NULL, "more than the limit of 65536"},
    {"$NG table a --codebook $D", 2, NULL, "not a regular file"},
    {"$NG table a --codebook $D/none", 2, NULL, "No such file"},
};

static char folder[NG_PATH_SIZE];

static void scratch(void)
{
    ck_assert(ng_path(folder, NULL, "build/test_cli_formats.%ld", (long)getpid()));
    ck_assert(ng_make_folders(folder, NULL));
    ck_assert_int_eq(setenv("D", folder, 1), 0);
    ck_assert_int_eq(setenv("NG", getenv("NARROWGAUGE") != NULL ? getenv("NARROWGAUGE") : "build/narrowgauge", 1), 0);
}

static void clean(void)
{
    ck_assert(ng_remove_tree(folder, NULL));
}

/* Runs a command; its standard output and error. */
static int run(const char *command, ng_buffer *output, ng_buffer *errors)
{
    const char *const words[] = {"sh", "-c", command, NULL};
    char out[NG_PATH_SIZE];
    char err[NG_PATH_SIZE];
    pid_t pid;
    int status;
    ck_assert(ng_path(out, NULL, "%s/stdout", folder) && ng_path(err, NULL, "%s/stderr", folder));
    ck_assert(ng_start_split(words, out, err, &pid, NULL));
    ck_assert(ng_wait_any(&pid, &status));
    ck_assert(ng_read_file(out, 1 << 26, output, NULL));
    ck_assert(ng_read_file(err, 1 << 20, errors, NULL));
    return status;
}

START_TEST(call_as_documented)
{
    const call *row = &calls[_i];
    ng_buffer output;
    ng_buffer errors;
    const int status = run(row->command, &output, &errors);
    ck_assert_msg(status == row->status, "%s: exit status %d, not %d: %s", row->command, status, row->status, (char *)errors.data);
    ck_assert_msg(strcmp((char *)output.data, row->output != NULL ? row->output : "") == 0, "%s: output is: %s", row->command,
                  (char *)output.data);
    ck_assert_msg(row->errors == NULL ? errors.size == 0 : strstr((char *)errors.data, row->errors) != NULL,
                  "%s: standard error is: %s", row->command, (char *)errors.data);
    ng_buffer_free(&output);
    ng_buffer_free(&errors);
}
END_TEST

static json_t *run_json(const char *command)
{
    ng_buffer output;
    ng_buffer errors;
    json_error_t place;
    const int status = run(command, &output, &errors);
    ck_assert_msg(status == 0, "%s: %s", command, (char *)errors.data);
    json_t *root = json_loadb((char *)output.data, output.size, JSON_REJECT_DUPLICATES, &place);
    ck_assert_msg(root != NULL, "%s: line %d: %s", command, place.line, place.text);
    ng_buffer_free(&output);
    ng_buffer_free(&errors);
    return root;
}

static const char *text_of(const json_t *row, const char *key)
{
    return json_string_value(json_object_get(row, key));
}

/* A neighbour by the definition: the nearest finite value below (or above) among all codes, or NULL. */
static const char *neighbour(const ng_format *format, long double value, int sign, char text[NG_EXACT_SIZE])
{
    long double best = 0;
    bool found = false;
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        const long double other = ng_code_value(format, code);
        const bool beyond = !ng_code_is_special(format, code) && (sign > 0 ? other > value : other < value);
        if (beyond && (!found || (sign > 0 ? other < best : other > best))) {
            best = other;
            found = true;
        }
    }
    if (found) {
        ng_exact_text(best, text);
        char *minus = strcmp(text, "-0") == 0 ? text : NULL;
        if (minus != NULL) {
            strcpy(text, "0");
        }
    }
    return found ? text : NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, strcmp(b, "0") == 0 && strcmp(a, "-0") == 0 ? "-0" : b) == 0;
}

static void check_row(const ng_format *format, uint32_t code, const json_t *row)
{
    char text[NG_EXACT_SIZE];
    const char *fields = text_of(row, "fields");
    uint32_t bits = 0;
    ck_assert_int_eq(json_integer_value(json_object_get(row, "code")), code);
    for (const char *at = fields; *at != 0; at++) {
        bits = *at == ' ' ? bits : 2 * bits + (uint32_t)(*at - '0');
    }
    ck_assert_uint_eq(bits, code);
    ng_code_text(format, code, text);
    ck_assert_str_eq(text_of(row, "value"), text);
    if (ng_code_is_special(format, code)) {
        ck_assert(text_of(row, "lower") == NULL && text_of(row, "upper") == NULL && text_of(row, "spacing") == NULL);
        return;
    }
    const long double value = ng_code_value(format, code);
    ck_assert_msg(same_text(text_of(row, "lower"), neighbour(format, value, -1, text)), "%s 0x%x: lower %s", format->name, code,
                  text_of(row, "lower"));
    const char *upper = neighbour(format, value, 1, text);
    ck_assert_msg(same_text(text_of(row, "upper"), upper), "%s 0x%x: upper %s", format->name, code, text_of(row, "upper"));
    if (upper != NULL) {
        char spacing[NG_EXACT_SIZE];
        ng_exact_text(strtold(upper, NULL) - value, spacing);
        ck_assert_str_eq(text_of(row, "spacing"), spacing);
    } else {
        ck_assert_ptr_null(text_of(row, "spacing"));
    }
}

/* The tables of the catalogue's small formats, by the definition of a neighbour. */
START_TEST(tables)
{
    unsigned checked = 0;
    for (size_t i = 0; ng_format_at(i) != NULL; i++) {
        const ng_format *format = ng_format_at(i);
        char command[128];
        if (format->bits > 8 || (i % 4 != 0 && format->bits > 6)) {
            continue;
        }
        (void)snprintf(command, sizeof command, "$NG table %s --json", format->name);
        json_t *root = run_json(command);
        const json_t *codes = json_object_get(root, "codes");
        ck_assert_uint_eq(json_array_size(codes), ng_format_codes(format));
        for (uint32_t code = 0; code < ng_format_codes(format); code++) {
            check_row(format, code, json_array_get(codes, code));
        }
        json_decref(root);
        checked++;
    }
    ck_assert_uint_gt(checked, 10);
}
END_TEST

/* A hundred thousand numbers through a pipe, each as the library encodes it. */
START_TEST(streams)
{
    json_t *root = run_json("seq -500 0.01 499.99 | $NG encode e4m3 --json");
    const json_t *codes = json_object_get(root, "codes");
    ck_assert_uint_eq(json_array_size(codes), 100000);
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const json_t *row = json_array_get(codes, i);
        const double value = strtod(text_of(row, "input"), NULL);
        ck_assert_int_eq(json_integer_value(json_object_get(row, "code")), ng_encode_double(ng_format_find("e4m3"), value));
    }
    json_decref(root);
}
END_TEST

/* A block's codes are those of the golden block encoder, and each scaled value is value times scale. */
START_TEST(blocks)
{
    const ng_format *format = ng_format_find("mxfp4");
    float values[32];
    uint16_t codes[32];
    for (int i = 0; i < 32; i++) {
        values[i] = (float)(i * i - 300) / 8;
    }
    json_t *root = run_json("seq 0 31 | awk '{printf \"%.3f\\n\", ($1 * $1 - 300) / 8}' | $NG encode mxfp4 --json --scale-rule ceil");
    const json_t *block = json_array_get(json_object_get(root, "blocks"), 0);
    ck_assert_int_eq(json_integer_value(json_object_get(block, "scale_code")),
                     ng_block_encode(format, values, NG_RULE_CEIL, codes));
    for (size_t i = 0; i < 32; i++) {
        const json_t *row = json_array_get(json_object_get(block, "codes"), i);
        ck_assert_int_eq(json_integer_value(json_object_get(row, "code")), codes[i]);
        ck_assert(strtod(text_of(row, "scaled"), NULL) == strtod(text_of(row, "value"), NULL) * strtod(text_of(block, "scale"), NULL));
    }
    json_decref(root);
}
END_TEST

Suite *ng_suite_cli_formats(void);

Suite *ng_suite_cli_formats(void)
{
    Suite *suite = suite_create("cli_formats");
    TCase *program = tcase_create("calls");
    tcase_set_timeout(program, 120);
    tcase_add_checked_fixture(program, scratch, clean);
    tcase_add_loop_test(program, call_as_documented, 0, sizeof calls / sizeof calls[0]);
    tcase_add_test(program, tables);
    tcase_add_test(program, streams);
    tcase_add_test(program, blocks);
    suite_add_tcase(suite, program);
    return suite;
}
