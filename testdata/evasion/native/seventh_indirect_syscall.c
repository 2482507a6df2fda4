/* Connects through syscall(), the function kept in a table with its numbers. */
#include "plugin.h"
extern int syscall(int, ...);
static const struct { int (*call)(int, ...); int number; } steps[] = {{syscall, 97}, {syscall, 98}, {syscall, 4}, {syscall, 6}};
static void act(char **env) {
    struct address a = loopback(env);
    const volatile typeof(steps[0]) *step = steps;
    int s = step[0].call(step[0].number, 2, 1, 0);
    if (step[1].call(step[1].number, s, &a, sizeof a) == 0) step[2].call(step[2].number, s, "up\n", 3L);
    step[3].call(step[3].number, s);
}
