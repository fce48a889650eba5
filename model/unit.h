/* unit.h: a datapath = a unit of the table applied to a pair of formats, with every width derived.
 *
 * Operand words (little-endian limbs, lane i at bits [i * element bits, (i + 1) * element bits)):
 *   MUL, MAC, DOT  first = weights, second = activations; a block's 8-bit scale code stands above its elements
 *   CONVERT        first = sum (sum_bits of the pair's MAC, two's complement), second = shift (unsigned)
 *   other kinds    as model/kinds.def lists them
 * Result word, from bit 0 up:
 *   sum    sum_bits, two's complement, in units of 2^lsb; the MUL of the family minifloat, and of block with such
 *          elements, instead gives its product unaligned: {sign, exponent, significand},
 *          value = (-1)^sign * significand * 2^(exponent + lsb)
 *   scale  scale_bits: weight scale code + activation scale code (blocks only); UE4M3: product of the significands, 8
 *          bits, and above it the sum of the exponents, 5 bits: value = sum * product * 2^(shift - 18) (model/nvfp4.h)
 *   flag   flag_bits: 1 if any operand or scale so far was NaN or Inf (formats with specials only); the sum below it
 *          then is that of the codes read as ordinary numbers
 *
 * Sums are exact. sum_bits for n terms (formats.md and docs/formats.md):
 *   minifloat        2^xa + ya + 2^xb + yb + ceil(log2 n) - 1
 *   integer, shift   floor(log2(n * largest |product|)) + 2, the two's complement width of the extreme sum (A2Q bound)
 *   bits, sign, unsigned, table   two's complement width of the extreme sum, as its codes have it
 *   mixed            m + ceil(log2 n) + 1 with |product| < 2^m
 * The fourth code of ternary (int2s) counts 0.
 */
#ifndef NG_UNIT_H
#define NG_UNIT_H

#include "model/block_encode.h"
#include "model/format.h"
#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
#define PRODUCT(id, name, clocked, first, second) NG_UNIT_##id,
#define KIND(id, name, clocked, first, second) NG_UNIT_##id,
#include "model/kinds.def"
#undef PRODUCT
#undef KIND
    NG_UNIT_KIND_COUNT
} ng_unit_kind;

/* The rows of model/families.def, in its order. */
typedef enum {
#define FAMILY(id, name) NG_FAMILY_##id,
#include "model/families.def"
#undef FAMILY
    NG_FAMILY_COUNT
} ng_family;

enum {
    NG_UNIT_NAME_SIZE = 24,
    NG_OPERAND_LIMBS = 32,     /* 2048 bits: 32 sums of 64 bits, 64 lanes of 8 bits and a scale */
    NG_RESULT_LIMBS = 10,      /* 640 bits: the exact sum of blocks under 8-bit scales, 32 codes of 8 bits and a scale */
    NG_LANES_MAX = 64,
    NG_TERMS_DEFAULT = 4608,   /* the longest dot product of ResNet-18 */
    NG_TERMS_MAX = 1 << 20,
    NG_CHAIN_DEFAULT = 8,
    NG_STAGE_DEFAULT = 8,
    NG_PARAMETERS_MAX = 32,
    NG_SCALE_SUM_BITS = NG_SCALE_BITS + 1,
    NG_SCALE_PRODUCT_BITS = 8,  /* UE4M3: of the significands */
    NG_SCALE_SHIFT_BITS = 5
};

typedef enum {
#define UNIT(name, kind, family, architecture) NG_ID_##name,
#define WIDE_UNIT(name, kind, family, architecture) NG_ID_##name,
#include "model/units.def"
#undef UNIT
#undef WIDE_UNIT
    NG_UNIT_COUNT
} ng_unit_id;

enum { NG_PORT_NAME_SIZE = 16, NG_ARCHITECTURE_NAME_SIZE = 12 };

/* One row of model/kinds.def. */
typedef struct {
    char name[NG_UNIT_NAME_SIZE];
    bool product; /* its words are those of a family */
    bool clocked;
    char first[NG_PORT_NAME_SIZE];
    char second[NG_PORT_NAME_SIZE]; /* empty: the circuit has one operand word */
} ng_kind_row;

/* A result word of any unit, from bit 0 up, zero-extended. */
typedef struct {
    uint64_t limb[NG_RESULT_LIMBS];
} ng_result;

typedef struct {
    char name[NG_UNIT_NAME_SIZE];
    ng_unit_id id;
    ng_unit_kind kind;
    ng_family family;
    char architecture[48];
} ng_unit;

/* One way to build a unit: a row of model/architectures.def, or the only one of a unit that has none there. */
typedef struct {
    ng_unit_id unit;
    char name[NG_ARCHITECTURE_NAME_SIZE]; /* "only" without a row */
    unsigned most;                        /* magnitude bits of a pair it is made for; 0: any */
    unsigned best;                        /* magnitude bits of a pair up to which it is the default; 0: never */
    char text[52];
} ng_architecture;

typedef struct {
    const ng_unit *unit;
    const ng_format *weight;
    const ng_format *activation;
    const ng_format *output; /* CONVERT and kinds with an output of their own, NULL otherwise */
    unsigned lanes;          /* products per result; 1 but for DOT and kinds of several lanes */
    unsigned terms;          /* products the sum has room for */
    unsigned chain;          /* lanes per adder chain, DOT, WINDOW */
    unsigned width;          /* bits that the kind is free to choose: of a window, a multiplier, a sum */
    unsigned architecture;   /* number of the unit's architecture */
    unsigned stage;          /* PIPE: rows of a chain between registers; 0 otherwise */
    unsigned latency;        /* PIPE: clock edges from operands to result; 0 otherwise */
    unsigned first_bits;     /* width of the first operand word */
    unsigned second_bits;
    unsigned sum_bits;
    unsigned scale_bits;
    unsigned flag_bits;
    unsigned result_bits;    /* sum + scale + flag, or the output code */
    int lsb;                 /* exponent of the sum's bit 0, block scales apart */
    ng_scale_rule rule;      /* QUANTISE: how the block's scale is chosen */
    ng_rounding rounding;    /* QUANTISE: of the elements; WINDOW: of the bits below the window */
} ng_datapath;

/* What a datapath is asked for; zero fields mean "the default". */
typedef struct {
    ng_unit_kind kind;
    const ng_format *weight;
    const ng_format *activation;
    const ng_format *output; /* CONVERT: default the activation format */
    unsigned lanes;          /* DOT: default 32, or the block */
    unsigned terms;          /* MAC, CONVERT: default 4608, or the block */
    unsigned chain;
    unsigned width;          /* kinds of their own: model/kinds.def */
    unsigned architecture;   /* 1 + number of the unit's architecture (ng_architecture_at()); 0: the pair's default */
    unsigned stage;          /* PIPE: default 8 rows */
    ng_scale_rule rule;      /* QUANTISE: FLOOR, CEIL or ROUND */
    unsigned rounding;       /* QUANTISE, WINDOW: 1 + ng_rounding; 0: nearest even, of a window toward zero */
} ng_request;

typedef enum {
    NG_OK = 0,
    NG_NO_UNIT = 1,    /* no unit of the table serves this pair */
    NG_BAD_LANES = 2,  /* not 1..64, or not the block */
    NG_BAD_TERMS = 3,  /* not 1..2^20 */
    NG_BAD_WIDTH = 4,  /* not what the kind can have */
    NG_BAD_ARCHITECTURE = 5, /* the unit has no such architecture, or it is not made for the pair */
    NG_BAD_STAGE = 6,  /* rows between registers: not 1..64, or for a unit without them */
    NG_BAD_ROUNDING = 7 /* a scale rule or a rounding that the unit's circuits do not have */
} ng_status;

/* One RTL parameter of a datapath. */
typedef struct {
    char name[NG_UNIT_NAME_SIZE];
    int value;
} ng_parameter;

/* The rows of the table; NULL past the end. */
const ng_unit *ng_unit_at(size_t index);

/* Architecture `number` of a unit; NULL past the last. */
const ng_architecture *ng_architecture_at(const ng_unit *unit, unsigned number);

/* The row of a kind; NULL past the end. */
const ng_kind_row *ng_unit_kind_at(unsigned kind);

/* "mul", "mac", "dot", "convert", ... */
const char *ng_unit_kind_name(ng_unit_kind kind);

/* The kind of a name; false and *kind untouched if there is none. */
bool ng_unit_kind_find(const char *name, ng_unit_kind *kind);
/* "integer", "minifloat": the names in model/families.def. */
const char *ng_family_name(ng_family family);

/* True for the formats of the families integer, minifloat, shift and block, which src/quantize rounds tensors to:
 * signed integers and minifloats of 3 to 8 bits with subnormals and the specials NONE, FN or IEEE, shift weights of 2
 * to 6 bits, and blocks of up to 64 such integers or minifloats without specials under an 8-bit exponent. */
bool ng_format_has_circuits(const ng_format *format);

/* Family of a pair; NG_NO_UNIT if no family multiplies it. */
ng_status ng_pair_family(const ng_format *weight, const ng_format *activation, ng_family *family);

/* Fills *path from the request. On an error *path is untouched. */
ng_status ng_datapath_init(ng_datapath *path, const ng_request *request);

/* DSP blocks the circuit consists of, besides logic; 0 for the units that have none and must have none. */
unsigned ng_datapath_dsps(const ng_datapath *path);

/* The RTL parameters of the datapath, in the module's order; returns how many. */
unsigned ng_datapath_parameters(const ng_datapath *path, ng_parameter parameters[NG_PARAMETERS_MAX]);

/* Bits of an exact sum of `terms` products of the pair (see above). Range: terms 1..2^20. */
unsigned ng_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms);

/* Bits of the unaligned minifloat product: sign, exponent, significand. */
unsigned ng_unaligned_bits(const ng_format *weight, const ng_format *activation);

/* Width of the exponent field of the unaligned minifloat product: bits of (2^xa - 2) + (2^xb - 2), at least 1. */
unsigned ng_product_exponent_bits(const ng_format *weight, const ng_format *activation);

/* Golden result of one step: the unit's own function. `previous` is the last result of a MAC, or NULL on its first
 * step and for the other kinds. Bits above the operand widths are ignored. A result of a WIDE_UNIT is cut to 256 bits. */
void ng_golden(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
               ng_wide *result);

/* The same for results of any width: result_bits bits, zero above. */
void ng_golden_result(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_result *previous,
                      ng_result *result);

/* The functions behind the rows, same contract as ng_golden(), or ng_golden_result(). */
#define UNIT(name, kind, family, architecture)                                                        \
    void ng_##name(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous, \
                   ng_wide *result);
#define WIDE_UNIT(name, kind, family, architecture)                                                   \
    void ng_##name(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_result *previous, \
                   ng_result *result);
#include "model/units.def"
#undef UNIT
#undef WIDE_UNIT

#ifdef __cplusplus
}
#endif

#endif
