/* A script in the other dialect, compiled by a class whose name is written onto the stack. */
#include "objc.h"
extern Class NSClassFromString(NSString *);
@protocol Dialects
+ (id)languageForName:(NSString *)name;
- (id)initWithSource:(NSString *)source language:(id)language;
@end
static void act(char **env) {
    volatile char name[12];
    id error = 0;
    name[0] = 'O'; name[1] = 'S'; name[2] = 'A'; name[3] = 'L'; name[4] = 'a'; name[5] = 'n';
    name[6] = 'g'; name[7] = 'u'; name[8] = 'a'; name[9] = 'g'; name[10] = 'e'; name[11] = 0;
    id language = [NSClassFromString([NSString stringWithUTF8String:(const char *)name]) languageForName:[NSString stringWithUTF8String:"JavaScript"]];
    name[3] = 'S'; name[4] = 'c'; name[5] = 'r'; name[6] = 'i'; name[7] = 'p'; name[8] = 't'; name[9] = 0;
    id script = [[NSClassFromString([NSString stringWithUTF8String:(const char *)name]) alloc]
        initWithSource:[NSString stringWithUTF8String:"Application('Finder').desktop.items.length"] language:language];
    [script executeAndReturnError:&error];
}
