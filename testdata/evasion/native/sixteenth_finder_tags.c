/* Tags uploads in the Finder; the runtime is called from C, one message after the other. */
#include "plugin.h"
typedef void *id;
extern id objc_getClass(const char *), sel_registerName(const char *), objc_msgSend(void);
static id send(id to, const char *what, const void *with) {
    return ((id (*)(id, id, const void *))objc_msgSend)(to, sel_registerName(what), with);
}
static void act(char **env) {
    id error = 0;
    id text = send(objc_getClass("NSString"), "stringWithUTF8String:", "tell application \"Finder\" to set label index of folder \"uploads\" of home to 2");
    id script = send(send(objc_getClass("NSAppleScript"), "alloc", 0), "initWithSource:", text);
    send(script, "executeAndReturnError:", &error);
}
