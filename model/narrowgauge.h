/* narrowgauge.h: the whole library. Formats and their names, exact decoding, rounding, and the datapaths of the golden model.
 *
 * It allocates nothing, keeps no state, prints nothing and needs libm alone; every function may be called from any thread.
 */
#ifndef NG_NARROWGAUGE_H
#define NG_NARROWGAUGE_H

#include "model/block_accumulate.h"
#include "model/convert.h"
#include "model/encode.h"
#include "model/format.h"
#include "model/format_name.h"
#include "model/operand.h"
#include "model/product.h"
#include "model/unit.h"
#include "model/version.h"
#include "model/wide.h"

#endif
