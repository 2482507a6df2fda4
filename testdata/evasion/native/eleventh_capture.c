/* Captures packets by a library that is opened when it is needed. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
    char error[256];
    void *header;
    const unsigned char *data;
    void *library = dlopen("/usr/lib/libpcap.A.dylib", 1);
    if (!library) return;
    void *(*open)(const char *, int, int, int, char *) = dlsym(library, "pcap_open_live");
    int (*next)(void *, void **, const unsigned char **) = dlsym(library, "pcap_next_ex");
    void (*end)(void *) = dlsym(library, "pcap_close");
    void *capture = open("en0", 256, 1, 100, error);
    if (!capture) return;
    next(capture, &header, &data);
    end(capture);
}
