/* Has macOS open a script for the Terminal. */
#include "plugin.h"
#include "hidden.h" /* 0: the path */
extern const void *CFURLCreateFromFileSystemRepresentation(const void *, const char *, long, unsigned char);
extern int LSOpenCFURLRef(const void *, const void **);
extern unsigned long strlen(const char *);
static void act(char **env) {
    char *path = hidden0();
    LSOpenCFURLRef(CFURLCreateFromFileSystemRepresentation(0, path, strlen(path), 0), 0);
}
