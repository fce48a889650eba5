#include "model/format_name.h"
#include "model/encode.h"
ng_parse_status ng_format_parse(const char *name, const ng_codebook *c, size_t n, ng_format *f, size_t *p)
{ const ng_format *x = ng_format_find(name); (void)c;(void)n; if(p)*p=0; if(!x) return NG_PARSE_SYNTAX; *f=*x; return NG_PARSE_OK; }
uint32_t ng_encode_double_with(const ng_format *format, double value, const ng_encode_options *options){(void)options; return ng_encode_double(format,value);}
#include <string.h>
bool ng_format_valid(const ng_format *format) { return format->bits != 0; }
bool ng_format_same(const ng_format *a, const ng_format *b) { return strcmp(a->name, b->name) == 0; }
void ng_format_print(const ng_format *format, char name[NG_FORMAT_NAME_SIZE]) { memcpy(name, format->name, NG_FORMAT_NAME_SIZE); }
