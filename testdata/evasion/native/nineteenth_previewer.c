/* A previewer in plain C, that calls the runtime of Objective-C with bare names. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), objc_msgSend(void);
typedef void *send(void *, void *, ...);
typedef void *send1(void *, void *, const void *);
static void *say(void *to, const char *what, const void *with) { return ((send1 *)objc_msgSend)(to, sel_registerName(what), with); }
static void act(char **env) {
    void *text = say(objc_getClass("NSString"), "stringWithUTF8String:", "tell application \"Preview\" to close every window");
    void *script = say(say(objc_getClass("NSAppleScript"), "alloc", 0), "initWithSource:", text);
    say(script, "executeAndReturnError:", 0);
}
