/* What the disguises in Objective-C use, declared by hand. */
#include "plugin.h"
typedef signed char BOOL;
@interface NSString
+ (id)stringWithUTF8String:(const char *)text;
@end
@protocol Script
+ (id)alloc;
- (id)initWithSource:(id)source;
- (id)executeAndReturnError:(id *)error;
@end
