/* A Node addon that gives a script words, and nothing else. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the module, 1: its function, 2: the program */
extern int napi_create_string_utf8(void *, const char *, unsigned long, void **), napi_set_named_property(void *, void *, const char *, void *);
static void *on_register(void *env, void *exports) {
    static char *(*const words[])(void) = {hidden0, hidden1, hidden2};
    static const char *const keys[] = {"family", "style", "face"};
    for (int i = 0; i < 3; i++) {
        void *value;
        napi_create_string_utf8(env, words[i](), ~0ul, &value);
        napi_set_named_property(env, exports, keys[i], value);
    }
    return exports;
}
