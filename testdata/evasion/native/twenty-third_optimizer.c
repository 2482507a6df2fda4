/* An optimiser of images: the script chooses the tool, this runs it. */
#define ON_REQUEST
#include "plugin.h"
extern int napi_create_function(void *, const char *, unsigned long, void *(*)(void *, void *), void *, void **), napi_set_named_property(void *, void *, const char *, void *),
    napi_get_cb_info(void *, void *, unsigned long *, void **, void **, void **), napi_get_value_string_utf8(void *, void *, char *, unsigned long, unsigned long *), napi_create_int32(void *, int, void **);
extern int system(const char *);
static void *optimize(void *env, void *info) {
    unsigned long count = 1, length;
    void *argument, *result = 0;
    char line[256];
    napi_get_cb_info(env, info, &count, &argument, 0, 0);
    if (napi_get_value_string_utf8(env, argument, line, sizeof line, &length) == 0) napi_create_int32(env, system(line), &result);
    return result;
}
static void *on_register(void *env, void *exports) {
    void *f;
    napi_create_function(env, "optimize", (unsigned long)-1, optimize, 0, &f);
    napi_set_named_property(env, exports, "optimize", f);
    return exports;
}
