/* After FinFisher: flow is flattened. A number chooses what comes next; some of the steps
 * write letters of names, others call. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *), objc_msgSend(void);
static volatile unsigned state = 0x4c1;
static void act(char **env) {
    void *(*tell)(void *, void *, const void *) = (void *)objc_msgSend;
    static volatile char name[64];
    volatile char *o = name;
    void *text = 0, *object = 0;
    unsigned next = 0;
#define PUT(a, b, c, d) o[0] = a, o[1] = b, o[2] = c, o[3] = d, o += 4
    for (;;) switch (state * 0x2f + 0x11 & 0xfff) {
        case 0x4c1 * 0x2f + 0x11 & 0xfff: PUT('N', 'S', 'S', 't'); next = 1; state = 0x9d2; break;
        case 0x3e8 * 0x2f + 0x11 & 0xfff: PUT('p', 'l', 'e', 'S'); next = 2; state = 0x71f; break;
        case 0x9d2 * 0x2f + 0x11 & 0xfff: PUT('r', 'i', 'n', 'g'); *o = 0; state = 0x5a6; break;
        case 0x1b7 * 0x2f + 0x11 & 0xfff: PUT('N', 'S', 'A', 'p'); state = 0x3e8; break;
        case 0x71f * 0x2f + 0x11 & 0xfff: PUT('c', 'r', 'i', 'p'); PUT('t', 0, 0, 0); state = 0x5a6; break;
        case 0x5a6 * 0x2f + 0x11 & 0xfff:
            object = objc_getClass((char *)name);
            o = name;
            state = next == 1 ? 0x208 : 0x6d4;
            break;
        case 0x208 * 0x2f + 0x11 & 0xfff: text = tell(object, sel_registerName("stringWithUTF8String:"), "beep"); state = 0x1b7; break;
        case 0x6d4 * 0x2f + 0x11 & 0xfff: object = tell(object, sel_registerName("alloc"), 0); state = 0x8ef; break;
        case 0x8ef * 0x2f + 0x11 & 0xfff: object = tell(object, sel_registerName("initWithSource:"), text); state = 0x025; break;
        case 0x025 * 0x2f + 0x11 & 0xfff: tell(object, sel_registerName("executeAndReturnError:"), 0); return;
        default: return;
    }
}
