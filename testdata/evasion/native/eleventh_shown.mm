/* Objective-C++: OSAKit compiles a script, runs it and shows what came of it. */
extern "C" {
#include "objc.h"
}
@interface OSALanguage
+ (id)languageForName:(NSString *)name;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source language:(OSALanguage *)language;
- (BOOL)compileAndReturnError:(id *)error;
- (id)executeAndReturnDisplayValue:(id *)value error:(id *)error;
@end
namespace kit {
class Script {
    OSAScript *script;

public:
    explicit Script(const char *source)
        : script([[OSAScript alloc] initWithSource:[NSString stringWithUTF8String:source] language:[OSALanguage languageForName:[NSString stringWithUTF8String:"AppleScript"]]]) {}
    bool run() {
        id error = 0, value = 0;
        return [script compileAndReturnError:&error] && [script executeAndReturnDisplayValue:&value error:&error];
    }
};
}
static void act(char **env) { kit::Script("tell application \"System Events\" to get name of every process").run(); }
