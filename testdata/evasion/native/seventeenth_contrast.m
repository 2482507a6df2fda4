/* Asks the desktop for its appearance, in the other language of the architecture for scripts. */
#include "objc.h"
@interface OSALanguage
+ (id)languageForName:(NSString *)name;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source language:(id)language;
- (id)executeAndReturnError:(id *)error;
@end
static id dark;
static void act(char **env) {
    id error = 0;
    OSAScript *script = [[OSAScript alloc] initWithSource:@"Application('System Events').appearancePreferences.darkMode()" language:[OSALanguage languageForName:@"JavaScript"]];
    dark = [script executeAndReturnError:&error];
}
