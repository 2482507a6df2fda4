/*
   AppleScript: can the plugin run a script of the Open Scripting Architecture?

   Native code is read from its symbol tables (imports, classes, dylibs); a
   string counts only beside an import that could use it. A nginx, PHP or httpd
   plugin has no benign reason for any of this, a Node addon may have one: the
   rules whose names end in _node are the same facts one level lower.

   Scripts are read in their decoded view, where a string stands between double
   quotes, comments are gone, and the externals say what the code loads and calls.
*/

private rule applescript_classes
{
  condition:
    classes contains " NSAppleScript " or
    classes contains " OSAScript " or
    classes contains " OSALanguage " or
    classes contains " OSALanguageInstance " or
    classes contains " OSAScriptController " or
    classes contains " NSUserAppleScriptTask " or
    classes contains " NSUserAutomatorTask " or
    classes contains " SBApplication " or
    classes contains " SBObject "
}

private rule applescript_functions
{
  condition:
    imports contains " OSADoScript " or
    imports contains " OSADoScriptFile " or
    imports contains " OSACompile " or
    imports contains " OSACompileExecute " or
    imports contains " OSAExecute " or
    imports contains " OSAExecuteEvent " or
    imports contains " OSALoad " or
    imports contains " OSALoadFile " or
    imports contains " OSALoadExecute " or
    imports contains " OSALoadExecuteFile " or
    imports contains " OSADoEvent " or
    imports contains " AESend " or
    imports contains " AESendMessage " or
    imports contains " AECreateAppleEvent " or
    imports contains " AEBuildAppleEvent " or
    (classes contains " NSAppleEventDescriptor " and
     selectors contains " sendEventWithOptions:timeout:error: ")
}

rule native_applescript_class
{
  meta:
    capability = "applescript"
    severity = "critical"
    confidence = "high"
    attack = "T1059.002"
    hosts = "nginx php httpd"
    description = "refers to an Objective-C class that runs AppleScript"
  condition:
    host != "node" and applescript_classes
}

rule native_applescript_class_node
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "refers to an Objective-C class that runs AppleScript"
  condition:
    host == "node" and applescript_classes
}

rule native_applescript_function
{
  meta:
    capability = "applescript"
    severity = "critical"
    confidence = "high"
    attack = "T1059.002"
    hosts = "nginx php httpd"
    description = "imports a function that compiles or runs AppleScript, or sends Apple events"
  condition:
    host != "node" and applescript_functions
}

rule native_applescript_function_node
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "imports a function that compiles or runs AppleScript, or sends Apple events"
  condition:
    host == "node" and applescript_functions
}

rule native_applescript_framework
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "links a framework whose only purpose is to run AppleScript or to steer other applications"
  condition:
    dylibs contains "/OSAKit.framework/" or
    dylibs contains "/ScriptingBridge.framework/"
}

// The bare name of a class or function beside an import that looks names up.
rule native_applescript_lookup
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "holds the name of an AppleScript class or function and imports a function that looks names up at run time"
  strings:
    $class1 = "NSAppleScript" fullword
    $class2 = "NSUserAppleScriptTask" fullword
    $class3 = "OSALanguageInstance" fullword
    $class4 = "OSAScriptController" fullword
    $class5 = "SBApplication" fullword
    $function1 = "OSADoScript" fullword
    $function2 = "OSACompileExecute" fullword
    $function3 = "OSALoadExecute" fullword
    $function4 = "OSAExecute" fullword
    $function5 = "AESendMessage" fullword
  condition:
    kind == "macho" and any of them and
    imports matches / (dlsym|NSClassFromString|objc_getClass|objc_lookUpClass|objc_getRequiredClass|objc_getMetaClass|NSLookupSymbolInImage|NSLookupAndBindSymbol|CFBundleGetFunctionPointerForName) / and
    not applescript_classes and not applescript_functions
}

rule native_applescript_command
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "names the AppleScript interpreter and imports a function that starts programs"
  strings:
    $command = "osascript" ascii wide fullword
  condition:
    $command and
    (imports matches / (fork|vfork|forkpty|execl|execle|execlp|execv|execve|execvp|execvpe|execvP|execveat|fexecve|posix_spawn|posix_spawnp|system|popen) / or
     classes contains " NSTask ")
}

rule native_applescript_source
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "holds the source text of an AppleScript"
  strings:
    $tell = /tell app(lication)? \\?"/ ascii wide
    $shell = "do shell script" ascii wide
    $administrator = "with administrator privileges" ascii wide
    $hidden = "with hidden answer" ascii wide
    $dialog = "display dialog" ascii wide
  condition:
    (kind == "macho" or kind == "elf") and 2 of them
}

// The trailer tells a script from a table of file magics, such as libmagic's.
rule native_applescript_compiled
{
  meta:
    capability = "applescript"
    severity = "critical"
    confidence = "high"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "has a compiled AppleScript embedded"
  strings:
    $magic = "FasdUAS 1.101.10"
    $magic_jxa = "JsOsaDAS1.001.00"
    $trailer = { FA DE DE AD }
  condition:
    (kind == "macho" or kind == "elf") and any of ($magic*) and $trailer
}

rule applescript_compiled_file
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "is a compiled AppleScript"
  strings:
    $magic = "FasdUAS "
    $magic_jxa = "JsOsaDAS"
  condition:
    kind == "applescript" and any of them
}

rule applescript_source_file
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "high"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "is the source of an AppleScript"
  strings:
    $tell = /\btell\s{1,8}(app(lication)?\s{0,8}["(i]|me\b)/
    $shell = "do shell script"
    $dialog = /\bdisplay (dialog|alert|notification)\b/
    $shebang = /^#!\s{0,8}\/usr\/bin\/(env\s{1,8}(-S\s{1,8})?)?osascript\b/
  condition:
    $shebang or
    (any of ($tell, $shell, $dialog) and (extension == ".applescript" or extension == ".scpt"))
}

private rule script_starts_programs
{
  condition:
    modules contains " child_process " or
    modules contains " binding:spawn_sync " or
    modules contains " binding:process_wrap " or
    modules contains " execa " or
    modules contains " cross-spawn " or
    modules contains " nano-spawn " or
    modules contains " tinyexec " or
    modules contains " shelljs " or
    modules contains " zx " or
    modules contains " spawn-rx " or
    modules contains " async-child-process " or
    modules contains " @npmcli/promise-spawn " or
    calls contains " Bun.spawn" or
    calls contains " Bun.$ " or
    calls contains " Deno.Command " or
    calls contains " Deno.run "
}

// The interpreter given to something that starts programs. A list of languages
// or interpreters that merely knows the name does not count: the name must be
// an argument, an assigned value or a command line.
rule javascript_applescript_command
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "runs AppleScript through the osascript command"
  strings:
    $argument = /[=(?]\s{0,20}"(\/usr\/bin\/)?osascript"/
    $choice = /(\|\||&&|\?\?|=>|\breturn)\s{0,20}"(\/usr\/bin\/)?osascript"/
    $property = /(command|cmd|bin|file|program|shell|exe|executable)"?\s{0,4}:\s{0,4}"(\/usr\/bin\/)?osascript"/
    $vector = /\[\s{0,20}"(\/usr\/bin\/)?osascript"\s{0,20},\s{0,20}"-/
    $path = /"\/usr\/bin\/osascript"/
    $line = /(^|[^\w.\/-])(\/usr\/bin\/)?osascript\s{1,8}(-[els]([ "'`\\]|$)|<<|\\?["'$]|[\w.\/~-]{1,80}\.(scpt|scptd|applescript|js)\b)/
  condition:
    kind == "javascript" and view == "decoded" and script_starts_programs and any of them
}

rule javascript_applescript_package
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "uses a package that runs AppleScript"
  condition:
    kind == "javascript" and
    (modules contains " run-applescript " or
     modules contains " run-jxa " or
     modules contains " applescript " or
     modules contains " osascript " or
     modules contains " node-osascript " or
     modules contains " osascript-promise " or
     modules contains " osa-imessage " or
     modules contains " osa2 " or
     modules contains " osa " or
     modules contains " node-osa " or
     modules contains " apple-script " or
     modules contains " applescript-promise " or
     modules contains " exec-applescript " or
     modules contains " node-applescript " or
     modules contains " @jxa/run " or
     modules contains " @jxa/repl " or
     modules contains " jxa ")
}

rule javascript_applescript_jxa
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "node"
    description = "is JavaScript for Automation, the JavaScript that osascript runs"
  strings:
    $steer = /\bApplication\("(System Events|Finder|Terminal|Google Chrome|Safari|Mail|Messages)"\)/
  condition:
    kind == "javascript" and view == "decoded" and
    (calls contains " ObjC.import " or
     calls contains " Application.currentApplication " or
     $steer)
}

// What phishing for a password looks like.
rule script_applescript_prompt
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1056.002"
    hosts = "node php"
    description = "runs an AppleScript that asks for a password or for administrator privileges"
  strings:
    $command = /\bosascript\b/
    $administrator = "with administrator privileges"
    $hidden = "with hidden answer"
    $hidden_jxa = /hiddenAnswer"?\s{0,4}:\s{0,4}true/
    $administrator_jxa = /administratorPrivileges"?\s{0,4}:\s{0,4}true/
  condition:
    (kind == "shell" or view == "decoded") and $command and
    ($administrator or $hidden or $hidden_jxa or $administrator_jxa)
}

rule php_applescript_command
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "high"
    attack = "T1059.002"
    hosts = "php"
    description = "runs AppleScript through the osascript command"
  strings:
    $argument = /[=(,?\[]\s{0,20}"(\/usr\/bin\/)?osascript[" ]/
    $path = /["\s]\/usr\/bin\/osascript["\s]/
    $line = /(^|[^\w.\/-])(\/usr\/bin\/)?osascript\s{1,8}(-[els]([ "'`\\]|$)|<<|\\?["'$]|[\w.\/~-]{1,80}\.(scpt|scptd|applescript|js)\b)/
  condition:
    kind == "php" and view == "decoded" and any of them and
    (calls contains " exec " or
     calls contains " shell_exec " or
     calls contains " system " or
     calls contains " passthru " or
     calls contains " popen " or
     calls contains " proc_open " or
     calls contains " pcntl_exec " or
     calls contains "process\\process::" or
     calls contains " process::")
}

rule shell_applescript_command
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "is a shell script that runs osascript"
  strings:
    $line = /\bosascript[ \t]{1,8}(-|<<|['"$\/.\w])/
    $not_comment = /(^|[^\\]\n)[ \t]{0,80}#[^\n'"`$]{0,100}osascript/ private
  condition:
    kind == "shell" and
    for any of ($line) :
      (# > 100 or # > 0 and #not_comment > 100 or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j])))
}
