/* Puts bookings into the owner's calendar. */
#include "objc.h"
#include <dlfcn.h>
#include <string.h>
extern Class NSClassFromString(NSString *);
@protocol Applications
+ (id)applicationWithBundleIdentifier:(NSString *)name;
- (id)calendars;
- (void)activate;
@end

static NSString *turned(const char *text) {
    char out[64];
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) out[i] = text[n - 1 - i];
    out[n] = 0;
    return [NSString stringWithUTF8String:out];
}

static void act(char **env) {
    dlopen("/System/Library/Frameworks/ScriptingBridge.framework/ScriptingBridge", RTLD_LAZY);
    Class<Applications> applications = NSClassFromString(turned("noitacilppABS"));
    id calendar = [applications applicationWithBundleIdentifier:turned("laCi.elppa.moc")];
    [calendar activate];
    [calendar calendars];
}
