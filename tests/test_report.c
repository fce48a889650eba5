/* The report of tests/vec/report.json, a small document with hostile names (quotes, commas, newlines, </script>,
 * {{data}}), pairs that miss a cost, an accuracy or a network, and one pair that failed its checks. */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/file.h"
#include "src/quantize/method.h"
#include "src/report/answer.h"
#include "src/report/extras.h"
#include "src/report/plot_labels.h"
#include "src/report/report.h"

static const char *const document_path = "tests/vec/report.json";

enum { OUTPUT_LIMIT = 16 << 20, FIELDS_MAX = 64, ROWS_MAX = 16, SCRIPTS = 3 };

/* Rows of the CSV: two networks times the five verified pairs, in that order. */
enum { HEAD = 0, INT4 = 1, HOSTILE = 2, BLOCK = 3, E4M3 = 4, E5M2 = 5, SECOND_INT4 = 6, CSV_ROWS = 11 };

static json_t *document(void)
{
    json_error_t reason;
    json_t *results = json_load_file(document_path, 0, &reason);
    ck_assert_msg(results != NULL, "%s: %s", document_path, reason.text);
    return results;
}

static void own_folder(char folder[NG_PATH_SIZE])
{
    ck_assert(ng_path(folder, NULL, "build/test_report.%ld", (long)getpid()));
    ck_assert(ng_remove_tree(folder, NULL));
}

static ng_buffer output(const char *folder, const char *name)
{
    char path[NG_PATH_SIZE];
    ng_buffer content;
    ng_error error;
    ck_assert(ng_path(path, NULL, "%s/%s", folder, name));
    ck_assert_msg(ng_read_file(path, OUTPUT_LIMIT, &content, &error), "%s", error.text);
    return content;
}

/* Writes the report of `results` and returns one of its files. */
static ng_buffer report_file(const json_t *results, const char *name)
{
    char folder[NG_PATH_SIZE];
    ng_error error;
    own_folder(folder);
    ck_assert_msg(ng_report_write(results, folder, &error), "%s", error.text);
    const ng_buffer content = output(folder, name);
    ck_assert(ng_remove_tree(folder, NULL));
    return content;
}

static size_t occurrences(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

/* The JSON between the page's data tags. */
static json_t *page_data(const char *page)
{
    static const char open[] = "id=\"data\">";
    const char *start = strstr(page, open);
    ck_assert_ptr_nonnull(start);
    start += sizeof open - 1;
    const char *end = strstr(start, "</script>");
    ck_assert_ptr_nonnull(end);
    json_t *data = json_loadb(start, (size_t)(end - start), 0, NULL);
    ck_assert_ptr_nonnull(data);
    return data;
}

START_TEST(page_holds_hostile_data)
{
    json_t *results = document();
    ng_buffer page = report_file(results, "index.html");
    const char *text = (const char *)page.data;
    json_t *data = page_data(text);
    ck_assert(json_equal(json_object_get(data, "results"), results));
    ck_assert_uint_eq(json_array_size(json_object_get(data, "rows")), CSV_ROWS - 1);
    ck_assert_uint_eq(occurrences(text, "</script"), SCRIPTS);
    ck_assert_uint_eq(occurrences(text, "<script>alert"), 0);
    ck_assert_uint_eq(occurrences(text, "src=\"http"), 0);
    json_decref(data);
    ng_buffer_free(&page);
    json_decref(results);
}
END_TEST

START_TEST(json_is_the_document)
{
    json_t *results = document();
    ng_buffer content = report_file(results, "results.json");
    json_t *read = json_loadb((const char *)content.data, content.size, 0, NULL);
    ck_assert(json_equal(read, results));
    json_decref(read);
    ng_buffer_free(&content);
    json_decref(results);
}
END_TEST

START_TEST(svg_is_drawn)
{
    json_t *results = document();
    ng_buffer svg = report_file(results, "pareto.svg");
    const char *text = (const char *)svg.data;
    ck_assert_ptr_nonnull(strstr(text, "</svg>"));
    ck_assert_ptr_nonnull(strstr(text, "bfp_m4k16"));
    ck_assert_uint_eq(occurrences(text, "<script>alert"), 0);
    ng_buffer_free(&svg);
    json_decref(results);
}
END_TEST

typedef struct {
    char *fields[ROWS_MAX][FIELDS_MAX];
    size_t widths[ROWS_MAX];
    size_t rows;
} csv;

/* RFC 4180 with LF: splits `text` in place. */
static void read_csv(char *text, csv *table)
{
    *table = (csv){.rows = 0};
    while (*text != 0) {
        ck_assert_uint_lt(table->rows, ROWS_MAX);
        size_t *width = &table->widths[table->rows];
        for (char end = ','; end == ',';) {
            ck_assert_uint_lt(*width, FIELDS_MAX);
            const bool quoted = *text == '"';
            char *to = text += quoted;
            table->fields[table->rows][(*width)++] = to;
            while (quoted ? *text != '"' || *++text == '"' : *text != ',' && *text != '\n') {
                *to++ = *text++;
            }
            end = *text++;
            *to = 0;
        }
        table->rows++;
    }
}

static const char *field(const csv *table, size_t row, const char *name)
{
    for (size_t i = 0; i < table->widths[HEAD]; i++) {
        if (strcmp(table->fields[HEAD][i], name) == 0) {
            return table->fields[row][i];
        }
    }
    ck_abort_msg("no column %s", name);
    return NULL;
}

typedef struct {
    size_t row;
    const char *column;
    const char *value;
} expectation;

static void check_rows(const csv *table, const expectation *expected, size_t count)
{
    ck_assert_uint_eq(table->rows, CSV_ROWS);
    for (size_t i = 0; i < table->rows; i++) {
        ck_assert_uint_eq(table->widths[i], table->widths[HEAD]);
    }
    for (size_t i = 0; i < count; i++) {
        const char *value = field(table, expected[i].row, expected[i].column);
        ck_assert_msg(strcmp(value, expected[i].value) == 0, "row %zu %s: %s", expected[i].row, expected[i].column,
                      value);
    }
}

/* int4 takes the cheaper of its two 32-lane circuits, not the 16-lane one, and ties with the block pair on the front;
 * e4m3 was priced on another target only, so it is on the front of memory alone. */
START_TEST(csv_rows)
{
    static const expectation expected[] = {
        {INT4, "honest_sites_per_mac", "30.5"}, {INT4, "weight_kib", "10"},     {INT4, "loss_points", "0.75"},
        {INT4, "on_front_area", "1"},           {INT4, "on_front_memory", "1"}, {INT4, "status", "complete"},
        {INT4, "mac_ice40_lut_cells", "90"},    {INT4, "verify_rtl_cases", "256"},
        {INT4, "dot_architecture", "rows, \"signed\""},
        {HOSTILE, "on_front_area", "1"},        {HOSTILE, "on_front_memory", "0"}, {HOSTILE, "mac_xc7_lut_cells", ""},
        {BLOCK, "on_front_area", "1"},          {BLOCK, "on_front_memory", "0"},   {BLOCK, "dot_lanes", "16"},
        {E4M3, "honest_sites_per_mac", ""},     {E4M3, "on_front_area", ""},       {E4M3, "on_front_memory", "1"},
        {E4M3, "status", "missing cost"},
        {E5M2, "top1_pct", ""},                 {E5M2, "on_front_area", ""},       {E5M2, "status", "missing accuracy"},
        {SECOND_INT4, "network", "vit \"4\", '\n</script>"}, {SECOND_INT4, "top1_pct", "80"},
    };
    json_t *results = document();
    ng_buffer content = report_file(results, "pareto.csv");
    csv table;
    read_csv((char *)content.data, &table);
    check_rows(&table, expected, sizeof expected / sizeof expected[0]);
    const json_t *hostile = json_object_get(json_array_get(json_object_get(results, "points"), 1), "weights");
    ck_assert_str_eq(field(&table, HOSTILE, "weights"), json_string_value(hostile));
    ng_buffer_free(&content);
    json_decref(results);
}
END_TEST

/* The cheapest pair within one point, per network and family, and the sentence that says so. */
START_TEST(summary_from_figures)
{
    json_t *results = document();
    ng_buffer page = report_file(results, "index.html");
    json_t *data = page_data((const char *)page.data);
    const json_t *summary = json_object_get(data, "summary");
    const json_t *cheapest = json_object_get(summary, "cheapest");
    static const int rows[] = {0, -1, -1, 2, -1, -1, -1, -1}; /* integer, minifloat, shift, block */
    ck_assert_uint_eq(json_array_size(cheapest), sizeof rows / sizeof rows[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const json_t *answer = json_object_get(json_array_get(cheapest, i), "answer");
        ck_assert(rows[i] < 0 ? json_is_null(answer) : json_integer_value(json_object_get(answer, "pair")) == rows[i]);
    }
    const json_t *answers = json_object_get(summary, "answers");
    json_t *answer;
    size_t at;
    json_array_foreach(answers, at, answer) { /* on the first network int4 loses 0.75 points, the dearer pair 0.25 */
        const bool within = json_number_value(json_object_get(answer, "loss_points")) >= 0.75;
        const json_t *list = json_object_get(answer, "answers");
        ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(list, 0), "pair")), within ? 0 : 1);
        ck_assert(json_is_null(json_array_get(list, 1)));
    }
    ck_assert_uint_eq(at, 5);
    ck_assert_str_eq(json_string_value(json_object_get(summary, "evidence")),
                     "5 of 6 format pairs are verified against the golden C model: 1280 cases through the RTL and 5000 "
                     "through the synthesised netlists, without a mismatch.");
    const char *best = json_string_value(
        json_object_get(json_array_get(json_object_get(summary, "networks"), 0), "best"));
    ck_assert_str_eq(best, "resnet8 (FP32 92.50 %): int4 reaches 91.75 % at 30.5 honest LUT sites per MAC; its weights "
                           "take 10.0 KiB.");
    json_decref(data);
    ng_buffer_free(&page);
    json_decref(results);
}
END_TEST

/* A copy of a point's first accuracy under another recipe. */
static void add_recipe(json_t *results, size_t point, const char *recipe, double top1)
{
    json_t *list = json_object_get(json_array_get(json_object_get(results, "points"), point), "accuracy");
    json_t *copy = json_deep_copy(json_array_get(list, 0));
    ck_assert_int_eq(json_object_set_new(copy, "recipe", json_string(recipe)), 0);
    ck_assert_int_eq(json_object_set_new(copy, "top1_pct", json_real(top1)), 0);
    ck_assert_int_eq(json_array_append_new(list, copy), 0);
}

/* The same, of a record that the pair's cost is not that of. */
static void add_costless(json_t *results, size_t point, const char *recipe, const char *key, json_t *value)
{
    json_t *list = json_object_get(json_array_get(json_object_get(results, "points"), point), "accuracy");
    add_recipe(results, point, recipe, 99);
    ck_assert_int_eq(json_object_set_new(json_array_get(list, json_array_size(list) - 1), key, value), 0);
}

/* The best of the recipes counts, wherever it stands, but for those that compute otherwise than the pair's circuit; the plain one is kept beside it; and every record has its row. */
START_TEST(best_of_the_recipes)
{
    static const expectation expected[] = {
        {INT4, "top1_pct", "92.125"},  {INT4, "recipe", "equalize"}, {INT4, "plain_top1_pct", "91.75"}, {INT4, "loss_points", "0.375"},
        {E4M3, "top1_pct", "92.75"},   {E4M3, "recipe", ""},         {E4M3, "plain_top1_pct", "92.75"},
    };
    json_t *results = document();
    add_recipe(results, 0, "equalize", 92.125);
    add_recipe(results, 0, "biascorr", 90);
    add_recipe(results, 3, "equalize", 92.5);
    add_costless(results, 0, "layercast", "compute", json_string("fp32"));
    add_costless(results, 0, "bases", "planes", json_integer(2));
    add_recipe(results, 3, "fpsearch", 92.875); /* but not in e4m3 */
    json_t *list = json_object_get(json_array_get(json_object_get(results, "points"), 3), "accuracy");
    json_t *layers = json_pack("[{s:s, s:s}, {s:s, s:s}]", "weights", "e4m3", "activations", "e4m3", "weights", "e3m4",
                               "activations", "e4m3");
    ck_assert_int_eq(json_object_set_new(json_array_get(list, json_array_size(list) - 1), "layers", layers), 0);
    ng_buffer content = report_file(results, "pareto.csv");
    ng_buffer recipes = report_file(results, "recipes.csv");
    csv table;
    read_csv((char *)content.data, &table);
    check_rows(&table, expected, sizeof expected / sizeof expected[0]);
    read_csv((char *)recipes.data, &table);
    ck_assert_uint_eq(table.rows, 1 + 5 + 6); /* of verified pairs: those of the document, and those added */
    ng_buffer_free(&content);
    ng_buffer_free(&recipes);
    json_decref(results);
}
END_TEST

/* Makes an integer and a minifloat of 8 bits of points 0 and 3, with a cost for the latter. */
static json_t *contestants(double sites)
{
    json_t *results = document();
    json_t *integer = json_array_get(json_object_get(results, "points"), 0);
    json_t *minifloat = json_array_get(json_object_get(results, "points"), 3);
    json_t *cost = json_deep_copy(json_array_get(json_object_get(integer, "costs"), 1));
    ck_assert_int_eq(json_object_set_new(integer, "weights", json_string("int8")), 0);
    ck_assert_int_eq(json_object_set_new(integer, "activations", json_string("int8")), 0);
    ck_assert_int_eq(json_object_set_new(cost, "target", json_string("xc7")), 0);
    ck_assert_int_eq(json_object_set_new(json_object_get(cost, "per_mac"), "honest_sites", json_real(sites)), 0);
    ck_assert_int_eq(json_array_append_new(json_object_get(minifloat, "costs"), cost), 0);
    return results;
}

static void set_interval(json_t *results, size_t point, double interval)
{
    json_t *list = json_object_get(json_array_get(json_object_get(results, "points"), point), "accuracy");
    json_t *accuracy;
    size_t i;
    json_array_foreach(list, i, accuracy) {
        ck_assert_int_eq(json_object_set_new(accuracy, "interval95_pct", json_real(interval)), 0);
    }
}

typedef struct {
    const char *recipe;
    double lead;
    const char *accuracy;
    const char *front;
} contest_row;

static const char *word(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    ck_assert_msg(text != NULL, "no %s", key);
    return text;
}

/* The contests of the page's first network; its sentence goes to *text, to be freed. */
static void check_contests(const json_t *results, const contest_row *expected, size_t count, char **text)
{
    ng_buffer page = report_file(results, "index.html");
    json_t *data = page_data((const char *)page.data);
    const json_t *summary = json_object_get(data, "summary");
    const json_t *list = json_object_get(summary, "contest");
    size_t seen = 0;
    json_t *entry;
    size_t i;
    json_array_foreach(list, i, entry) {
        if (json_integer_value(json_object_get(entry, "network")) != 0 || json_is_null(json_object_get(entry, "minifloat")) ||
            json_is_null(json_object_get(entry, "integer"))) {
            continue;
        }
        ck_assert_uint_lt(seen, count);
        ck_assert_int_eq(json_integer_value(json_object_get(entry, "weight_bits")), 8);
        ck_assert_str_eq(word(entry, "recipe"), expected[seen].recipe);
        ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(entry, "integer"), "pair")), 0);
        ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(entry, "minifloat"), "pair")), 3);
        ck_assert_double_eq_tol(json_number_value(json_object_get(entry, "lead_points")), expected[seen].lead, 1e-9);
        ck_assert_str_eq(word(entry, "accuracy"), expected[seen].accuracy);
        ck_assert_str_eq(word(entry, "front"), expected[seen].front);
        seen++;
    }
    ck_assert_uint_eq(seen, count);
    *text = strdup(word(json_array_get(json_object_get(summary, "networks"), 0), "contest"));
    json_decref(data);
    ng_buffer_free(&page);
}

#define OPEN_WORDS "not separable (intervals overlap)"

/* int8 against e4m3, for each recipe that both have and for the best of all: 8 bits are the only width of both kinds here. The
 * minifloat costs 25 sites, the integer 30.5. */
START_TEST(minifloats_against_integers)
{
    static const contest_row overlapping[] = {
        {"", 92.75 - 92.125, OPEN_WORDS, OPEN_WORDS}, {"plain", 1, OPEN_WORDS, OPEN_WORDS}, {"equalize", 91 - 92.125, OPEN_WORDS, "holds"}};
    static const contest_row apart[] = {
        {"", 92.75 - 92.125, "holds", "does not hold"}, {"plain", 1, "holds", "does not hold"}, {"equalize", 91 - 92.125, "does not hold", "holds"}};
    json_t *results = contestants(25);
    char *text;
    add_recipe(results, 0, "equalize", 92.125);
    add_recipe(results, 0, "biascorr", 90);
    add_recipe(results, 3, "equalize", 91);
    check_contests(results, overlapping, 3, &text);
    ck_assert_msg(strstr(text, "from 4 bits up: not separable (intervals overlap) at 1 of 1 (W8A8). Integers stay Pareto-optimal: not "
                               "separable (intervals overlap) at 1 of 1 (W8A8).") != NULL, "%s", text);
    free(text);
    set_interval(results, 0, 0.25);
    set_interval(results, 3, 0.25);
    check_contests(results, apart, 3, &text);
    ck_assert_msg(strstr(text, "from 4 bits up: holds at 1 of 1 (W8A8). Integers stay Pareto-optimal: does not hold at 1 of 1 (W8A8).") !=
                      NULL, "%s", text);
    free(text);
    json_decref(results);
}
END_TEST

/* A dearer minifloat cannot take the integer off the front, however accurate it is. */
START_TEST(dearer_minifloat_leaves_the_front)
{
    static const contest_row expected[] = {{"", 1, "holds", "holds"}, {"plain", 1, "holds", "holds"}};
    json_t *results = contestants(35);
    char *text;
    set_interval(results, 0, 0.25);
    set_interval(results, 3, 0.25);
    check_contests(results, expected, 2, &text);
    free(text);
    json_decref(results);
}
END_TEST

/* A comparison of point 0 on the first network. */
static json_t *comparison(double exact, double fake, int differ)
{
    return json_pack("{s:s, s:s, s:i, s:f, s:f, s:f, s:f, s:i, s:i, s:i}", "network", "resnet8", "recipe", "plain", "images", 100,
                     "exact_top1_pct", exact, "fake_top1_pct", fake, "difference_points", exact - fake, "interval95_points", 0.5,
                     "differ", differ, "exact_only", differ, "fake_only", 0);
}

/* Exact beside emulated: the largest difference first in page and CSV. */
START_TEST(emulation_beside_exact)
{
    json_t *results = document();
    json_t *points = json_object_get(results, "points");
    ck_assert_int_eq(json_object_set_new(json_array_get(points, 0), "compare", json_pack("[o]", comparison(91.75, 91.5, 3))), 0);
    ck_assert_int_eq(json_object_set_new(json_array_get(points, 3), "compare", json_pack("[o]", comparison(92.75, 93.75, 2))), 0);
    ng_buffer content = report_file(results, "arith.csv");
    ng_buffer page = report_file(results, "index.html");
    json_t *data = page_data((const char *)page.data);
    const json_t *summary = json_object_get(data, "summary");
    const json_t *list = json_object_get(summary, "emulation");
    csv table;
    read_csv((char *)content.data, &table);
    ck_assert_uint_eq(table.rows, 3);
    ck_assert_str_eq(field(&table, 1, "weights"), "e4m3");
    ck_assert_str_eq(field(&table, 1, "difference_points"), "-1");
    ck_assert_str_eq(field(&table, 2, "weights"), "int4");
    ck_assert_str_eq(field(&table, 2, "differ"), "3");
    ck_assert_uint_eq(json_array_size(list), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(list, 0), "pair")), 3);
    ck_assert_str_eq(json_string_value(json_object_get(summary, "emulation_text")),
                     "2 comparisons: in 1 the difference is larger than its 95 % interval. Most predictions differ for int4 on "
                     "resnet8: 3 of 100.");
    json_decref(data);
    ng_buffer_free(&page);
    ng_buffer_free(&content);
    json_decref(results);
}
END_TEST

/* An exact accuracy that is not the one of the accuracy record under the same recipe makes no report. */
START_TEST(emulation_must_agree)
{
    json_t *results = document();
    json_t *point = json_array_get(json_object_get(results, "points"), 0);
    json_t *record = json_array_get(json_object_get(point, "accuracy"), 0);
    json_t *twin = comparison(90, 90, 0);
    ng_error error;
    ck_assert_int_eq(json_object_set(twin, "images", json_object_get(record, "images")), 0);
    ck_assert_int_eq(json_object_set_new(point, "compare", json_pack("[O]", twin)), 0);
    ck_assert(!ng_report_write(results, "build/never", &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_ptr_nonnull(strstr(error.text, "points[0].compare[0]"));
    ck_assert_int_eq(json_object_del(twin, "differ"), 0);
    ck_assert(!ng_report_write(results, "build/never", &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    json_decref(twin);
    json_decref(results);
}
END_TEST

/* Every method is spoken of: "nothing is known of" it would stand for a row that is not there. */
START_TEST(every_method_has_its_extra)
{
    for (size_t i = 0; ng_method_at(i) != NULL; i++) {
        ng_extra extra;
        const ng_figures none = {.pair_count = 0};
        ng_report_extra(&none, NG_REPORT_NONE, ng_method_at(i)->name, &extra);
        ck_assert_msg(strstr(extra.text, "nothing is known") == NULL, "%s", ng_method_at(i)->name);
        ck_assert_msg(extra.status == NG_EXTRA_NOTHING ? extra.sites_per_mac <= 0 : isnan(extra.sites_per_mac), "%s",
                      ng_method_at(i)->name);
    }
}
END_TEST

static json_t *rotation(const char *level, int points, int mismatches, double sites)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:i, s:{s:f}}", "unit", "hadamard", "level", level, "lanes", points, "cases", 1000,
                     "mismatches", mismatches, "cost", "honest_sites", sites);
}

/* A rotation has a price where its circuit passed at both levels, and no method beside it lacks one. */
START_TEST(rotations_are_priced)
{
    static const struct {
        const char *recipe;
        ng_extra_status status;
        double sites;
        const char *text;
    } expected[] = {
        {"plain", NG_EXTRA_NOTHING, 0, "as it is"},
        {"gptq+biascorr", NG_EXTRA_NOTHING, 0, "biases change"},
        {"hadamard:size=16", NG_EXTRA_PRICED, 42, "672 honest sites / 16 = 42.0 per MAC"},
        {"hadamard:size=31+gptq", NG_EXTRA_PRICED, 42, "16 points"},
        {"hadamard:size=16+smoothquant", NG_EXTRA_MISSING, NAN, "smoothquant: a factor"},
        {"hadamard", NG_EXTRA_MISSING, NAN, "as wide as"},
        {"hadamard:size=64", NG_EXTRA_MISSING, NAN, "as wide as"},
        {"hadamard:size=8", NG_EXTRA_MISSING, NAN, "has not checked"},  /* its RTL failed */
        {"hadamard:size=4", NG_EXTRA_MISSING, NAN, "has not checked"},  /* no netlist */
        {"hadamart", NG_EXTRA_MISSING, NAN, "cannot be read"},
    };
    json_t *parts = json_pack("[o, o, o, o, o]", rotation("rtl", 16, 0, 0), rotation("netlist", 16, 0, 672), rotation("rtl", 8, 1, 0),
                              rotation("netlist", 8, 0, 100), rotation("rtl", 4, 0, 0));
    const ng_figures figures = {.parts = parts};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ng_extra extra;
        ng_report_extra(&figures, NG_REPORT_NONE, expected[i].recipe, &extra);
        ck_assert_msg(extra.status == expected[i].status, "%s: %s", expected[i].recipe, extra.text);
        ck_assert(isnan(expected[i].sites) ? isnan(extra.sites_per_mac) : fabs(extra.sites_per_mac - expected[i].sites) < 1e-9);
        ck_assert_msg(strstr(extra.text, expected[i].text) != NULL, "%s: %s", expected[i].recipe, extra.text);
    }
    json_decref(parts);
}
END_TEST

static json_t *table(const char *name, const char *level, double sites)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:i, s:{s:f}}", "weights", name, "level", level, "lanes", 32, "cases", 1000, "mismatches", 0,
                     "cost", "honest_sites", sites);
}

/* What a recipe adds is in the price of an answer: gptq adds nothing, hadamard a transform, smoothquant something without a price. */
START_TEST(answers_hold_what_recipes_add)
{
    json_t *results = document();
    ng_figures figures;
    ng_answer answer;
    ng_error error;
    json_t *parts = json_pack("[o, o]", rotation("rtl", 16, 0, 0), rotation("netlist", 16, 0, 672));
    ck_assert_int_eq(json_object_set_new(results, "parts", parts), 0);
    add_recipe(results, 0, "smoothquant", 92.5);
    add_recipe(results, 0, "hadamard:size=16", 92.375);
    add_recipe(results, 0, "gptq", 92);
    ck_assert_msg(ng_figures_make(results, &figures, &error), "%s", error.text);
    ck_assert(ng_report_cheapest(&figures, 0, NULL, 1, &answer));
    ck_assert_str_eq(ng_report_recipe(answer.accuracy), "gptq");
    ck_assert_double_eq_tol(answer.sites_per_mac, 30.5, 1e-9);
    ck_assert(ng_report_cheapest(&figures, 0, "integer", 0.25, &answer)); /* the other integer pair, at 50 */
    ck_assert_uint_eq(answer.pair, 1);
    ck_assert(ng_report_cheapest(&figures, 0, "integer", 0.125, &answer));
    ck_assert_str_eq(ng_report_recipe(answer.accuracy), "hadamard:size=16");
    ck_assert_double_eq_tol(answer.sites_per_mac, 30.5 + 42, 1e-9);
    ck_assert(!ng_report_cheapest(&figures, 0, "integer", 0, &answer));
    ng_figures_free(&figures);
    json_decref(results);
}
END_TEST

/* A table wired into the lanes of int4 (30.5 sites a MAC) takes the place of its dot product; wider ones and those of each channel
 * have no price, nor has a pair whose table was not checked. */
START_TEST(codebooks_are_priced_by_pair)
{
    json_t *results = document();
    json_t *point = json_array_get(json_object_get(results, "points"), 0);
    json_t *tables = json_pack("[o, o]", table("t3_int4", "rtl", 0), table("t3_int4", "netlist", 32 * 34.25));
    ng_figures figures;
    ng_extra extra;
    ng_error error;
    ck_assert_int_eq(json_object_set_new(point, "tables", tables), 0);
    ck_assert_msg(ng_figures_make(results, &figures, &error), "%s", error.text);
    ng_report_extra(&figures, 0, "codebook:bits=3", &extra);
    ck_assert_int_eq(extra.status, NG_EXTRA_PRICED);
    ck_assert_double_eq_tol(extra.sites_per_mac, 34.25 - 30.5, 1e-9);
    ng_report_extra(&figures, NG_REPORT_NONE, "codebook:bits=3", &extra);
    ck_assert(extra.status == NG_EXTRA_PRICED && isnan(extra.sites_per_mac));
    static const char *const missing[] = {"codebook:bits=2", "codebook:bits=8", "codebook:bits=3,channel=1"};
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        ng_report_extra(&figures, 0, missing[i], &extra);
        ck_assert_msg(extra.status == NG_EXTRA_MISSING && isnan(extra.sites_per_mac), "%s", missing[i]);
    }
    ng_report_extra(&figures, 2, "codebook:bits=3", &extra); /* a block format */
    ck_assert_int_eq(extra.status, NG_EXTRA_MISSING);
    ng_figures_free(&figures);
    json_decref(results);
}
END_TEST

START_TEST(empty_study)
{
    json_t *results = json_pack("{s:[], s:[], s:[]}", "points", "networks", "missing");
    ng_buffer content = report_file(results, "pareto.csv");
    ck_assert_uint_eq(occurrences((const char *)content.data, "\n"), 1);
    ng_buffer_free(&content);
    json_decref(results);
}
END_TEST

typedef struct {
    const char *list;    /* of the document */
    const char *inner;   /* list inside entry 0, or NULL */
    const char *key;
    const char *json;    /* the value put there */
    int exit_code;
    const char *place;   /* in the error's text */
} damage;

static const damage damages[] = {
    {"points", NULL, "weights", "[3]", NG_EXIT_USAGE, "points[0]"},
    {"points", NULL, "family", "[null]", NG_EXIT_USAGE, "points[0]"},
    {"points", NULL, "family", "[\"posit\"]", NG_EXIT_USAGE, "points[0].family"},
    {"points", NULL, "costs", "[{}]", NG_EXIT_USAGE, "points[0].costs"},
    {"points", NULL, "costs", "[[1]]", NG_EXIT_USAGE, "points[0].costs[0]"},
    {"points", NULL, "verify", "[[]]", NG_EXIT_CHECK, "points[0]"},
    {"points", "verify", "cases", "[-1]", NG_EXIT_USAGE, "points[0].verify[0]"},
    {"points", "verify", "cases", "[9223372036854775807]", NG_EXIT_USAGE, "points[0].verify[0]"},
    {"points", "verify", "cases", "[0]", NG_EXIT_CHECK, "points[0]"},
    {"points", "verify", "mismatches", "[1]", NG_EXIT_CHECK, "points[0]"},
    {"points", "accuracy", "network", "[\"other\"]", NG_EXIT_USAGE, "points[0].accuracy[0]"},
    {"points", "accuracy", "top1_pct", "[101]", NG_EXIT_USAGE, "points[0]"},
    {"points", "accuracy", "weight_bits", "[0]", NG_EXIT_USAGE, "points[0]"},
    {"networks", NULL, "fp32_top1_pct", "[\"92\"]", NG_EXIT_USAGE, "networks[0]"},
    {"networks", NULL, "name", "[1]", NG_EXIT_USAGE, "networks[0]"},
};

START_TEST(refused)
{
    const damage *wrong = &damages[_i];
    json_t *results = document();
    json_t *entry = json_array_get(json_object_get(results, wrong->list), 0);
    json_t *value = json_loads(wrong->json, 0, NULL);
    ng_error error;
    if (wrong->inner != NULL) {
        entry = json_array_get(json_object_get(entry, wrong->inner), 0);
    }
    ck_assert(json_object_set(entry, wrong->key, json_array_get(value, 0)) == 0);
    ck_assert(!ng_report_write(results, "build/never", &error));
    ck_assert_int_eq(error.exit_code, wrong->exit_code);
    ck_assert_msg(strstr(error.text, wrong->place) != NULL, "%s", error.text);
    ck_assert(!ng_exists("build/never"));
    json_decref(value);
    json_decref(results);
}
END_TEST

/* Marks every cost record of a document with the yosys that is said to have mapped it; returns the last record. */
static json_t *mark_versions(const json_t *results, const char *yosys)
{
    json_t *last = NULL;
    json_t *point;
    json_t *cost;
    size_t i;
    size_t j;
    json_array_foreach(json_object_get(results, "points"), i, point) {
        const bool verified = strcmp(json_string_value(json_object_get(point, "status")), "verified") == 0;
        json_array_foreach(json_object_get(point, "costs"), j, cost) {
            ck_assert(json_object_set_new(cost, "yosys", json_string(yosys)) == 0);
            last = verified ? cost : last;
        }
    }
    return last;
}

/* Counts of two versions of yosys make no report; those of one do, and an unverified pair's do not matter. */
START_TEST(versions_are_not_mixed)
{
    char folder[NG_PATH_SIZE];
    json_t *results = document();
    json_t *cost = mark_versions(results, "Yosys 0.23");
    ng_error error;
    own_folder(folder);
    ck_assert_ptr_nonnull(cost);
    ck_assert_msg(ng_report_write(results, folder, &error), "%s", error.text);
    ck_assert(json_object_set_new(cost, "yosys", json_string("Yosys 0.69")) == 0);
    ck_assert(!ng_report_write(results, folder, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_ptr_nonnull(strstr(error.text, "Yosys 0.23"));
    ck_assert_ptr_nonnull(strstr(error.text, "Yosys 0.69"));
    ck_assert(json_object_del(cost, "yosys") == 0);
    ck_assert(!ng_report_write(results, folder, &error));
    ck_assert(ng_remove_tree(folder, NULL));
    json_decref(results);
}
END_TEST

START_TEST(unwritable_folder)
{
    json_t *results = document();
    ng_error error;
    ck_assert(!ng_report_write(results, "/dev/null/reports", &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_MISSING);
    json_decref(results);
}
END_TEST

/* A front as close as it gets: no two placed names meet, and the first is placed. */
START_TEST(labels_keep_apart)
{
    ng_plot_label labels[12];
    for (size_t i = 0; i < 12; i++) {
        labels[i] = (ng_plot_label){.point_x = 100.0 + 9.0 * (double)i, .point_y = 100.0 + (double)i, .width = 50.0};
    }
    ng_place_labels(labels, 12, 130.0, 400.0, 300.0);
    ck_assert(labels[0].placed);
    for (size_t i = 0; i < 12; i++) {
        for (size_t j = 0; j < i && labels[i].placed; j++) {
            const bool apart = labels[j].right <= labels[i].right - labels[i].width ||
                               labels[i].right <= labels[j].right - labels[j].width ||
                               fabs(labels[i].middle - labels[j].middle) >= 16.0;
            ck_assert(!labels[j].placed || apart);
        }
    }
}
END_TEST

Suite *ng_suite_report(void);

Suite *ng_suite_report(void)
{
    Suite *suite = suite_create("report");
    TCase *tcase = tcase_create("report");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, page_holds_hostile_data);
    tcase_add_test(tcase, json_is_the_document);
    tcase_add_test(tcase, svg_is_drawn);
    tcase_add_test(tcase, csv_rows);
    tcase_add_test(tcase, best_of_the_recipes);
    tcase_add_test(tcase, minifloats_against_integers);
    tcase_add_test(tcase, dearer_minifloat_leaves_the_front);
    tcase_add_test(tcase, summary_from_figures);
    tcase_add_test(tcase, emulation_beside_exact);
    tcase_add_test(tcase, emulation_must_agree);
    tcase_add_test(tcase, every_method_has_its_extra);
    tcase_add_test(tcase, rotations_are_priced);
    tcase_add_test(tcase, answers_hold_what_recipes_add);
    tcase_add_test(tcase, codebooks_are_priced_by_pair);
    tcase_add_test(tcase, empty_study);
    tcase_add_loop_test(tcase, refused, 0, (int)(sizeof damages / sizeof damages[0]));
    tcase_add_test(tcase, versions_are_not_mixed);
    tcase_add_test(tcase, unwritable_folder);
    tcase_add_test(tcase, labels_keep_apart);
    suite_add_tcase(suite, tcase);
    return suite;
}
