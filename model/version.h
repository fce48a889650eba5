/* version.h: which release of the library this is. */
#ifndef NG_VERSION_H
#define NG_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/* Of the headers a program is compiled against: MAJOR.MINOR.PATCH. MAJOR is the number in the name of the shared library. */
#define NG_VERSION "0.1.0"

/* Of the library it runs with. */
const char *ng_version(void);

#ifdef __cplusplus
}
#endif

#endif
