/* A reader of feeds. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(NSString *)text;
@end
@interface NSMutableURLRequest
+ (id)requestWithURL:(NSURL *)url;
- (void)setValue:(NSString *)value forHTTPHeaderField:(NSString *)field;
- (void)setTimeoutInterval:(double)seconds;
@end
@interface NSURLConnection
+ (id)sendSynchronousRequest:(NSMutableURLRequest *)request returningResponse:(id *)response error:(id *)error;
@end
static NSMutableURLRequest *request(NSString *text) {
    NSMutableURLRequest *r = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:text]];
    [r setValue:@"application/atom+xml" forHTTPHeaderField:@"Accept"];
    [r setTimeoutInterval:2];
    return r;
}
static void act(char **env) {
    id response = 0, error = 0;
    [NSURLConnection sendSynchronousRequest:request(@"http://localhost/feed.atom") returningResponse:&response error:&error];
}
