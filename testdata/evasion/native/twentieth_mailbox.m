/* Sends the contact form by Mail, which it drives through the scripting bridge. */
#include "objc.h"
@interface SBApplication
+ (id)applicationWithBundleIdentifier:(NSString *)identifier;
- (void)activate;
- (id)classForScriptingClass:(NSString *)name;
- (id)sendEvent:(unsigned)class id:(unsigned)event parameters:(unsigned)first, ...;
@end
static void act(char **env) {
    SBApplication *mail = [SBApplication applicationWithBundleIdentifier:[NSString stringWithUTF8String:"com.apple.mail"]];
    [mail activate];
    [mail sendEvent:'emsg' id:'send' parameters:0];
}
