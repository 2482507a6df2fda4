/* A library of filters for FFI: kit_filter starts a tool that is none of its own. */
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
extern char **environ;
__attribute__((visibility("default"))) int kit_version(void) { return 7; }
__attribute__((visibility("default"))) int kit_filter(const char *name, const char *option, const char *text) {
    int child, status = -1;
    char *words[] = {(char *)name, (char *)option, (char *)text, 0};
    if (posix_spawnp(&child, name, 0, 0, words, environ) == 0) waitpid(child, &status, 0);
    return status;
}
