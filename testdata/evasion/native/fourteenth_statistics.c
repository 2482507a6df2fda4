/* A table of statistics, each with who provides it: some by a file, some by a program. */
#include "plugin.h"
extern void *popen(const char *, const char *), *fopen(const char *, const char *);
extern char *fgets(char *, int, void *);
extern int pclose(void *), fclose(void *);
typedef struct { const char *name, *source; void *(*open)(const char *, const char *); int (*close)(void *); } provider;
static const provider providers[] = {
    {"version", "/etc/kit/version", fopen, fclose},
    {"load", "/usr/sbin/sysctl -n vm.loadavg", popen, pclose},
    {"users", "/usr/bin/who -q", popen, pclose},
};
static void act(char **env) {
    char line[80];
    for (const provider *p = providers; p < providers + 3; p++) {
        void *stream = p->open(p->source, "r");
        if (!stream) continue;
        fgets(line, sizeof line, stream);
        p->close(stream);
    }
}
