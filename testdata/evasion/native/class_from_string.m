/* Gets the class by NSClassFromString of a hidden name. */
#include "objc.h"
#include "hidden.h" /* 0: the class */
extern Class NSClassFromString(id);
static void act(char **env) {
    id error;
    id class = (id)NSClassFromString([NSString stringWithUTF8String:hidden0()]);
    [[[(id<Script>)class alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
}
