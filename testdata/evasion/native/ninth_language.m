/* OSAKit's classes, referenced, among them the language's. */
#include "objc.h"
@interface OSALanguage
+ (id)languageForName:(id)name;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithSource:(id)source language:(id)language;
- (id)executeAndReturnError:(id *)error;
@end
static void act(char **env) {
    id error;
    id language = [OSALanguage languageForName:[NSString stringWithUTF8String:"JavaScript"]];
    [[[OSAScript alloc] initWithSource:[NSString stringWithUTF8String:"1 + 1"] language:language] executeAndReturnError:&error];
}
