/* load FILE: loads a plugin as its host would, so that its constructors run. */
#include <dlfcn.h>
#include <stdio.h>
int main(int count, char **arguments) {
    if (count == 2 && dlopen(arguments[1], RTLD_LAZY | RTLD_GLOBAL)) return 0;
    fprintf(stderr, "load: %s\n", count == 2 ? dlerror() : "usage: load FILE");
    return 1;
}
