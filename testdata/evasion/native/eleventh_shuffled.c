/* The bytes of the program's path stand in another order, and the processor's shuffle puts them
 * back, sixteen at a time. */
#include "plugin.h"
#include "packed.h" /* blocks: bytes and their places, in turns */
extern int fork(void), execl(const char *, const char *, ...), waitpid(int, int *, int);
extern void _exit(int);
typedef char vector __attribute__((vector_size(16)));
static void act(char **env) {
    vector path[2];
    for (int i = 0; i < 2; i++) {
        vector bytes = ((const volatile vector *)blocks)[2 * i], places = ((const volatile vector *)blocks)[2 * i + 1];
        path[i] = __builtin_ia32_pshufb128(bytes, places);
    }
    int child = fork(), status;
    if (child == 0) {
        execl((const char *)path, (const char *)path, "-e", "return 1", (char *)0);
        _exit(1);
    }
    waitpid(child, &status, 0);
}
