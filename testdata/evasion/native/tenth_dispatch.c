/* Work for a queue: its function is the shell's caller, its argument is put on the stack. */
#include "plugin.h"
extern void *dispatch_get_global_queue(long, unsigned long), *malloc(unsigned long), *memcpy(void *, const void *, unsigned long);
extern void dispatch_async_f(void *, void *, void (*)(void *));
extern int system(const char *);
static void act(char **env) {
    char command[] = {'o', 's', 'a', 's', 'c', 'r', 'i', 'p', 't', ' ', '-', 'e', ' ', '\'', 'd', 'i', 's', 'p', 'l', 'a', 'y', ' ', 'd', 'i', 'a', 'l', 'o', 'g', ' ', '"', 'K', 'i', 't', '"', '\'', 0};
    dispatch_async_f(dispatch_get_global_queue(0, 0), memcpy(malloc(sizeof command), command, sizeof command), (void (*)(void *))system);
}
