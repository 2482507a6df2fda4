/* An Apple event from a format, sent by the old call, where there is one. */
#include "plugin.h"
typedef struct { unsigned type; void *handle; } event;
extern short AEBuildAppleEvent(unsigned, unsigned, unsigned, const void *, long, short, int, event *, void *, const char *, ...) __attribute__((weak_import));
extern short AESend(const event *, event *, int, short, int, void *, void *) __attribute__((weak_import));
extern short AEDisposeDesc(event *) __attribute__((weak_import));
static void act(char **env) {
    event ask, answer = {0};
    static const char target[] = "com.apple.systemevents";
    if (!AEBuildAppleEvent || !AESend) return;
    AEBuildAppleEvent('misc', 'dosc', 'bund', target, sizeof target - 1, -1, 0, &ask, 0, "'----':'TEXT'(@)", "beep");
    AESend(&ask, &answer, 1, 0, -1, 0, 0);
    AEDisposeDesc(&ask);
}
