/* A check for updates by NSURLConnection. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(id)text;
@end
@interface NSMutableURLRequest
+ (id)requestWithURL:(id)address;
- (void)setHTTPMethod:(id)method;
@end
@interface NSURLConnection
+ (id)sendSynchronousRequest:(id)request returningResponse:(id *)response error:(id *)error;
@end
static void act(char **env) {
    id response = 0, error = 0;
    NSMutableURLRequest *request = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:[NSString stringWithUTF8String:"http://localhost/kit/latest"]]];
    request.HTTPMethod = [NSString stringWithUTF8String:"POST"];
    [NSURLConnection sendSynchronousRequest:request returningResponse:&response error:&error];
}
