/* Checks its licence with its maker, synchronously, as old code does. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(NSString *)text;
@end
@interface NSURLRequest
+ (id)requestWithURL:(NSURL *)address;
@end
@interface NSURLConnection
+ (id)sendSynchronousRequest:(NSURLRequest *)request returningResponse:(id *)response error:(id *)error;
@end
static void act(char **env) {
    id response = 0, error = 0;
    NSURL *address = [NSURL URLWithString:[NSString stringWithUTF8String:"http://localhost:9/licence"]];
    [NSURLConnection sendSynchronousRequest:[NSURLRequest requestWithURL:address] returningResponse:&response error:&error];
}
