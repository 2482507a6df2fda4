package shell

import (
	"regexp"
	"slices"
	"strings"
)

// A package runner runs a program of a package: one of the tree, or one that it takes from
// another machine for that. Deno does so with scripts.

// A runnerCall is what a runner is told.
type runnerCall struct {
	packages []string // what it runs, or of which that is: names, addresses or files
	takes    bool     // it takes a package that is not there from the registry without asking
}

// runnerCommands are the commands by which programs are runners; for those of no other use
// it may be none.
var runnerCommands = map[string][]string{
	"npx": nil, "bunx": nil, "pnpx": nil, "deno": {"run"},
	"npm": {"exec", "x"}, "pnpm": {"dlx"}, "yarn": {"dlx"}, "bun": {"x"},
}

// npmValues are the options that take the next word: of npm's configuration, and the few
// that others have. That of --package is told apart.
var npmValues = words(`--registry --reg --prefix -C --userconfig --globalconfig --cache --workspace -w --call -c --loglevel --script-shell
	--shell --node-options --proxy --https-proxy --noproxy --ca --cafile --cert --key --before --enjoy-by --min-release-age --tag --otp --auth-type
	--omit --include --only --also --scope --location -L --install-strategy --user-agent --local-address --maxsockets --cpu --os --libc
	--fetch-retries --fetch-retry-factor --fetch-retry-mintimeout --fetch-retry-maxtimeout --fetch-timeout --logs-dir --logs-max
	--node-arg --npm --cwd --dir --filter -F --store-dir --config`)

// denoValues are those of deno run: the others have theirs behind "=".
var denoValues = words(`--config -c --import-map --lock --cert --location --seed --ext --log-level -L --preload --require`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// runnerCallOf reads the words of a runner; ok is false for other programs and commands.
func runnerCallOf(name string, args []string) (call runnerCall, ok bool) {
	commands, ok := runnerCommands[name]
	if !ok {
		return runnerCall{}, false
	}
	values := npmValues
	if name == "deno" {
		values = denoValues
	}
	runs := commands == nil
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch option, of, named := strings.Cut(arg, "="); {
		case name != "deno" && (option == "-p" || option == "--package"):
			if !named && i+1 < len(args) {
				i++
				of = args[i]
			}
			call.packages = append(call.packages, of)
		case values[arg]:
			i++
		case strings.HasPrefix(arg, "-"):
			call.takes = call.takes || (name == "npx" || name == "npm") && (arg == "-y" || arg == "--yes")
		case !runs && slices.Contains(commands, arg):
			runs, call.takes = true, arg == "dlx" || call.takes
		case runs || name == "deno": // which needs no command for a script
			if len(call.packages) == 0 {
				call.packages = []string{arg}
			}
			call.takes = call.takes || name == "deno" && (strings.HasPrefix(arg, "npm:") || strings.HasPrefix(arg, "jsr:"))
			return call, true
		default:
			return runnerCall{}, false
		}
	}
	return call, runs
}

// remotePackage fits what npm takes for a package at an address, with a name before it or
// none: a/b lies at GitHub.
var remotePackage = regexp.MustCompile(`^(?:@?[\w./-]+@)?(?:(?:git(?:\+\w+)?|https?|ssh)://|(?:github|gitlab|bitbucket|gist):|[\w-][\w.-]*/[\w.-]+(?:#|$))|^[^@/]+@[^:/@]+\.[^:/@]+:`)

// runsRemote tells whether a runner is told to run what lies at an address: no registry's
// package, of which the tree may hold the one that is meant.
func runsRemote(name string, args []string) bool {
	call, _ := runnerCallOf(name, args)
	return slices.ContainsFunc(call.packages, func(spec string) bool {
		if name == "deno" { // for which a/b is a file
			return strings.HasPrefix(spec, "https://") || strings.HasPrefix(spec, "http://")
		}
		return remotePackage.MatchString(spec)
	})
}

// takesPackage tells whether a runner is told to take a package from the registry without
// asking. Others run one that is installed.
func takesPackage(name string, args []string) bool {
	call, ok := runnerCallOf(name, args)
	return ok && call.takes && len(call.packages) > 0
}
