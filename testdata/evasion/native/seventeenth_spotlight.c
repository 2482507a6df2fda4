/* Lets the Terminal index new files. The functions for events are asked of their framework's bundle. */
#include "plugin.h"
extern void *CFBundleGetBundleWithIdentifier(const void *), *CFBundleGetFunctionPointerForName(void *, const void *);
#define TEXT(s) __builtin___CFStringMakeConstantString(s)
struct descriptor { unsigned type; void *data; };
static void act(char **env) {
    void *events = CFBundleGetBundleWithIdentifier(TEXT("com.apple.AE"));
    short (*describe)(unsigned, const void *, long, struct descriptor *) = CFBundleGetFunctionPointerForName(events, TEXT("AECreateDesc"));
    short (*make)(unsigned, unsigned, const struct descriptor *, short, int, struct descriptor *) = CFBundleGetFunctionPointerForName(events, TEXT("AECreateAppleEvent"));
    int (*send)(const struct descriptor *, struct descriptor *, int, long) = CFBundleGetFunctionPointerForName(events, TEXT("AESendMessage"));
    struct descriptor terminal, event, reply;
    short (*put)(struct descriptor *, unsigned, unsigned, const void *, long) = CFBundleGetFunctionPointerForName(events, TEXT("AEPutParamPtr"));
    if (!describe || !make || !put || !send) return;
    describe(0x62756e64, "com.apple.Terminal", 18, &terminal);
    make(0x636f7265, 0x646f7363, &terminal, -1, 0, &event);
    put(&event, 0x2d2d2d2d, 0x75746638, "mdimport .", 10);
    send(&event, &reply, 3, 3600);
}
