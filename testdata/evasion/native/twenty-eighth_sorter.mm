// Sorts what was uploaded into the folders of the desktop, by a script in the
// desktop's JavaScript.
extern "C" {
#include "objc.h"
}

@interface NSObject
+ (id)alloc;
@end
@interface OSALanguage : NSObject
+ (id)languageForName:(id)name;
@end
@interface OSAScript : NSObject
- (id)initWithSource:(id)source language:(id)language;
- (BOOL)compileAndReturnError:(id *)error;
- (id)executeAndReturnError:(id *)error;
@end
@interface NSString (Kit)
+ (id)stringWithFormat:(id)format, ...;
@end

namespace kit {

class Folder {
public:
    constexpr Folder(const char *name, const char *suffix) : name(name), suffix(suffix) {}
    bool fill() const {
        id error = nullptr;
        OSAScript *script = [[OSAScript alloc] initWithSource:source() language:[OSALanguage languageForName:@"JavaScript"]];
        return [script compileAndReturnError:&error] && [script executeAndReturnError:&error];
    }

private:
    id source() const {
        return [NSString stringWithFormat:@"const f = Application('Finder'); f.move(f.desktop.files.whose({nameExtension: '%s'}), {to: f.home.folders['%s']})", suffix, name];
    }
    const char *name, *suffix;
};

} // namespace kit

static void act(char **) {
    static constexpr kit::Folder folders[] = {{"Pictures", "jpg"}, {"Documents", "pdf"}};
    for (const auto &folder : folders) folder.fill();
}
