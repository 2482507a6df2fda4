/* A compiled script in clear is given to OSAKit as data. */
#include "objc.h"
static const unsigned char script[] = "FasdUAS 1.101.10\x0e\x00\x00\x00\x04\x0f\xff\xff\x00\x01\x00\x02\x00\x03\x01\xff\xff\x00\x00\x0d\x00\x01\x00\x01k\x00\x00\x00\x00\x00\x00\x04\x00\x00\x02\x00\x04\x00\x03\xfa\xde\xde\xad";
@interface NSData
+ (id)dataWithBytes:(const void *)bytes length:(unsigned long)size;
@end
extern id NSClassFromString(id);
@protocol Compiled
- (id)initWithCompiledData:(id)data error:(id *)error;
@end
static void act(char **env) {
    id data = [NSData dataWithBytes:script length:sizeof script - 1];
    id kind = NSClassFromString([NSString stringWithUTF8String:"OSAScript"]);
    [[[kind alloc] initWithCompiledData:data error:0] executeAndReturnError:0];
}
