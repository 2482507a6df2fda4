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
    attack = "T1059"
    hosts = "php"
    description = "calls a function that starts programs"
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
    attack = "T1059"
    hosts = "php"
    description = "starts a program with the backtick operator"
  strings:
    $assign = /[\n;{}]\s{0,80}\$\w{1,40}(\[[^\]\n]{0,40}\])? \.?= `[^`\n]{1,200}`\s{0,8};/
    $assign_tight = /[\n;{}]\s{0,80}\$\w{1,40}=`[^`\n]{1,200}`;/
    $echo = /[\n;{}]\s{0,80}(echo|return|print) `[^`\n]{1,200}`\s{0,8};/
  condition:
    kind == "php" and any of them
}
