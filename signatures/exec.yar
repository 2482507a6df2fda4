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
    why = "A module that starts programs gives whoever controls it a shell with the rights of the server, which is what a back door is for."
    benign = "The rtmp module of nginx runs ffmpeg, PHP's imap opens a pipe, opcache forks, node-pty exists to spawn terminals, and debuggers start helpers."
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
    why = "The internal bindings start programs without child_process being loaded, past hooks and policies that watch that module."
    benign = "Node.js itself and a few tools that patch it use them (spawn-wrap, graceful process wrappers, some bundled copies of npm)."
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
