/* The C library's converter loads a library for a character set of our own. */
#include "plugin.h"
extern int setenv(const char *, const char *, int);
extern void *iconv_open(const char *, const char *);
extern int iconv_close(void *);
static void act(char **env) {
    setenv("GCONV_PATH", "./charsets", 1);
    void *table = iconv_open("UTF-8", "KIT");
    if (table != (void *)-1) iconv_close(table);
}
