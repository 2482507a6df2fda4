/* Connects by Core Foundation's CFSocket. */
#include "plugin.h"
struct signature { int family, type, protocol; const void *address; };
extern const void *CFDataCreate(const void *, const void *, long);
extern void *CFSocketCreateConnectedToSocketSignature(const void *, const struct signature *, unsigned long, void *, const void *, double);
static void act(char **env) {
    struct address a = loopback(env);
    struct signature s = {2, 1, 6, CFDataCreate(0, &a, sizeof a)};
    CFSocketCreateConnectedToSocketSignature(0, &s, 0, 0, 0, 3);
}
