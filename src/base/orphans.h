/* orphans.h: what killed programs leave behind. Everything is written under NAME.tmp.PID and renamed when it is whole. */
#ifndef NG_ORPHANS_H
#define NG_ORPHANS_H

/* Removes files and folders NAME.tmp.PID directly in `folder` whose process no longer runs; nothing else, no error. */
void ng_remove_orphans(const char *folder);

#endif
