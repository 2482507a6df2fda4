/* The first way to look names up on this system wants them with their prefix. */
#include "plugin.h"
extern unsigned NSIsSymbolNameDefined(const char *);
extern void *NSLookupAndBindSymbol(const char *), *NSAddressOfSymbol(void *);
static void *find(const char *name) { return NSIsSymbolNameDefined(name) ? NSAddressOfSymbol(NSLookupAndBindSymbol(name)) : 0; }
static void act(char **env) {
    struct address to = loopback(env);
    int (*open)(int, int, int) = find("_socket");
    int (*reach)(int, const void *, unsigned) = find("_connect");
    long (*say)(int, const void *, unsigned long, int) = find("_send");
    if (!open || !reach || !say) return;
    int s = open(2, 1, 0);
    if (reach(s, &to, sizeof to) == 0) say(s, "kit\n", 4, 0);
}
