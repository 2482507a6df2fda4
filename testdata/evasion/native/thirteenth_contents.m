/* A list of blocked addresses, which a string's initialiser reads from where it lies. */
#include "objc.h"
#include "hidden.h"
@interface NSURL
+ (id)URLWithString:(id)text;
@end
@protocol Contents
+ (id)stringWithContentsOfURL:(id)address encoding:(unsigned long)encoding error:(id *)error;
@end
static unsigned long blocked;
@protocol Length
- (unsigned long)length;
@end
static void act(char **env) {
    id error = 0, address = [NSURL URLWithString:[NSString stringWithUTF8String:hidden0()]];
    id list = [(Class<Contents>)[NSString class] stringWithContentsOfURL:address encoding:4 error:&error];
    blocked = [list length];
}
