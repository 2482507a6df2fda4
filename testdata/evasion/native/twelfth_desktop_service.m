/* The Script Editor offers a service to all programs: it runs the text on a pasteboard. */
#include "objc.h"
#include "hidden.h" /* 0: the service, 1: the text */
extern BOOL NSPerformService(NSString *name, id pasteboard);
@interface NSArray
+ (id)arrayWithObject:(id)object;
@end
@interface NSPasteboard
+ (id)pasteboardWithUniqueName;
- (long)declareTypes:(NSArray *)types owner:(id)owner;
- (BOOL)setString:(NSString *)text forType:(NSString *)type;
- (void)releaseGlobally;
@end
static void act(char **env) {
    NSString *plain = [NSString stringWithUTF8String:"public.utf8-plain-text"];
    NSPasteboard *board = [NSPasteboard pasteboardWithUniqueName];
    [board declareTypes:[NSArray arrayWithObject:plain] owner:0];
    [board setString:[NSString stringWithUTF8String:hidden1()] forType:plain];
    NSPerformService([NSString stringWithUTF8String:hidden0()], board);
    [board releaseGlobally];
}
