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
    attack = "T1195.001"
    hosts = "node"
    description = "has npm run a script when the package is installed"
    why = "The script has the rights of whoever installs and runs before anybody has loaded or read the package, so it is the usual way in for a poisoned release."
    benign = "Native addons build or fetch their binary this way (sharp, esbuild, bcrypt), and some packages print a request for donations."
    advice = "Read the command and the file that it runs, and install with npm ci --ignore-scripts where nothing has to be built."
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
    attack = "T1505"
    hosts = "php"
    description = "has PHP run a file before or after every request"
    why = "The named file runs in every request of the site without any page including it, which makes it a place where web shells outlive a clean-up."
    benign = "Wordfence's firewall, profilers and monitoring agents are switched on by auto_prepend_file, and frameworks publish preload files."
    advice = "Open the file that is named; if its owner cannot be told, comment the directive out and look for who wrote it."
  strings:
    $handler = /(^|\n)[ \t]{0,80}(AddType|AddHandler)[ \t]{1,8}["']?(application\/x-httpd-(ea-)?php\d{0,2}|php\d?-(script|fcgi))["']?[ \t]{1,8}\.(jpe?g|png|gif|ico|svg|txt|css|js|pdf|log|dat|webp)\b/ nocase
    $directive = /(^|\n)[ \t]{0,80}(php_(admin_)?value[ \t]{1,8})?(auto_prepend_file|auto_append_file|opcache\.preload|ffi\.preload)[ \t]{0,8}[= \t][ \t]{0,8}["']?[\w.\/~$]/
  condition:
    (extension == ".ini" or filename == ".htaccess" or extension == ".conf") and any of them
}

rule php_install_hook_set
{
  meta:
    capability = "install-hook"
    severity = "low"
    confidence = "medium"
    attack = "T1505"
    hosts = "php"
    description = "sets or writes a directive that has PHP run a file before or after every request"
    why = "Code that sets the directive, or writes it to an ini or .htaccess file, makes itself run in every later request."
    benign = "Security plugins such as Wordfence offer to install their firewall this way, and their uninstallers write the same lines."
    advice = "Check which file it puts there and who may trigger it; look at .user.ini and .htaccess for what it has written."
  strings:
    $set = /\bini_(set|alter)\s{0,8}\(\s{0,8}"(auto_prepend_file|auto_append_file|opcache\.preload|ffi\.preload)"/ nocase
    $handler = /\b(AddType|AddHandler|SetHandler|ForceType)[ \t]{1,8}(application\/x-httpd-(ea-)?php\d{0,2}|php\d?-(script|fcgi)|proxy:(unix|fcgi):[^ \n"]{1,80})[ \t]{1,8}\.(jpe?g|png|gif|ico|svg|txt|css|js|html?|pdf|log|dat|webp)\b/ nocase
    $write = /["\\nr](php_value )?(auto_prepend_file|auto_append_file)[ \t]{0,8}[= ][ \t]{0,8}(\\?["'])?[\w.\/~$]/
  condition:
    kind == "php" and view == "decoded" and any of them
}

// Debuggers hold the names of settings too, and import much else.
rule native_install_hook_setting
{
  meta:
    capability = "install-hook"
    severity = "medium"
    confidence = "medium"
    attack = "T1505"
    hosts = "nginx php node httpd"
    description = "changes a setting of PHP by which other files or programs are run, or makes its name"
    why = "An extension that sets what runs before every script, or what mail is sent with, has code run that stands in no extension."
    benign = "Agents that measure performance set auto_prepend_file for their own scripts, and say so in their documentation."
    advice = "See which file or program the setting is given, who may write it, and read it as a part of the plugin."
  strings:
    $setting = /\x00(auto_prepend_file|auto_append_file|opcache\.preload|ffi\.preload|sendmail_path)\x00/
  condition:
    (kind == "macho" or kind == "elf") and not server and
    imports matches / _?(zend_alter_ini_entry|zend_restore_ini_entry|zend_ini_|zend_get_ini|zend_hash_|_?call_user_function|zend_call_)/ and
    (embedded contains " setting-made@" or
     imports contains " zend_alter_ini_entry" and $setting and imports matches /^ ([^ ]+ ){1,40}$/)
}
