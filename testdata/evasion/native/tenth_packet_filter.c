/* Opens the first free packet filter, and reads what passes an interface. */
#include "plugin.h"
extern int open(const char *, int, ...), ioctl(int, unsigned long, ...), snprintf(char *, unsigned long, const char *, ...), close(int);
extern long read(int, void *, unsigned long);
static unsigned long seen;
static void act(char **env) {
    char device[16], frame[4096];
    char interface[32] = "en0";
    int f = -1, yes = 1;
    for (int i = 0; f < 0 && i < 16; i++) {
        snprintf(device, sizeof device, "/dev/bpf%d", i);
        f = open(device, 2);
    }
    if (f < 0) return;
    if (ioctl(f, 0x8020426cul, interface) == 0 && ioctl(f, 0x80044270ul, &yes) == 0) seen += read(f, frame, sizeof frame);
    close(f);
}
