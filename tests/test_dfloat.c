/* Streams of bf16 numbers with coded exponents: every number comes back; every broken stream is refused where it
 * breaks. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/dfloat.h"
#include "tests/ref/ref_huffman.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 11, SYMBOLS = NG_HUFFMAN_SYMBOLS };

/* Numbers, their code and both streams, in buffers of their exact sizes. */
typedef struct {
    size_t count;
    uint16_t *values;
    uint64_t histogram[SYMBOLS];
    uint8_t lengths[SYMBOLS];
    ng_huffman code;
    uint64_t bits;
    size_t size;
    uint8_t *exponents;
    uint8_t *rest;
} packed;

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    ck_assert(size == 0 || memory != NULL);
    return memory;
}

/* A bf16 number as the top half of an fp32 one. */
static uint16_t truncated(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint16_t)(bits >> 16);
}

static void pack(packed *p)
{
    memset(p->histogram, 0, sizeof p->histogram);
    ng_dfloat_histogram(p->values, p->count, p->histogram);
    ck_assert_int_eq(ng_huffman_lengths(p->histogram, 32, p->lengths), NG_HUFFMAN_OK);
    ck_assert_int_eq(ng_huffman_init(p->lengths, &p->code), NG_HUFFMAN_OK);
    p->bits = ng_dfloat_bits(p->histogram, p->lengths) - 8 * p->count;
    p->size = (size_t)(p->bits + 7) / 8;
    p->exponents = allocate(p->size);
    p->rest = allocate(p->count);
    uint64_t bits = 0;
    ck_assert_int_eq(ng_dfloat_encode(&p->code, p->values, p->count, p->exponents, p->size, p->rest, &bits),
                     NG_HUFFMAN_OK);
    ck_assert_uint_eq(bits, p->bits);
}

static void release(packed *p)
{
    free(p->values);
    free(p->exponents);
    free(p->rest);
}

static void check_round_trip(const packed *p)
{
    uint16_t *back = allocate(p->count * sizeof *back);
    uint64_t position = 99;
    size_t done = 99;
    ck_assert_int_eq(ng_dfloat_decode(&p->code, p->exponents, p->bits, p->rest, p->count, back, &position, &done),
                     NG_HUFFMAN_OK);
    ck_assert_uint_eq(position, p->bits);
    ck_assert_uint_eq(done, p->count);
    ck_assert_int_eq(memcmp(back, p->values, p->count * sizeof *back), 0);
    free(back);
}

/* Numbers of a bell shape, as weights are. */
static packed bell(uint64_t seed, size_t count)
{
    packed p = {.count = count, .values = allocate(count * sizeof(uint16_t))};
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (unsigned j = 0; j < 12; j++) {
            sum += (double)(random_bits(seed, 12 * i + j) >> 11) * 0x1p-53;
        }
        p.values[i] = truncated((float)((sum - 6) * 0.02));
    }
    pack(&p);
    return p;
}

START_TEST(every_pattern)
{
    packed p = {.count = 1 << 16, .values = allocate((1 << 16) * sizeof(uint16_t))};
    for (uint32_t i = 0; i < 1 << 16; i++) {
        p.values[i] = (uint16_t)i;
    }
    pack(&p);
    /* Every exponent as often as the others: 8 bits each, nothing gained. */
    ck_assert_uint_eq(p.bits, 8 << 16);
    check_round_trip(&p);
    release(&p);
}
END_TEST

START_TEST(weights)
{
    for (uint64_t seed = 0; seed < 20; seed++) {
        packed p = bell(SEED + seed, (size_t)1 + 317 * seed);
        uint64_t expected = 0;
        for (size_t i = 0; i < p.count; i++) {
            expected += p.lengths[p.values[i] >> 7 & 0xFF] + 8U;
        }
        ck_assert_uint_eq(ng_dfloat_bits(p.histogram, p.lengths), expected);
        check_round_trip(&p);
        ck_assert(p.count < 1000 || expected < 12 * p.count);
        release(&p);
    }
}
END_TEST

START_TEST(few_numbers)
{
    packed none = {.count = 0, .values = allocate(0)};
    pack(&none);
    ck_assert_uint_eq(none.bits, 0);
    check_round_trip(&none);
    release(&none);
    packed alike = {.count = 100, .values = allocate(100 * sizeof(uint16_t))};
    for (unsigned i = 0; i < 100; i++) {
        alike.values[i] = (uint16_t)(0x3F80 + i);
    }
    pack(&alike);
    ck_assert_uint_eq(alike.bits, 100);
    check_round_trip(&alike);
    release(&alike);
}
END_TEST

/* A buffer too small by any number of bytes: refused before the number that does not fit. */
START_TEST(too_small)
{
    packed p = bell(SEED, 60);
    for (size_t capacity = 0; capacity < p.size; capacity++) {
        uint8_t *exponents = allocate(capacity);
        uint8_t rest[60];
        uint64_t bits = 0;
        ck_assert_int_eq(ng_dfloat_encode(&p.code, p.values, p.count, exponents, capacity, rest, &bits),
                         NG_HUFFMAN_FULL);
        ck_assert_uint_le(bits, 8 * capacity);
        ck_assert_uint_lt(8 * capacity - bits, 32);
        ck_assert_int_eq(memcmp(exponents, p.exponents, bits / 8), 0);
        free(exponents);
    }
    /* An exponent the code does not know. */
    const uint16_t odd[] = {p.values[0], 0x7F80};
    uint8_t bytes[8];
    uint8_t rest[2];
    uint64_t bits = 0;
    ck_assert_int_eq(ng_dfloat_encode(&p.code, odd, 2, bytes, sizeof bytes, rest, &bits), NG_HUFFMAN_NO_CODE);
    ck_assert_uint_eq(bits, p.lengths[odd[0] >> 7 & 0xFF]);
    release(&p);
}
END_TEST

/* What the streams say, read word by word from strings. */
static ng_huffman_status expected_decode(const packed *p, const uint8_t *exponents, uint64_t bits, uint16_t *values,
                                         uint64_t *position, size_t *done)
{
    static ref_words words;
    ref_huffman_words(p->lengths, &words);
    *position = 0;
    for (*done = 0; *done < p->count; (*done)++) {
        unsigned exponent = 0;
        const ref_word_status status = ref_huffman_read(&words, exponents, bits, *position, &exponent);
        if (status != REF_WORD_FOUND) {
            return status == REF_WORD_CUT ? NG_HUFFMAN_TRUNCATED : NG_HUFFMAN_NO_CODE;
        }
        *position += strlen(words.word[exponent]);
        const unsigned rest = p->rest[*done];
        values[*done] = (uint16_t)((rest / 128) * 32768 + exponent * 128 + rest % 128);
    }
    return *position == bits ? NG_HUFFMAN_OK : NG_HUFFMAN_TRAILING;
}

static void try_decode(tally *count, const packed *p, const uint8_t *exponents, uint64_t bits)
{
    uint16_t *got = allocate(p->count * sizeof *got);
    uint16_t *right = allocate(p->count * sizeof *right);
    uint64_t position = 0;
    uint64_t right_position = 0;
    size_t done = 0;
    size_t right_done = 0;
    memset(got, 0xC3, p->count * sizeof *got);
    memset(right, 0xC3, p->count * sizeof *right);
    const ng_huffman_status status =
        ng_dfloat_decode(&p->code, exponents, bits, p->rest, p->count, got, &position, &done);
    const ng_huffman_status expected = expected_decode(p, exponents, bits, right, &right_position, &right_done);
    tally_case(count, status == expected && position == right_position && done == right_done);
    tally_case(count, memcmp(got, right, p->count * sizeof *got) == 0);
    free(got);
    free(right);
}

/* Cut off at every bit, with a bit more, and with every bit turned over. */
START_TEST(broken_streams)
{
    tally count = {0};
    packed p = bell(SEED + 1, 120);
    for (uint64_t bits = 0; bits <= p.bits; bits++) {
        uint8_t *cut = allocate((size_t)(bits + 7) / 8);
        memcpy(cut, p.exponents, (size_t)(bits + 7) / 8);
        try_decode(&count, &p, cut, bits);
        free(cut);
    }
    uint8_t *longer = allocate(p.size + 1);
    memcpy(longer, p.exponents, p.size);
    longer[p.size] = 0;
    try_decode(&count, &p, longer, p.bits + 1);
    free(longer);
    for (uint64_t bit = 0; bit < p.bits; bit++) {
        p.exponents[bit / 8] = (uint8_t)(p.exponents[bit / 8] ^ 0x80U >> bit % 8);
        try_decode(&count, &p, p.exponents, p.bits);
        p.exponents[bit / 8] = (uint8_t)(p.exponents[bit / 8] ^ 0x80U >> bit % 8);
    }
    release(&p);
    tally_verdict(&count, "dfloat broken streams");
}
END_TEST

/* Codes that lack words, and any bytes. */
START_TEST(hostile)
{
    tally count = {0};
    for (uint64_t index = 0; index < 2000; index++) {
        packed p = {.count = 1 + random_below(SEED, index, 30), .size = random_below(SEED + 1, index, 20)};
        p.exponents = allocate(p.size);
        p.rest = allocate(p.count);
        for (unsigned i = 0; i < 12; i++) {
            const uint64_t at = index * 12 + i;
            p.lengths[random_below(SEED + 2, at, SYMBOLS)] = (uint8_t)(4 + random_below(SEED + 3, at, 29));
        }
        ck_assert_int_eq(ng_huffman_init(p.lengths, &p.code), NG_HUFFMAN_OK);
        for (size_t i = 0; i < p.size; i++) {
            /* Many zeros: the first words of a canonical code. */
            const uint64_t random = random_bits(SEED + 4, index * 32 + i);
            p.exponents[i] = (uint8_t)(random & random >> 8 & random >> 16);
        }
        for (size_t i = 0; i < p.count; i++) {
            p.rest[i] = (uint8_t)random_bits(SEED + 5, index * 32 + i);
        }
        try_decode(&count, &p, p.exponents, 8 * p.size);
        release(&p);
    }
    tally_verdict(&count, "dfloat hostile streams");
}
END_TEST

Suite *ng_suite_dfloat(void);

Suite *ng_suite_dfloat(void)
{
    Suite *suite = suite_create("dfloat");
    TCase *tcase = golden_tcase(suite, "dfloat");
    tcase_add_test(tcase, every_pattern);
    tcase_add_test(tcase, weights);
    tcase_add_test(tcase, few_numbers);
    tcase_add_test(tcase, too_small);
    tcase_add_test(tcase, broken_streams);
    tcase_add_test(tcase, hostile);
    return suite;
}
