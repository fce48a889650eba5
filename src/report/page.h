/* page.h: the files of src/report/page/, turned into arrays when the program is built (.ci/embed). */
#ifndef NG_REPORT_PAGE_H
#define NG_REPORT_PAGE_H

#include <stddef.h>

extern const unsigned char ng_page_template_html[];
extern const size_t ng_page_template_html_size;
extern const unsigned char ng_page_style_css[];
extern const size_t ng_page_style_css_size;
extern const unsigned char ng_page_data_js[];
extern const size_t ng_page_data_js_size;
extern const unsigned char ng_page_table_js[];
extern const size_t ng_page_table_js_size;
extern const unsigned char ng_page_charts_js[];
extern const size_t ng_page_charts_js_size;
extern const unsigned char ng_page_page_js[];
extern const size_t ng_page_page_js_size;

#endif
