package script

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Subpaths are the names that a package.json gives to what is loaded: in "imports" for its
// own scripts, and in "exports" for all (nodejs.org/api/packages.html). Those with a "*"
// come first, the others are sorted.
type Subpaths []Subpath

// A Subpath is one of them, with what it may lead to. What it must not lead to (null) is
// not kept: that errs to loading more.
type Subpath struct {
	Name    string
	Targets []string
}

const (
	maxSubpaths = 1 << 16 // of one package.json
	maxPatterns = 1 << 8  // of those, with a "*"
	maxTargets  = 1 << 8  // of one name
	maxSubpath  = 1 << 10 // bytes of a name or of a target,
	maxStars    = 4       // and places in it for the rest of a name
)

// otherHosts are the conditions under which Node.js does not load what they stand before.
var otherHosts = []string{"types", "browser", "deno", "bun", "worker", "workerd", "react-native", "edge-light"}

// SubpathsIn reads the value of "imports" or "exports". What stands there under a condition
// that may hold is taken for one of what a name leads to.
func SubpathsIn(data []byte) (all Subpaths) {
	r := subpathReader{json.NewDecoder(bytes.NewReader(data))}
	if first := bytes.TrimLeft(data, " \t\r\n"); len(first) == 0 || first[0] != '{' || !named(data) {
		if targets := r.targets(nil, true); len(targets) > 0 {
			all = Subpaths{{".", targets}}
		}
		return all
	}
	r.Token()
	patterns := 0
	for r.More() && len(all) < maxSubpaths {
		key, err := r.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			break
		}
		if isPattern(name) {
			patterns++
		}
		targets := r.targets(nil, true)
		if len(targets) > 0 && len(name) <= maxSubpath && (!isPattern(name) || patterns <= maxPatterns) {
			all = append(all, Subpath{name, targets})
		}
	}
	slices.SortStableFunc(all, func(a, b Subpath) int {
		if pattern := isPattern(a.Name); pattern != isPattern(b.Name) {
			if pattern {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all
}

func isPattern(name string) bool { return strings.Contains(name, "*") }

// named tells whether the keys of an object are names and no conditions.
func named(object []byte) bool {
	_, after, ok := bytes.Cut(object, []byte(`"`))
	return ok && len(after) > 0 && (after[0] == '.' || after[0] == '#')
}

type subpathReader struct{ *json.Decoder }

// targets adds what a value leads to; of one that does not count it only reads past it.
func (r subpathReader) targets(all []string, counts bool) []string {
	token, err := r.Token()
	if err != nil {
		return all
	}
	switch t := token.(type) {
	case string:
		if counts && len(all) < maxTargets && len(t) <= maxSubpath && strings.Count(t, "*") <= maxStars {
			all = append(all, t)
		}
	case json.Delim:
		for r.More() {
			counts := counts
			if t == '{' {
				key, err := r.Token()
				if err != nil {
					return all
				}
				condition, _ := key.(string)
				counts = counts && !slices.Contains(otherHosts, condition)
			}
			all = r.targets(all, counts)
		}
		r.Token()
	}
	return all
}

// Lead tells whether one of the names leads to a file, or to that pattern.
func (s Subpaths) Lead(to string) bool {
	return slices.ContainsFunc(s, func(p Subpath) bool { return slices.Contains(p.Targets, to) })
}

// Find returns what a name may lead to; made says that a part of the name is put into it.
func (s Subpaths) Find(name string) (targets []string, made bool) {
	if len(name) > maxSubpath {
		return nil, false
	}
	patterns := slices.IndexFunc(s, func(p Subpath) bool { return !isPattern(p.Name) })
	if patterns < 0 {
		patterns = len(s)
	}
	if i, ok := slices.BinarySearchFunc(s[patterns:], name, func(p Subpath, name string) int { return strings.Compare(p.Name, name) }); ok {
		return s[patterns+i].Targets, false
	}
	var best *Subpath
	var before, part string
	for i := range s[:patterns] {
		p := &s[i]
		head, tail, _ := strings.Cut(p.Name, "*")
		// The longest head is the best, and then the longest name.
		if best != nil && (len(head) < len(before) || len(head) == len(before) && len(p.Name) <= len(best.Name)) {
			continue
		}
		if len(name) > len(head)+len(tail) && strings.HasPrefix(name, head) && strings.HasSuffix(name, tail) {
			best, before, part = p, head, name[len(head):len(name)-len(tail)]
		}
	}
	if best == nil {
		return nil, false
	}
	for _, to := range best.Targets {
		targets = append(targets, strings.ReplaceAll(to, "*", part))
	}
	return targets, true
}
