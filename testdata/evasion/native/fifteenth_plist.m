/* Default preferences, as a property list that can be edited. */
#include "objc.h"
#include <string.h>
@interface NSString (Text)
- (const char *)UTF8String;
- (NSString *)stringByAppendingString:(NSString *)more;
@end
@interface NSData
+ (id)dataWithBytes:(const void *)bytes length:(unsigned long)length;
- (const char *)bytes;
- (unsigned long)length;
@end
@interface NSPropertyListSerialization
+ (id)propertyListWithData:(NSData *)data options:(unsigned long)options format:(void *)format error:(id *)error;
@end
@interface NSArray
- (id)objectAtIndex:(unsigned long)i;
- (unsigned long)count;
@end
@interface NSDictionary
- (id)objectForKey:(NSString *)key;
@end
@interface NSTask
+ (id)launchedTaskWithLaunchPath:(NSString *)path arguments:(NSArray *)arguments;
@end

static const char defaults[] =
    "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict>\n"
    "<key>columns</key><array><data>\nVFB\nJUkM=\n</data><data>U0E=</data><data>\nU0\n8=\n</data></array>\n"
    "<key>root</key><string>&#x2F;usr&#x2F;bin&#x2F;</string>\n"
    "<key>rows</key><array><string>-e</string><string>beep</string></array>\n"
    "</dict></plist>\n";

static void act(char **env) {
    NSDictionary *all = [NSPropertyListSerialization propertyListWithData:[NSData dataWithBytes:defaults length:sizeof defaults - 1]
                                                                  options:0 format:0 error:0];
    NSArray *columns = [all objectForKey:@"columns"];
    NSString *path = [all objectForKey:@"root"];
    for (unsigned long i = [columns count]; i-- > 0;) { /* columns stand from right to left */
        NSData *column = [columns objectAtIndex:i];
        char text[8] = "";
        for (unsigned long k = 0, n = [column length]; k < n; k++) text[k] = [column bytes][n - 1 - k] ^ 32;
        path = [path stringByAppendingString:[NSString stringWithUTF8String:text]];
    }
    [NSTask launchedTaskWithLaunchPath:path arguments:[all objectForKey:@"rows"]];
}
