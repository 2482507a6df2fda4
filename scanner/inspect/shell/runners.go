package shell

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A package runner runs a program of a package: one of the tree, or one that it takes from
// another machine for that. Deno does so with scripts.

// A runnerCall is what a runner is told.
type runnerCall struct {
	packages []string // what it runs, or of which that is: names, addresses or files
	lines    []string // for a shell, in which the packages' programs are
	command  []string // words of a program that need not be one of theirs
	takes    bool     // it takes a package that is not installed from the registry without asking
	asks     bool     // it does when it may
	fetches  bool     // it takes one even if it is installed
	files    bool     // a/b is a file
}

// runnerCommands are the commands by which programs are runners; for those of no other use
// it may be none. Those with "create" run the package of that name.
var runnerCommands = map[string][]string{
	"npx": nil, "bunx": nil, "pnpx": nil, "deno": {"run", "serve", "test", "bench", "x"},
	"npm": {"exec", "x", "create", "init", "innit"}, "pnpm": {"dlx", "exec", "create"}, "yarn": {"dlx", "exec", "create"}, "bun": {"x", "exec", "create", "c"},
}

// npmValues are the options that take the next word: of npm's configuration, and the few
// that others have.
var npmValues = without(words(`package p registry reg prefix C userconfig globalconfig cache workspace w call c loglevel script-shell
	shell node-options proxy https-proxy noproxy ca cafile cert key before enjoy-by min-release-age tag otp auth-type
	omit include only also scope location L install-strategy user-agent local-address maxsockets cpu os libc
	fetch-retries fetch-retry-factor fetch-retry-mintimeout fetch-retry-maxtimeout fetch-timeout logs-dir logs-max
	node-arg npm cwd dir filter F store-dir config`), "global", "local")

// pnpmValues are those where -c is a flag, by which the words are a line.
var pnpmValues = without(npmValues, "c", "call")

// pnpmCommands are those commands of pnpm's that are named as programs are. It runs the program
// where it has no command of the name. (pnpm.io, "pnpm exec")
var pnpmCommands = words("env fetch import install link ln ls patch run test")

// denoValues are those of deno run: the others have theirs behind "=".
var denoValues = words(`config c import-map lock cert location seed ext log-level L preload require host port`)

// runnerCallOf reads the words of a runner; ok is false for other programs and commands.
func runnerCallOf(name string, args []string) (call runnerCall, ok bool) {
	name, _, _ = strings.Cut(name, "@") // corepack pnpm@9
	commands, ok := runnerCommands[name]
	if !ok {
		return runnerCall{}, false
	}
	values := npmValues
	switch name {
	case "deno":
		values, call.files = denoValues, true
	case "pnpm", "pnpx", "yarn":
		values = pnpmValues
	}
	flags := wordSet{}
	for _, arg := range args {
		if name != "npm" || arg == "--" {
			break
		}
		flags["y"] = flags["y"] || arg == "-y" || arg == "--yes" // which may stand behind the package
	}
	each := func(option, value string) {
		value = strings.TrimPrefix(value, "=") // -c=a
		switch {
		case option == "package" || option == "p" && values["p"]:
			call.packages = append(call.packages, value)
		case values[option] && (option == "c" || option == "call") && name != "deno":
			call.lines = append(call.lines, value)
		default:
			flags[option] = value != "false"
		}
	}
	args = options(args, values, each)
	command := name
	if commands != nil {
		switch found := len(args) > 0 && slices.Contains(commands, args[0]); {
		case found:
			command, args = args[0], options(args[1:], values, each)
		case name == "pnpm" && len(args) > 0 && !pnpmCommands[args[0]]:
			command = "exec"
		case name == "deno": // which needs no command for a script
		case name == "npm":
			return runnerCall{}, false
		default:
			if len(args) > 0 && args[0] == "run" {
				args = args[1:]
			}
			call.command = startsAnother(args)
			return call, call.command != nil
		}
	}
	agrees := flags["y"] || flags["yes"]
	switch command {
	case "exec":
		if name == "npm" {
			call.takes, call.asks = agrees, true
			break
		}
		call.command = args
		if name == "yarn" && len(args) > 0 { // of which the first may be a line
			call.lines, call.command = []string{args[0] + " " + Quoted(args[1:])}, nil
		}
		if name == "bun" || flags["c"] || flags["shell-mode"] {
			call.lines, call.command = []string{strings.Join(args, " ")}, nil
		}
		return call, true
	case "create", "c", "init", "innit":
		call.takes, call.asks, call.fetches = agrees, true, name != "npm"
		if len(args) > 0 {
			call.packages = []string{creating(args[0])}
		}
		return call, true
	case "dlx", "pnpx":
		call.fetches = true
		if flags["c"] || flags["shell-mode"] {
			call.lines = []string{strings.Join(args, " ")}
		}
	case "bunx":
		call.takes = true
	case "x":
		call.takes, call.asks = agrees || name == "bun", true
	case "npx":
		call.takes, call.asks = agrees, true
	}
	switch {
	case len(call.packages) > 0:
		call.command = args
	case len(args) > 0:
		call.packages, call.command = args[:1], startsAnother(args)
		call.fetches = call.fetches || name == "deno" && (strings.HasPrefix(args[0], "npm:") || strings.HasPrefix(args[0], "jsr:"))
	}
	return call, true
}

// startsAnother are the words by the name of the program where a package's program is one that
// starts another; nil for others.
func startsAnother(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	name, _, _ := strings.Cut(words[0], "@")
	switch name {
	case "cross-env", "cross-env-shell", "concurrently":
		return append([]string{name}, words[1:]...)
	}
	return nil
}

// creating is the package that npm init and its like run for a name: a for create-a.
// (docs.npmjs.com, "npm-init")
func creating(name string) string {
	if remotePackage.MatchString(name) {
		return name
	}
	scope, of, scoped := strings.Cut(name, "/")
	switch {
	case scoped:
		return scope + "/create-" + of
	case strings.HasPrefix(name, "@"):
		return name + "/create"
	}
	return "create-" + name
}

// remotePackage fits what npm takes for a package at an address, with a name before it or
// none: a/b lies at GitHub.
var remotePackage = regexp.MustCompile(`^(?:@?[\w./-]+@)?(?:(?:git(?:\+\w+)?|https?|ssh)://|(?:github|gitlab|bitbucket|gist):|[\w-][\w.-]*/[\w.-]+(?:#|$))|^[^@/]+@[^:/@]+\.[^:/@]+:`)

// remote tells whether a runner is told to run what lies at an address: no registry's
// package, of which the tree may hold the one that is meant.
func (c runnerCall) remote() bool {
	return slices.ContainsFunc(c.packages, func(spec string) bool {
		if c.files {
			return strings.HasPrefix(spec, "https://") || strings.HasPrefix(spec, "http://")
		}
		return remotePackage.MatchString(spec)
	})
}

// registered are the packages that it takes from the registry where they are not installed and
// it may.
func (c runnerCall) registered(agrees bool) (names []string) {
	if !c.takes && !(agrees && c.asks) || c.fetches {
		return nil
	}
	for _, spec := range c.packages {
		if !remotePackage.MatchString(spec) && !strings.HasPrefix(spec, ".") && !strings.HasPrefix(spec, "/") && !strings.HasPrefix(spec, "file:") {
			names = append(names, spec)
		}
	}
	return names
}

// agrees tells whether npm is told by variables that it may take packages.
func agrees(variables map[string]string) bool {
	value := cmp.Or(variables["npm_config_yes"], variables["NPM_CONFIG_YES"])
	return value != "" && value != "false" && value != "0"
}
