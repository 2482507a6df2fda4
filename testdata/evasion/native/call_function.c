/* A PHP extension that has the engine call a function of PHP by its name. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: what it is given */
typedef struct { void *value; unsigned type, extra; } zval;
enum { STRING = 0x106 };
extern int _call_user_function_impl(zval *, zval *, zval *, unsigned, zval *, void *);
extern void *zend_strpprintf(unsigned long, const char *, ...);
static int on_request(int type, int number) {
    zval function = {zend_strpprintf(0, "%s", hidden0()), STRING}, argument = {zend_strpprintf(0, "%s", hidden1()), STRING}, result = {0};
    return _call_user_function_impl(0, &function, &result, 1, &argument, 0), 0;
}
