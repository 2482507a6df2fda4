package main

import (
	"context"
	"fmt"
	"io"
	"maps"
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
			return 0, writing("stdout", shells[c.args[0]](c.stdout, completions(verbs(), "")))
		},
	}
}

// A completion is what may follow a path of verbs such as "manifest show".
type completion struct {
	path  string
	words []word
}

type word struct{ text, help string }

var shells = map[string]func(io.Writer, []completion) error{
	"bash": writeBash,
	"zsh":  writeZsh,
	"fish": writeFish,
}

// completions walks the verbs, so that a script never differs from the program.
func completions(verbs []*verb, path string) []completion {
	here := completion{path: path}
	var below []completion
	for _, v := range verbs {
		here.words = append(here.words, word{v.name, v.summary})
		inner := strings.TrimSpace(path + " " + v.name)
		if v.verbs != nil {
			below = append(below, completions(v.verbs, inner)...)
			continue
		}
		leaf := completion{path: inner}
		v.flagSet(&call{}).VisitAll(func(f *pflag.Flag) {
			leaf.words = append(leaf.words, word{"--" + f.Name, f.Usage})
		})
		if v.name == "completion" {
			leaf.words = append(leaf.words, word{"bash", ""}, word{"zsh", ""}, word{"fish", ""})
		}
		below = append(below, leaf)
	}
	return append([]completion{here}, below...)
}

func (c completion) texts() string {
	var texts []string
	for _, w := range c.words {
		texts = append(texts, w.text)
	}
	return strings.Join(texts, " ")
}

func writeBash(w io.Writer, all []completion) error {
	var b strings.Builder
	b.WriteString("# bash completion for plugvet\n_plugvet() {\n  local cur=${COMP_WORDS[COMP_CWORD]} path= word\n")
	b.WriteString("  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $word in -*) break ;; esac\n    path=\"${path:+$path }$word\"\n  done\n")
	b.WriteString("  case $path in\n")
	for _, c := range slices.Backward(all) { // the longest path first
		fmt.Fprintf(&b, "    %q*) COMPREPLY=($(compgen -W %q -- \"$cur\")) ;;\n", c.path, c.texts())
	}
	b.WriteString("  esac\n}\ncomplete -o default -F _plugvet plugvet\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func writeZsh(w io.Writer, all []completion) error {
	var b strings.Builder
	b.WriteString("#compdef plugvet\nautoload -U +X bashcompinit && bashcompinit\n")
	if err := writeBash(&b, all); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeFish(w io.Writer, all []completion) error {
	var b strings.Builder
	b.WriteString("# fish completion for plugvet\n")
	for _, c := range all {
		condition := "__fish_use_subcommand"
		if c.path != "" {
			condition = "__fish_seen_subcommand_from " + strings.ReplaceAll(c.path, " ", "; and __fish_seen_subcommand_from ")
		}
		for _, word := range c.words {
			arg := "-a " + word.text
			if long, ok := strings.CutPrefix(word.text, "--"); ok {
				arg = "-l " + long
			}
			fmt.Fprintf(&b, "complete -c plugvet -n '%s' %s -d '%s'\n", condition, arg, strings.ReplaceAll(word.help, "'", `\'`))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
