package scanner

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/locate"
	"plugvet/scanner/tree"
)

// A story is a set of findings of one plugin that belong together, because one
// thing leads to all of them. It is told by one of them, as its Why.
type story struct {
	lines []Why // in the order in which things happen
	parts []int // the findings, by index
	// raises says that the parts are worse together than each alone.
	raises bool
}

// storyParts are the capabilities that make parts of a story.
var storyParts = []string{"applescript", "obfuscation", "exec", "network", "socket", "socket.raw", "dynload"}

// A teller finds the stories of one plugin in its findings and references.
type teller struct {
	graph
	plugin   *locate.Plugin
	findings []Finding
	links    map[string]string // symbolic links of the plugin, with their targets
}

// stories are, in the order in which they count: what an install hook leads to;
// AppleScript beside a decoder; AppleScript beside a download; and how
// AppleScript is reached from what others load the plugin by.
func (t *teller) stories() []story {
	var all []story
	for _, s := range []*story{t.hooked(), t.decoded(), t.downloaded(), t.entered()} {
		if s != nil {
			all = append(all, *s)
		}
	}
	return all
}

// finish tells what the findings of a plugin come to.
func (t *teller) finish(out *Plugin) {
	out.stories = t.stories()
	out.Notes = append(out.Notes, t.absent()...)
	out.Capabilities = capabilitiesOf(out.Findings)
	out.Observed.Capabilities = out.Capabilities
}

// parts returns the findings that count, by index, of the named capabilities.
func (t *teller) parts(capabilities ...string) []int {
	var parts []int
	for i, f := range t.findings {
		if !f.Noted && slices.Contains(capabilities, f.Capability) {
			parts = append(parts, i)
		}
	}
	return parts
}

func (t *teller) path(name string) string {
	if !t.plugin.Dir {
		return tree.Printable(t.plugin.Path)
	}
	return tree.Printable(path.Join(t.plugin.Path, name))
}

func (t *teller) part(i int) Why { return t.findings[i].asPart() }

// asPart is the finding as a part of a story.
func (f *Finding) asPart() Why {
	return Why{f.Path, f.Line, fmt.Sprintf("%s: %s (%s)", f.Capability, f.Description, f.Rule)}
}

// Rule is the rule of the finding that the part is; empty where it is none.
func (w Why) Rule() string {
	if at := strings.LastIndexByte(w.Text, '('); at >= 0 && strings.HasSuffix(w.Text, ")") {
		return w.Text[at+1 : len(w.Text)-1]
	}
	return ""
}

// A beginning is what a host, npm or another plugin runs first.
type beginning struct {
	line  Why
	files []string
}

// hooked is the story of what runs without being asked, at install or at every
// request. Where it is not known what the hook runs, whatever AppleScript the
// plugin has may be it.
func (t *teller) hooked() *story {
	hooks := t.parts("install-hook")
	if hooks == nil {
		return nil
	}
	var begins []beginning
	opaque, script := t.lost, false
	for _, i := range hooks {
		f := t.findings[i]
		switch {
		case f.name == "package.json": // told by its entries
			for _, e := range t.entries() {
				if e.Hook == nil {
					continue
				}
				files, whole := t.leadsTo(e)
				opaque = opaque || !whole || e.Hook.Opaque
				script = script || slices.Contains(e.Hook.Programs, "osascript")
				what := cmp.Or(strings.Join(slices.Concat(files, e.Hook.Programs), ", "), "a command")
				text := fmt.Sprintf("install-hook: npm runs %s at %s (%s)", what, strings.TrimPrefix(e.Key, "scripts."), f.Rule)
				begins = append(begins, beginning{Why{f.Path, e.Line, tree.Printable(text)}, files})
			}
		case path.Base(f.name) == "package.json": // npm runs those of the package's own alone
		case f.leads != "":
			begins = append(begins, beginning{t.part(i), []string{relative(t.plugin, f.leads)}})
		default:
			opaque = true
			begins = append(begins, beginning{t.part(i), nil})
		}
	}
	s := t.follow(begins, t.parts(storyParts...))
	if opaque || script {
		lines := make([]Why, 0, len(begins)+len(s.lines))
		for _, begin := range begins {
			lines = append(lines, begin.line)
		}
		s.lines = append(lines, s.lines...) // those twice are told once
	}
	for _, i := range t.parts("applescript") {
		switch {
		case opaque:
			s.parts = append(s.parts, i)
			s.lines = append(s.lines, t.part(i))
		case script && t.findings[i].name == "package.json": // its line is the beginning
			s.parts = append(s.parts, i)
		}
	}
	if len(s.parts) == 0 && !script {
		return nil
	}
	s.raises = script || t.any("applescript", s.parts)
	s.parts = append(s.parts, hooks...)
	return &s
}

// absent tells of files that an install hook names and that are not there: a
// dropper deletes its own.
func (t *teller) absent() []string {
	var notes []string
	for _, e := range t.entries() {
		for _, file := range e.Files {
			if e.Hook != nil && !strings.Contains(file, "*") && t.resolve(".", file) == "" {
				notes = append(notes, tree.Printable(fmt.Sprintf("%s:%d names %s, which is not there", t.path(e.file), e.Line, path.Clean(file))))
			}
		}
	}
	return notes
}

func (t *teller) any(capability string, parts []int) bool {
	return slices.ContainsFunc(parts, func(i int) bool { return t.findings[i].Capability == capability })
}

// follow tells how the beginnings lead to findings.
func (t *teller) follow(begins []beginning, findings []int) story {
	files := make([][]string, len(begins))
	for i, begin := range begins {
		files[i] = begin.files
	}
	steps, order := t.reach(files)
	var s story
	inFile := map[string][]int{}
	leads := map[string]bool{} // files on the way to a part
	for _, i := range findings {
		name := t.findings[i].name
		if _, reached := steps[name]; !reached || name == "" {
			continue
		}
		inFile[name] = append(inFile[name], i)
		for ; name != "" && !leads[name]; name = steps[name].from {
			leads[name] = true
		}
	}
	begun := map[int]bool{}
	for _, name := range order {
		if !leads[name] {
			continue
		}
		at := steps[name]
		switch {
		case at.from != "":
			s.lines = append(s.lines, Why{t.path(at.from), at.line, "loads " + tree.Printable(name)})
		case !begun[at.begin]:
			begun[at.begin] = true
			s.lines = append(s.lines, begins[at.begin].line)
		}
		slices.SortStableFunc(inFile[name], func(a, b int) int { return cmp.Compare(t.findings[a].Line, t.findings[b].Line) })
		for _, i := range inFile[name] {
			s.lines = append(s.lines, t.part(i))
			s.parts = append(s.parts, i)
		}
	}
	return s
}

// decoded is the story of AppleScript beside something that is hidden in the same
// file: what a package hides elsewhere weighs by itself.
func (t *teller) decoded() *story {
	scripts, hidden := t.parts("applescript"), t.parts("obfuscation")
	apart := func(from, others []int) []int {
		return slices.DeleteFunc(slices.Clone(from), func(i int) bool {
			return !slices.ContainsFunc(others, func(other int) bool { return t.findings[i].Path == t.findings[other].Path })
		})
	}
	scripts, hidden = apart(scripts, hidden), apart(hidden, scripts)
	if len(scripts) == 0 {
		return nil
	}
	s := &story{parts: slices.Concat(hidden, scripts), raises: true}
	for _, i := range s.parts {
		s.lines = append(s.lines, t.part(i))
	}
	return s
}

const (
	// bundle is the size, in bytes, from which a script is taken to be many in
	// one, of which nothing says that they belong together: Vite's opens a
	// browser by AppleScript and serves HTTP.
	bundle = 128 << 10
	// nearby is how far apart, in bytes, things in a bundle still belong together.
	nearby = 4 << 10
)

// downloaded is the story of a script that runs AppleScript and fetches
// something, or that loads or is loaded by one which does.
func (t *teller) downloaded() *story {
	scripts, fetches := t.byFile("applescript"), t.byFile("network")
	told := map[int]bool{}
	tell := func(acting, fetching []int) {
		if len(acting) == 0 || len(fetching) == 0 {
			return
		}
		for _, i := range slices.Concat(acting, fetching) {
			told[i] = true
		}
	}
	for name, acting := range scripts {
		if t.small(name) || t.near(name, acting, fetches[name]) {
			tell(acting, fetches[name])
		}
		for _, to := range t.loads(name) {
			tell(acting, t.fetching(to, fetches[to]))
		}
	}
	for name, fetching := range fetches {
		fetching = t.fetching(name, fetching)
		for _, to := range t.loads(name) {
			tell(scripts[to], fetching)
		}
	}
	if len(told) == 0 {
		return nil
	}
	s := &story{raises: true}
	for i := range t.findings {
		if told[i] {
			s.parts = append(s.parts, i)
			s.lines = append(s.lines, t.part(i))
		}
	}
	return s
}

// fetching leaves out what a script needs to serve: one that makes a server of HTTP, and
// fetches nothing that could be seen, loads the same module for it. A development server
// opens a browser by the AppleScript of another file.
func (t *teller) fetching(name string, network []int) []int {
	if refs := t.files[name]; !refs.serves || len(refs.fetches) > 0 {
		return network
	}
	return slices.DeleteFunc(slices.Clone(network), func(i int) bool { return t.findings[i].Rule == "javascript_network_module" })
}

// byFile returns the findings of a capability by file, those in scripts.
func (t *teller) byFile(capability string) map[string][]int {
	files := map[string][]int{}
	for _, i := range t.parts(capability) {
		if name := t.findings[i].name; t.files[name] != nil {
			files[name] = append(files[name], i)
		}
	}
	return files
}

func (t *teller) small(name string) bool { return t.files[name].size < bundle }

// loads returns the scripts that one loads; neither it nor they are bundles.
func (t *teller) loads(name string) []string {
	var files []string
	if !t.small(name) {
		return nil
	}
	for _, load := range t.files[name].loads {
		if to := t.resolve(path.Dir(name), load.to); t.files[to] != nil && t.small(to) {
			files = append(files, to)
		}
	}
	return files
}

// near reports whether a bundle fetches something beside where it runs AppleScript.
func (t *teller) near(name string, acting, fetching []int) bool {
	fetches := t.files[name].fetches
	for _, i := range fetching {
		fetches = append(fetches[:len(fetches):len(fetches)], t.findings[i].at...)
	}
	return slices.ContainsFunc(acting, func(i int) bool { return closeTogether(t.findings[i].at, fetches) })
}

// doesIt reports whether what a rule matched stands where the thing is done, and
// not where a module is loaded that can do it.
func doesIt(capability, matched string) bool {
	if capability == "applescript" {
		return strings.Contains(strings.ToLower(matched), "script")
	}
	return !slices.ContainsFunc([]string{"require", "import", "from"}, func(word string) bool { return strings.HasPrefix(matched, word) })
}

// closeTogether reports whether two of the places are near each other.
func closeTogether(a, b []int64) bool {
	return slices.ContainsFunc(a, func(one int64) bool {
		return slices.ContainsFunc(b, func(other int64) bool { return max(one, other)-min(one, other) < nearby })
	})
}

// entered is how AppleScript is reached from what the plugin is loaded by. That
// makes it no worse.
func (t *teller) entered() *story {
	scripts := t.parts("applescript")
	if scripts == nil {
		return nil
	}
	var begins []beginning
	isMain := false
	for _, e := range t.entries() {
		if files, _ := t.leadsTo(e); e.Hook == nil && files != nil {
			isMain = isMain || e.Key == "main"
			begins = append(begins, beginning{Why{t.path(e.file), e.Line, e.Key + " leads to " + tree.Printable(strings.Join(files, ", "))}, files})
		}
	}
	if index := t.resolveDir(".", false); index != "" && !isMain && t.plugin.Host == "node" {
		begins = append(begins, beginning{Why{t.path(index), 0, "the package is loaded by it"}, []string{index}})
	}
	if s := t.follow(begins, scripts); s.parts != nil {
		return &s
	}
	return nil
}

// maxWhy is how many parts a story tells.
const maxWhy = 24

// tell makes f the one finding that tells the story.
func (s *story) tell(f *Finding) {
	seen := map[Why]bool{}
	var why []Why
	for _, line := range slices.Concat(f.Why, s.lines) {
		if !seen[line] {
			seen[line] = true
			why = append(why, line)
		}
	}
	if more := len(why) - maxWhy; more > 0 {
		why = append(why[:maxWhy-1], Why{f.Path, f.Line, fmt.Sprintf("and %d more parts", more+1)})
	}
	f.Why = why
}
