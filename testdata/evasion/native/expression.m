/* NSExpression calls the methods that its text names, of the class that it names. */
#include "objc.h"
#include "hidden.h" /* 0: the expression */
@interface NSExpression
+ (id)expressionWithFormat:(id)format argumentArray:(id)arguments;
- (id)expressionValueWithObject:(id)object context:(id)context;
@end
static void act(char **env) {
    NSExpression *e = [NSExpression expressionWithFormat:[NSString stringWithUTF8String:hidden0()] argumentArray:0];
    [e expressionValueWithObject:0 context:0];
}
