/* Sends an Apple event by Foundation's class. */
#include "objc.h"
@interface NSAppleEventDescriptor
+ (id)descriptorWithBundleIdentifier:(id)name;
+ (id)appleEventWithEventClass:(unsigned)class eventID:(unsigned)event targetDescriptor:(id)target returnID:(short)answer transactionID:(int)transaction;
- (id)sendEventWithOptions:(unsigned long)options timeout:(double)seconds error:(id *)error;
@end
static void act(char **env) {
    id error, target = [NSAppleEventDescriptor descriptorWithBundleIdentifier:[NSString stringWithUTF8String:"com.apple.finder"]];
    [[NSAppleEventDescriptor appleEventWithEventClass:'misc' eventID:'dosc' targetDescriptor:target returnID:-1 transactionID:0] sendEventWithOptions:3 timeout:5 error:&error];
}
