#include "model/array_decode.h"

enum { TABLE_BITS = 8, TABLE = 1 << TABLE_BITS };

static bool fits(const ng_format *format)
{
    return ng_format_valid(format) && format->bits <= TABLE_BITS;
}

bool ng_decode_table_init_rounded(ng_decode_table *table, const ng_format *format)
{
    if (!fits(format)) {
        return false;
    }
    for (uint32_t code = 0; code < TABLE; code++) {
        table->value[code] = (float)ng_decode_double(format, code);
    }
    return true;
}

bool ng_decode_table_init(ng_decode_table *table, const ng_format *format)
{
    for (uint32_t code = 0; fits(format) && code < TABLE; code++) {
        const double value = ng_decode_double(format, code);
        if (value == value && (double)(float)value != value) {
            return false;
        }
    }
    return ng_decode_table_init_rounded(table, format);
}

void ng_array_decode(const ng_decode_table *table, const uint8_t *restrict codes, size_t count, float *restrict values)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = table->value[codes[i]];
    }
}
