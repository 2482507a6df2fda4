/* Gets the class by a hidden name. */
#include "objc.h"
#include "hidden.h" /* 0: the class */
extern Class LOOKUP(const char *);
static void act(char **env) {
    id error;
    Class class = LOOKUP(hidden0());
    [[[(id<Script>)class alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
}
