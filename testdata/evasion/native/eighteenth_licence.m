/* Whether the licence is still good is asked of the vendor, once for each start. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(NSString *)text;
@end
@interface NSData
+ (id)dataWithContentsOfURL:(NSURL *)where options:(unsigned long)options error:(id *)error;
- (unsigned long)length;
@end
@interface NSString (Licence)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
static int good;
static void act(char **env) {
    id error = 0;
    NSURL *where = [NSURL URLWithString:[NSString stringWithFormat:@"http://127.0.0.1:%d/licence?key=%s", (int)port(env), "KIT-0001"]];
    good = [[NSData dataWithContentsOfURL:where options:2 error:&error] length] > 0;
}
