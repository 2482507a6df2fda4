/*
   Obfuscation: the anchors of applescript.yar in a disguise that nobody wears
   by accident. A xor with 0x20 is left out, because it only swaps upper and
   lower case.

   In a script most disguises are gone in the decoded view, where the other rules
   see through them and plugvet itself reports that there was one (hidden-code).
   What is left for a rule is what the code decodes at run time.
*/

rule native_obfuscation_anchor
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.013"
    hosts = "nginx php node httpd"
    description = "holds the name of an AppleScript class or command under a simple cipher or encoding, or puts it together from pieces"
    why = "Nobody encodes such a name by accident: it is done to get past a search like this one, and the code decodes it in order to use it."
    benign = "Malware scanners and their tests hold the same encoded names, and short ones can turn up by chance in packed data."
    advice = "Look at the bytes around the place; unless they are plainly random or part of a signature table, keep the module out of service."
  strings:
    $xor_command_low = "osascript" ascii wide xor(1-31)
    $xor_command_high = "osascript" ascii wide xor(33-255)
    $xor_class_low = "NSAppleScript" ascii wide xor(1-31)
    $xor_class_high = "NSAppleScript" ascii wide xor(33-255)
    $xor_class_osa_low = "OSAScript" ascii wide xor(1-31)
    $xor_class_osa_high = "OSAScript" ascii wide xor(33-255)
    $xor_shell_low = "do shell script" ascii wide xor(1-31)
    $xor_shell_high = "do shell script" ascii wide xor(33-255)
    $xor_tell_low = "tell application \"" ascii wide xor(1-31)
    $xor_tell_high = "tell application \"" ascii wide xor(33-255)
    $base64_command = "osascript" base64 base64wide
    $base64_class = "NSAppleScript" base64 base64wide
    $base64_class_osa = "OSAScript" base64 base64wide
    $base64_shell = "do shell script" base64 base64wide
    $base64_tell = "tell application \"" base64 base64wide
    $base32_command = "N5ZWC43DOJUXA5"
    $hex_command = "6f7361736372697074" nocase
    $hex_class = "4e534170706c65536372697074" nocase
    $hex_class_osa = "4f5341536372697074" nocase
    $hex_shell = "646f207368656c6c20736372697074" nocase
    $hex_tell = "74656c6c206170706c69636174696f6e" nocase
    $reversed_command = "tpircsaso" ascii wide
    $reversed_class = "tpircSelppASN" ascii wide
    $reversed_class_osa = "tpircSASO" ascii wide
    $reversed_shell = "tpircs llehs od" ascii wide
    $reversed_tell = "noitacilppa llet" ascii wide
    $rot13_command = "bfnfpevcg"
    $rot13_class = "AFNccyrFpevcg"
    // four or eight bytes for a character, in either order
    $wide_command = { 6F 00 00 00 73 00 00 00 61 00 00 00 73 00 00 00 63 00 00 00 72 00 00 00 69 00 00 00 70 00 00 00 74 }
    $wide_class = { 4E 00 00 00 53 00 00 00 41 00 00 00 70 00 00 00 70 00 00 00 6C 00 00 00 65 00 00 00 53 00 00 00 63 }
    $wide_class_osa = { 4F 00 00 00 53 00 00 00 41 00 00 00 53 00 00 00 63 00 00 00 72 00 00 00 69 00 00 00 70 00 00 00 74 }
    $wide_shell = { 64 00 00 00 6F 00 00 00 20 00 00 00 73 00 00 00 68 00 00 00 65 00 00 00 6C 00 00 00 6C 00 00 00 20 }
    $wider_command = { 6F 00 00 00 00 00 00 00 73 00 00 00 00 00 00 00 61 00 00 00 00 00 00 00 73 00 00 00 00 00 00 00 63 00 00 00 00 00 00 00 72 }
    $wider_class = { 4E 00 00 00 00 00 00 00 53 00 00 00 00 00 00 00 41 00 00 00 00 00 00 00 70 00 00 00 00 00 00 00 70 00 00 00 00 00 00 00 6C }
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and
    (any of them or embedded matches / applescript-(shifted|keyed|rolled|substituted|alphabet|padded|stored|pieces|encoded|made)@/)
}

// What a program is called stands in whoever starts it, unless its name comes from
// the settings: then the module imports what reads those from its host. Under a
// real cipher nothing is left of the name but that it is missing.
rule native_obfuscation_unnamed
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "low"
    attack = "T1027.013"
    hosts = "nginx php node httpd"
    description = "starts programs, imports little else and holds the name of no program"
    why = "The name is decoded from something that no search can read, and nobody takes that trouble for a program that may be seen."
    benign = "A module that starts what the administrator names has to read that name from somewhere and so imports more."
    advice = "Find the call in a disassembly or watch what the module starts on a separate machine, and keep it out of service until then."
  strings:
    $path = /[\x00"' =](\/[\w.%-]{1,80}){0,8}\/?(s?bin|libexec|MacOS|proc)\/[\w.%-]{1,80}/
    $script = /[\w%]\.(sh|py|pl|rb|php|js|command|app)[\x00 ]/
    $command = /\x00(sh|bash|zsh|env|open|curl|wget|perl|python3?|php|node|ruby|sendmail|git|ffmpeg|convert|gs|sudo|id|whoami)[ \x00]/
    $format = /\x00[^\x00]{0,80}%s[^\x00]{0,80}\x00/
  condition:
    (kind == "macho" or kind == "elf") and not server and filesize < 200KB and
    not imports contains " __libc_start_main " and not exports contains " _mh_execute_header " and
    (imports matches / (execl|execle|execlp|execv|execve|execvp|execvpe|execvP|execveat|fexecve|posix_spawn|posix_spawnp|pidfd_spawn|pidfd_spawnp|system|__libc_system|popen|_IO_popen|wordexp) / or
     classes contains " NSTask " or classes contains " NSUserUnixTask ") and
    imports matches /^ ([^ ]+ ){1,16}$/ and
    not any of them
}

// A file that is only in memory, run by the path that Linux gives it.
rule native_obfuscation_memory
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.011"
    hosts = "nginx php node httpd"
    description = "seems to start a program from memory"
    why = "What is started from memory was never a file, so no scan of the disk sees it and nothing is left of it after a restart."
    benign = "Container runtimes protect themselves this way; no module of a server is known to."
    advice = "Find where the bytes come from that are started, in a disassembly, and keep the module out of service until they are known."
  strings:
    $descriptor = /\/proc\/(self|%[dul]{1,2}|thread-self)\/fd\/%/
  condition:
    kind == "elf" and imports matches / (memfd_create|shm_open) / and
    (imports matches / (fexecve|execveat) / or
     $descriptor and imports matches / (execl|execle|execlp|execv|execve|execvp|execvpe|posix_spawn|posix_spawnp|system|popen) /) and
    imports matches /^ ([^ ]+ ){1,60}$/
}

// The instruction, or the library's function for any number, in a module that asks
// for next to nothing else: whatever it does, it does without the library.
rule native_obfuscation_syscall
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "low"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "makes system calls by number and imports next to nothing"
    why = "Without the library's functions neither the symbol table nor a hook shows what the module does, and that is the only gain."
    benign = "Runtimes that replace the system's library, such as Go's, and programs that are linked statically do it."
    advice = "Read the numbers before the calls in a disassembly; they say what it does."
  strings:
    $go = "\xff Go build" // in every program that Go's linker made
    $linux_x86 = { 0F 05 (48 | 49 | 4C | 89 | 85 | C3 | 5? | 41 | 83 | E8 | E9 | EB | 7? | B8 | F?) }
    $linux_arm = { 01 00 00 D4 }
    $macos_arm = { 01 10 00 D4 }
  condition:
    (kind == "macho" or kind == "elf") and not server and not $go and filesize < 200KB and not embedded contains " data-alone@" and
    not imports contains " __libc_start_main " and not exports contains " _mh_execute_header " and
    (any of ($linux*, $macos*) and (imports == "" or imports matches /^ ([^ ]+ ){1,7}$/) or
     imports contains " syscall " and imports matches /^ ([^ ]+ ){1,10}$/)
}

// Memory that becomes code, in a module that asks for next to nothing else. None of the
// 451 native files of make eval's corpus does.
rule native_obfuscation_code
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "low"
    attack = "T1620"
    hosts = "nginx php node httpd"
    description = "maps or protects memory and imports next to nothing"
    why = "Code that is unpacked into memory and run there needs no other function of the library, so its imports say nothing of what it does."
    benign = "Compilers that run what they make do it, but those import much besides."
    advice = "Find in a disassembly what is written to that memory and whether it is made executable; keep the module out of service until it is known."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    not imports contains " __libc_start_main " and not exports contains " _mh_execute_header " and
    imports matches / (mmap|mmap64|mremap|mprotect|pkey_mprotect|vm_protect|mach_vm_protect|vm_remap|mach_vm_remap) / and
    imports matches /^ ([^ ]+ ){1,10}$/
}

// The kernel writes to memory that the process itself may not write to.
rule native_obfuscation_process_memory
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1055"
    hosts = "nginx php node httpd"
    description = "writes to the memory of a process, its own or another, through the kernel"
    why = "Code that is changed in memory is in no file, and the functions that are written over are those that others call."
    benign = "Debuggers, crash reporters and profilers do it; no module that serves requests is known to."
    advice = "Find in a disassembly whose memory it is and what is written there, and keep the module out of service until it is known."
  strings:
    $memory = /\/proc\/(self|thread-self|%[dulipz]{1,3})(\/task\/[^\x00\/]{1,8})?\/mem\x00/
  condition:
    (kind == "macho" or kind == "elf") and not server and
    ($memory and imports matches / (p?write(v|64|v2)?|pwritev(64)?|f(write|puts|putc|printf)|lseek(64)?|syscall) / or
     imports contains " process_vm_writev " or
     imports contains " ptrace " and imports matches /^ ([^ ]+ ){1,60}$/ or
     imports matches / (vm_write|mach_vm_write|thread_create_running|task_for_pid) / and imports matches /^ ([^ ]+ ){1,60}$/)
}

// What plugvet finds when it follows the code.
rule native_obfuscation_computed
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "high"
    attack = "T1027"
    hosts = "nginx php node httpd"
    description = "unpacks code or a library in memory, calls what lies at a distance from a function that it imports, uses io_uring by number, or computes for very long while it is loaded"
    why = "Each of them is a way to run something that neither the symbol table nor the file shows."
    benign = "Compilers that run what they make write code, too; databases use io_uring through its library."
    advice = "Find in a disassembly what runs there, and keep the module out of service until it is known."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded matches / (code-unpacked|code-distance|code-stalls|number-ring)@/
}

// The globals of Node.js lead to every module. An addon that gives functions takes
// many more imports than one that only calls some.
rule native_obfuscation_globals
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "low"
    attack = "T1027.007"
    hosts = "node"
    description = "calls functions of the script's globals and imports next to nothing"
    why = "By the properties of the globals native code reaches process, require and child_process, under names that no rule sees if they are hidden."
    benign = "Addons take constructors such as Promise from the globals, but import much besides to make something of them."
    advice = "See in a disassembly which properties it asks for, and keep it out of service until they are known."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    imports contains " napi_get_global " and
    imports matches / napi_get_(named_)?property / and
    imports matches / napi_(call_function|make_callback|new_instance) / and
    imports matches /^ ([^ ]+ ){1,20}$/
}

// Two disguises on top of one another, and tables of numbers.
rule native_obfuscation_nested
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.013"
    hosts = "nginx php node httpd"
    description = "holds the name of an AppleScript class or command under two encodings at once, or as a table of numbers"
    why = "One encoding may be a habit; a name that is encoded twice is meant to be found by nobody."
    benign = "Malware scanners hold such forms too; short ones can turn up by chance in packed data."
    advice = "Find the code that reads the bytes around the place, and keep the module out of service until that is understood."
  strings:
    $nested_command_0 = "b3Nhc2NyaXB0" base64 base64wide
    $hex_base64_command_0 = "62334e6863324e7961584230" nocase
    $reversed_base64_command_0 = "0BXayN2chN3b"
    $xor_base64_command_0 = "b3Nhc2NyaXB0" xor(1-255)
    $nested_command_1 = "9zYXNjcmlwd" base64 base64wide
    $hex_base64_command_1 = "397a59584e6a636d6c7764" nocase
    $reversed_base64_command_1 = "dwlmcjNXYz9"
    $xor_base64_command_1 = "9zYXNjcmlwd" xor(1-255)
    $nested_command_2 = "vc2FzY3JpcH" base64 base64wide
    $hex_base64_command_2 = "766332467a59334a706348" nocase
    $reversed_base64_command_2 = "HcpJ3YzF2cv"
    $xor_base64_command_2 = "vc2FzY3JpcH" xor(1-255)
    $base64_hex_command = "6f7361736372697074" base64
    $reversed_hex_command = "4707962736371637f6" nocase
    $base64_reversed_command = "tpircsaso" base64
    $hex_reversed_command = "74706972637361736f" nocase
    $xor_reversed_command_low = "tpircsaso" xor(1-31)
    $xor_reversed_command_high = "tpircsaso" xor(33-255)
    $nibbles_command = { 0F 03 01 03 03 02 09 00 04 }
    $doubles_command = { 00 00 00 00 00 C0 5B 40 00 00 00 00 00 C0 5C 40 00 00 00 00 00 40 58 40 00 00 00 00 00 C0 5C 40 00 00 00 00 00 C0 58 40 00 00 00 00 00 80 5C 40 00 00 00 00 00 40 5A 40 00 00 00 00 00 00 5C 40 00 00 00 00 00 00 5D 40 }
    $floats_command = { 00 00 DE 42 00 00 E6 42 00 00 C2 42 00 00 E6 42 00 00 C6 42 00 00 E4 42 00 00 D2 42 00 00 E0 42 00 00 E8 42 }
    $nested_class_0 = "TlNBcHBsZVNjcmlwd" base64 base64wide
    $hex_base64_class_0 = "546c4e42634842735a564e6a636d6c7764" nocase
    $reversed_base64_class_0 = "dwlmcjNVZsBHcBNlT"
    $xor_base64_class_0 = "TlNBcHBsZVNjcmlwd" xor(1-255)
    $nested_class_1 = "5TQXBwbGVTY3JpcH" base64 base64wide
    $hex_base64_class_1 = "3554515842776247565459334a706348" nocase
    $reversed_base64_class_1 = "HcpJ3YTVGbwBXQT5"
    $xor_base64_class_1 = "5TQXBwbGVTY3JpcH" xor(1-255)
    $nested_class_2 = "OU0FwcGxlU2NyaXB0" base64 base64wide
    $hex_base64_class_2 = "4f553046776347786c55324e7961584230" nocase
    $reversed_base64_class_2 = "0BXayN2UlxGcwF0UO"
    $xor_base64_class_2 = "OU0FwcGxlU2NyaXB0" xor(1-255)
    $base64_hex_class = "4e534170706c65536372697074" base64
    $reversed_hex_class = "47079627363556c607071435e4" nocase
    $base64_reversed_class = "tpircSelppASN" base64
    $hex_reversed_class = "747069726353656c707041534e" nocase
    $xor_reversed_class_low = "tpircSelppASN" xor(1-31)
    $xor_reversed_class_high = "tpircSelppASN" xor(33-255)
    $nibbles_class = { 0E 03 01 00 00 0C 05 03 03 02 09 00 04 }
    $doubles_class = { 00 00 00 00 00 80 53 40 00 00 00 00 00 C0 54 40 00 00 00 00 00 40 50 40 00 00 00 00 00 00 5C 40 00 00 00 00 00 00 5C 40 00 00 00 00 00 00 5B 40 00 00 00 00 00 40 59 40 00 00 00 00 00 C0 54 40 00 00 00 00 00 C0 58 40 00 00 00 00 00 80 5C 40 00 00 00 00 00 40 5A 40 00 00 00 00 00 00 5C 40 00 00 00 00 00 00 5D 40 }
    $floats_class = { 00 00 9C 42 00 00 A6 42 00 00 82 42 00 00 E0 42 00 00 E0 42 00 00 D8 42 00 00 CA 42 00 00 A6 42 00 00 C6 42 00 00 E4 42 00 00 D2 42 00 00 E0 42 00 00 E8 42 }
    $nested_class_osa_0 = "T1NBU2NyaXB0" base64 base64wide
    $hex_base64_class_osa_0 = "54314e4255324e7961584230" nocase
    $reversed_base64_class_osa_0 = "0BXayN2UBN1T"
    $xor_base64_class_osa_0 = "T1NBU2NyaXB0" xor(1-255)
    $nested_class_osa_1 = "9TQVNjcmlwd" base64 base64wide
    $hex_base64_class_osa_1 = "395451564e6a636d6c7764" nocase
    $reversed_base64_class_osa_1 = "dwlmcjNVQT9"
    $xor_base64_class_osa_1 = "9TQVNjcmlwd" xor(1-255)
    $nested_class_osa_2 = "PU0FTY3JpcH" base64 base64wide
    $hex_base64_class_osa_2 = "505530465459334a706348" nocase
    $reversed_base64_class_osa_2 = "HcpJ3YTF0UP"
    $xor_base64_class_osa_2 = "PU0FTY3JpcH" xor(1-255)
    $base64_hex_class_osa = "4f5341536372697074" base64
    $reversed_hex_class_osa = "4707962736351435f4" nocase
    $base64_reversed_class_osa = "tpircSASO" base64
    $hex_reversed_class_osa = "74706972635341534f" nocase
    $xor_reversed_class_osa_low = "tpircSASO" xor(1-31)
    $xor_reversed_class_osa_high = "tpircSASO" xor(33-255)
    $nibbles_class_osa = { 0F 03 01 03 03 02 09 00 04 }
    $doubles_class_osa = { 00 00 00 00 00 C0 53 40 00 00 00 00 00 C0 54 40 00 00 00 00 00 40 50 40 00 00 00 00 00 C0 54 40 00 00 00 00 00 C0 58 40 00 00 00 00 00 80 5C 40 00 00 00 00 00 40 5A 40 00 00 00 00 00 00 5C 40 00 00 00 00 00 00 5D 40 }
    $floats_class_osa = { 00 00 9E 42 00 00 A6 42 00 00 82 42 00 00 A6 42 00 00 C6 42 00 00 E4 42 00 00 D2 42 00 00 E0 42 00 00 E8 42 }
    $nested_shell_0 = "ZG8gc2hlbGwgc2NyaXB0" base64 base64wide
    $hex_base64_shell_0 = "5a4738676332686c6247776763324e7961584230" nocase
    $reversed_base64_shell_0 = "0BXayN2cgwGblh2cg8GZ"
    $xor_base64_shell_0 = "ZG8gc2hlbGwgc2NyaXB0" xor(1-255)
    $nested_shell_1 = "RvIHNoZWxsIHNjcmlwd" base64 base64wide
    $hex_base64_shell_1 = "527649484e6f5a57787349484e6a636d6c7764" nocase
    $reversed_base64_shell_1 = "dwlmcjNHIsxWZoNHIvR"
    $xor_base64_shell_1 = "RvIHNoZWxsIHNjcmlwd" xor(1-255)
    $nested_shell_2 = "kbyBzaGVsbCBzY3JpcH" base64 base64wide
    $hex_base64_shell_2 = "6b6279427a614756736243427a59334a706348" nocase
    $reversed_base64_shell_2 = "HcpJ3YzBCbsVGazBybk"
    $xor_base64_shell_2 = "kbyBzaGVsbCBzY3JpcH" xor(1-255)
    $base64_hex_shell = "646f207368656c6c20736372697074" base64
    $reversed_hex_shell = "47079627363702c6c656863702f646" nocase
    $base64_reversed_shell = "tpircs llehs od" base64
    $hex_reversed_shell = "747069726373206c6c656873206f64" nocase
    $xor_reversed_shell_low = "tpircs llehs od" xor(1-31)
    $xor_reversed_shell_high = "tpircs llehs od" xor(33-255)
    $nibbles_shell = { 04 0F 00 03 08 05 0C 0C 00 03 03 02 09 00 04 }
    $doubles_shell = { 00 00 00 00 00 00 59 40 00 00 00 00 00 C0 5B 40 00 00 00 00 00 00 40 40 00 00 00 00 00 C0 5C 40 00 00 00 00 00 00 5A 40 00 00 00 00 00 40 59 40 00 00 00 00 00 00 5B 40 00 00 00 00 00 00 5B 40 00 00 00 00 00 00 40 40 00 00 00 00 00 C0 5C 40 00 00 00 00 00 C0 58 40 00 00 00 00 00 80 5C 40 00 00 00 00 00 40 5A 40 00 00 00 00 00 00 5C 40 00 00 00 00 00 00 5D 40 }
    $floats_shell = { 00 00 C8 42 00 00 DE 42 00 00 00 42 00 00 E6 42 00 00 D0 42 00 00 CA 42 00 00 D8 42 00 00 D8 42 00 00 00 42 00 00 E6 42 00 00 C6 42 00 00 E4 42 00 00 D2 42 00 00 E0 42 00 00 E8 42 }
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and any of them
}

// A string that is put together by instructions stands nowhere as a whole: byte
// by byte, or in words of four and eight bytes. The words are those that the
// string falls into from its beginning, with and without a path before it.
rule native_obfuscation_stack
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.013"
    hosts = "nginx php node httpd"
    description = "puts together the name of an AppleScript class or command from pieces in its instructions"
    why = "Such a name is in no list of strings, and whoever writes code this way wants it to be in none."
    benign = "A compiler does it to a short array that a function fills by itself, so an innocent program that names the interpreter may look like it."
    advice = "Look at the function around the place: what it does with the name says what the module is for."
  strings:
    $bytes_bp = { C6 45 ?? 6F C6 45 ?? 73 C6 45 ?? 61 C6 45 ?? 73 }
    $bytes_sp = { C6 44 24 ?? 6F C6 44 24 ?? 73 C6 44 24 ?? 61 C6 44 24 ?? 73 }
    $bytes_far = { C6 (85 | 84 24) ?? ?? ?? ?? 6F C6 (85 | 84 24) ?? ?? ?? ?? 73 C6 (85 | 84 24) ?? ?? ?? ?? 61 C6 (85 | 84 24) ?? ?? ?? ?? 73 }
    $bytes_class_bp = { C6 45 ?? 4E C6 45 ?? 53 C6 45 ?? 41 C6 45 ?? 70 }
    $bytes_class_sp = { C6 44 24 ?? 4E C6 44 24 ?? 53 C6 44 24 ?? 41 C6 44 24 ?? 70 }
    $bytes_class_far = { C6 (85 | 84 24) ?? ?? ?? ?? 4E C6 (85 | 84 24) ?? ?? ?? ?? 53 C6 (85 | 84 24) ?? ?? ?? ?? 41 C6 (85 | 84 24) ?? ?? ?? ?? 70 }
    // the address of the first byte may be taken in between: from the third on
    $bytes_global = { C6 05 ?? ?? ?? ?? 61 C6 05 ?? ?? ?? ?? 73 C6 05 ?? ?? ?? ?? 63 C6 05 ?? ?? ?? ?? 72 }
    $bytes_register = { C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 61 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 73 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 63 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 72 }
    $bytes_class_global = { C6 05 ?? ?? ?? ?? 41 C6 05 ?? ?? ?? ?? 70 C6 05 ?? ?? ?? ?? 70 C6 05 ?? ?? ?? ?? 6C C6 05 ?? ?? ?? ?? 65 C6 05 ?? ?? ?? ?? 53 }
    $bytes_class_register = { C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 41 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 70 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 70 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 6C C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 65 C6 (40 | 41 | 42 | 43 | 46 | 47) ?? 53 }
    $double_bp = { C7 45 ?? 6F 73 61 73 C7 45 ?? 63 72 69 70 }
    $double_sp = { C7 44 24 ?? 6F 73 61 73 C7 44 24 ?? 63 72 69 70 }
    $quad = { (48 | 49) (B8 | B9 | BA | BB | BC | BD | BE | BF) 6F 73 61 73 63 72 69 70 }
    $quad_path = { (48 | 49) (B8 | B9 | BA | BB | BC | BD | BE | BF) 2F 6F 73 61 73 63 72 69 }
    $quad_bin = { (48 | 49) (B8 | B9 | BA | BB | BC | BD | BE | BF) 2F 62 69 6E 2F 6F 73 61 }
    $quad_class = { (48 | 49) (B8 | B9 | BA | BB | BC | BD | BE | BF) 4E 53 41 70 70 6C 65 53 }
    $quad_shell = { (48 | 49) (B8 | B9 | BA | BB | BC | BD | BE | BF) 64 6F 20 73 68 65 6C 6C }
    $quad_tell = { (48 | 49) (B8 | B9 | BA | BB | BC | BD | BE | BF) 74 65 6C 6C 20 61 70 70 }
    $arm = { (E? | F?) 6D 8E (D2 | 52) [0-8] (2? | 3?) 6C AE (F2 | 72) [0-8] (6? | 7?) 4C CE F2 [0-8] (2? | 3?) 0D EE F2 }
    $arm_path = { (E? | F?) E5 8D (D2 | 52) [0-8] (6? | 7?) 2E AC (F2 | 72) [0-8] (6? | 7?) 6E CC F2 [0-8] (4? | 5?) 2E ED F2 }
    $arm_bin = { (E? | F?) 45 8C (D2 | 52) [0-8] (2? | 3?) CD AD (F2 | 72) [0-8] (E? | F?) E5 CD F2 [0-8] (6? | 7?) 2E EC F2 }
    $arm_class = { (C? | D?) 69 8A (D2 | 52) [0-8] (2? | 3?) 08 AE (F2 | 72) [0-8] (0? | 1?) 8E CD F2 [0-8] (A? | B?) 6C EA F2 }
    $arm_shell = { (8? | 9?) EC 8D (D2 | 52) [0-8] (0? | 1?) 64 AE (F2 | 72) [0-8] (0? | 1?) AD CC F2 [0-8] (8? | 9?) 8D ED F2 }
    $arm_tell = { (8? | 9?) AE 8C (D2 | 52) [0-8] (8? | 9?) 8D AD (F2 | 72) [0-8] (0? | 1?) 24 CC F2 [0-8] (0? | 1?) 0E EE F2 }
    $arm_bytes = { (E? | F?) 0D 80 52 [4-8] (6? | 7?) 0E 80 52 [4-8] (2? | 3?) 0C 80 52 [4-16] (6? | 7?) 0C 80 52 [4-8] (4? | 5?) 0E 80 52 [4-8] (2? | 3?) 0D 80 52 }
    $arm_bytes_class = { (C? | D?) 09 80 52 [4-8] (6? | 7?) 0A 80 52 [4-8] (2? | 3?) 08 80 52 [4-8] (0? | 1?) 0E 80 52 [4-16] (8? | 9?) 0D 80 52 [4-8] (A? | B?) 0C 80 52 }
    $constant = /osascrip[^t]/ // eight bytes, loaded at once
    $constant_path = /\/usr\/bin\/osascri[^p]/ // sixteen
  condition:
    (kind == "macho" or kind == "elf") and any of them
}

rule script_obfuscation_anchor
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.013"
    hosts = "node php"
    description = "hides the name of the AppleScript command or a compiled script under base64, hex, escapes or character codes"
    why = "The name is written so that neither a reader nor a search finds it, and no honest use of AppleScript needs that."
    benign = "Test data of security tools, and data files with long encoded blobs, may hold the same characters."
    advice = "Decode the text around it and read what it does before the package is installed anywhere else."
  strings:
    $base64_command = "osascript" base64 base64wide
    $base64_shell = "do shell script" base64 base64wide
    $base64_compiled = "RmFzZFVBUyAxLjEwMS4xMA"
    $base32_command = "N5ZWC43DOJUXA5"
    $hex_command = "6f7361736372697074" nocase
    $reversed_command = "tpircsaso"
    $codes_decimal = /\b111\s{0,4},\s{0,4}115\s{0,4},\s{0,4}97\s{0,4},\s{0,4}115\s{0,4},\s{0,4}99\s{0,4},\s{0,4}114/
    $codes_hex = /0x6f\s{0,4},\s{0,4}0x73\s{0,4},\s{0,4}0x61\s{0,4},\s{0,4}0x73\s{0,4},\s{0,4}0x63/ nocase
  condition:
    (kind == "javascript" or kind == "php") and view == "raw" and any of them
}

rule script_obfuscation_decoded
{
  meta:
    capability = "obfuscation"
    severity = "low"
    confidence = "high"
    attack = "T1027"
    hosts = "node php"
    only_hidden = true
    description = "puts together or decodes the name of the AppleScript command or the text of a script"
    why = "Nobody who runs AppleScript for an honest purpose hides that he does."
    benign = "None is known: a minifier joins such strings and does not take them apart."
    advice = "Read the decoded view, which plugvet rules view prints, and take the plugin for hostile until somebody explains it."
  strings:
    $command = /\bosascript\b/
    $shell = "do shell script"
    $administrator = "with administrator privileges"
    $hidden = "with hidden answer"
    $compiled = "FasdUAS 1.101.10"
  condition:
    (kind == "javascript" or kind == "php") and view == "decoded" and any of them
}

// The readers of scripts tell what kind of text the code evaluates: "decoded" went
// through a decoder such as atob or gzinflate, "file" was read from one, "input"
// came with the request, "list" was picked from the list of all functions.
rule javascript_dynamic_code
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.013"
    hosts = "node"
    description = "evaluates code that it decodes or reads from a file first"
    why = "What such code does is not in the plugin's text, so no review and no rule has seen it."
    benign = "Loaders that run a bundle or a test from disk, and packers of a vendor's own code."
    advice = "Decode it by hand, and ask the plugin's owner why it does not stand there as it is."
  condition:
    (kind == "javascript" or kind == "json") and
    (calls contains " eval:decoded " or
     calls contains " eval:file ")
}

rule javascript_dynamic_load
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.010"
    hosts = "node"
    description = "puts together or decodes the name of what it loads or starts, reads it from a file, or calls whatever it is told of whatever it is told to load"
    why = "The name stands nowhere in the plugin, so that no search finds what it loads: an honest package writes it down."
    benign = "Loaders of plugins that take a name apart and put it together again, and tables of names that are kept as data."
    advice = "Work out which module or program it is, and treat the plugin as one that uses that."
  condition:
    kind == "javascript" and
    (calls contains " load:decoded " or
     calls contains " load:file " or
     calls contains " load:any ")
}

rule php_dynamic_code
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "high"
    attack = "T1027.013"
    hosts = "php"
    description = "evaluates code that it decodes at run time"
    why = "This is how most PHP malware is packed: the file says only that something will run."
    benign = "Commercial plugins that are sold encoded."
    advice = "Decode it by hand; without the owner's word for it, take the plugin off the server."
  condition:
    kind == "php" and calls contains " eval:decoded "
}

rule php_dynamic_input
{
  meta:
    capability = "exec"
    severity = "high"
    confidence = "high"
    attack = "T1505.003"
    hosts = "php"
    description = "runs code, or a function by its name, that comes with the request"
    why = "That is a web shell: whoever can send a request runs what he likes."
    benign = "Consoles that developers leave in by mistake; nothing that belongs on a server."
    advice = "Take the plugin off the server and look in the access log for who has used it."
  condition:
    kind == "php" and
    (calls contains " eval:input " or
     calls contains " call:input ")
}

rule php_dynamic_call
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.010"
    hosts = "php"
    description = "calls a function whose name it decodes, puts together from characters, reads from a file of data or picks from the list of all functions"
    why = "The name then stands nowhere in the plugin, and with it what the call does."
    benign = "Test tools that list what there is; a framework looks names up in tables and does not decode them."
    advice = "Work out which function it is, and treat the plugin as one that calls that."
  condition:
    kind == "php" and
    (calls contains " call:list " or
     calls contains " call:file " or
     calls contains " call:decoded ")
}

// As php_exec_named, where the name of the function is put together, too.
rule php_dynamic_named
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.010"
    hosts = "php"
    description = "has an expression of XPath or XSLT call a function of PHP whose name it puts together"
    why = "The name then stands neither in the script nor in the stylesheet, and with it what the call does."
    benign = "None is known: stylesheets call functions by their names."
    advice = "Put the name together as the stylesheet does, and treat the plugin as one that calls that function."
  strings:
    $namespace = "http://php.net/x"
    $function = /[\w-]:function(String)?\(\s{0,8}(concat|translate|substring(-before|-after)?|normalize-space)\s{0,8}\(/
  condition:
    $namespace and $function and (kind == "markup" or kind == "php" and view == "decoded")
}

// A command line that undoes its own encoding in the shell.
rule command_obfuscation_shell
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.010"
    hosts = "nginx php node httpd"
    description = "starts programs and holds a shell command that decodes another one"
    why = "A command is put under base64, hex or backwards so that nobody who reads the file sees what the shell will run."
    benign = "Installers that unpack what is appended to them; none that belongs into a module of a server."
    advice = "Decode the text by hand and treat the plugin as one that runs what comes out."
  strings:
    $base64 = /\b(base64|openssl (enc )?-?base64|uudecode|xxd|basenc)\s{1,4}(-[A-Za-z]{1,4}\s{1,4}){0,3}(-d|-D|--decode|-r|-di|-A)\b[^\n"]{0,60}(\|\s{0,4}((\/usr)?\/bin\/)?(env\s{1,4})?(ba|z|da|k)?sh\b|`|\))/
    $echo = /\$\(\s{0,4}(echo|printf)\s{1,4}[^()]{1,200}\|\s{0,4}(base64|openssl|xxd|rev|tr|uudecode|gunzip|zcat|gzip|sed)\b/
    $here = /(base64|openssl)[^\n"|]{0,40}<<<\s{0,4}[^\n"|]{1,200}\|\s{0,4}(ba|z|da)?sh\b/
    $other = /\b(rev|dc)\s{0,4}(<<<[^|\n]{1,200})?\|\s{0,4}(ba|z|da)?sh\b/
  condition:
    any of them and
    ((kind == "macho" or kind == "elf") and
     (imports matches / (execl|execle|execlp|execv|execve|execvp|execvpe|execvP|posix_spawn|posix_spawnp|system|popen|wordexp|uv_spawn) / or classes contains " NSTask ") or
     kind == "php" and view == "decoded" and
     calls matches / (exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec) /)
}
