/* Apple events made and sent by the C functions, imported. */
#include "plugin.h"
struct descriptor { unsigned type; void *data; };
extern int AECreateDesc(unsigned, const void *, long, struct descriptor *);
extern int AECreateAppleEvent(unsigned, unsigned, const struct descriptor *, short, int, struct descriptor *);
extern long AESendMessage(const struct descriptor *, struct descriptor *, int, long);
static void act(char **env) {
    static const char finder[] = "com.apple.finder";
    struct descriptor to, event, answer;
    AECreateDesc(0x62756e64, finder, sizeof finder - 1, &to);          /* 'bund' */
    AECreateAppleEvent(0x61657674, 0x71756974, &to, -1, 0, &event);    /* 'aevt', 'quit' */
    AESendMessage(&event, &answer, 1, 600);
}
