/*
   Exec: can the plugin start other programs? For native code this is what the
   symbol tables say; forkpty counts as a fork.
*/

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
    classes contains " NSTask "
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
  strings:
    $call = /(require|import|getBuiltinModule)\s{0,4}\(\s{0,4}['"`](node:)?child_process['"`]/
    $from = /(from|import)\s{0,4}['"](node:)?child_process['"]/
    $not_comment = /(^|[^\\\r]\n|[^\\]\r\n)[ \t]{0,80}(\/\/[^\n\r\xe2*`$]{0,100}|\/\*{1,2}([ \t][^\n\r*`$]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r*`$]{0,60})?){0,6})['"`](node:)?child_process['"`]/ private
    $not_type = /(^|\n)[ \t]{0,80}import type ([\w$]{1,40}|\* as [\w$]{1,40}|\{[\w\s,$]{0,200}\}) from ['"](node:)?child_process['"]/ private
  condition:
    kind == "javascript" and
    for any of ($call, $from) :
      (# > 100 or # > 0 and (#not_comment > 100 or #not_type > 100) or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j]) and
        not for any j in (1..#not_type) : (@[i] >= @not_type[j] and @[i] < @not_type[j] + !not_type[j])))
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
  strings:
    $binding = /[bB]inding\s{0,4}\(\s{0,4}['"`](spawn_sync|process_wrap)['"`]/
    $not_comment = /(^|[^\\\r]\n|[^\\]\r\n)[ \t]{0,80}(\/\/[^\n\r\xe2*`$]{0,100}|\/\*{1,2}([ \t][^\n\r*`$]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r*`$]{0,60})?){0,6})[bB]inding\(['"`](spawn_sync|process_wrap)/ private
  condition:
    kind == "javascript" and
    for any of ($binding) :
      (# > 100 or # > 0 and #not_comment > 100 or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j])))
}

// A blank before the parenthesis is prose ("the system (see below)") unless an
// argument follows that looks like one.
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
  strings:
    $call = /[^\w$>:\\'"]\\?(exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec)(\(\s{0,8}[^\s)]|\s{1,8}\(\s{0,8}['"$])/ nocase
    $not = /((function|new)[ \t]{1,8}&?|(^|\n)[ \t]{0,80}((\/\/|#)[^\n\r'"`{?*<\[]{0,100}|\/\*{1,2}([ \t][^\n\r'"`{?*<\[]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r'"`{?*<\[]{0,60})?){0,6})[^\w$>:\\'"\n\r`{?*<\[]\\?)(exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec)(\([ \t]{0,8}[^\s)]|[ \t]{1,8}\([ \t]{0,8}['"$])/ nocase private
  condition:
    kind == "php" and
    for any of ($call) :
      (# > 100 or # > 0 and #not > 100 or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j])))
}

// SQL quotes its names with backticks too, so the whole statement must fit.
rule php_exec_backtick
{
  meta:
    capability = "exec"
    severity = "low"
    confidence = "medium"
    attack = "T1059.004"
    hosts = "php"
    description = "starts a program with the backtick operator"
    why = "Backticks are shell_exec in a form that a search for function names misses, and the text goes to the shell as it stands."
    benign = "Release scripts and old installers use them to ask for a version or the name of the host."
    advice = "Read the command and what is put into it, and keep scripts that serve releases out of the document root."
  strings:
    $assign = /[\n;{}]\s{0,80}\$\w{1,40}(\[[^\]\n]{0,40}\])? \.?= `[^`\n]{1,200}`\s{0,8};/
    $assign_tight = /[\n;{}]\s{0,80}\$\w{1,40}=`[^`\n]{1,200}`;/
    $echo = /[\n;{}]\s{0,80}(echo|return|print) `[^`\n]{1,200}`\s{0,8};/
  condition:
    kind == "php" and any of them
}
