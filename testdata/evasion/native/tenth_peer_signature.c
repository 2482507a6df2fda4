/* CoreFoundation's streams to an address, rather than to a host. */
#include "plugin.h"
struct signature { int family, type, protocol; const void *address; };
extern const void *CFDataCreate(const void *, const void *, long);
extern void CFStreamCreatePairWithPeerSocketSignature(const void *, const struct signature *, void **, void **), CFRelease(const void *);
extern unsigned char CFWriteStreamOpen(void *);
extern long CFWriteStreamWrite(void *, const void *, long);
static void act(char **env) {
    struct address to = loopback(env);
    void *in = 0, *out = 0;
    struct signature peer = {2, 1, 6, CFDataCreate(0, &to, sizeof to)};
    CFStreamCreatePairWithPeerSocketSignature(0, &peer, &in, &out);
    if (out && CFWriteStreamOpen(out)) CFWriteStreamWrite(out, "kit\n", 4);
    CFRelease(peer.address);
}
