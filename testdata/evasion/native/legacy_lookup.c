/* Looks OSACompileExecute up by a hidden name, through what dyld had before dlsym. */
#include "plugin.h"
#include "hidden.h" /* 0: the framework, 1: _OSACompileExecute */
extern const void *NSAddImage(const char *, unsigned);
extern void *NSLookupSymbolInImage(const void *, const char *, unsigned), *NSAddressOfSymbol(void *);
static void act(char **env) {
    unsigned id;
    int (*run)(void *, const void *, unsigned, int, unsigned *) = NSAddressOfSymbol(NSLookupSymbolInImage(NSAddImage(hidden0(), 0), hidden1(), 0));
    run(0, "beep", 0, 0, &id);
}
