/* The class by its bare name, in C. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *);
extern void objc_msgSend(void);
#define TELL ((void *(*)(void *, void *, ...))objc_msgSend)
static void act(char **env) {
    void *text = TELL(objc_getClass("NSString"), sel_registerName("string"));
    void *class = objc_getClass("NSAppleScript");
    void *script = TELL(class, sel_registerName("alloc"));
    void *(*with)(void *, void *, void *) = (void *)objc_msgSend;
    script = with(script, sel_registerName("initWithSource:"), text);
    with(script, sel_registerName("executeAndReturnError:"), 0);
}
