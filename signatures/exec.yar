/*
   Exec: can the plugin start other programs? For native code this is what the
   symbol tables say; forkpty counts as a fork. For scripts it is what their code
   loads and calls; PHP's backticks are a call of shell_exec.
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
  condition:
    kind == "javascript" and
    modules contains " child_process "
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
    why = "a plugin that starts programs can do whatever the server's user can"
    benign = "a build tool or a command line that also runs on Bun or Deno"
    advice = "read what it starts and whether a request can reach it"
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
    attack = "T1059"
    hosts = "php"
    description = "calls a function that starts programs"
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
