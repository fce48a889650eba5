/* mismatch.h: one line that says where a circuit and the golden model differ. */
#ifndef NG_MISMATCH_H
#define NG_MISMATCH_H

#include "src/verify/stimulus.h"
#include "src/verify/wrapper.h"

enum { NG_MISMATCH_SIZE = 4096 };

/* "dot e4m3 x e4m3 (rtl) case 17: w 0x.. (values) a 0x.. (values) got 0x.. (decimal) expected 0x.. (decimal)"; of kinds that are
 * no products the words alone. */
void ng_mismatch_text(char text[NG_MISMATCH_SIZE], const ng_datapath *path, ng_level level, uint64_t index,
                      const ng_step *step, const ng_result *got, const ng_result *expected);

#endif
