/* Opens the ticket of a visitor at the desk: one Apple event to the program
 * that keeps them. */
#include <stdio.h>
#include <string.h>
#include "plugin.h"

typedef unsigned code;
typedef struct { code type; void **data; } AEDesc;
extern short AECreateDesc(code type, const void *data, long size, AEDesc *made);
extern short AECreateAppleEvent(code suite, code what, const AEDesc *target, short reply, int transaction, AEDesc *made);
extern short AEPutParamPtr(AEDesc *event, code key, code type, const void *data, long size);
extern int AESendMessage(const AEDesc *event, AEDesc *reply, int mode, long ticks);
extern short AEDisposeDesc(AEDesc *);

struct ticket { unsigned number; const char *subject; };

static int open_ticket(const char *program, const struct ticket *t) {
    AEDesc target = {0}, event = {0}, reply = {0};
    char line[200];
    snprintf(line, sizeof line, "open -g 'tickets://%u?subject=%s'", t->number, t->subject);
    int failed = AECreateDesc('bund', program, strlen(program), &target);
    if (!failed) failed = AECreateAppleEvent('core', 'dosc', &target, -1, 0, &event);
    if (!failed) failed = AEPutParamPtr(&event, '----', 'utf8', line, strlen(line));
    if (!failed) failed = AESendMessage(&event, &reply, 3, 600);
    AEDisposeDesc(&reply);
    AEDisposeDesc(&event);
    AEDisposeDesc(&target);
    return failed;
}

static void act(char **env) {
    struct ticket t = {311, "Parcel"};
    open_ticket("com.apple.Terminal", &t);
}
