package locate

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// An Entry is a value of a package.json that leads to code of the package: what
// others load it by, what they start, and what npm runs at install.
type Entry struct {
	Key  string // "main", "bin", "exports", "imports", "scripts.postinstall", …
	Line int    // from 1
	// Files are relative to the directory of the package.json and begin with
	// "./"; what Node.js would add to them (".js", "/index.js") is still to be
	// found. One of exports or imports may have a "*".
	Files []string
	Hook  *Command // what npm runs at install; nil for other entries
	// Text is the command line of a script, with those that it has npm run.
	Text string
}

// A Command is what is known of a command line without running it.
type Command struct {
	Files    []string // of its own tree that it runs, each with "./"
	Programs []string // those of osascript, curl and wget that it starts
	// Opaque says that it may run more: a program that is not known to mind its
	// own business, or code that stands in the line itself.
	Opaque bool
}

// installScripts are those that npm runs in every package that it installs
// (docs.npmjs.com, "scripts": npm install). "prepare" is run for the project
// itself and for packages from git.
var installScripts = []string{"preinstall", "install", "postinstall"}

// maxEntries bounds what is kept of one package.json; those of real packages
// name some hundreds of files. maxCommandFiles does so for one command line.
const (
	maxEntries      = 1_000
	maxCommandFiles = 256
)

// Entries reads what a package.json says of its own files. Of a text that is no
// JSON there are none, as Node.js and npm refuse it. whole says that nothing was
// left out because there was too much of it.
func Entries(data []byte) (entries []Entry, whole bool) {
	if len(data) > maxPackageJSON {
		return nil, false
	}
	whole = true
	scripts := map[string]string{}
	lines := map[string]int{}
	add := func(key string, line int, file string) {
		// import takes a name with a slash before it as one of the package.
		file = strings.TrimPrefix(strings.TrimLeft(file, "/"), "./")
		switch {
		case file == "":
		case len(entries) == maxEntries:
			whole = false
		default:
			entries = append(entries, Entry{Key: key, Line: line, Files: []string{"./" + file}})
		}
	}
	err := walkJSON(data, func(keys []string, raw []byte, line int) {
		value, ok := jsonString(raw)
		if !ok || len(keys) == 0 {
			return
		}
		switch key := keys[0]; key {
		case "main", "module", "bin":
			if len(keys) <= 2 {
				add(key, line, value)
			}
		case "directories":
			if len(keys) == 2 && keys[1] == "bin" {
				add("directories.bin", line, strings.TrimSuffix(value, "/")+"/*")
			}
		case "browser":
			if len(keys) == 1 || strings.HasPrefix(value, "./") {
				add(key, line, value)
			}
		case "exports", "imports":
			if strings.HasPrefix(value, "./") { // imports may name packages
				add(key, line, value)
			}
		case "scripts":
			if len(keys) == 2 {
				scripts[keys[1]], lines[keys[1]] = value, line
			}
		}
	})
	if err != nil {
		return nil, true
	}
	for _, name := range append([]string{"prepare"}, installScripts...) {
		if strings.TrimSpace(scripts[name]) == "" {
			continue
		}
		r := commandReader{scripts: scripts, seen: map[string]bool{name: true}}
		r.line(".", scripts[name])
		e := Entry{Key: "scripts." + name, Line: lines[name], Files: r.Files, Text: r.text.String()}
		if name != "prepare" {
			e.Hook = &r.Command
		}
		entries = append(entries, e)
	}
	return entries, whole
}

// ReadCommand reads one line of a shell script.
func ReadCommand(line string) Command {
	var r commandReader
	r.line(".", line)
	return r.Command
}

// A commandReader reads command lines that may lead to one another.
type commandReader struct {
	Command
	scripts map[string]string // of the package.json
	seen    map[string]bool   // those of scripts that were read
	depth   int               // of lines within lines (sh -c)
	text    strings.Builder   // of the lines
}

// maxCommandDepth bounds the lines within lines.
const maxCommandDepth = 8

// line reads a command line that runs in dir.
func (r *commandReader) line(dir, line string) {
	if r.depth++; r.depth > maxCommandDepth {
		r.Opaque = true
		return
	}
	defer func() { r.depth-- }()
	r.text.WriteString(line + "\n")
	for _, words := range splitCommands(line) {
		words = withoutPrefixes(words)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		program, args := path.Base(words[0]), words[1:]
		switch {
		case program == "cd" && len(args) > 0:
			if dir = path.Join(dir, args[0]); len(dir) > maxPath {
				r.Opaque = true
				return
			}
		case strings.Contains(words[0], "/") && !path.IsAbs(words[0]):
			r.file(dir, words[0])
		case slices.Contains(interpreters, program):
			r.interpreter(dir, args)
		case slices.Contains(managerPrograms, program):
			r.manager(args)
		case slices.Contains(notable, program):
			r.Programs = appendNew(r.Programs, program)
		case !slices.Contains(builders, program):
			r.Opaque = true
		}
	}
}

// withoutPrefixes drops what stands before the program of a command.
func withoutPrefixes(words []string) []string {
	for len(words) > 0 {
		word := words[0]
		prefix := slices.Contains([]string{"env", "exec", "sudo", "nohup", "time", "command", "cross-env", "if", "then", "else", "!", "{", "}", "fi"}, word)
		if !prefix && assignment.FindString(word) == "" {
			break
		}
		words = words[1:]
	}
	return words
}

var (
	// interpreters run the file that is their first argument.
	interpreters = []string{"node", "nodejs", "bun", "deno", "tsx", "ts-node", "sh", "bash", "dash", "zsh", ".", "source", "php"}
	// managerPrograms run the scripts of the package.json.
	managerPrograms = []string{"npm", "yarn", "pnpm"}
	// notable are programs that are worth a word of their own.
	notable = []string{"osascript", "curl", "wget"}
	// builders are programs that packages commonly name in their install scripts
	// and that run none of the package's own scripts.
	builders = []string{
		"node-gyp", "node-gyp-build", "node-pre-gyp", "prebuild-install", "husky", "patch-package", "opencollective",
		"opencollective-postinstall", "echo", "printf", "exit", "true", "false", "test", "[", ":", "mkdir", "cp", "mv", "rm", "ln",
		"chmod", "touch", "rimraf", "shx", "tsc", "set",
	}
	// quotedFile finds the relative files that code in a command line names.
	quotedFile = regexp.MustCompile("['\"`](\\.{1,2}/[^'\"`]+)['\"`]")
)

func (r *commandReader) file(dir, name string) {
	name = path.Join(dir, name)
	if path.IsAbs(name) || name == ".." || strings.HasPrefix(name, "../") || strings.Contains(name, "$") || len(r.Files) == maxCommandFiles {
		r.Opaque = true // outside, or only the shell knows
		return
	}
	r.Files = appendNew(r.Files, "./"+name)
}

// interpreter reads the arguments of node, sh and the like.
func (r *commandReader) interpreter(dir string, args []string) {
	for i := 0; i < len(args); i++ {
		option, value, joined := strings.Cut(args[i], "=")
		next := func() string {
			if !joined && i+1 < len(args) {
				i++
				value = args[i]
			}
			return value
		}
		switch {
		case args[i] == "<" && i+1 < len(args):
			r.file(dir, args[i+1])
			return
		case strings.HasPrefix(args[i], "<") && len(args[i]) > 1 && args[i][1] != '<':
			r.file(dir, args[i][1:])
			return
		case option == "run" && i+1 < len(args): // bun run, deno run
		case !strings.HasPrefix(option, "-"):
			r.file(dir, args[i])
			return
		case slices.Contains([]string{"-e", "-p", "-pe", "--eval", "--print"}, option):
			r.Opaque = true
			for _, m := range quotedFile.FindAllStringSubmatch(next(), -1) {
				r.file(dir, m[1])
			}
			return
		case option == "-c":
			r.line(dir, next())
			return
		case slices.Contains(preloadOptions, option):
			if name := next(); strings.HasPrefix(name, ".") {
				r.file(dir, name)
			}
		}
	}
	r.Opaque = true // it reads its standard input
}

// preloadOptions are those by which Node.js loads something before its script
// (nodejs.org/api/cli.html).
var preloadOptions = []string{"-r", "--require", "--import", "--loader", "--experimental-loader"}

// manager reads the arguments of "npm run build", "yarn build".
func (r *commandReader) manager(args []string) {
	at := slices.IndexFunc(args, func(arg string) bool {
		return arg != "run" && arg != "run-script" && !strings.HasPrefix(arg, "-")
	})
	if at < 0 || r.scripts[args[at]] == "" {
		r.Opaque = true
		return
	}
	for _, name := range []string{"pre" + args[at], args[at], "post" + args[at]} { // docs.npmjs.com, "Pre & Post Scripts"
		if !r.seen[name] {
			r.seen[name] = true
			r.line(".", r.scripts[name])
		}
	}
}
