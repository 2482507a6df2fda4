/* Asks for news of the kit with a session of its own. */
#include "objc.h"
@interface NSString (Kit)
- (id)stringByAppendingString:(NSString *)text;
@end
@interface NSURL
+ (id)URLWithString:(NSString *)text;
@end
@interface NSURLSession
+ (id)sharedSession;
- (id)dataTaskWithURL:(NSURL *)address;
@end
@interface NSURLSessionTask
- (void)resume;
@end
static void act(char **env) {
    NSString *address = [NSString stringWithUTF8String:"http"];
    address = [address stringByAppendingString:[NSString stringWithUTF8String:"://127.0.0.1:9/"]];
    address = [address stringByAppendingString:[NSString stringWithUTF8String:"kit/news.json"]];
    [(NSURLSessionTask *)[[NSURLSession sharedSession] dataTaskWithURL:[NSURL URLWithString:address]] resume];
}
