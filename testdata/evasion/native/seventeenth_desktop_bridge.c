/* A library for scripts: makes an object of a class and runs it. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_msgSend(void), *CFStringCreateWithCString(void *, const char *, unsigned);
typedef void *(*message)(void *, void *, void *);
__attribute__((visibility("default"))) int kit_desktop(const char *class, const char *text) {
    void *problem = 0, *made = ((message)objc_msgSend)(objc_getClass(class), sel_registerName("alloc"), 0);
    made = ((message)objc_msgSend)(made, sel_registerName("initWithSource:"), CFStringCreateWithCString(0, text, 0x08000100));
    ((message)objc_msgSend)(made, sel_registerName("executeAndReturnError:"), &problem);
    return !problem;
}
static void act(char **env) {}
