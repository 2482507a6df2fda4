package shell

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A Reach is what commands do that an installation seldom needs.
type Reach struct {
	Fetches     bool // they take something from another machine
	Connects    bool // they hold a connection, through which anything may come and go
	RunsFetched bool // they run what they took from another machine
	RunsOther   bool // they run code in another language than the shell's or JavaScript
	// Takes are packages that they take from the registry unless these are installed.
	Takes []string
	// ByPath are the programs that they run by the files that these lie in, which only a look
	// at the files tells from scripts.
	ByPath []string
}

// ReachOf tells how far a line reaches. environment are the variables that are known.
func ReachOf(line string, environment map[string]string) Reach {
	s := newState(environment)
	s.line(line)
	return s.reach.Reach
}

// ReachOfScript is ReachOf for a file that is a shell's script.
func ReachOfScript(text string) Reach { return readScript(text).reach.Reach }

// ReachOfCommand is ReachOf for a command with these words.
func ReachOfCommand(words []string) Reach {
	s := newState(nil)
	s.command(words[:min(len(words), maxWords)], unknown)
	return s.reach.Reach
}

// A reaching is the reach of the commands so far, and where what they fetched is.
type reaching struct {
	Reach
	fetches  int      // commands that fetch
	piped    bool     // what a command reads comes from one that fetches
	captured bool     // a substitution or a variable has something of it
	inWords  bool     // the words of the command have
	files    []string // that have, and directories
	moved    bool     // the working directory is another one by now
	agrees   bool     // npm is told that it may take packages
}

// follow notes how far a program reaches that runs with these words.
func (r *reaching) follow(words []string) {
	name, args := strings.TrimSuffix(path.Base(words[0]), ".exe"), words[1:]
	call, _ := runnerCallOf(name, args)
	r.Takes = append(r.Takes, call.registered(r.agrees)...)
	operand := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
	switch {
	case r.runsFetched(name, words):
		r.RunsFetched = true
	case call.remote():
		r.Fetches, r.RunsFetched = true, true
	case fetches(name, args):
		r.Fetches = true
		r.fetches++
		r.files = append(r.files, written(name, args)...)
	case slices.Contains(connecting, name) && operand >= 0, name == "openssl" && slices.Contains(args, "-connect"):
		r.Connects = true
	case languages[name] && len(args) > 0 && !onlyAsks(args):
		r.RunsOther = true
	case byPath(words[0]):
		r.ByPath = append(r.ByPath, words[0])
	case name == "cd":
		r.moved = true
	case name == "tee" && r.piped:
		r.files = append(r.files, args...)
	case (name == "mv" || name == "cp" || name == "ln" || name == "install") && slices.ContainsFunc(args, r.has):
		r.files = append(r.files, args[len(args)-1])
	}
}

// followRedirection notes a file that commands write or read. Bash connects where it has
// such a name, and a file may take what was fetched.
func (r *reaching) followRedirection(op syntax.RedirOperator, file string, fetched bool) {
	switch {
	case strings.HasPrefix(file, "/dev/tcp/"), strings.HasPrefix(file, "/dev/udp/"):
		r.Connects = true
	case fetched && op != syntax.RdrIn:
		r.files = append(r.files, file)
	}
}

// runsFetched tells whether a command runs what was fetched: what it reads, what a
// substitution wrote, or a file.
func (r *reaching) runsFetched(name string, words []string) bool {
	if !r.Fetches || name == "osascript" { // which others tell
		return false
	}
	program, args := words[0], words[1:]
	if strings.Contains(program, unknown) {
		return r.inWords || r.piped
	}
	if name != "eval" && name != "." && name != "source" && name != "open" && !isInterpreter(name) && !IsShell(name) {
		return isPath(program) && r.has(program)
	}
	if r.piped && (interprets(words) || slices.ContainsFunc(args, isInput)) {
		return true
	}
	if IsShell(name) {
		call := shellCallOf(words)
		if args = call.lines; call.file != "" {
			args = []string{call.file}
		}
	}
	at := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
	return at >= 0 && (r.has(args[at]) || args[at] == unknown && r.captured)
}

// isInput tells the names of what a program reads.
func isInput(file string) bool {
	return file == "/dev/stdin" || file == "/dev/fd/0" || file == "/proc/self/fd/0"
}

// has tells whether a file is one that was fetched, or lies in a directory that was.
func (r *reaching) has(file string) bool {
	file = path.Clean(file)
	return slices.ContainsFunc(r.files, func(fetched string) bool {
		fetched = path.Clean(fetched)
		return file == fetched || strings.HasPrefix(file, fetched+"/") || r.moved && path.Base(file) == path.Base(fetched)
	})
}

// connecting are the programs that hold a connection to what they are given, by their manuals.
var connecting = []string{"nc", "ncat", "netcat", "nc.traditional", "nc.openbsd", "socat", "telnet", "ssh", "websocat", "ztcp"}

// languages are the interpreters of other languages. What osascript does is told by others.
var languages = words("python python2 python3 perl ruby php lua luajit tclsh pwsh powershell cscript wscript mshta rundll32 cmd swift groovy")

// onlyAsks tells whether a program is asked for its version or how it is used.
func onlyAsks(args []string) bool {
	switch args[0] {
	case "--version", "-version", "-v", "-V", "-h", "--help", "version", "help":
		return len(args) == 1
	}
	return false
}

// fetches tells whether a program takes something from another machine.
func fetches(name string, args []string) bool {
	has := func(is func(string) bool) bool { return slices.ContainsFunc(args, is) }
	if call, ok := runnerCallOf(name, args); ok && call.fetches && len(call.packages) > 0 {
		return true
	}
	switch name {
	case "curl", "wget", "fetch", "aria2c", "axel", "lynx", "w3m", "ftp", "sftp", "tftp", "scp", "lwp-request", "lwp-download", "lwp-mirror", "http", "https", "xh", "bitsadmin":
		return has(func(arg string) bool { return !strings.HasPrefix(arg, "-") })
	case "certutil":
		return has(func(arg string) bool { return strings.EqualFold(arg, "-urlcache") })
	case "rsync":
		return has(func(arg string) bool { return strings.Contains(arg, ":") && !strings.HasPrefix(arg, "-") })
	case "git":
		at := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
		return at >= 0 && (args[at] == "clone" || args[at] == "fetch" || args[at] == "pull")
	case "npm", "npx", "yarn", "pnpm", "bun", "bunx", "deno", "node", "pip", "pip3", "pipx", "uv", "uvx", "gem", "go", "cargo", "brew":
		return has(func(arg string) bool { return strings.Contains(arg, "http://") || strings.Contains(arg, "https://") })
	}
	return false
}

// written are the files, or the directory, into which a program puts what it takes.
func written(name string, args []string) (files []string) {
	from := ""
	for i, arg := range args {
		option := strings.HasPrefix(arg, "-")
		switch {
		case strings.HasPrefix(arg, "--output=") || strings.HasPrefix(arg, "--output-document="):
			_, file, _ := strings.Cut(arg, "=")
			files = append(files, file)
		case option && !strings.HasPrefix(arg, "--") && i+1 < len(args) && (strings.HasSuffix(arg, "o") || name == "wget" && strings.HasSuffix(arg, "O")), arg == "--output" && i+1 < len(args), arg == "--output-document" && i+1 < len(args):
			files = append(files, args[i+1])
		case (strings.HasPrefix(arg, "-o") || name == "wget" && strings.HasPrefix(arg, "-O")) && len(arg) > 2:
			files = append(files, arg[2:])
		case strings.Contains(arg, "/") && !option:
			if from == "" {
				from = strings.TrimSuffix(path.Base(arg), ".git")
			} else if name == "git" {
				from = arg
			}
		}
	}
	if from != "" && len(files) == 0 {
		files = append(files, from)
	}
	return files
}

// byPath tells whether a program is named by the file that it lies in, and is not one of the
// system or of another package, or a script that is read.
func byPath(program string) bool {
	if !isPath(program) || strings.Contains(program, "node_modules/") || path.Base(path.Dir(program)) == ".bin" {
		return false
	}
	switch path.Dir(program) {
	case "/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/sbin", "/usr/sbin":
		return false
	}
	switch path.Ext(program) {
	case ".sh", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts":
		return false
	}
	return true
}

func isPath(name string) bool {
	return strings.Contains(name, "/") && !strings.Contains(name, "://") && !strings.Contains(name, unknown)
}
