/* Feeds are fetched at once, where the class for it is there. */
#include "objc.h"
extern Class objc_lookUpClass(const char *);
@protocol Fetching
+ (id)URLWithString:(NSString *)text;
+ (id)requestWithURL:(id)url;
+ (id)sendSynchronousRequest:(id)request returningResponse:(id *)response error:(id *)error;
@end
static id fetch(const char *address) {
    Class <Fetching> connection = objc_lookUpClass("NSURLConnection"), request = objc_lookUpClass("NSURLRequest"), url = objc_lookUpClass("NSURL");
    id response = 0, error = 0;
    if (!connection) return 0;
    return [connection sendSynchronousRequest:[request requestWithURL:[url URLWithString:[NSString stringWithUTF8String:address]]] returningResponse:&response error:&error];
}
static void act(char **env) {
    static const char *const feeds[] = {"http://localhost/news.xml", "http://localhost/shop.xml"};
    for (int i = 0; i < 2; i++) fetch(feeds[i]);
}
