package script

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Subpaths are the names that a package.json gives to what is loaded: in "imports" for its
// own scripts, and in "exports" for all (nodejs.org/api/packages.html).
type Subpaths []Subpath

// A Subpath is one of them, which may have a "*", with what it may lead to.
type Subpath struct {
	Name    string
	Targets []string
}

const (
	maxSubpaths = 256 // of one package.json
	maxTargets  = 8   // of one name
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
	for r.More() && len(all) < maxSubpaths {
		key, err := r.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			break
		}
		if targets := r.targets(nil, true); len(targets) > 0 {
			all = append(all, Subpath{name, targets})
		}
	}
	return all
}

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
		if counts && len(all) < maxTargets {
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

// Find returns what a name may lead to; made says that a part of the name is put into it.
func (s Subpaths) Find(name string) (targets []string, made bool) {
	var best *Subpath
	var before, part string
	for i := range s {
		p := &s[i]
		if p.Name == name {
			return p.Targets, false
		}
		head, tail, ok := strings.Cut(p.Name, "*")
		if ok && len(head) >= len(before) && len(name) > len(head)+len(tail) && strings.HasPrefix(name, head) && strings.HasSuffix(name, tail) {
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
