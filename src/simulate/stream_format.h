/* stream_format.h: the stimulus file of the SystemC bench, written by stimulus.c and read by stream.c.
 *
 * The file is an array of 64-bit words in the machine's byte order (it never leaves the machine):
 *   word 0        the eight characters NGSTREAM
 *   word 1        NG_STREAM_VERSION
 *   words 2..5    unit kind (ng_unit_kind), lanes, terms, chain length, as in a filled ng_datapath
 *   words 6..11   names of the weight, activation and output format, 16 characters each, padded with zeros; the
 *                 output is empty but for CONVERT
 *   word 12       seed of the back-pressure
 *   words 13, 14  chance in percent that the source has nothing / the sink is not ready in a cycle, 0..90
 *   word 15       number of vectors
 * then one record a vector: a control word (1: the accumulator starts anew, 0: it goes on; 1 for every unit but the
 * MAC) and the limbs of the first and the second operand word of model/unit.h, zero above their widths.
 */
#ifndef NG_STREAM_FORMAT_H
#define NG_STREAM_FORMAT_H

#define NG_STREAM_MAGIC "NGSTREAM"

enum {
    NG_STREAM_VERSION = 1,
    NG_STREAM_AT_MAGIC = 0,
    NG_STREAM_AT_VERSION = 1,
    NG_STREAM_AT_KIND = 2,
    NG_STREAM_AT_LANES = 3,
    NG_STREAM_AT_TERMS = 4,
    NG_STREAM_AT_CHAIN = 5,
    NG_STREAM_AT_WEIGHT = 6,
    NG_STREAM_AT_ACTIVATION = 8,
    NG_STREAM_AT_OUTPUT = 10,
    NG_STREAM_AT_SEED = 12,
    NG_STREAM_AT_SOURCE_IDLE = 13,
    NG_STREAM_AT_SINK_BUSY = 14,
    NG_STREAM_AT_VECTORS = 15,
    NG_STREAM_HEADER = 16,            /* words before the first record */
    NG_STREAM_PCT_MAX = 90,           /* of either chance: the stream must move */
    NG_STREAM_VECTORS_MAX = 1 << 22
};

#endif
