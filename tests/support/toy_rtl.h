/* toy_rtl.h: RTL folders of a test's own, with circuits that bear a unit's name. */
#ifndef SUPPORT_TOY_RTL_H
#define SUPPORT_TOY_RTL_H

#include "model/unit.h"
#include "src/base/file.h"

/* A new folder below build/. */
void toy_folder(char folder[NG_PATH_SIZE]);

/* Writes folder/name. */
void toy_write(const char *folder, const char *name, const char *text);

/* The datapath int_mul of int3 x int3. */
ng_datapath toy_int3_mul(void);

/* Modules int_mul: its logic inside u_multiply; at the top; with a latch. And an int_convert. */
extern const char toy_good_mul[];
extern const char toy_loose_mul[];
extern const char toy_latch_mul[];
extern const char toy_convert[];

#endif
