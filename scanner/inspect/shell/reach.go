package shell

import (
	"path"
	"slices"
	"strings"
)

// A Reach is what commands do that an installation seldom needs.
type Reach struct {
	Fetches     bool // they take something from another machine
	Connects    bool // they hold a connection, through which anything may come and go
	RunsFetched bool // they run what they took from another machine
	Interprets  bool // they run code in another language than the shell's, or a program by its path
}

// ReachOf tells how far commands reach, in the order in which they run.
func ReachOf(commands [][]string) Reach {
	var r Reach
	var fetched []string // words of the commands that take something
	for _, words := range commands {
		name := path.Base(words[0])
		switch {
		case fetches(name, words[1:]):
			r.Fetches = true
			fetched = append(fetched, words[1:]...)
		case slices.Contains(connecting, name), strings.HasPrefix(words[0], "/dev/tcp/"), strings.HasPrefix(words[0], "/dev/udp/"):
			r.Connects = true
		case r.Fetches && runsOneOf(fetched, words):
			r.RunsFetched = true
		case slices.Contains(languages, name) && len(words) > 1, byPath(words[0]):
			r.Interprets = true
		}
	}
	return r
}

// connecting are the programs that hold a connection, by what their manuals say.
var connecting = []string{"nc", "ncat", "netcat", "nc.traditional", "nc.openbsd", "socat", "telnet", "ssh", "websocat"}

// languages are the interpreters of other languages than Node.js, which runs the rest of a
// package.
var languages = []string{
	"python", "python2", "python3", "perl", "ruby", "php", "lua", "luajit", "tclsh", "pwsh", "powershell", "powershell.exe",
	"cscript", "wscript", "mshta", "rundll32", "cmd", "cmd.exe", "swift", "jjs", "groovy",
}

// fetches tells whether a program takes something from another machine.
func fetches(name string, args []string) bool {
	switch name {
	case "curl", "wget", "aria2c", "axel", "lynx", "w3m", "ftp", "sftp", "tftp", "scp", "lwp-request", "lwp-download", "lwp-mirror", "httpie", "http", "https", "xh", "bitsadmin", "certutil":
		return slices.ContainsFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
	case "rsync":
		return slices.ContainsFunc(args, func(arg string) bool { return strings.Contains(arg, ":") })
	case "git":
		return slices.Contains(args, "clone") || slices.Contains(args, "fetch") || slices.Contains(args, "pull")
	}
	return false
}

// runsOneOf tells whether a command runs what a program before it took, whose words are
// fetched: what it reads from its input, what a substitution wrote, or a file of that name.
// What osascript does is told by others.
func runsOneOf(fetched, words []string) bool {
	file := words[0]
	switch path.Base(words[0]) {
	case "sh", "bash", "zsh", "dash", "ksh", "ash", "node", "nodejs", "bun", "deno", "python", "python3", "perl", "ruby", "php", "open", "eval", ".", "source":
		args := slices.DeleteFunc(slices.Clone(words[1:]), func(word string) bool { return strings.HasPrefix(word, "-") })
		if slices.Contains(words[1:], "-s") || len(args) == 0 || strings.Contains(args[0], unknown) {
			return true
		}
		file = args[0]
	default:
		if !isPath(file) {
			return false
		}
	}
	return slices.ContainsFunc(fetched, func(word string) bool { return path.Base(word) == path.Base(file) })
}

// byPath tells whether a program is named by the file that it lies in, and not one of a
// package's or of the system's own.
func byPath(program string) bool {
	if !isPath(program) || path.Base(path.Dir(program)) == ".bin" {
		return false
	}
	switch path.Dir(program) {
	case "/bin", "/usr/bin", "/sbin", "/usr/sbin", "/dev":
		return false
	}
	switch path.Ext(program) {
	case ".sh", ".js", ".mjs", ".cjs": // what they do is read
		return false
	}
	return true
}

func isPath(name string) bool {
	return strings.Contains(name, "/") && !strings.Contains(name, "://") && !strings.Contains(name, unknown)
}
