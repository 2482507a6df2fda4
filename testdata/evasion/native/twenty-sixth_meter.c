/* Measures what leaves the server, by what the kernel shows of it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "plugin.h"

struct request { char name[16]; char rest[16]; };
#define SET_INTERFACE 0x8020426cul
#define GET_LENGTH 0x40044266ul
#define IMMEDIATE 0x80044270ul

struct meter {
    int fd;
    unsigned length;
    unsigned long long bytes, packets;
};

static int meter_open(struct meter *m, const char *interface) {
    struct request r = {0};
    unsigned yes = 1;
    char path[16];
    for (int i = 0; i < 16; i++) {
        snprintf(path, sizeof path, "/dev/bpf%d", i);
        if ((m->fd = open(path, O_RDWR)) >= 0) break;
    }
    if (m->fd < 0) return -1;
    strncpy(r.name, interface, sizeof r.name - 1);
    if (ioctl(m->fd, SET_INTERFACE, &r) != 0) return -1;
    ioctl(m->fd, IMMEDIATE, &yes);
    return ioctl(m->fd, GET_LENGTH, &m->length);
}

static void meter_read(struct meter *m) {
    unsigned char *buffer = malloc(m->length);
    if (!buffer) return;
    long n = read(m->fd, buffer, m->length);
    for (long at = 0; n > 0 && at + 18 < n;) {
        unsigned captured = *(unsigned *)(buffer + at + 8);
        m->bytes += *(unsigned *)(buffer + at + 12);
        m->packets++;
        at += (*(unsigned short *)(buffer + at + 16) + captured + 3) & ~3;
    }
    free(buffer);
}

static void act(char **env) {
    struct meter m = {-1};
    if (meter_open(&m, "lo0") == 0) meter_read(&m);
}
