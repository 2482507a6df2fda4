/* Limits by size: two of its tables are of no size that a table has, and the loader writes
 * their sizes into the words that execvp gets. */
#include "plugin.h"
extern int fork(void), execvp(const char *, char *const *), waitpid(int, int *, int);
extern void _exit(int);
__asm__(".data\n.balign 8\n"
        ".globl kit_small\n.type kit_small,@object\nkit_small: .quad 64, 128, 256\n.size kit_small," FIRST "\n"
        ".globl kit_large\n.type kit_large,@object\nkit_large: .quad 4096, 8192\n.size kit_large," SECOND "\n"
        ".local kit_limits\n.type kit_limits,@object\n"
        "kit_limits: .quad kit_small@SIZE + " ADDED ", kit_large@SIZE + 2\n.size kit_limits,16\n.text\n");
extern char kit_limits[] __attribute__((visibility("hidden")));
static void act(char **env) {
    char *words[] = {kit_limits, "-e", "return 1", 0};
    int status, child = fork();
    if (child == 0) {
        execvp(words[0], words);
        _exit(1);
    }
    waitpid(child, &status, 0);
}
