/* Takes the code of the class's methods, found by hidden names, and calls it
 * without a message. */
#include "plugin.h"
#include "hidden.h" /* 0: the class, 1: the selector */
extern void *objc_lookUpClass(const char *), *sel_registerName(const char *), *class_createInstance(void *, long);
extern void *class_getInstanceMethod(void *, void *), *method_getImplementation(void *);
static void act(char **env) {
    void *error, *class = objc_lookUpClass(hidden0()), *selector = sel_registerName(hidden1());
    void *(*run)(void *, void *, void **) = method_getImplementation(class_getInstanceMethod(class, selector));
    run(class_createInstance(class, 0), selector, &error);
}
