package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/scanner/match"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/pflag"
)

// ruleFlags say which rules are applied.
type ruleFlags struct {
	paths     []string
	exclude   []string
	noBuiltin bool
}

func (r *ruleFlags) register(flags *pflag.FlagSet) {
	flags.StringArrayVarP(&r.paths, "rules", "r", nil, "more YARA rules, a file or a directory; repeatable")
	flags.StringArrayVar(&r.exclude, "exclude-rules", nil, "doublestar pattern of rule files to leave out; repeatable")
	flags.BoolVar(&r.noBuiltin, "no-builtin-rules", false, "leave plugvet's own rules out")
}

// compile compiles our rules and those of -r, and names where they come from
// and what was left out.
func (r *ruleFlags) compile() (*match.Rules, []string, error) {
	if len(r.paths) == 0 && len(r.exclude) == 0 && !r.noBuiltin {
		rules, err := match.CompileBuiltin()
		return rules, []string{"builtin"}, err
	}
	for _, pattern := range r.exclude {
		if !doublestar.ValidatePattern(pattern) {
			return nil, nil, usageError("** crosses directories, as in 'experimental/**'", "--exclude-rules %q: not a valid pattern", pattern)
		}
	}
	var sources []match.Source
	var names []string
	if !r.noBuiltin {
		builtin, err := match.Builtin()
		if err != nil {
			return nil, nil, err
		}
		sources = builtin
		names = append(names, "builtin")
	}
	var used []string // patterns, over all paths
	taken := map[string]bool{}
	for _, path := range r.paths {
		var without []string
		more, err := match.LoadPath(path, func(file string) bool {
			i := slices.IndexFunc(r.exclude, func(pattern string) bool { return matchesFile(pattern, file) })
			if i >= 0 && !slices.Contains(without, r.exclude[i]) {
				without = append(without, r.exclude[i])
			}
			return i >= 0
		})
		if err != nil {
			return nil, nil, usageError(leaveOutHint(err), "rules: %w", err)
		}
		for _, source := range more {
			// Two sets may have files of the same name.
			name := source.Namespace
			for n := 2; taken[source.Namespace]; n++ {
				source.Namespace = fmt.Sprintf("%s#%d", name, n)
			}
			taken[source.Namespace] = true
			sources = append(sources, source)
		}
		if without != nil {
			path += " without " + strings.Join(without, ", ")
		}
		names = append(names, path)
		used = append(used, without...)
	}
	for _, pattern := range r.exclude {
		if !slices.Contains(used, pattern) {
			return nil, nil, usageError("a pattern is held against the end of a rule file's path", "--exclude-rules %q leaves out nothing", pattern)
		}
	}
	rules, err := match.Compile(sources)
	if err != nil {
		return nil, nil, usageError(leaveOutHint(err), "rules: %w", err)
	}
	return rules, names, nil
}

// matchesFile holds a pattern against a path or any end of it, as errors name
// the file and as it stands below the directory of -r.
func matchesFile(pattern, file string) bool {
	file = strings.TrimPrefix(filepath.ToSlash(file), "/")
	pattern = strings.TrimPrefix(pattern, "/")
	return doublestar.MatchUnvalidated(pattern, file) || doublestar.MatchUnvalidated("**/"+pattern, file)
}

// leaveOutHint says how to go on without a broken rule file of somebody else.
func leaveOutHint(err error) string {
	var fault *match.SourceError
	if !errors.As(err, &fault) || strings.HasPrefix(fault.File, "builtin:") {
		return ""
	}
	return fmt.Sprintf("mend it, or leave out what is not yours to mend: --exclude-rules '%s'", fault.File)
}
