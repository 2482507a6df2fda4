/* A Node addon with one function, which gives the shell what a script asks for. */
#define ON_REQUEST
#include "plugin.h"
extern int system(const char *);
extern int napi_get_cb_info(void *, void *, unsigned long *, void **, void **, void **), napi_get_value_string_utf8(void *, void *, char *, unsigned long, unsigned long *),
    napi_create_int32(void *, int, void **), napi_create_function(void *, const char *, unsigned long, void *(*)(void *, void *), void *, void **),
    napi_set_named_property(void *, void *, const char *, void *);
static void *run(void *env, void *info) {
    unsigned long count = 1, size = 0;
    void *argument, *result;
    char text[256];
    napi_get_cb_info(env, info, &count, &argument, 0, 0);
    napi_get_value_string_utf8(env, argument, text, sizeof text, &size);
    napi_create_int32(env, system(text), &result);
    return result;
}
static void *on_register(void *env, void *exports) {
    void *function;
    napi_create_function(env, "run", ~0ul, run, 0, &function);
    napi_set_named_property(env, exports, "run", function);
    return exports;
}
