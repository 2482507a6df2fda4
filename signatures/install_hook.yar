/*
   Install hooks: what runs without being asked for, at install or before every
   request.
*/

rule javascript_install_hook
{
  meta:
    capability = "install-hook"
    severity = "low"
    confidence = "high"
    attack = "T1195.002"
    hosts = "node"
    description = "has npm run a script when the package is installed"
  strings:
    $scripts = /"scripts"\s{0,8}:\s{0,8}\{/
    $hook = /"(preinstall|install|postinstall)"\s{0,8}:\s{0,8}"[^"]/
  condition:
    kind == "json" and filename == "package.json" and $scripts and
    for any i in (1..#hook) : (@hook[i] > @scripts[1])
}

rule php_install_hook_ini
{
  meta:
    capability = "install-hook"
    severity = "low"
    confidence = "high"
    attack = "T1546"
    hosts = "php"
    description = "has PHP run a file before or after every request"
  strings:
    $directive = /(^|\n)[ \t]{0,80}(php_(admin_)?value[ \t]{1,8})?(auto_prepend_file|auto_append_file|opcache\.preload|ffi\.preload)[ \t]{0,8}[= \t][ \t]{0,8}["']?[\w.\/~$]/
  condition:
    (extension == ".ini" or filename == ".htaccess" or extension == ".conf") and $directive
}

rule php_install_hook_set
{
  meta:
    capability = "install-hook"
    severity = "low"
    confidence = "medium"
    attack = "T1546"
    hosts = "php"
    description = "sets or writes a directive that has PHP run a file before or after every request"
  strings:
    $set = /\bini_(set|alter)\s{0,8}\(\s{0,8}"(auto_prepend_file|auto_append_file|opcache\.preload|ffi\.preload)"/ nocase
    $write = /["\\nr](php_value )?(auto_prepend_file|auto_append_file)[ \t]{0,8}[= ][ \t]{0,8}(\\?["'])?[\w.\/~$]/
  condition:
    kind == "php" and view == "decoded" and any of them
}
