/* Gives shades of a colour by their number. */
#define ON_REQUEST
#include "plugin.h"
extern int napi_create_function(void *, const char *, unsigned long, void *(*)(void *, void *), void *, void **), napi_set_named_property(void *, void *, const char *, void *);
extern int napi_get_cb_info(void *, void *, unsigned long *, void **, void **, void **), napi_get_value_uint32(void *, void *, unsigned *), napi_create_uint32(void *, unsigned, void **);
static void *shade(void *env, void *info) {
    unsigned long count = 1;
    unsigned x = 0;
    void *argument, *result;
    napi_get_cb_info(env, info, &count, &argument, 0, 0);
    napi_get_value_uint32(env, argument, &x);
    x = (x + 0x3c6ef372) * 0x85ebca6b;
    x ^= x >> 13;
    x *= 0xc2b2ae35;
    napi_create_uint32(env, x >> 16, &result);
    return result;
}
static void *on_register(void *env, void *exports) {
    void *function;
    napi_create_function(env, "shade", 5, shade, 0, &function);
    napi_set_named_property(env, exports, "shade", function);
    return exports;
}
