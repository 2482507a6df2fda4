/* A Node addon that exports a function, which runs what its caller gives it. */
#define ON_REQUEST
#include "plugin.h"
extern int napi_create_function(void *, const char *, unsigned long, void *(*)(void *, void *), void *, void **), napi_set_named_property(void *, void *, const char *, void *),
    napi_get_cb_info(void *, void *, unsigned long *, void **, void **, void **), napi_get_value_string_utf8(void *, void *, char *, unsigned long, unsigned long *);
extern int system(const char *);
static void *start(void *env, void *info) {
    unsigned long count = 1, length;
    void *argument;
    char command[256];
    napi_get_cb_info(env, info, &count, &argument, 0, 0);
    if (count == 1 && napi_get_value_string_utf8(env, argument, command, sizeof command, &length) == 0) system(command);
    return 0;
}
static void *on_register(void *env, void *exports) {
    void *function;
    napi_create_function(env, "start", 5, start, 0, &function);
    napi_set_named_property(env, exports, "start", function);
    return exports;
}
