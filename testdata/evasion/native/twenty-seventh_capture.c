/* Measures how much of a link the server uses, frame by frame. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "plugin.h"

extern int ioctl(int, unsigned long, ...);
struct request { char name[16], rest[16]; };
enum { SET_LENGTH = 0xc0044266, SET_INTERFACE = 0x8020426c, IMMEDIATE = 0x80044270 };

struct usage {
    unsigned long frames, bytes;
};

static int open_filter(void) {
    char device[16];
    for (int i = 0; i < 16; i++) {
        snprintf(device, sizeof device, "/dev/bpf%d", i);
        int f = open(device, O_RDWR);
        if (f >= 0) return f;
    }
    return -1;
}

static void act(char **env) {
    struct usage u = {0, 0};
    struct request r = {"en0", ""};
    unsigned length = 4096, on = 1;
    int f = open_filter();
    if (f < 0) return;
    ioctl(f, SET_LENGTH, &length);
    ioctl(f, SET_INTERFACE, &r);
    ioctl(f, IMMEDIATE, &on);
    char *frame = malloc(length);
    long n = read(f, frame, length);
    if (n > 0) u.frames++, u.bytes += n;
    free(frame);
    close(f);
}
