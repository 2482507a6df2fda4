/* Lets the library for pictures run a delegate, whose line lies in rows of a table. */
#include "plugin.h"
#include "hidden.h" /* 0: the delegate */
extern void MagickCoreGenesis(const char *, int), *AcquireExceptionInfo(void);
extern int ExternalDelegateCommand(int, int, const char *, char *, void *);
static void act(char **env) {
    char message[4096] = "";
    MagickCoreGenesis(0, 0);
    ExternalDelegateCommand(0, 0, hidden0(), message, AcquireExceptionInfo());
}
