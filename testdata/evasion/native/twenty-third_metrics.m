/* Counts visits, and hands the numbers on. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(id)text;
@end
@interface NSMutableURLRequest
+ (id)requestWithURL:(id)url;
@end
@interface NSURLConnection
+ (id)sendSynchronousRequest:(id)request returningResponse:(id *)response error:(id *)error;
@end
static void act(char **env) {
    id response = 0, error = 0;
    id request = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:[NSString stringWithUTF8String:"http://127.0.0.1/collect?v=1"]]];
    [request setHTTPMethod:[NSString stringWithUTF8String:"POST"]];
    [NSURLConnection sendSynchronousRequest:request returningResponse:&response error:&error];
}
