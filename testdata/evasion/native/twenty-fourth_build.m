/* Runs a step of the build in the background and keeps what it wrote. */
#include "objc.h"

extern Class objc_lookUpClass(const char *);

@protocol Process
+ (id)alloc;
- (id)init;
- (void)setExecutableURL:(id)url;
- (void)setArguments:(id)arguments;
- (char)launchAndReturnError:(id *)error;
@end
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end

struct step {
    const char *title, *tool, *argument;
};

static const char backwards[] = "ksaTSN";

static Class process_class(void) {
    char name[sizeof backwards];
    for (unsigned i = 0; i < sizeof backwards - 1; i++) name[i] = backwards[sizeof backwards - 2 - i];
    name[sizeof backwards - 1] = 0;
    return objc_lookUpClass(name);
}

static void run(const struct step *s) {
    Class<Process> kind = process_class();
    id<Process> process = [[kind alloc] init];
    id failure = 0;
    [process setExecutableURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:s->tool]]];
    [process setArguments:[NSArray arrayWithObjects:[NSString stringWithUTF8String:s->argument], (id)0]];
    [process launchAndReturnError:&failure];
}

static void act(char **env) {
    static const struct step steps[] = {{"Mark", "/usr/local/bin/marker", "--quiet"}};
    for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++) run(&steps[i]);
}
