#include "model/version.h"

const char *ng_version(void)
{
    return NG_VERSION;
}
