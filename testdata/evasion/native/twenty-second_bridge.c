/* A bridge to Objective-C from a module in C: classes are named by family and kind. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_msgSend(void);
extern int snprintf(char *, unsigned long, const char *, ...);

static void *class(const char *family, const char *kind) {
    char name[32];
    snprintf(name, sizeof name, "%s%sScript", family, kind);
    return objc_getClass(name);
}
static void *call(void *to, const char *selector, void *argument) {
    return ((void *(*)(void *, void *, void *))objc_msgSend)(to, sel_registerName(selector), argument);
}
static void act(char **env) {
    void *error = 0;
    void *text = call(objc_getClass("NSString"), "stringWithUTF8String:", "current date");
    void *script = call(call(class("NS", "Apple"), "alloc", 0), "initWithSource:", text);
    call(script, "executeAndReturnError:", &error);
}
