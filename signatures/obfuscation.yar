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
    description = "holds the name of an AppleScript class or command under xor, base64, hex or reversed"
    why = "Nobody encodes such a name by accident: it is done to get past a search like this one, and the code decodes it in order to use it."
    benign = "Malware scanners and their tests hold the same encoded names, and short ones can turn up by chance in packed data."
    advice = "Look at the bytes around the place; unless they are plainly random or part of a signature table, keep the module out of service."
  strings:
    $xor_command_low = "osascript" xor(1-31)
    $xor_command_high = "osascript" xor(33-255)
    $xor_class_low = "NSAppleScript" xor(1-31)
    $xor_class_high = "NSAppleScript" xor(33-255)
    $xor_shell_low = "do shell script" xor(1-31)
    $xor_shell_high = "do shell script" xor(33-255)
    $base64_command = "osascript" base64 base64wide
    $base64_class = "NSAppleScript" base64 base64wide
    $base64_shell = "do shell script" base64 base64wide
    $base64_compiled = "RmFzZFVBUyAxLjEwMS4xMA"
    $base32_command = "N5ZWC43DOJUXA5"
    $hex_command = "6f7361736372697074" nocase
    $hex_class = "4e534170706c65536372697074" nocase
    $reversed_command = "tpircsaso"
    $reversed_class = "tpircSelppASN"
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
    why = "nobody who runs AppleScript for an honest purpose hides that he does"
    benign = "none is known; a minifier joins such strings, it does not take them apart"
    advice = "read the decoded view (plugvet rules view FILE) and treat the plugin as hostile until it is explained"
  strings:
    $command = /\bosascript\b/
    $shell = "do shell script"
    $administrator = "with administrator privileges"
    $hidden = "with hidden answer"
    $compiled = "FasdUAS 1.101.10"
  condition:
    (kind == "javascript" or kind == "php") and view == "decoded" and any of them
}
