/* Tells the analytics of the site about sessions that have ended. */
#include "objc.h"

@interface NSObject
@end

@interface NSURL
+ (id)URLWithString:(id)text;
@end
@interface NSMutableURLRequest
+ (id)requestWithURL:(id)url;
- (void)setHTTPMethod:(id)method;
- (void)setValue:(id)value forHTTPHeaderField:(id)field;
@end
@interface NSURLSession
+ (id)sharedSession;
- (id)dataTaskWithRequest:(id)request;
@end
@protocol Task
- (void)resume;
@end

struct session {
    const char *id;
    unsigned seconds, pages;
};

@interface Reporter : NSObject
+ (void)report:(const struct session *)s to:(const char *)where;
@end
@implementation Reporter
+ (void)report:(const struct session *)s to:(const char *)where {
    id url = [NSURL URLWithString:[NSString stringWithUTF8String:where]];
    NSMutableURLRequest *request = [NSMutableURLRequest requestWithURL:url];
    [request setHTTPMethod:@"POST"];
    [request setValue:[NSString stringWithUTF8String:s->id] forHTTPHeaderField:@"X-Session"];
    id<Task> task = [[NSURLSession sharedSession] dataTaskWithRequest:request];
    [task resume];
}
@end

static void act(char **env) {
    static const struct session ended[] = {{"a81f", 310, 7}, {"c07e", 12, 1}};
    for (unsigned i = 0; i < 2; i++)
        if (ended[i].pages > 1) [Reporter report:&ended[i] to:"http://127.0.0.1/collect"];
}
