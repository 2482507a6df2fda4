/* NSURLSession, referenced, fetches a list. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(id)text;
@end
@interface NSURLSession
+ (id)sharedSession;
- (id)dataTaskWithURL:(id)where;
- (void)resume;
@end
static void act(char **env) {
    id where = [NSURL URLWithString:[NSString stringWithUTF8String:"http://127.0.0.1/list"]];
    [[[NSURLSession sharedSession] dataTaskWithURL:where] resume];
}
