package main

import (
	"fmt"
	"strings"
)

// pathsBelow are the paths of verbs, for a script that looks for the one that
// has been typed.
func pathsBelow(all []completion) []string {
	var paths []string
	for _, c := range all {
		if c.path != "" {
			paths = append(paths, c.path)
		}
	}
	return paths
}

// bashCompletion works in bash 3.2 too, which is macOS'. Readline takes "=" for
// a word of its own.
func bashCompletion(all []completion) string {
	var b strings.Builder
	b.WriteString(`# bash completion for plugvet
_plugvet() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path= word
  if [ "$cur" = "=" ]; then cur=; elif [ "$prev" = "=" ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "${path:+$path }$word" in
`)
	fmt.Fprintf(&b, "      %s) path=\"${path:+$path }$word\" ;;\n    esac\n  done\n", quotedJoin(pathsBelow(all), "|"))
	b.WriteString("  case \"$path:$prev\" in\n")
	for _, c := range all {
		for _, f := range c.flags {
			if !f.takesValue {
				continue
			}
			var patterns []string
			for _, name := range f.names() {
				patterns = append(patterns, c.path+":"+name)
			}
			fmt.Fprintf(&b, "    %s) ", quotedJoin(patterns, "|"))
			if f.values != nil {
				fmt.Fprintf(&b, "COMPREPLY=($(compgen -W %s -- \"$cur\")); ", shellQuote(strings.Join(f.values, " ")))
			}
			b.WriteString("return ;;\n") // names of files, by default
		}
	}
	b.WriteString("  esac\n  case \"$path:$cur\" in\n")
	for _, c := range all {
		var flags []string
		for _, f := range c.flags {
			flags = append(flags, "--"+f.name)
		}
		if flags != nil {
			fmt.Fprintf(&b, "    %s:-*) COMPREPLY=($(compgen -W %s -- \"$cur\")) ;;\n", shellQuote(c.path), shellQuote(strings.Join(flags, " ")))
		}
		if words := append(c.verbNames(), c.args...); words != nil {
			fmt.Fprintf(&b, "    %s:*) COMPREPLY=($(compgen -W %s -- \"$cur\")) ;;\n", shellQuote(c.path), shellQuote(strings.Join(words, " ")))
		}
	}
	b.WriteString("  esac\n}\ncomplete -o default -F _plugvet plugvet\n")
	return b.String()
}

// zshCompletion may be sourced, or lie as _plugvet in a directory of $fpath.
func zshCompletion(all []completion) string {
	var b strings.Builder
	b.WriteString("#compdef plugvet\n# zsh completion for plugvet\n")
	for _, c := range all {
		fmt.Fprintf(&b, "%s() {\n", zshFunction(c.path))
		if c.verbs == nil {
			b.WriteString("  _arguments -s")
			for _, f := range c.flags {
				fmt.Fprintf(&b, " \\\n    %s", zshFlag(&f))
			}
			last := "*:file:_files"
			if c.args != nil {
				last = "1:word:(" + strings.Join(c.args, " ") + ")"
			}
			fmt.Fprintf(&b, " \\\n    %s\n}\n", shellQuote(last))
			continue
		}
		b.WriteString("  local state line\n  _arguments -C '1:verb:->verb' '*::argument:->rest'\n  case $state in\n  verb)\n    local -a verbs=(\n")
		for _, v := range c.verbs {
			fmt.Fprintf(&b, "      %s\n", shellQuote(v.name+":"+v.summary))
		}
		b.WriteString("    )\n    _describe verb verbs ;;\n  rest)\n    case $line[1] in\n")
		for _, v := range c.verbs {
			fmt.Fprintf(&b, "    %s) %s ;;\n", v.name, zshFunction(strings.TrimSpace(c.path+" "+v.name)))
		}
		b.WriteString("    esac ;;\n  esac\n}\n")
	}
	b.WriteString("if [ \"$funcstack[1]\" = _plugvet ]; then _plugvet \"$@\"; else compdef _plugvet plugvet; fi\n")
	return b.String()
}

func zshFunction(path string) string {
	return strings.ReplaceAll(strings.TrimSpace("_plugvet "+path), " ", "_")
}

// zshFlag is a specification of _arguments.
func zshFlag(f *flagCompletion) string {
	after := "[" + strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, ":", `\:`).Replace(f.usage) + "]"
	if f.takesValue {
		action := "_files"
		if f.values != nil {
			action = "(" + strings.Join(f.values, " ") + ")"
		}
		after += ":" + f.name + ":" + action
	}
	spec := func(name string) string {
		if f.takesValue {
			if strings.HasPrefix(name, "--") {
				name += "="
			} else {
				name += "+"
			}
		}
		return name
	}
	before := "(" + strings.Join(f.names(), " ") + ")"
	if f.repeats {
		before = "*"
	}
	if f.short == "" {
		if before != "*" {
			before = ""
		}
		return shellQuote(before + spec("--"+f.name) + after)
	}
	return shellQuote(before) + "{" + spec("-"+f.short) + "," + spec("--"+f.name) + "}" + shellQuote(after)
}

func fishCompletion(all []completion) string {
	var b strings.Builder
	b.WriteString(`# fish completion for plugvet
function __plugvet_at
    set -l path
    for word in (commandline -opc)[2..]
        switch "$path $word"
`)
	var spaced []string
	for _, path := range pathsBelow(all) {
		spaced = append(spaced, fishQuote(" "+path))
	}
	fmt.Fprintf(&b, "            case %s\n                set path \"$path $word\"\n        end\n    end\n", strings.Join(spaced, " "))
	b.WriteString("    test \"$path\" = \"$argv\"\nend\n")
	for _, c := range all {
		at := "__plugvet_at"
		if c.path != "" {
			at += " ' " + c.path + "'"
		}
		begin := "complete -c plugvet -n " + fishQuote(at)
		for _, v := range c.verbs {
			fmt.Fprintf(&b, "%s -f -a %s -d %s\n", begin, v.name, fishQuote(v.summary))
		}
		for _, word := range c.args {
			fmt.Fprintf(&b, "%s -f -a %s\n", begin, word)
		}
		for _, f := range c.flags {
			b.WriteString(begin)
			if f.short != "" {
				b.WriteString(" -s " + f.short)
			}
			b.WriteString(" -l " + f.name)
			switch {
			case f.values != nil:
				b.WriteString(" -x -a " + fishQuote(strings.Join(f.values, " ")))
			case f.takesValue:
				b.WriteString(" -r -F")
			}
			fmt.Fprintf(&b, " -d %s\n", fishQuote(f.usage))
		}
	}
	return b.String()
}

func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

// shellQuote quotes a word for bash and zsh.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func quotedJoin(words []string, separator string) string {
	var quoted []string
	for _, w := range words {
		quoted = append(quoted, shellQuote(w))
	}
	return strings.Join(quoted, separator)
}
