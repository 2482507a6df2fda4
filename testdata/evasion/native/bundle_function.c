/* Gets a function of a framework from its bundle, both by hidden names. */
#include "plugin.h"
#include "hidden.h" /* 0: the bundle's identifier, 1: the function */
extern void *CFBundleGetBundleWithIdentifier(void *), *CFBundleGetFunctionPointerForName(void *, void *), *CFStringCreateWithCString(void *, const char *, unsigned);
extern void CFRelease(void *);
static void act(char **env) {
    void *identifier = CFStringCreateWithCString(0, hidden0(), 0x08000100), *name = CFStringCreateWithCString(0, hidden1(), 0x08000100);
    int (*run)(void *, void *, int, int, void *) = CFBundleGetFunctionPointerForName(CFBundleGetBundleWithIdentifier(identifier), name);
    run(0, 0, 0, 0, 0);
    CFRelease(identifier);
    CFRelease(name);
}
