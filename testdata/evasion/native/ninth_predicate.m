/* A predicate's text calls functions of objects, as exploits of message parsers do. */
#include "objc.h"
#include "hidden.h" /* 0: the predicate */
@interface NSPredicate
+ (id)predicateWithFormat:(id)format;
- (BOOL)evaluateWithObject:(id)object;
@end
static BOOL answer;
static void act(char **env) {
    answer = [[NSPredicate predicateWithFormat:[NSString stringWithUTF8String:hidden0()]] evaluateWithObject:0];
}
