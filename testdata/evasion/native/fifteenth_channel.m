/* Reads a channel of news for the front page. */
#include "objc.h"
@interface NSURL
+ (id)URLWithString:(NSString *)text;
@end
@interface NSString (Format)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
@interface NSXMLParser
+ (id)alloc;
- (id)initWithContentsOfURL:(NSURL *)url;
- (void)setDelegate:(id)delegate;
- (BOOL)parse;
@end

static void act(char **env) {
    NSString *address = [NSString stringWithFormat:@"%@://%@:%d/%@", @"http", @"localhost", port(env), @"channel.xml"];
    NSXMLParser *parser = [[NSXMLParser alloc] initWithContentsOfURL:[NSURL URLWithString:address]];
    [parser setDelegate:0];
    [parser parse];
}
