/* Enters bookings in the calendar of the front desk. */
#include "objc.h"

@interface NSObject
+ (id)alloc;
- (id)init;
- (id)valueForKey:(id)key;
- (void)setValue:(id)value forKey:(id)key;
@end

@interface NSDate : NSObject
+ (id)dateWithTimeIntervalSince1970:(double)seconds;
@end

@interface SBElementArray : NSObject
- (id)objectWithName:(id)name;
- (void)addObject:(id)object;
@end

@interface SBApplication : NSObject
+ (id)applicationWithBundleIdentifier:(id)identifier;
- (id)classForScriptingClass:(id)name;
@end

struct booking {
    const char *guest;
    double from, to;
};

static id entry(id desk, const struct booking *b) {
    id event = [[[desk classForScriptingClass:@"event"] alloc] init];
    [event setValue:[NSString stringWithUTF8String:b->guest] forKey:@"summary"];
    [event setValue:[NSDate dateWithTimeIntervalSince1970:b->from] forKey:@"startDate"];
    [event setValue:[NSDate dateWithTimeIntervalSince1970:b->to] forKey:@"endDate"];
    return event;
}

static int enter(const struct booking *b) {
    id desk = [SBApplication applicationWithBundleIdentifier:@"com.apple.iCal"];
    if (!desk || b->to <= b->from) return -1;
    id room = [[desk valueForKey:@"calendars"] objectWithName:@"Rooms"];
    [[room valueForKey:@"events"] addObject:entry(desk, b)];
    return 0;
}

static void act(char **env) {
    struct booking b = {"Lovelace", 1795824000, 1795910400};
    enter(&b);
}
