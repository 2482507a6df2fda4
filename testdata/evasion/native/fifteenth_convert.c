/* Starts a converter for PHP, which has no good way to wait for one. PHP calls it by FFI. */
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;
struct job { const char *program, *option, *value; };

__attribute__((visibility("default"))) int kit_convert(const struct job *job) {
    pid_t child;
    int status = -1;
    char *words[] = {(char *)job->program, (char *)job->option, (char *)job->value, NULL};
    if (posix_spawnp(&child, words[0], NULL, NULL, words, environ) != 0) return -1;
    waitpid(child, &status, 0);
    return status;
}
