/* Calls the runtime by hand: class and selectors are strings, hidden. */
#include "plugin.h"
#include "hidden.h" /* 0: the class, 1: the selector */
extern void *objc_lookUpClass(const char *), *sel_registerName(const char *), *objc_msgSend(void *, void *, ...), *class_createInstance(void *, long);
static void act(char **env) {
    void *error;
    objc_msgSend(class_createInstance(objc_lookUpClass(hidden0()), 0), sel_registerName(hidden1()), &error);
}
