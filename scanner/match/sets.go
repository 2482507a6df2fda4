package match

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	yara "github.com/hillu/go-yara/v4"
)

// Our rules say in their conditions which files they are about: native code, a
// script in its decoded view. So they are compiled in sets, one for each kind of
// file, name and view, of those rules that can match there: a search for names under
// xor then runs over native code alone, and most files are no rule's business.
// Rules of others, which may lean on one another, are one set for all files.

// sets are the compiled sets of a rule set, each made when it is first needed.
type sets struct {
	whole bool // one set serves all files

	mu    sync.Mutex
	made  map[setKey]*set
	same  map[string]*set            // by the names of the rules in it
	asked map[string]map[string]bool // values that conditions compare externals with
}

// A setKey has what conditions are asked for: of a file's suffix, name and interpreter,
// whether it is one that some condition names; of the names that code has, whether there
// are any.
type setKey struct {
	kind, view, extension, filename, interpreter string
	noSymbols, noUses                            bool
}

// Lists of names that native code has, and those that scripts have.
var (
	symbolLists = []string{"arch", "classes", "dylibs", "embedded", "exports", "imports", "searchpaths", "selectors"}
	useLists    = []string{"calls", "modules"}
)

// unnamed stands for a value that no condition names.
const unnamed = "\x00"

// A set is a number of rules that were compiled together.
type set struct {
	compiled *yara.Rules
	warnings []string
	rules    map[ruleName]*Rule // private ones apart
	// conditions are those of the rules; nil where all must be asked.
	conditions []condition
	err        error // it does not compile
}

// all is the set of all rules.
func (rules *Rules) all() (*set, error) { return rules.set(setKey{}) }

// setFor is the set for a file and view.
func (rules *Rules) setFor(vars Variables) (*set, error) {
	if rules.sets.whole {
		return rules.all()
	}
	value := func(external string) string {
		text, _ := vars[external].(string)
		return text
	}
	named := func(external string) string {
		if text := value(external); rules.asked()[external][text] {
			return text
		}
		return unnamed
	}
	none := func(lists []string) bool {
		return !slices.ContainsFunc(lists, func(external string) bool { return value(external) != "" })
	}
	return rules.set(setKey{value("kind"), cmp.Or(value("view"), "raw"), named("extension"), named("filename"), named("interpreter"), none(symbolLists), none(useLists)})
}

// known are the externals that a key tells.
func (key setKey) known() Variables {
	known := Variables{"kind": key.kind, "view": key.view, "extension": key.extension, "filename": key.filename, "interpreter": key.interpreter}
	for _, none := range []struct {
		is    bool
		lists []string
	}{{key.noSymbols, symbolLists}, {key.noUses, useLists}} {
		for _, external := range none.lists {
			if none.is {
				known[external] = ""
			}
		}
	}
	return known
}

// Modules returns the names of modules that conditions ask for, as scripts load
// them: "child_process".
func (rules *Rules) Modules() map[string]bool {
	modules := map[string]bool{}
	for name := range rules.asked()["modules"] {
		modules[strings.TrimSpace(name)] = true
	}
	return modules
}

// asked returns the values that conditions compare each external with.
func (rules *Rules) asked() map[string]map[string]bool {
	rules.sets.mu.Lock()
	defer rules.sets.mu.Unlock()
	if rules.sets.asked == nil {
		rules.sets.asked = map[string]map[string]bool{"extension": {}, "filename": {}, "interpreter": {}, "modules": {}}
		for _, u := range rules.units {
			for _, d := range u.declared {
				d.condition.compared(rules.sets.asked)
			}
		}
	}
	return rules.sets.asked
}

func (rules *Rules) set(key setKey) (*set, error) {
	rules.sets.mu.Lock()
	defer rules.sets.mu.Unlock()
	if s := rules.sets.made[key]; s != nil {
		return s, s.err
	}
	if rules.sets.made == nil {
		rules.sets.made, rules.sets.same = map[setKey]*set{}, map[string]*set{}
	}
	units, names := rules.units, "all"
	var conditions []condition
	if key != (setKey{}) {
		units, conditions, names = choose(units, key.known())
	}
	s := rules.sets.same[names]
	if s == nil {
		s = &set{conditions: conditions}
		if key == (setKey{}) || len(conditions) > 0 {
			if s.compiled, s.warnings, s.err = obtain(units, prebuilt); s.err == nil {
				s.err = s.index(units)
			}
		}
		rules.sets.same[names] = s
	}
	rules.sets.made[key] = s
	return s, s.err
}

// choose returns the units with those rules alone whose condition can hold, and
// private ones, which they may refer to. Lines keep their numbers. names tells one
// choice from another.
func choose(units []unit, known Variables) (chosen []unit, conditions []condition, names string) {
	var all []string
	for _, u := range units {
		source := *u.Source
		source.Text = slices.Clone(source.Text)
		for name, d := range u.declared {
			if d.private {
				continue
			}
			if d.condition.holds(known) != no {
				conditions = append(conditions, d.condition)
				all = append(all, name)
				continue
			}
			for i, c := range source.Text[d.start:d.end] {
				if c != '\n' {
					source.Text[d.start+i] = ' '
				}
			}
		}
		chosen = append(chosen, unit{&source, u.declared})
	}
	slices.Sort(all)
	return chosen, conditions, strings.Join(all, " ")
}

// can reports whether a rule of the set may match a file with these externals.
func (s *set) can(vars Variables) bool {
	return s.compiled != nil && (s.conditions == nil || slices.ContainsFunc(s.conditions, func(c condition) bool { return c.holds(vars) != no }))
}

// index reads what the sources say about each compiled rule.
func (s *set) index(units []unit) error {
	type place struct {
		source   *Source
		declared declaration
	}
	places := map[ruleName]place{}
	for _, u := range units {
		for name, declared := range u.declared {
			places[ruleName{u.Namespace, name}] = place{u.Source, declared}
		}
	}
	s.rules = map[ruleName]*Rule{}
	var broken []error
	for _, r := range s.compiled.GetRules() {
		if r.IsPrivate() {
			continue
		}
		key := ruleName{r.Namespace(), r.Identifier()}
		at, ok := places[key]
		if !ok {
			return fmt.Errorf("rule %q of namespace %q was compiled, but no source declares it", key.name, key.namespace)
		}
		file, line := at.source.at(at.declared.line)
		at.declared.line = line
		rule, err := newRule(&r, file, at.declared)
		if err != nil {
			broken = append(broken, &SourceError{File: file, Line: line, Text: err.Error()})
			continue
		}
		s.rules[key] = rule
	}
	return errors.Join(broken...)
}
