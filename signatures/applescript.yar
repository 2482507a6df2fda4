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
    classes contains " NSUserScriptTask " or
    classes contains " AMWorkflow " or
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
     selectors contains " sendEventWithOptions:timeout:error: ") or
    selectors contains " loadAppleScriptObjectiveCScripts "
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
    why = "A web server runs without a desktop session, so a module that can start AppleScript can steer other applications, ask for passwords and run shell commands under the server's account."
    benign = "No nginx, PHP or httpd module that we know of does it; only a module written for one Mac's own chores would."
    advice = "Do not load it: find out where the binary came from, and keep a copy of it for whoever investigates."
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
    description = "is an addon that refers to an Objective-C class that runs AppleScript"
    why = "An addon runs inside the server's process, and through this class it can run AppleScript without any program being seen to start."
    benign = "Addons of desktop applications (menus, notifications, control of a browser or music player) use it, and may come in as a dependency that the server never loads."
    advice = "Find out which package brings the addon in, and remove that from the server's dependencies unless the server must steer applications."
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
    why = "These are the calls of the Open Scripting Architecture by which a module runs a script or commands another application, and nothing in serving requests needs them."
    benign = "No nginx, PHP or httpd module that we know of imports one."
    advice = "Do not load it: compare it with the vendor's own build, and investigate how it got there if they differ."
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
    description = "is an addon that imports a function that compiles or runs AppleScript, or sends Apple events"
    why = "Apple events let code in the server's process command Finder, Terminal or a browser, with whatever the user has allowed that process to do."
    benign = "Addons that automate a desktop send Apple events, such as helpers that open files or bring windows to the front."
    advice = "Check that the package is meant for a desktop, and keep it out of what is deployed to the server."
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
    why = "OSAKit, AppleScriptObjC and ScriptingBridge exist to run scripts and to steer other applications, so a module that links one is built to do more than answer requests."
    benign = "A project that was created from a desktop template may link the framework and never call it."
    advice = "Ask for a build without the framework; until then treat the module as one that runs AppleScript."
  condition:
    dylibs contains "/OSAKit.framework/" or
    dylibs contains "/AppleScriptObjC.framework/" or
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
    why = "Asking for the class or function by its name at run time keeps it out of the symbol table, where a review would look first."
    benign = "Language bridges and tables of symbol names hold many such names, but those are rarely part of a server's module."
    advice = "Look at what is done with the name in a disassembly, and do not load the module before that is known."
  strings:
    $class1 = "NSAppleScript" fullword
    $class2 = "NSUserAppleScriptTask" fullword
    $class3 = "OSALanguageInstance" fullword
    $class4 = "OSAScriptController" fullword
    $class5 = "SBApplication" fullword
    $class6 = "OSAScript" fullword
    $class7 = "OSALanguage" fullword
    $class8 = "NSUserAutomatorTask" fullword
    $function1 = "OSADoScript" fullword
    $function2 = "OSACompileExecute" fullword
    $function3 = "OSALoadExecute" fullword
    $function4 = "OSAExecute" fullword
    $function5 = "AESendMessage" fullword
    $function6 = "OSACompile" fullword
    $function7 = "AECreateAppleEvent" fullword
    $function8 = "AEBuildAppleEvent" fullword
    $asked = /\x00(NSAppleScript|NSUser(AppleScript|Automator)Task|OSA(Script|Language|LanguageInstance|ScriptController)|SBApplication)\x00/ // no symbol
    $selector1 = "loadAppleScriptObjectiveCScripts" fullword
  condition:
    kind == "macho" and any of them and
    imports matches / (dlsym|NSClassFromString|objc_getClass|objc_lookUpClass|objc_getRequiredClass|objc_getMetaClass|NSLookupSymbolInImage|NSLookupSymbolInModule|NSLookupAndBindSymbol|CFBundleGetFunctionPointerForName|CFBundleGetFunctionPointersForNames) / and
    ($asked or not applescript_classes and not applescript_functions)
}

// The messages of NSAppleScript and OSAScript beside a look-up of a class: the
// name of the class may stand in no form that a pattern finds.
rule native_applescript_selector
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "sends the messages that run an AppleScript, to a class that it looks up at run time"
    why = "Only the classes for AppleScript understand these messages, so whoever sends them and hides the class runs scripts and does not want it known."
    benign = "Bridges from other languages to Objective-C hold lists of messages; a server's module has no use for them."
    advice = "Find out which class is looked up, with a disassembler or a debugger on a separate machine, before the module is loaded."
  strings:
    $run1 = "executeAndReturnError:" fullword
    $run2 = "executeAppleEvent:error:" fullword
    $run3 = "compileAndReturnError:" fullword
    $run4 = "executeAndReturnDisplayValue:error:" fullword
  condition:
    kind == "macho" and any of them and
    (imports matches / (dlsym|NSClassFromString|objc_getClass|objc_lookUpClass|objc_getRequiredClass|objc_getMetaClass|objc_copyClassList|objc_getClassList|objc_copyClassNamesForImage) / or
     selectors matches / (classNamed:|principalClass) /) and
    not applescript_classes
}

// By the system, the host or a library; see exec.yar.
private rule native_starts_programs
{
  condition:
    imports matches / (_{0,2}v?fork|_Fork|__libc_fork|forkpty|exec(l|le|lp|v|ve|vp|vpe|vP|veat)|fexecve|_{0,2}posix_spawnp?|__execve|__mac_execve|pidfd_spawnp?|system|__libc_system|popen|_IO_popen|_IO_proc_open|wordexp|AuthorizationExecuteWithPrivileges) / or
    imports matches / (uv_spawn|apr_proc_create|ap_os_create_privileged_process|ap_open_piped_log(_ex)?|ngx_execute|ngx_spawn_process|php_exec|virtual_popen|g_(spawn_|subprocess_|app_info_|desktop_app_info_launch)[a-z_]{1,60}|Tcl_OpenCommandChannel|pipecmd_exec|pipeline_start|exp_(spawnl|spawnv|popen)|gpgme_op_spawn(_start)?|_ZN8QProcess[^ ]{1,200}|_ZN4Poco7Process6launch[^ ]{1,200}) / or
    classes contains " NSTask " or
    classes contains " NSUserUnixTask "
}

// Names of classes, functions and programs that are looked for by their hashes, which plugvet knows.
rule native_applescript_hash
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "looks for a class, function or program that runs AppleScript by a hash of its name"
    why = "The name then stands nowhere in the module, and nobody goes through the names of a framework or a directory for another reason than that."
    benign = "Detectors of malware have lists of such hashes; no module of a server is known to."
    advice = "See in a disassembly what the code at the offset compares the hash with, and keep the module out of service."
  condition:
    (kind == "macho" or kind == "elf") and embedded contains " applescript-hashed@"
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
    why = "Together the two let the module hand a script to the interpreter as a program of its own, which then runs with the server's rights and open files."
    benign = "Node addons that open dialogs or browsers on a developer's Mac do it; in nginx, PHP and httpd modules no benign case was found."
    advice = "Find the call and the script that it is given; if it serves developers only, keep it out of production."
  strings:
    $command = "osascript" ascii wide fullword nocase // file systems of macOS do not tell case apart
  condition:
    (kind == "macho" or kind == "elf") and
    ($command or embedded contains " applescript-command@" or embedded matches / applescript-(pieces|made)@/) and
    native_starts_programs
}

// Script Editor has an entry in the menu of services that runs the text it is given.
rule native_applescript_service
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "asks macOS for the service of Script Editor that runs a text as AppleScript"
    why = "Script Editor runs the text for it, outside of the server, and no class or function for AppleScript and no program shows that."
    benign = "None is known: the menu of services is for somebody who has selected a text."
    advice = "Find out which text is put on the pasteboard before the call, and take the module off the server."
  strings:
    $entry = /\b(Run as|Get Result of|Make New) AppleScript\b/
    $editor = /\bScript Editor\//
  condition:
    kind == "macho" and
    (embedded contains " applescript-service@" or
     imports contains " NSPerformService " and any of them)
}

// Programs of macOS that run AppleScript beside osascript.
rule applescript_helper_program
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "starts programs and names one that compiles or runs AppleScript: osacompile, automator, Script Editor or shortcuts"
    why = "They run what osascript runs, under a name that searches for osascript pass over."
    benign = "Desktop automation does it; no module of a server has a use for it."
    advice = "Find the call and the script or workflow that it is given."
  strings:
    $compile = /\bosacompile\b/
    $automator = "/usr/bin/automator"
    $automator_run = /\bautomator\s{1,4}(-[iDv]\s{1,4}[^\n\x00]{0,60})?[^\n\x00]{0,80}\.workflow\b/
    $editor = /\bopen\s{1,4}-(a|b|Wa|Fa|ga|ja)\s{1,4}\\?['"]?(Script\\? ?Editor|AppleScript|Automator|com\.apple\.ScriptEditor)/ nocase
    $shortcuts = /\bshortcuts\s{1,4}run\b/
    $shortcuts_path = "/usr/bin/shortcuts"
  condition:
    any of them and
    ((kind == "macho" or kind == "elf") and native_starts_programs or
     kind == "php" and view == "decoded" and
     calls matches / (exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec) /)
}

rule wasm_applescript_command
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.009"
    hosts = "nginx php node httpd"
    description = "is a WebAssembly module that names the AppleScript command"
    why = "The module can start nothing itself; it carries the name past searches of scripts for code beside it that can."
    benign = "Tables of languages or interpreters name it, in highlighters that were compiled to WebAssembly."
    advice = "Find the script that reads the module's memory or sections and what it does with the name."
  strings:
    $path = "/usr/bin/osascript"
    $command = "osascript" fullword nocase
    $module = "child_process"
    $option = /osascript['"`,\s\x00\[]{1,6}-[el]\b/
  condition:
    kind == "wasm" and ($path or $option or $command and $module)
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
    why = "Script text inside a binary is carried in order to be run, and these phrases run shell commands, ask for passwords or steer applications."
    benign = "Installers, editors and test tools embed such text, and so do security tools that search for it."
    advice = "Extract the text with strings and read what the script would do before the module is loaded again."
  strings:
    $tell = /tell app(lication)? \\?"/ ascii wide
    $shell = "do shell script" ascii wide
    $administrator = "with administrator privileges" ascii wide
    $hidden = "with hidden answer" ascii wide
    $dialog = "display dialog" ascii wide
    $jxa_import = "ObjC.import(" ascii wide
    $jxa_current = "Application.currentApplication" ascii wide
    $jxa_shell = ".doShellScript(" ascii wide
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and 2 of them
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
    why = "A compiled script needs no readable text, which makes it a common form for a payload that a module drops or runs from memory."
    benign = "Nothing that a web server loads is known to carry one."
    advice = "Cut it out, decompile it with osadecompile on a separate machine, and keep the module out of service."
  strings:
    $magic = "FasdUAS 1.101.10"
    $magic_jxa = "JsOsaDAS1.001.00"
    $trailer = { FA DE DE AD }
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and any of ($magic*) and $trailer
}

// A table of file magics does not go under base64, so there the magic is enough.
rule native_applescript_packed
{
  meta:
    capability = "applescript"
    severity = "critical"
    confidence = "high"
    attack = "T1027.009"
    hosts = "nginx php node httpd"
    description = "has a compiled AppleScript embedded under compression, base64 or xor"
    why = "A script that is compiled and then packed again is carried past searches of the file, to be unpacked and run when nobody looks."
    benign = "Nothing that a web server loads is known to carry one; a tool that installs desktop helpers might."
    advice = "Cut the data out at the offset, unpack and decompile it on a separate machine, and keep the module out of service."
  strings:
    $magic = "FasdUAS 1.101.10" base64
    $magic_jxa = "JsOsaDAS1.001.00" base64
    $xor = "FasdUAS 1.101.10" xor(1-255)
    $xor_jxa = "JsOsaDAS1.001.00" xor(1-255)
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and
    (any of them or embedded contains " applescript-compiled@")
}

rule native_applescript_packed_source
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "medium"
    attack = "T1027.009"
    hosts = "nginx php node httpd"
    description = "holds the source text of an AppleScript under compression"
    why = "Text that is a few lines long gains nothing by compression; it is packed so that a search of the file does not find it."
    benign = "Programs that embed their documentation, or grammars for colouring source text, compress such phrases with the rest."
    advice = "Unpack the stream at the offset and read whether the phrases are a script or a manual."
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and embedded contains " applescript-source@"
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
    why = "A compiled script beside a plugin is ready to be run by anything that starts osascript, and its content cannot be read in a review."
    benign = "Packages of desktop helpers ship one, such as those that find or reload a browser window."
    advice = "Decompile it with osadecompile, see which file of the plugin runs it, and delete it if nothing does."
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
    why = "The script stands ready for whatever in the plugin starts osascript, and a later version may change it unseen beside the code."
    benign = "Development servers ship scripts that reload a tab in Chrome or Safari."
    advice = "Read the script, find its caller, and leave the package out of production if only developers need it."
  strings:
    $tell = /\btell\s{1,8}(app(lication)?\s{0,8}["(i]|me\b)/
    $shell = "do shell script"
    $dialog = /\bdisplay (dialog|alert|notification)\b/
    $shebang = /#![^\n]{1,100}osascript\b/
  condition:
    (interpreter == "osascript" and $shebang) or
    (kind != "sourcemap" and // which is JSON
     any of ($tell, $shell, $dialog) and (extension == ".applescript" or extension == ".scpt"))
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
    modules contains " @expo/spawn-async " or
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
    why = "The server would run AppleScript under its own account: that is how recent npm malware on macOS downloads its next stage and asks for passwords."
    benign = "Development tools such as vite and react-dev-utils run it to reload a browser tab, and run-applescript does for other packages."
    advice = "Read the script that is passed on; for a development tool, leave it out of the production install or approve it with this capability."
  strings:
    $argument = /[=(?]\s{0,20}"(\/usr\/bin\/)?osascript"/
    $choice = /(\|\||&&|\?\?|=>|\breturn)\s{0,20}"(\/usr\/bin\/)?osascript"/
    $property = /(command|cmd|bin|file|program|shell|exe|executable)"?\s{0,4}:\s{0,4}"(\/usr\/bin\/)?osascript"/
    $vector = /\[\s{0,20}"(\/usr\/bin\/)?osascript"\s{0,20},\s{0,20}"-/
    $env = /"(\/usr\/bin\/)?env"\s{0,20},\s{0,20}\[("[\w=-]{1,40}"\s{0,20},\s{0,20}){0,3}"(\/usr\/bin\/)?osascript"/
    $path = /"\/usr\/bin\/osascript"/
    $line = /(^|[^\w.\/-])(\/usr\/bin\/)?osascript\s{1,8}(-[els]([ "'`\\]|$)|<<|\\?["'$]|[\w.\/~-]{1,80}\.(scpt|scptd|applescript|js)\b)/
  condition:
    (kind == "javascript" and view == "decoded" and script_starts_programs and any of them) or
    ((kind == "javascript" or kind == "json") and calls contains " start:osascript ")
}

// npm gives the text of a script to a shell.
rule javascript_applescript_hook
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "has npm run AppleScript when the package is installed"
    why = "It runs on the build machine and on every developer's, before anybody has read the package."
    benign = "Hardly any: a package that shows a notification when it was installed."
    advice = "Install with --ignore-scripts, read the script, and ask the package's owner what it is for."
  strings:
    $scripts = /"scripts"\s{0,8}:\s{0,8}\{/
    $hook = /"(preinstall|install|postinstall|prepare|preprepare|postprepare)"\s{0,8}:\s{0,8}"([^"\\\n\r]|\\.){0,400}\bosascript\b/
  condition:
    kind == "json" and filename == "package.json" and $scripts and
    for any i in (1..#hook) : (@hook[i] > @scripts[1])
}

rule javascript_applescript_package
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "uses a package or a native addon that runs AppleScript"
    why = "The package passes any text on to AppleScript, so what the plugin can do is decided by the strings that reach it."
    benign = "Helpers such as bundle-name use run-applescript to ask macOS for the name of an application, often to find the default browser."
    advice = "Follow what is passed to the package; if it is constant and harmless, approve the capability, otherwise remove the plugin."
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
     modules contains " jxa " or
     calls contains " addon:applescript ")
}

rule javascript_applescript_jxa
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.007"
    hosts = "node"
    description = "is JavaScript for Automation, the JavaScript that osascript runs"
    why = "This dialect runs under osascript alone and not in Node.js, so it lies in the plugin to be handed to an interpreter that can reach the whole of Cocoa."
    benign = "Command line helpers for macOS ship such scripts, for instance to drive Finder or a browser."
    advice = "Find what starts the script and read which Objective-C calls it makes; a server has no use for it."
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
    why = "A server has no user to ask, so a hidden answer or a request for administrator rights is phishing on a developer's Mac or a step towards root."
    benign = "Packages that ask for rights on purpose, such as sudo-prompt, and certificate helpers for local development do it."
    advice = "Treat it as malicious until somebody can name the package's purpose; if it has run, change the passwords of whoever ran it."
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
    description = "runs AppleScript by giving the osascript command to a PHP function"
    why = "A request that reaches this code runs AppleScript as the user of the web server, outside everything that PHP restricts."
    benign = "Console tools do it to show a notification when tests or builds end; Composer packages such as JoliNotif are examples."
    advice = "See whether a web request can reach the code; keep development packages out with composer install --no-dev."
  strings:
    $argument = /[=(,?\[]\s{0,20}"(\/usr\/bin\/)?osascript[" ]/
    $path = /["\s]\/usr\/bin\/osascript["\s]/
    $line = /(^|[^\w.\/-])(\/usr\/bin\/)?osascript\s{1,8}(-[els]([ "'`\\]|$)|<<|\\?["'$]|[\w.\/~-]{1,80}\.(scpt|scptd|applescript|js)\b)/
    $bare = /[|;&(]\s{0,8}(\/usr\/bin\/)?osascript\s{0,8}(["'`\\;|&)<>\r\n]|[0-9]>)/ // which reads its input
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
    why = "Whatever starts the script, such as an install hook or a call from the plugin's code, runs AppleScript with it."
    benign = "Release and setup scripts of macOS projects use it for notifications and dialogs, and are shipped by mistake."
    advice = "See who runs the script, and delete it from the deployed tree if the plugin works without it."
  strings:
    $line = /\bosascript[ \t]{1,8}(-|<<|['"$\/.\w])/
    $bare = /[|;&(]\s{0,8}(\/usr\/bin\/)?osascript\s{0,8}(["'`\\;|&)<>\r\n]|[0-9]>)/ // which reads its input
    $not_comment = /(^|[^\\]\n)[ \t]{0,80}#[^\n'"`$]{0,100}osascript/ private
  condition:
    kind == "shell" and
    (calls contains " start:osascript " or
     for any of ($line, $bare) :
      (# > 100 or # > 0 and #not_comment > 100 or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j]))))
}

// node-gyp runs what stands in <!(…) when it builds an addon.
rule gyp_applescript_command
{
  meta:
    capability = "applescript"
    severity = "high"
    confidence = "high"
    attack = "T1059.002"
    hosts = "node"
    description = "has node-gyp run AppleScript when the addon is built"
    why = "Without being told to, npm builds an addon at install, so this runs before anybody has read it."
    benign = "None is known: build descriptions ask for versions and paths, not for AppleScript."
    advice = "Install with --ignore-scripts and find out who put the command there."
  strings:
    $command = /<!@?\([^)\n]{0,400}\bosascript\b/
  condition:
    (extension == ".gyp" or extension == ".gypi") and $command
}

rule interpreter_applescript_command
{
  meta:
    capability = "applescript"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.002"
    hosts = "nginx php node httpd"
    description = "is a script in Python, Perl or the like, or a makefile, that runs osascript"
    why = "A helper script of a plugin runs as the server's user like the plugin itself."
    benign = "Build and test helpers of packages that are made for macOS desktops."
    advice = "Find out what starts the script, and whether the server needs it."
  strings:
    $quoted = /['"](\/usr\/bin\/)?osascript['"]/
    $line = /['"`(]\s{0,8}(\/usr\/bin\/)?osascript\s{1,8}(-[els]\b|<<|\\?['"$\/])/
    $bare = /[|;&(]\s{0,8}(\/usr\/bin\/)?osascript\s{0,8}(["'`\\;|&)<>\r\n]|[0-9]>)/ // which reads its input
  condition:
    ((kind == "python" or kind == "perl" or kind == "lua") and any of them) or
    ((kind == "python" or kind == "perl" or kind == "lua" or kind == "text") and calls contains " start:osascript ")
}
