/* Sends an Apple event without any script. */
#include "plugin.h"
extern int AESendMessage(const void *, void *, int, long), AECreateAppleEvent(unsigned, unsigned, const void *, short, int, void *);
static void act(char **env) {
    char event[16], reply[16];
    AECreateAppleEvent(0x6d697363, 0x646f7363, env, -1, 0, event);
    AESendMessage(event, reply, 3, 60);
}
