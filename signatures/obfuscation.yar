/*
   Obfuscation: the anchors of applescript.yar in a disguise that nobody wears
   by accident. A xor with 0x20 is left out, because it only swaps upper and
   lower case.
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
    $escaped_hex = "\\x6f\\x73\\x61\\x73\\x63" nocase
    $escaped_unicode = "\\u006f\\u0073\\u0061\\u0073\\u0063" nocase
    $escaped_octal = "\\157\\163\\141\\163\\143"
    $escaped_braces = /\\u\{0{0,4}6f\}\\u\{0{0,4}73\}\\u\{0{0,4}61\}\\u\{0{0,4}73\}/ nocase
    $codes_decimal = /\b111\s{0,4},\s{0,4}115\s{0,4},\s{0,4}97\s{0,4},\s{0,4}115\s{0,4},\s{0,4}99\s{0,4},\s{0,4}114/
    $codes_hex = /0x6f\s{0,4},\s{0,4}0x73\s{0,4},\s{0,4}0x61\s{0,4},\s{0,4}0x73\s{0,4},\s{0,4}0x63/ nocase
    $codes_chr = /chr\(\s{0,4}111\s{0,4}\)\s{0,4}\.\s{0,4}chr\(\s{0,4}115\s{0,4}\)\s{0,4}\.\s{0,4}chr\(\s{0,4}97\s{0,4}\)/ nocase
  condition:
    (kind == "javascript" or kind == "php") and any of them
}

// 'osa' + 'script', 'osa' . 'script' and ['osa', 'script'].join(''), cut once at any place.
rule script_obfuscation_split
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.010"
    hosts = "node php"
    description = "puts the name of the AppleScript command together from pieces"
    why = "Cutting the command's name in two serves one purpose, to hide from whoever searches for it."
    benign = "Security tools do it in their own sources so as not to be flagged, and a long line broken by a formatter can look alike."
    advice = "Read what the joined text is passed to; remove the package unless it is a scanner itself."
  strings:
    $split1 = /['"`\/]o['"`]\s{0,8}[+.,]\s{0,8}['"`]sascript\b/
    $split2 = /['"`\/]os['"`]\s{0,8}[+.,]\s{0,8}['"`]ascript\b/
    $split3 = /['"`\/]osa['"`]\s{0,8}[+.,]\s{0,8}['"`]script\b/
    $split4 = /['"`\/]osas['"`]\s{0,8}[+.,]\s{0,8}['"`]cript\b/
    $split5 = /['"`\/]osasc['"`]\s{0,8}[+.,]\s{0,8}['"`]ript\b/
    $split6 = /['"`\/]osascr['"`]\s{0,8}[+.,]\s{0,8}['"`]ipt\b/
    $split7 = /['"`\/]osascri['"`]\s{0,8}[+.,]\s{0,8}['"`]pt\b/
    $split8 = /['"`\/]osascrip['"`]\s{0,8}[+.,]\s{0,8}['"`]t\b/
  condition:
    (kind == "javascript" or kind == "php") and any of them
}
