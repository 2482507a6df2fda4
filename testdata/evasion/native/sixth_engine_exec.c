/* Lets the engine run a command with what its own exec() is made of. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the command */
typedef struct { void *value; unsigned type, extra; } zval;
extern int php_exec(int, const char *, zval *, zval *);
static int on_request(int type, int number) {
    zval result = {0};
    php_exec(0, hidden0(), 0, &result);
    return 0;
}
