package match

import (
	"regexp"
	"strings"
	"sync"
)

// reach is how far into an external libyara follows a regular expression, in bytes
// (RE_SCAN_LIMIT of its limits.h): `imports matches / popen /` does not see the popen
// of a module that imports three hundred names before it. `contains` has no such limit.
const reach = 4096

// An asker has the regular expressions that conditions match a list external with.
type asker struct {
	each []*regexp.Regexp
	any  *regexp.Regexp // all of them, one of which may match; nil where that is too large

	// mutex guards the names that are known not to be asked for: the modules of one server
	// have most names in common.
	mutex sync.RWMutex
	idle  map[string]bool
}

const (
	maxIdle     = 1 << 15 // names that are kept,
	maxIdleName = 1 << 8  // and bytes of one
)

// asks reports whether an expression may match a name.
func (a *asker) asks(name string) bool {
	a.mutex.RLock()
	idle := a.idle[name]
	a.mutex.RUnlock()
	if idle {
		return false
	}
	if a.any == nil || a.any.MatchString(" "+name+" ") {
		return true
	}
	if len(name) > maxIdleName {
		return false
	}
	a.mutex.Lock()
	if len(a.idle) < maxIdle {
		a.idle[strings.Clone(name)] = true
	}
	a.mutex.Unlock()
	return false
}

// askers returns those of all rules, by external.
func (rules *Rules) askers() map[string]*asker {
	rules.asks.Do(func() {
		rules.asking = map[string]*asker{}
		texts, seen := map[string][]string{}, map[pattern]bool{}
		for _, u := range rules.units {
			for _, d := range u.declared {
				for _, p := range d.patterns {
					if seen[p] || strings.HasPrefix(p.text, "^") || strings.HasSuffix(p.text, "$") { // these are about the list as a whole
						continue
					}
					seen[p] = true
					text := p.text
					if p.flags != "" {
						text = "(?" + p.flags + ")" + text
					}
					expression, err := regexp.Compile(text)
					if err != nil { // libyara's own
						continue
					}
					a := rules.asking[p.external]
					if a == nil {
						a = &asker{idle: map[string]bool{}}
						rules.asking[p.external] = a
					}
					a.each = append(a.each, expression)
					texts[p.external] = append(texts[p.external], "(?:"+text+")")
				}
			}
		}
		for external, a := range rules.asking {
			a.any, _ = regexp.Compile(strings.Join(texts[external], "|"))
		}
	})
	return rules.asking
}

// inReach returns list externals with the names first that a condition's regular
// expression asks for, where some would be out of reach: one name for each expression,
// so that no number of names that one asks for hides that of another. An expression that
// asks for two names side by side does not find them in that order.
func (rules *Rules) inReach(external, value string) string {
	if len(value) <= reach || !listExternals[external] {
		return value
	}
	asked := rules.askers()[external]
	if asked == nil {
		return value
	}
	var first, rest []string
	open := append([]*regexp.Regexp(nil), asked.each...)
	for name := range strings.FieldsSeq(value) {
		wanted := false
		if len(open) > 0 && asked.asks(name) {
			between, left := " "+name+" ", open[:0]
			for _, expression := range open {
				if expression.MatchString(between) {
					wanted = true
				} else {
					left = append(left, expression)
				}
			}
			open = left
		}
		if wanted {
			first = append(first, name)
		} else {
			rest = append(rest, name)
		}
	}
	return list(append(first, rest...))
}
