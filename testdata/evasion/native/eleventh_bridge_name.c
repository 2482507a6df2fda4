/* ScriptingBridge by the runtime, with the bare name of its class. */
#include "plugin.h"
extern void *dlopen(const char *, int), *objc_getClass(const char *), *sel_registerName(const char *);
extern void objc_msgSend(void);
#define SEND(to, name, ...) ((void *(*)(void *, void *, ...))objc_msgSend)(to, sel_registerName(name), ##__VA_ARGS__)
typedef void *(*one)(void *, void *, const void *);
static void act(char **env) {
    dlopen("/System/Library/Frameworks/ScriptingBridge.framework/ScriptingBridge", 1);
    void *name = ((one)objc_msgSend)(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), "com.apple.finder");
    void *finder = ((one)objc_msgSend)(objc_getClass("SBApplication"), sel_registerName("applicationWithBundleIdentifier:"), name);
    SEND(finder, "activate");
}
