/*
   Exec: can the plugin start other programs? For native code this is what the
   symbol tables say; forkpty counts as a fork. For scripts it is what their code
   loads and calls; PHP's backticks are a call of shell_exec.
*/

private rule exec_functions
{
  condition:
    imports contains " fork " or
    imports contains " vfork " or
    imports contains " forkpty " or
    imports contains " execl " or
    imports contains " execle " or
    imports contains " execlp " or
    imports contains " execv " or
    imports contains " execve " or
    imports contains " execvp " or
    imports contains " execvpe " or
    imports contains " execvP " or
    imports contains " execveat " or
    imports contains " fexecve " or
    imports contains " posix_spawn " or
    imports contains " posix_spawnp " or
    imports contains " system " or
    imports contains " popen " or
    imports contains " _Fork " or
    imports contains " __fork " or
    imports contains " __vfork " or
    imports contains " __execve " or
    imports contains " __mac_execve " or
    imports contains " __posix_spawn " or
    imports contains " __libc_fork " or
    imports contains " __libc_system " or
    imports contains " _IO_popen " or
    imports contains " _IO_proc_open " or
    imports contains " pidfd_spawn " or
    imports contains " pidfd_spawnp " or
    imports contains " wordexp " or
    imports contains " rexec " or
    imports contains " rexec_af " or
    imports contains " rcmd " or
    imports contains " rcmd_af " or
    imports contains " AuthorizationExecuteWithPrivileges " or
    classes contains " NSTask " or
    classes contains " NSUserUnixTask "
}

private rule exec_host_helpers
{
  condition:
    imports contains " ngx_spawn_process " or
    imports contains " ngx_execute " or
    imports contains " ngx_exec_new_binary " or
    imports contains " apr_proc_create " or
    imports contains " ap_os_create_privileged_process " or
    imports contains " uv_spawn " or
    imports contains " php_exec " or
    imports contains " virtual_popen "
}

private rule exec_library_functions
{
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " g_spawn_" or
     imports contains " g_subprocess_new" or
     imports contains " g_subprocess_launcher_spawn" or
     imports contains " g_app_info_launch" or
     imports contains " g_app_info_create_from_commandline " or
     imports contains " g_desktop_app_info_launch" or
     imports contains " gtk_show_uri" or
     imports contains " gdk_spawn" or
     imports contains " Tcl_OpenCommandChannel " or
     imports contains " Tcl_CreatePipeline " or
     imports contains " pipeline_start " or
     imports contains " pipeline_run " or
     imports contains " pipecmd_exec " or
     imports contains " exp_spawnl " or
     imports contains " exp_spawnv " or
     imports contains " exp_popen " or
     imports contains " cap_launch " or
     imports contains " gpgme_op_spawn" or
     imports contains " assuan_pipe_connect " or
     imports matches / archive_[a-z_]+_program(_signature)? / or
     imports contains " sd_bus_set_exec " or
     imports contains " sd_bus_open_system_remote " or
     imports contains " MPI_Comm_spawn" or
     imports contains " vte_pty_spawn" or
     imports contains " vte_terminal_spawn" or
     imports contains " ecore_exe_run " or
     imports contains " ecore_exe_pipe_run " or
     imports contains " rb_spawn " or
     imports contains " rb_f_exec " or
     imports contains " rb_proc_exec " or
     imports contains " Perl_my_popen" or
     imports contains " wxExecute " or
     imports contains " scm_system " or
     imports contains " ExternalDelegateCommand " or
     imports contains " PR_CreateProcess" or
     imports contains " SDL_OpenURL " or
     imports contains " SDL_CreateProcess" or
     imports contains " _ZN8QProcess" or
     imports contains " _ZN16QDesktopServices7openUrl" or
     imports contains " _ZN4Poco7Process6launch" or
     imports contains " _Z9wxExecute")
}

rule native_exec
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "imports functions that start programs"
    why = "A module that starts programs gives whoever controls it a shell with the rights of the server, which is what a back door is for."
    benign = "The rtmp module of nginx runs ffmpeg, PHP's imap opens a pipe, opcache forks, mongodb's driver starts mongocryptd, and node-pty exists to spawn terminals."
    advice = "Check that starting programs belongs to the module's documented purpose, and list exec in its approval only then."
  condition:
    exec_functions
}

rule native_exec_host_helper
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "imports the host's own function that starts programs"
    why = "A program that is started through the host's own helper runs with the server's rights just as one that is started directly."
    benign = "Apache's fcgid, security2 and authnz_external start programs that the administrator names; nginx starts a new binary of itself by such a function."
    advice = "Check that the module documents which programs it starts, and that only the server's configuration names them."
  condition:
    exec_host_helpers
}

// A log whose name begins with a bar is a program, and PHP sends mail by one.
rule native_exec_host_setting
{
  meta:
    capability = "exec"
    severity = "info"
    confidence = "medium"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "imports the host's function for logs that may be programs, or for mail, which a program sends, and holds a command"
    why = "The program is started by the shell with the rights of the server, and who calls the function chooses the command or adds to it."
    benign = "Modules of httpd with a log of their own use the function, such as jk, security2 and qos, but leave the command to the configuration."
    advice = "Check that only the server's configuration names the log, and that no request reaches the options of mail."
  strings:
    $command = /\x00(\|{1,2}\$?)?\/(bin|usr|sbin|opt|tmp|dev\/shm)\/[^\x00]{3,200}\x00/
    // Where the symbols for a debugger lie (.gnu_debugaltlink).
    $symbols = /\x00\/usr\/lib\/debug\/\.dwz\/[^\x00 ]{3,150}\.debug\x00/
  condition:
    (kind == "macho" or kind == "elf") and not server and #command > #symbols and
    (imports contains " ap_open_piped_log" or
     imports contains " php_mail ")
}

rule native_exec_library
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "imports a library's functions that start programs: GLib, Qt, POCO, Tcl, libarchive, libpipeline or the like"
    why = "The program is the plugin's doing although a library lends it the code: no import of the system's shows it."
    benign = "Plugins made for a desktop open documents this way; none that serves requests is known to."
    advice = "Find out which program it starts, and list exec in its approval only where the plugin's purpose explains it."
  condition:
    exec_library_functions
}

// The text is seen where the code is followed.
rule native_exec_own_program
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "high"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "gives a library or a server a text of its own from which it starts a program: a filter, an address, a query or a macro"
    why = "The program is started for the module, so that no import of the system's shows it, and no configuration names it."
    benign = "None is known: libraries get commands and addresses from the site's settings."
    advice = "Read the text in a disassembly, see which program it names and what it is given, and list exec in the approval only where the plugin's purpose explains it."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " program-own@"
}

// What runs is then known by its descriptor, and has no name in the module.
rule native_exec_search
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1027"
    hosts = "nginx php node httpd"
    description = "lists directories and starts a program by its descriptor"
    why = "Whoever looks for a program by a sum of its name, its size or its contents holds no name that a review could find."
    benign = "None is known: a module that starts a program knows its path."
    advice = "Find out in a disassembly which program it looks for, before it is loaded."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    imports matches / (fexecve|execveat) / and
    imports matches / (readdir(64)?(_r)?|scandir(at)?(64)?|fts_(open|read)|n?ftw(64)?|glob(64)?|getdents(64)?|g_dir_read_name|apr_dir_read|uv_fs_scandir) / and
    imports matches /^ ([^ ]+ ){1,200}$/
}

// The bare names of the functions beside a look-up, and none of them imported.
// Of system, a word of many meanings, and fork, a sign in tables of HTML, only small files are suspected.
rule native_exec_lookup
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "low"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "looks names up at run time and holds those of functions that start programs, which it does not import"
    why = "Asking for such a function by name at run time keeps it out of the symbol table, where a review would look first."
    benign = "Sanitizers, tracers and profilers do it, which stand between a program and the system's functions."
    advice = "Find the look-up in a disassembly and what is started through it; no module that the server needs has to hide this."
  strings:
    $execve = /\x00_?execve\x00/
    $execv = /\x00_?execv\x00/
    $execvp = /\x00_?execvp\x00/
    $execl = /\x00_?execl\x00/
    $execlp = /\x00_?execlp\x00/
    $fork = /\x00_?fork\x00/
    $vfork = /\x00_?vfork\x00/
    $popen = /\x00_?popen\x00/
    $system = /\x00_?system\x00/
    $spawn = /\x00_?posix_spawn\x00/
    $spawnp = /\x00_?posix_spawnp\x00/
    $service = /\x00_?NSPerformService\x00/
    $task = "\x00NSTask\x00"
  condition:
    (kind == "macho" or kind == "elf") and
    not imports matches / (fork|vfork|execl|execlp|execv|execve|execvp|posix_spawn|posix_spawnp|system|popen) / and
    (imports matches / (dlsym|dlvsym|dlfunc|NSLookupSymbolInImage|NSLookupAndBindSymbol|CFBundleGetFunctionPointerForName|uv_dlsym|apr_dso_sym|g_module_symbol|lt_dlsym|__libc_dlsym|DSO_bind_func|PR_Find(Function)?Symbol|NSLookupSymbolInModule) / and
     (any of ($exec*, $popen, $spawn*, $service) or any of ($system, $fork, $vfork) and filesize < 200KB) or
     imports matches / (NSClassFromString|objc_getClass|objc_lookUpClass|objc_getRequiredClass) / and $task)
}

// ELF binds a call of an exported function to the first of its name in the
// process, which is the system's and not the module's own.
rule native_exec_shadow
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "low"
    attack = "T1574.006"
    hosts = "nginx php node httpd"
    description = "exports a function under the name of one of the system's that start programs"
    why = "A call of such a function reaches the system's own without an import, or lets the module see and change what others start."
    benign = "Libraries that are preloaded to trace or fake the start of programs do it, such as fakeroot and sanitizers."
    advice = "Look which calls in the module lead to the function, and keep it out of service unless its purpose is tracing."
  condition:
    kind == "elf" and not server and
    (exports contains " fork " or
     exports contains " vfork " or
     exports contains " execl " or
     exports contains " execlp " or
     exports contains " execv " or
     exports contains " execve " or
     exports contains " execvp " or
     exports contains " posix_spawn " or
     exports contains " posix_spawnp " or
     exports contains " system " or
     exports contains " popen ")
}

// Without a library: system calls by number, and Go's package syscall, whose
// functions are named in every program that has them.
rule native_exec_direct
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "low"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "seems to start programs by system calls of its own, without the system's library"
    why = "A system call by number needs no import, so neither the symbol table nor a hook on the library shows that a program is started."
    benign = "Programs in Go that start others do it, as do programs that are linked statically and libraries that replace the system's."
    advice = "If the module is not written in Go, look at the call in a disassembly; else treat it like one that imports execve."
  strings:
    $go = "\x00syscall.forkExec\x00"
    $linux_x86 = { B8 3B 00 00 00 [0-24] 0F 05 }                           // mov eax, 59; syscall
    $linux_arm = { A8 1B 80 (52 | D2) [0-24] 01 00 00 D4 }                 // mov x8, 221; svc 0
    $macos_x86 = { B8 3B 00 00 02 [0-24] 0F 05 }                           // mov eax, 59 of class 2; syscall
    $macos_arm = { 70 07 80 (52 | D2) [0-24] 01 10 00 D4 }                 // mov x16, 59; svc 0x80
    // execve as the first argument of a call, and posix_spawn of macOS: of all
    // that takes such a number, only in what hardly imports more than syscall
    $x86_library = { BF 3B 00 00 00 [0-24] (E8 | FF 15) }
    $macos_x86_library = { BF F4 00 00 00 [0-24] (E8 | FF 15) }
    $linux_arm_library = { A0 1B 80 (52 | D2) [0-16] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_library = { (60 07 | 80 1E) 80 (52 | D2) [0-16] ?? ?? ?? (94 | 95 | 96 | 97) }
  condition:
    (kind == "macho" or kind == "elf") and
    not imports matches / (execve|execv|execvp|posix_spawn|posix_spawnp) / and
    (any of ($go, $linux_x86, $linux_arm, $macos_x86, $macos_arm) or
     imports contains " syscall " and imports matches /^ ([^ ]+ ){1,12}$/ and
     (kind == "elf" and any of ($x86_library, $linux_arm_library) or
      kind == "macho" and any of ($x86_library, $macos_x86_library, $macos_arm_library)))
}

// What plugvet finds when it follows the code: names that stand nowhere in the file,
// and the numbers of system calls.
rule native_exec_computed
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "high"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "decodes or puts together the name of a function that starts programs, looks for it by a hash, has source text that calls one, or makes the system call by number"
    why = "Neither the symbol table nor a search of the file then shows that programs are started, which is all that is won by it."
    benign = "Programs without a library of the system make the call themselves, as Go's do; no module is known that hides such a name."
    advice = "Look at the code at the offset in a disassembly, and keep the module out of service until it is known what it starts."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded matches / (function|number|hash)-exec@/
}

// Source text within native code that has the host run such text.
rule native_exec_source
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "medium"
    attack = "T1059"
    hosts = "nginx php node httpd"
    description = "has the host run source text, and holds some that starts programs"
    why = "What the script starts runs with the rights of the server, and a script inside a binary is seen by no review of scripts."
    benign = "Test extensions and interactive shells may do it; none that serves requests is known to."
    advice = "Read the text at the offset and what surrounds it; a plugin has no reason to keep such code in a binary."
  strings:
    $javascript = /(require|import|getBuiltinModule|_load)\s{0,4}\(\s{0,4}["'`](node:)?child_process["'`]/
    $php = /\b(system|exec|shell_exec|passthru|popen|proc_open|pcntl_exec)\s{0,4}\(\s{0,4}["'$]/
  condition:
    (kind == "macho" or kind == "elf") and
    (imports contains " napi_run_script " and $javascript or
     (imports contains " zend_eval_string" or
      imports contains " zend_execute_scripts " or
      imports contains " zend_compile_string ") and $php)
}

// What plugvet sees of such a program is its text: whatever that puts together stands
// nowhere.
rule native_exec_script
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1059"
    hosts = "nginx php node httpd"
    description = "starts programs or interprets source text, and holds a script of awk, Perl, Python, Ruby or Lua that starts programs in turn"
    why = "The program that the script starts is not among those that the module names, so that a review of its texts finds an interpreter and no more."
    benign = "None is known: a module that starts a program starts it by itself."
    advice = "Read the script, work out what it starts, and keep the module out of service until you know."
  strings:
    $awk = /\b(BEGIN|END)\s{0,4}\{[^\x00]{0,400}(\bsystem\s{0,4}\(|\|\s{0,4}&?\s{0,4}getline|\bprintf?\b[^\x00;}]{0,100}[^|]\|[^|])/
    $perl = /\bperl[0-9.]{0,6}(["']|\s{1,4}-[a-zA-Z]{0,8})\s[^\x00]{0,200}\b(exec|system|qx|open|eval|fork)\b/
    $perl_word = /[\x00;{ ](exec|system)\s{0,4}[({"'\[]?\s{0,4}(join|pack|reverse|chr|lc|uc|sprintf|map|scalar|q[qwx]?[\/({|])/
    $python = /\b(os\.(system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)|subprocess\.(run|call|Popen|check_output|check_call|getoutput|getstatusoutput)|pty\.spawn|commands\.getoutput)\s{0,4}\(/
    $python_hidden = /\b(__import__|import_module)\s{0,4}\([^)\x00]{0,80}\)[^\x00]{0,80}(\bexec|\bsystem|\bpopen|\bspawn|\bPopen|getattr|\.decode)/
    $ruby = /\b(Kernel|Process|IO)\.(system|exec|spawn|popen|`)|\bOpen3\.(capture|popen)/
    $lua = /\b(os\.execute|io\.popen)\s{0,4}[("'\[]/
    $tcl = /\bexec\s{1,4}\[(join|string|format|binary|subst|lindex)\b/
  condition:
    (kind == "macho" or kind == "elf") and not server and filesize < 500KB and any of them and
    (exec_functions or exec_host_helpers or exec_library_functions or
     imports matches / (luaL_(load|do)[a-z]{1,12}|lua_load|PyRun_[A-Za-z]{1,30}|perl_parse|Perl_eval_[ps]v|rb_eval_string[a-z_]{0,12}|Tcl_Eval[A-Za-z]{0,8}) /)
}

// PHP's own functions, called by their names through the engine.
rule native_exec_engine
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "has PHP call a function by its name, and holds the name of one that starts programs"
    why = "PHP starts the program for the extension, so that no import shows it, and disable_functions does not apply to what is called this way."
    benign = "Extensions that watch or forbid such functions hold their names; those import much else."
    advice = "See in a disassembly what the call is given, and take the extension for one that runs programs."
  strings:
    $name = /\x00(shell_exec|passthru|proc_open|pcntl_exec|system|exec|popen)\x00/
  condition:
    (kind == "macho" or kind == "elf") and not server and
    imports matches / (_?call_user_function_impl|_?call_user_function_ex|call_user_function|zend_call_(function|known_function|known_fcc|method)|zend_fetch_function(_str)?|zend_fcall_info_init|zend_hash_(str_)?find) / and
    $name and imports matches /^ ([^ ]+ ){1,40}$/
}

// WebAssembly runs no JavaScript, so such text is there for whoever loads it.
rule wasm_exec_source
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.009"
    hosts = "nginx php node httpd"
    description = "is a WebAssembly module that holds JavaScript which starts programs"
    why = "The module cannot run such text itself; it carries it past searches of scripts for code beside it that can."
    benign = "Compilers and linters that were compiled to WebAssembly hold such phrases as templates or in their messages."
    advice = "Read what surrounds the text, and find the script that takes it out of the module."
  strings:
    $load = /(require|import|getBuiltinModule|_load)\s{0,4}\(\s{0,4}["'`](node:)?child_process["'`]/
  condition:
    kind == "wasm" and $load
}

rule wasm_exec
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "is a WebAssembly module that imports functions that start programs"
    why = "WebAssembly can start nothing by itself, so a module that asks for this has a runtime in mind that lets it out."
    benign = "Shells and language runtimes that were compiled for WASIX import them, and bindings of Rust to Node.js those of child_process."
    advice = "Find out which runtime the plugin brings for it, and that the runtime grants no programs of the server."
  condition:
    kind == "wasm" and
    (imports contains ".proc_exec" or
     imports contains ".proc_fork" or
     imports contains ".proc_spawn" or
     imports contains " env.posix_spawn " or
     imports contains " env.execve " or
     imports contains " env.fork " or
     imports contains " env.system " or
     imports contains " env.popen " or
     imports matches / (node:)?child_process\./)
}

rule javascript_exec_wasm
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "medium"
    attack = "T1106"
    hosts = "node"
    description = "holds a WebAssembly module in base64 that imports functions that start programs"
    why = "The module has a runtime in mind that lets it out, and as it stands in base64 within a script no list of imports says so."
    benign = "Shells and language runtimes that were compiled for WASIX and bundled import them."
    advice = "Decode the module, see what it imports, and find out what the script gives it."
  strings:
    $head = /\bAGFzbQ(EAAAA|0AAQA)/ // of a module and of a component
    $import_exec = "proc_exec" base64
    $import_fork = "proc_fork" base64
    $import_spawn = "proc_spawn" base64
    $import_child = "child_process" base64
    $import_posix = "posix_spawn" base64
    $decoded = /(\\0|\x00)asm[^"\n]{0,2000}(proc_exec|proc_fork|proc_spawn|child_process|posix_spawn)/ // where the view shows what is in base64
  condition:
    kind == "javascript" and view == "decoded" and ($head and any of ($import*) or $decoded)
}

rule javascript_exec_child_process
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1059"
    hosts = "node"
    description = "loads child_process, which starts programs"
    why = "With it a package can run any command as the server's user, at install as well as while requests are served."
    benign = "Build tools, image and video converters, cluster managers and command line helpers load it every day."
    advice = "See which command is run and whether any part of it comes from a request; approve it where the package's purpose explains it."
  condition:
    (kind == "javascript" or kind == "json") and
    (modules contains " child_process " or
     calls contains " process.execve ")
}

rule javascript_exec_hook
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1059"
    hosts = "node"
    description = "has npm run another interpreter or a program of its own when the package is installed"
    why = "It runs on the build machine and on the server before anybody has read the package, and what it does is not followed as in scripts for Node.js and the shell."
    benign = "Packages that build native code with their own configure script or with Python."
    advice = "Read the program or its source, and install with npm ci --ignore-scripts where nothing has to be built."
  condition:
    kind == "json" and calls contains " install:run-other "
}

rule javascript_exec_hook_fetched
{
  meta:
    capability = "exec"
    severity = "high"
    confidence = "high"
    attack = "T1105"
    hosts = "node"
    description = "has npm run what it downloads when the package is installed"
    why = "What runs is decided by another machine on the day of the installation, so no review of the package has seen it: the first stage of most poisoned packages looks like this."
    benign = "Hardly any: an installer of a tool's vendor that is piped into a shell."
    advice = "Install with --ignore-scripts, fetch the file by hand and read it, and ask the package's owner why it is not in the package."
  condition:
    kind == "json" and calls contains " install:run-fetched "
}

rule javascript_exec_binding
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1059"
    hosts = "node"
    description = "reaches below child_process, to the internal bindings that start programs"
    why = "The internal bindings start programs without child_process being loaded, past hooks and policies that watch that module."
    benign = "Coverage tools that wrap every child process do it, such as spawn-wrap, and so do copies of Node.js's own library."
    advice = "Ask why child_process was not good enough; without a good answer remove the package."
  condition:
    kind == "javascript" and
    (modules contains " binding:spawn_sync " or
     modules contains " binding:process_wrap ")
}

rule javascript_exec_runtime
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1059"
    hosts = "node"
    description = "starts programs through Bun's or Deno's own function"
    why = "A program that a plugin starts may do all that the server's user may, and the server's log says nothing of it."
    benign = "Build tools and command lines that run on Bun or Deno as well as on Node.js."
    advice = "Read what it starts, and whether anything from a request gets there."
  condition:
    kind == "javascript" and
    (calls contains " Bun.spawn" or
     calls contains " Bun.$ " or
     calls contains " Deno.Command " or
     calls contains " Deno.run ")
}

rule php_exec_function
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "high"
    attack = "T1059.004"
    hosts = "php"
    description = "calls a function that starts programs"
    why = "A web shell needs one of these calls and little else: with it, a request becomes a command of the web server's user."
    benign = "Mailers that call sendmail, image tools that call ImageMagick, and console code of frameworks use them."
    advice = "See that arguments are constant or pass escapeshellarg; where no plugin needs them, name them in disable_functions."
  condition:
    kind == "php" and
    (calls contains " exec " or
     calls contains " shell_exec " or
     calls contains " system " or
     calls contains " passthru " or
     calls contains " popen " or
     calls contains " proc_open " or
     calls contains " pcntl_exec ")
}

// macOS opens a script or an application as a person would who clicks on it.
rule native_exec_open
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1106"
    hosts = "nginx php httpd"
    description = "has macOS open files or applications"
    why = "Launch Services runs what it opens, scripts for the Terminal and AppleScript applications among it, outside of the server and without a call that starts programs."
    benign = "None is known: what serves requests has nothing to open on the screen of the machine."
    advice = "Find out what it opens; the path lies near the call, or is put together before it."
  condition:
    kind == "macho" and not server and
    (imports matches / (LSOpenCFURLRef|LSOpenFromURLSpec|LSOpenFSRef|LSOpenApplication|LSOpenItemsWithRole|LSOpenURLsWithRole) / or
     classes contains " NSWorkspace " and
     selectors matches / (openURL:|openURLs:|openFile:|openApplicationAtURL:|launchApplication:|launchApplicationAtURL:|openURL:configuration|openURL:options)/)
}

// A service is what another application, or a workflow of Automator, does with a text.
rule native_exec_service
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "has macOS perform a service of another application"
    why = "The application is started, or a workflow that may hold a shell script, outside of the server and without a call that starts programs."
    benign = "An addon of a desktop application may offer the menu of services; what serves requests has no selected text to offer."
    advice = "Find out which service it asks for; the title lies near the call, or is put together before it."
  condition:
    kind == "macho" and not server and
    imports contains " NSPerformService "
}

// launchd starts what it is given, as a job of its own.
rule native_exec_launchd
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1569.001"
    hosts = "nginx php node httpd"
    description = "gives launchd jobs to start"
    why = "A job of launchd runs outside of the server, comes back after a restart, and no call that starts programs shows it."
    benign = "Applications install their helpers this way; what serves requests has nothing to install."
    advice = "Find out which program the job names, and list launchd's jobs on the machine."
  condition:
    kind == "macho" and not server and
    (imports matches / (SMJobSubmit|SMJobBless|SMLoginItemSetEnabled|_?launch_msg) / or
     classes contains " SMAppService ")
}

// What FFI::cdef declares and the script then calls.
rule php_exec_foreign
{
  meta:
    capability = "exec"
    severity = "high"
    confidence = "high"
    attack = "T1106"
    hosts = "php"
    description = "calls a function of C that starts programs, by FFI"
    why = "It starts programs where disable_functions forbids exec and its like, which is the one reason to take this way."
    benign = "None is known: whoever may start programs calls PHP's own functions."
    advice = "Take the plugin off the server, and set ffi.enable to preload or to false."
  condition:
    kind == "php" and calls contains " ffi:exec "
}

// sendmail writes its log where -X says, and reads the settings that -C names.
rule php_exec_indirect
{
  meta:
    capability = "exec"
    severity = "high"
    confidence = "medium"
    attack = "T1574.006"
    hosts = "php"
    description = "makes something else start a program: a preload variable, expect://, or an option of imap_open"
    why = "Each of them runs code where disable_functions forbids exec and its like, which is the one reason to take this way."
    benign = "None is known: a preload variable belongs in the unit that starts the server."
    advice = "Take the plugin off the server, and look for the library or the command that it names."
  strings:
    $preload = /\bputenv\s{0,8}\(\s{0,8}"(LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|GCONV_PATH)=/
    $expect = /[(= .]"expect:\/\/[^"\s]/
    $option = /-oProxyCommand/ nocase
  condition:
    kind == "php" and view == "decoded" and
    ($preload or $expect or calls contains " putenv:preload " or $option and calls contains " imap_open ")
}

rule php_exec_mail
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1505.003"
    hosts = "php"
    description = "sends mail with an option of sendmail that writes a file or runs a command"
    why = "The fifth argument of mail() goes to sendmail's command line, where -X writes a script of the sender's choice and -be runs commands of Exim."
    benign = "None is known: mailers give -f and nothing else."
    advice = "Take the call out, and look below the web root for files that sendmail has written."
  strings:
    $option = /\bmail\s{0,4}\([^;]{0,400},\s{0,8}"[^"]{0,80}-(X\s{0,2}[\/.~\w]|OQueueDirectory|be\b|C\s{0,2}\/)/
  condition:
    kind == "php" and (view == "decoded" and $option and calls contains " mail " or calls contains " mail:option ")
}

// A name that somebody else calls: XPath and XSLT, to which PHP lends its functions, or
// a framework by the keys of a table, as in Drupal's render arrays.
rule php_exec_named
{
  meta:
    capability = "exec"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.004"
    hosts = "php"
    description = "names a function that starts programs where an expression of XPath or XSLT, or a framework, calls it"
    why = "Nothing in the plugin then calls the function, and a search for its calls finds nothing."
    benign = "None is known: stylesheets call functions that format text, and the callbacks of a plugin are its own."
    advice = "Read where the text comes from that the function is given, and take the plugin for one that runs programs."
  strings:
    $namespace = "http://php.net/x"
    $function = /[\w-]:function(String)?\(\s{0,8}(\\?["']|&quot;|&apos;)(exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec|assert)(\\?["']|&quot;|&apos;)/ nocase
    $key = /"(#(pre_render|post_render|lazy_builder|access_callback|process|after_build|value_callback|element_validate|validate|submit)|(permission|sanitize|validate|render|display|update|schema)_callback)"\s{0,8}=>\s{0,8}(\[|array\()?\s{0,8}(\d\s{0,4}=>\s{0,4})?"\\{0,2}(exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec|assert)"/ nocase
  condition:
    $namespace and $function and (kind == "markup" or kind == "php" and view == "decoded") or
    kind == "php" and view == "decoded" and $key
}
