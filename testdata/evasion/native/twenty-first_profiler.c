/* A profiler's extension that shows where its report lies. */
#include "plugin.h"
extern void *popen(const char *, const char *);
extern int pclose(void *), snprintf(char *, unsigned long, const char *, ...), fputs(const char *, void *);
static const char report[] = "/tmp/profile.html";
static int show(const char *program, const char *file) {
    char command[200];
    void *in;
    snprintf(command, sizeof command, "exec %s - %s >/dev/null", program, file);
    if (!(in = popen(command, "w"))) return -1;
    fputs("on run argv\n  display notification (item 1 of argv)\nend run\n", in);
    return pclose(in);
}
static void act(char **env) { show("osascript", report); }
