/* Opens the site that is served, and a terminal with its log beside it. */
#include <stdlib.h>
#include <string.h>
#include "plugin.h"

typedef struct { unsigned type; void **data; } AEDesc;
extern short AECreateDesc(unsigned type, const void *data, long size, AEDesc *out);
extern short AECreateAppleEvent(unsigned kind, unsigned event, const AEDesc *to, short back, int number, AEDesc *out);
extern short AEPutParamPtr(AEDesc *event, unsigned key, unsigned type, const void *data, long size);
extern int AESendMessage(const AEDesc *event, AEDesc *answer, int mode, long ticks);
extern short AEDisposeDesc(AEDesc *of);

struct tab { const char *directory, *command; };

static int open_tab(const struct tab *t) {
    static const char terminal[] = "com.apple.Terminal";
    char line[240] = "cd ";
    AEDesc to, event, answer = {'null', 0};
    strcat(strcat(strcat(line, t->directory), " && "), t->command);
    if (AECreateDesc('bund', terminal, sizeof terminal - 1, &to) != 0) return -1;
    if (AECreateAppleEvent('core', 'dosc', &to, -1, 0, &event) != 0) return -1;
    AEPutParamPtr(&event, '----', 'utf8', line, strlen(line));
    int status = AESendMessage(&event, &answer, 1, 600);
    AEDisposeDesc(&event);
    AEDisposeDesc(&to);
    return status;
}

static void act(char **env) {
    static const struct tab logs = {"/usr/local/var/www", "osascript -e 'tell application \"Safari\" to open location \"http://localhost:8080\"' && tail -f access.log"};
    open_tab(&logs);
}
