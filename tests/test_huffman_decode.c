/* The golden huffman_decode against ng_huffman_get(): every window of bits, for codes made from histograms, complete and not. */
#include <math.h>
#include <string.h>

#include "model/huffman.h"
#include "tests/support/kind_check.h"
#include "tests/support/random.h"

/* Histograms: exponents of bf16 numbers, about normal; geometric; all alike; one symbol alone; two. */
enum { SHAPES = 5 };

static unsigned histogram_of(unsigned shape, uint64_t histogram[NG_HUFFMAN_SYMBOLS], unsigned symbols)
{
    memset(histogram, 0, NG_HUFFMAN_SYMBOLS * sizeof *histogram);
    const unsigned used = shape == 3 ? 1 : shape == 4 ? 2 : symbols;
    for (unsigned i = 0; i < used; i++) {
        const double distance = ((double)i - symbols / 2.0) / 4;
        const uint64_t count = shape == 0   ? 1 + (uint64_t)(1e6 * exp(-distance * distance))
                               : shape == 1 ? UINT64_C(1) << i % 40
                                            : 7;
        histogram[(97 + 5 * i) % NG_HUFFMAN_SYMBOLS] = count;
    }
    return used;
}

/* The circuit's table of a code. */
static void pack(const ng_datapath *path, const ng_huffman *code, uint64_t *table)
{
    const unsigned lengths = path->width;
    unsigned index_bits = 0;
    while ((1U << index_bits) < path->lanes) {
        index_bits++;
    }
    for (unsigned l = 1; l <= lengths; l++) {
        const uint64_t limit = (uint64_t)(code->first[l] + code->count[l]) << (lengths - l);
        const uint32_t place = (uint32_t)code->offset[l] - code->first[l];
        kind_put(table, (l - 1) * (lengths + 1), lengths + 1, limit);
        kind_put(table, lengths * (lengths + 1) + (l - 1) * index_bits, index_bits, place & (path->lanes - 1));
    }
    for (unsigned i = 0; i < path->lanes; i++) {
        kind_put(table, lengths * (lengths + 1 + index_bits) + 8 * i, 8, code->symbol[i]);
    }
}

static bool same(const ng_datapath *path, const ng_huffman *code, const uint64_t *table, uint32_t window)
{
    const uint64_t first[NG_OPERAND_LIMBS] = {window};
    const uint32_t left = window << (32 - path->width);
    const uint8_t bytes[] = {(uint8_t)(left >> 24), (uint8_t)(left >> 16), (uint8_t)(left >> 8), (uint8_t)left};
    uint64_t position = 0;
    uint8_t symbol = 0;
    ng_result result;
    const bool fine = ng_huffman_get(code, bytes, path->width, &position, &symbol) == NG_HUFFMAN_OK;
    ng_golden_result(path, first, table, NULL, &result);
    const unsigned length_bits = path->result_bits - 9;
    const uint64_t expected = fine ? symbol | position << 8 | UINT64_C(1) << (8 + length_bits) : 0;
    return result.limb[0] == expected;
}

static const kind_case cases[] = {
    {NG_UNIT_HUFFMAN, "int8", "int8", "", 64, 0, 16},
    {NG_UNIT_HUFFMAN, "int8", "int8", "", 32, 0, 12},
    {NG_UNIT_HUFFMAN, "int8", "int8", "", 8, 0, 5},
    {NG_UNIT_HUFFMAN, "int8", "int8", "", 2, 0, 2},
};

START_TEST(every_window)
{
    const ng_datapath path = kind_path(&cases[_i]);
    tally count = {0, 0};
    for (unsigned shape = 0; shape < 2 * SHAPES; shape++) {
        uint64_t histogram[NG_HUFFMAN_SYMBOLS];
        uint8_t lengths[NG_HUFFMAN_SYMBOLS];
        uint64_t table[NG_OPERAND_LIMBS] = {0};
        ng_huffman code;
        (void)histogram_of(shape / 2, histogram, path.lanes);
        if (ng_huffman_lengths(histogram, path.width, lengths) != NG_HUFFMAN_OK) {
            continue;
        }
        for (unsigned s = 0; shape % 2 == 1 && s < NG_HUFFMAN_SYMBOLS; s++) {
            /* An incomplete code: half of the words are missing. */
            lengths[s] = lengths[s] != 0 && lengths[s] < path.width ? (uint8_t)(lengths[s] + 1) : 0;
        }
        ck_assert_int_eq(ng_huffman_init(lengths, &code), NG_HUFFMAN_OK);
        pack(&path, &code, table);
        for (uint32_t window = 0; window < UINT32_C(1) << path.width && !tally_full(&count); window++) {
            (void)tally_case(&count, same(&path, &code, table, window));
        }
    }
    tally_verdict(&count, "windows");
}
END_TEST

START_TEST(requests)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_HUFFMAN, "int8", "int8", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "Lengths=16 IndexBits=6 ");
    ck_assert_uint_eq(path.second_bits, 16 * 17 + 16 * 6 + 64 * 8);
    ck_assert_uint_eq(path.result_bits, 8 + 5 + 1);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_HUFFMAN, "int8", "int8", "", 0, 0, 17}, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_HUFFMAN, "int8", "int8", "", 48, 0, 0}, &path), NG_BAD_LANES);
}
END_TEST

Suite *ng_suite_huffman_decode(void);

Suite *ng_suite_huffman_decode(void)
{
    Suite *suite = suite_create("huffman_decode");
    TCase *tcase = golden_tcase(suite, "huffman_decode");
    tcase_add_loop_test(tcase, every_window, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    return suite;
}
