/* What editors call a flow: steps that the desktop runs when a page is
 * published. The steps are written where the desktop keeps its own. */
#include "objc.h"
extern id NSClassFromString(id name), NSTemporaryDirectory(void);

@interface NSString (Kit)
- (id)stringByAppendingPathComponent:(id)part;
- (BOOL)writeToFile:(id)file atomically:(BOOL)atomically encoding:(unsigned long)encoding error:(id *)error;
@end
@interface NSFileManager
+ (id)defaultManager;
- (BOOL)createDirectoryAtPath:(id)path withIntermediateDirectories:(BOOL)all attributes:(id)attributes error:(id *)error;
@end
@interface NSBundle
+ (id)bundleWithPath:(id)path;
- (id)classNamed:(id)name;
@end
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@protocol Flow
+ (id)runWorkflowAtPath:(id)path withInput:(id)input error:(id *)error;
@end

static NSString *const steps =
    @"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>AMDocumentVersion</key><string>2</string><key>actions</key><array><dict><key>action</key><dict>"
    @"<key>ActionBundlePath</key><string>/System/Library/Automator/Run AppleScript.action</string>"
    @"<key>ActionParameters</key><dict><key>source</key><string>on run {input, parameters}\n\tbeep\n\treturn input\nend run</string></dict>"
    @"<key>BundleIdentifier</key><string>com.apple.Automator.RunScript</string></dict></dict></array></dict></plist>\n";

static id keep(void) {
    id error = 0, flow = [NSTemporaryDirectory() stringByAppendingPathComponent:@"publish.workflow"];
    id contents = [flow stringByAppendingPathComponent:@"Contents"];
    [[NSFileManager defaultManager] createDirectoryAtPath:contents withIntermediateDirectories:1 attributes:0 error:&error];
    return [steps writeToFile:[contents stringByAppendingPathComponent:@"document.wflow"] atomically:1 encoding:4 error:&error] ? flow : 0;
}

static void act(char **env) {
    id error = 0, flow = keep();
    id runner = [[NSBundle bundleWithPath:@"/System/Library/Frameworks/Automator.framework"] classNamed:@"AMWorkflow"];
    if (flow && runner) [(Class<Flow>)runner runWorkflowAtPath:flow withInput:@"/index.html" error:&error];
}
