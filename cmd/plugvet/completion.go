package main

import (
	"context"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

func completionVerb() *verb {
	return &verb{
		name: "completion", args: "bash|zsh|fish",
		summary: "print a completion script for a shell",
		run: func(_ context.Context, c *call) (int, error) {
			if len(c.args) != 1 || shells[c.args[0]] == nil {
				return 0, usageError("source <(plugvet completion bash)", "expected one of %s", strings.Join(slices.Sorted(maps.Keys(shells)), ", "))
			}
			_, err := io.WriteString(c.stdout, shells[c.args[0]](completions(verbs(), "")))
			return 0, writing("stdout", err)
		},
	}
}

var shells = map[string]func([]completion) string{
	"bash": bashCompletion,
	"zsh":  zshCompletion,
	"fish": fishCompletion,
}

// A completion is what may follow a path of verbs such as "manifest show":
// either more verbs, or flags and arguments.
type completion struct {
	path  string // empty: plugvet itself
	verbs []*verb
	args  []string // the words that an argument may be; nil: names of files
	flags []flagCompletion
}

type flagCompletion struct {
	name, short, usage string
	takesValue         bool
	values             []string // nil: names of files, or anything
	repeats            bool
}

// choices is the annotation of a flag that lists the words it may be.
const choices = "choices"

// offer tells completion and the manual which words a flag may be.
func offer(flags *pflag.FlagSet, name string, words ...string) {
	if err := flags.SetAnnotation(name, choices, words); err != nil {
		panic(err) // the flag is registered above
	}
}

// alternatives matches the arguments of a verb that are one word of several.
var alternatives = regexp.MustCompile(`^[a-z0-9]+(\|[a-z0-9]+)+$`)

// completions walks the verbs, so that a script never differs from the program.
func completions(verbs []*verb, path string) []completion {
	here := completion{path: path}
	var below []completion
	for _, v := range verbs {
		if v.hidden {
			continue
		}
		here.verbs = append(here.verbs, v)
		inner := strings.TrimSpace(path + " " + v.name)
		if v.verbs != nil {
			below = append(below, completions(v.verbs, inner)...)
			continue
		}
		leaf := completion{path: inner}
		if alternatives.MatchString(v.args) {
			leaf.args = strings.Split(v.args, "|")
		}
		v.flagSet(&call{}).VisitAll(func(f *pflag.Flag) {
			leaf.flags = append(leaf.flags, flagCompletion{
				name: f.Name, short: f.Shorthand, usage: f.Usage, takesValue: f.NoOptDefVal == "",
				values: f.Annotations[choices], repeats: f.Value.Type() == "stringArray",
			})
		})
		leaf.flags = append(leaf.flags, flagCompletion{name: "help", short: "h", usage: "tell how the verb is used"})
		below = append(below, leaf)
	}
	return append([]completion{here}, below...)
}

func (c *completion) verbNames() []string {
	var names []string
	for _, v := range c.verbs {
		names = append(names, v.name)
	}
	return names
}

// names are how the flag is written, the short form first.
func (f *flagCompletion) names() []string {
	if f.short == "" {
		return []string{"--" + f.name}
	}
	return []string{"-" + f.short, "--" + f.name}
}
