package scanner

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/locate"
)

// A lead is a path that a file of one plugin has and that names tests of another,
// as require("pkg/test/x") does, or what Composer writes for its autoloader.
type lead struct {
	from string // the place of the plugin that has it
	path string // see outward
}

// maxOutward bounds the paths of one plugin that lead to tests of others, and
// maxOutwardPath each, in bytes. Beyond them nothing is known to be a test only, in
// the whole root.
const (
	maxOutward     = 10_000
	maxOutwardPath = 512
)

// Neighbours are the plugins of one root that wait to be told which of their tests
// others lead to.
type neighbours struct {
	leads map[lead]bool // from files that count
	// unknown says that not all is known that leads from one plugin to another.
	unknown bool
	// carried are the tree digests, by path, of packages that were not read, since
	// an approval vouches for them: what they lead to is not known yet.
	carried map[string]string
	waiting []*neighbour
}

// A neighbour is a plugin that is complete but for what others make of its tests.
type neighbour struct {
	*teller
	out    *Plugin
	leads  []string        // of others, each relative to the plugin
	counts map[string]bool // its files that are more than tests
	known  bool            // of all others, that they are not
}

// around returns the plugins of a root. The caller holds mu.
func (c *collector) around(r root) *neighbours {
	n := c.neighbours[r.path]
	if n == nil {
		n = &neighbours{}
		c.neighbours[r.path] = n
	}
	return n
}

// add takes a plugin that is complete, and tells whether it must wait.
func (n *neighbours) add(t *teller, out *Plugin) (waits bool) {
	waits = slices.ContainsFunc(t.findings, inTests)
	for name, refs := range t.files {
		n.unknown = n.unknown || refs.outwardLost
		switch {
		case len(refs.outward) == 0:
		case isTestPath(name):
			waits = true // it may lead on
		default:
			n.take(t, name)
		}
	}
	if waits {
		n.waiting = append(n.waiting, &neighbour{teller: t, out: out})
	}
	return waits
}

// take adds the leads of a file that counts, and tells whether one is new.
func (n *neighbours) take(t *teller, file string) (grown bool) {
	refs := t.files[file]
	if refs == nil || len(refs.outward) == 0 {
		return false
	}
	if n.leads == nil {
		n.leads = map[lead]bool{}
	}
	before := len(n.leads)
	for _, to := range refs.outward {
		n.leads[lead{t.plugin.Path, to}] = true
	}
	return len(n.leads) > before
}

// settle finishes all that wait.
func (n *neighbours) settle() {
	n.count()
	for _, w := range n.waiting {
		if w.known {
			w.note(w.counts)
		}
		w.finish(w.out)
	}
	n.waiting, n.leads = nil, nil
}

// count finds out which tests count, of all that wait. Tests that do may lead to
// those of others.
func (n *neighbours) count() {
	for range maxMentionRounds {
		if n.unknown || len(n.carried) > 0 {
			break
		}
		n.spread()
		grown := false
		for _, w := range n.waiting {
			w.counts, w.known = w.counting(w.leads)
			for name := range w.files {
				if isTestPath(name) && (!w.known || w.counts[name]) && n.take(w.teller, name) {
					grown = true
				}
			}
		}
		if !grown {
			return
		}
	}
	for _, w := range n.waiting {
		w.counts, w.known = nil, false
	}
}

// spread gives every lead to the plugins that it may mean.
func (n *neighbours) spread() {
	called := map[string][]*neighbour{}
	for _, w := range n.waiting {
		w.leads = nil
		for _, key := range callings(w.plugin) {
			called[key] = append(called[key], w)
		}
	}
	for l := range n.leads {
		eachCalling(l.path, func(key, rest string) {
			for _, w := range called[strings.ToLower(key)] {
				if w.plugin.Path != l.from {
					w.leads = append(w.leads, rest)
				}
			}
		})
	}
}

// callings are what stands for a plugin in the paths of others, in lower case: its
// name, and the end of its own path. They differ where Composer was told to put it
// elsewhere, and where a package lies under another name than it says.
func callings(p *locate.Plugin) []string {
	at := path.Base(p.Path)
	if dir := path.Base(path.Dir(p.Path)); dir != nodeModules {
		at = path.Join(dir, at)
	}
	return slices.Compact([]string{strings.ToLower(p.Name), strings.ToLower(at)})
}

// nodeModules is the directory that Node.js looks packages up in.
const nodeModules = "node_modules"

// eachCalling yields what may stand for a plugin in a path, and the path within that
// plugin: the first element, one behind a node_modules, and any two in a row.
func eachCalling(name string, yield func(key, rest string)) {
	if at := strings.LastIndex(name, nodeModules+"/"); at >= 0 {
		name = name[at:] // those before are packages around it
	}
	previous := ""
	for first := true; ; first = false {
		element, rest, ok := strings.Cut(name, "/")
		if !ok {
			return
		}
		if first || previous == nodeModules {
			yield(element, rest)
		}
		if second, within, ok := strings.Cut(rest, "/"); ok && element != nodeModules {
			yield(element+"/"+second, within)
		}
		previous, name = element, rest
	}
}

// An origin is the file that references are read from.
type origin struct {
	plugin *locate.Plugin
	name   string // relative to the root
}

// outward is a path of the file as others may know it: relative to the root where it
// is relative to the file, and as it stands where it begins with the name of a
// package. It is "" where it leads to no other plugin.
func (o origin) outward(to string) string {
	if strings.Contains(to, "://") {
		return ""
	}
	if to = strings.TrimLeft(to, "/"); !strings.HasPrefix(to, ".") {
		return within(to)
	}
	to = within(path.Join(path.Dir(o.name), to))
	// Composer's packages may lie in one another, npm's in a node_modules.
	rest, inside := strings.CutPrefix(to, o.plugin.Path+"/")
	if inside && o.plugin.Host == "node" && !strings.Contains(rest, nodeModules+"/") {
		return ""
	}
	return to
}

// within is a path, clean, that leaves no directory.
func within(to string) string { return strings.TrimPrefix(path.Clean("/"+to), "/") }

// lead keeps a path that may lead to tests of another plugin.
func (r *fileReferences) lead(to string) {
	switch {
	case len(to) > maxOutwardPath:
		r.outwardLost = true
		return
	case len(r.outward) == maxOutward:
		slices.Sort(r.outward)
		if r.outward = slices.Compact(r.outward); len(r.outward) > maxOutward/2 {
			r.outward, r.outwardLost = nil, true
		}
	}
	r.outward = append(r.outward, strings.Clone(to))
}

// leadOut keeps of all paths those that lead to other plugins.
func (r *fileReferences) leadOut(from origin) {
	var kept []string
	for _, to := range r.outward {
		if to = from.outward(to); namesTests(to) || strings.Contains(to, "*") {
			kept = append(kept, to)
		}
	}
	slices.Sort(kept)
	r.outward = slices.Compact(kept)
}

// modules keeps those of a script's modules that are tests.
func (r *fileReferences) modules(uses []script.Use) {
	for _, u := range uses {
		if u.Kind == script.Module && strings.Contains(u.Name, "/") && namesTests(u.Name) {
			r.lead(u.Name)
		}
	}
}

// installed keeps what Composer's record has loaded of tests of the packages.
func (r *fileReferences) installed(data []byte) {
	packages, whole := locate.InstalledEntries(data)
	r.outwardLost = r.outwardLost || !whole
	for _, p := range packages {
		for _, e := range p.Entries {
			for _, file := range e.Files {
				if namesTests(file) || path.Clean(file) == "*" { // any class of the package
					r.lead(path.Join(p.Name, file))
				}
			}
		}
	}
}

// namesTests reports whether an element of a path is a name of tests.
func namesTests(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if testName(element) != "" {
			return true
		}
	}
	return false
}

// pathAround returns the path in a text of which text[from:to] is an element, not
// the first; else "". In a script it stands in quotes, behind what a template puts
// in, or in a command line that names the directory of the packages.
func pathAround(text []byte, from, to int, between *edges) string {
	if from == 0 || text[from-1] != '/' {
		return ""
	}
	isEnd := endsString
	if between == inCommands {
		isEnd = endsWord
	}
	start, end := from, to
	for start > 0 && !isEnd(text[start-1]) && from-start <= maxOutwardPath {
		start--
	}
	for end < len(text) && !isEnd(text[end]) && end-to <= maxOutwardPath {
		end++
	}
	around := text[start:end]
	if between == inCommands || start > 0 && strings.IndexByte("\"'`}", text[start-1]) >= 0 ||
		bytes.Contains(around, []byte(nodeModules+"/")) || bytes.Contains(around, []byte("vendor/")) { // in a command line
		return string(around)
	}
	return ""
}

func endsString(c byte) bool { return c <= ' ' || strings.IndexByte("\"'`}{$\\#?:;,()<>|", c) >= 0 }

func endsWord(c byte) bool { return c != '/' && c != '@' && inCommands[c] }
