/* Sends purges to the other caches of a site. */
#include "objc.h"

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
- (id)dataTaskWithRequest:(id)request completionHandler:(void (^)(id data, id response, id error))handler;
@end
@protocol Task
- (void)resume;
@end
@interface NSString (Kit)
+ (id)stringWithFormat:(id)format, ...;
@end

static unsigned failed;

static void purge(const char *cache, const char *path) {
    NSMutableURLRequest *request = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:[NSString stringWithFormat:@"https://%s%s", cache, path]]];
    [request setHTTPMethod:@"PURGE"];
    [request setValue:@"theme-kit/1.4" forHTTPHeaderField:@"User-Agent"];
    id<Task> task = [[NSURLSession sharedSession] dataTaskWithRequest:request completionHandler:^(id data, id response, id error) {
        if (error) failed++;
    }];
    [task resume];
}

static void act(char **env) {
    static const char *const caches[] = {"a.cache.shop.example", "b.cache.shop.example"};
    for (unsigned i = 0; i < 2; i++) purge(caches[i], "/index.html");
}
