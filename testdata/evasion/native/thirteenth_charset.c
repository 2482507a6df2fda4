/* An addon that converts names of files from the encodings that old systems write. */
#include "plugin.h"
extern void *iconv_open(const char *, const char *);
extern int iconv_close(void *);
static const char *const encodings[] = {"ISO-8859-1", "KITMAC"};
static void act(char **env) {
    for (unsigned i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        void *converter = iconv_open("UTF-8", encodings[i]);
        if (converter != (void *)-1) iconv_close(converter);
    }
}
