// Package match applies YARA rules to a file's bytes. It is the only importer
// of go-yara, and a narrow door: sources, variables and matches are plain data,
// so that the engine may one day run in a process of its own.
//
// Rules see two things: the bytes, and the externals (see [Externals]), which
// carry what scanner/inspect read from the symbol tables, because libyara knows
// no imports of Mach-O. A rule that matches by externals alone still has
// evidence: the names that its condition asked for and that the file holds.
//
// A script is matched twice ([Scanner.MatchViews]): as it stands, and as its
// interpreter reads it, where the externals modules and calls say what its code
// loads and calls. Whatever is found in the second view is told by its place in
// the file.
//
// Two conventions of our own rules go beyond YARA: strings whose names begin
// with $not count what must not count (a call in a comment), so they are never
// shown and a hit inside one of them is left out; and a rule's metadata say what
// a finding of it means (see [Rule]). Public rules run as they are.
//
// It does not know files, plugins or approvals, and a combination of
// capabilities is not its business.
package match

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	yara "github.com/hillu/go-yara/v4"

	"plugvet/signatures"
)

// A Source is the text of one rule file. Its includes are already resolved.
type Source struct {
	Name      string // path, for messages
	Namespace string // rules of one namespace must have different names
	Text      []byte
	// Origins say where lines of Text come from where that is not Name; sorted
	// by line. See [LoadPath].
	Origins []Origin
}

// An Origin says that Text from line Line on is File from line FileLine on, up
// to the next Origin. Lines count from 1.
type Origin struct {
	Line     int
	File     string
	FileLine int
}

// at maps a line of Text to the file and line that a person can open.
func (s *Source) at(line int) (file string, fileLine int) {
	file, fileLine = s.Name, line
	for _, o := range s.Origins {
		if o.Line > line {
			break
		}
		file, fileLine = o.File, o.FileLine+line-o.Line
	}
	return file, fileLine
}

// A SourceError is a fault in a rule file.
type SourceError struct {
	File string
	Line int    // from 1
	Text string // in libyara's words, or in ours for metadata and includes
}

func (e *SourceError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Text) }

// Rules are a rule set. It may be used by several goroutines at once.
type Rules struct {
	// Warnings are libyara's, as "file:line: text".
	Warnings []string

	units  []unit
	files  []File // sorted by name
	digest string
	sets   sets

	asks   sync.Once
	asking map[string]*asker // by external, see askers
}

type ruleName struct{ namespace, name string }

// Builtin returns the rules that are part of the program.
func Builtin() ([]Source, error) {
	files, err := signatures.Files()
	if err != nil {
		return nil, err
	}
	var sources []Source
	for _, f := range files {
		sources = append(sources, Source{Name: "builtin:" + f.Name, Namespace: builtinNamespace, Text: f.Text})
	}
	return sources, nil
}

// Compile compiles sources into one rule set. The error joins a [*SourceError]
// for each fault of each broken source.
func Compile(sources []Source) (*Rules, error) {
	rules := prepare(sources)
	rules.sets.whole = slices.ContainsFunc(sources, func(s Source) bool { return !isBuiltin(s) })
	all, err := rules.all()
	if err != nil {
		return nil, err
	}
	rules.Warnings = all.warnings
	return rules, nil
}

// CompileBuiltin returns the built-in rules. They are known to be right, so none
// is compiled before it is needed, which for a gate may be never.
func CompileBuiltin() (*Rules, error) {
	sources, err := Builtin()
	if err != nil {
		return nil, err
	}
	return prepare(sources), nil
}

const builtinNamespace = "plugvet"

func isBuiltin(s Source) bool { return s.Namespace == builtinNamespace }

func prepare(sources []Source) *Rules {
	sources = slices.Clone(sources)
	units := make([]unit, len(sources))
	for i := range sources {
		// libyara's name for a namespace that was not given.
		sources[i].Namespace = cmp.Or(sources[i].Namespace, "default")
		units[i] = unit{&sources[i], declarations(sources[i].Text)}
	}
	rules := &Rules{units: units, files: filesOf(sources)}
	rules.digest = fmt.Sprintf("sha256:%x", sha256.Sum256(rules.Listing()))
	return rules
}

// A unit is a source and what it declares.
type unit struct {
	*Source
	declared map[string]declaration
}

// compile hands all sources to one compiler. libyara gives up at the first
// broken one; then each is compiled alone, to name all that are broken.
func compile(units []unit) (*yara.Rules, []string, error) {
	compiled, warnings, err := compileTogether(units)
	if err == nil {
		return compiled, warnings, nil
	}
	var broken []error
	for i := range units {
		alone, _, err := compileTogether(units[i : i+1])
		if err != nil {
			broken = append(broken, err)
			continue
		}
		alone.Destroy()
	}
	if broken != nil {
		err = errors.Join(broken...)
	}
	return nil, nil, err
}

func compileTogether(units []unit) (*yara.Rules, []string, error) {
	compiler, err := yara.NewCompiler()
	if err != nil {
		return nil, nil, fmt.Errorf("start the rule compiler: %w", err)
	}
	defer compiler.Destroy()
	compiler.DisableIncludes() // LoadPath resolved them; none may reach the disk from here
	// A public rule may be called as one of our externals is. libyara refuses
	// such a rule once it knows the external, so those sources come first.
	clashes := func(u unit, e External) bool { _, ok := u.declared[e.Name]; return ok }
	var first, rest []unit
	for _, u := range units {
		if slices.ContainsFunc(Externals(), func(e External) bool { return clashes(u, e) }) {
			first = append(first, u)
		} else {
			rest = append(rest, u)
		}
	}
	var later []External
	for _, e := range Externals() {
		if slices.ContainsFunc(first, func(u unit) bool { return clashes(u, e) }) {
			later = append(later, e)
			continue
		}
		if err := define(compiler, e); err != nil {
			return nil, nil, err
		}
	}
	var warnings []string
	for _, u := range first {
		if err := add(compiler, u.Source, &warnings); err != nil {
			return nil, nil, err
		}
	}
	for _, e := range later {
		if err := define(compiler, e); err != nil {
			return nil, nil, err
		}
	}
	for _, u := range rest {
		if err := add(compiler, u.Source, &warnings); err != nil {
			return nil, nil, err
		}
	}
	compiled, err := compiler.GetRules()
	if err != nil {
		return nil, nil, fmt.Errorf("compile rules: %w", err)
	}
	return compiled, warnings, nil
}

func define(compiler *yara.Compiler, e External) error {
	if err := compiler.DefineVariable(e.Name, e.Default); err != nil {
		return fmt.Errorf("define external %s: %w", e.Name, err)
	}
	return nil
}

// add compiles one source, and appends what libyara warns of.
func add(compiler *yara.Compiler, s *Source, warnings *[]string) error {
	if i := slices.Index(s.Text, 0); i >= 0 {
		file, line := s.at(1 + strings.Count(string(s.Text[:i]), "\n"))
		return &SourceError{File: file, Line: line, Text: "a NUL byte in the text of rules, which must be ASCII or UTF-8"}
	}
	seen := len(compiler.Warnings)
	err := compiler.AddString(string(s.Text), s.Namespace)
	for _, w := range compiler.Warnings[seen:] {
		file, line := s.at(w.Line)
		*warnings = append(*warnings, fmt.Sprintf("%s:%d: %s", file, line, w.Text))
	}
	if err != nil {
		return sourceErrors(s, compiler.Errors, err)
	}
	return nil
}

func sourceErrors(s *Source, messages []yara.CompilerMessage, err error) error {
	if len(messages) == 0 {
		return &SourceError{File: s.Name, Line: 1, Text: err.Error()}
	}
	var all []error
	for _, m := range messages {
		file, line := s.at(m.Line)
		all = append(all, &SourceError{File: file, Line: line, Text: m.Text})
	}
	return errors.Join(all...)
}

// Digest names the rule set by its content: "sha256:" and hex, of what Listing
// returns.
func (rules *Rules) Digest() string { return rules.digest }

// Listing lists the sorted texts by digest with their namespaces, and the
// meaning of the externals. Where the files lie does not matter.
func (rules *Rules) Listing() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "externals %d\n", factsVersion)
	for _, e := range Externals() {
		fmt.Fprintf(&b, "%s=%v\n", e.Name, e.Default)
	}
	var lines []string
	for _, f := range rules.files {
		lines = append(lines, fmt.Sprintf("%q %s\n", f.Namespace, f.SHA256))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	return b.Bytes()
}

// A File is one rule file that a rule set was compiled from.
type File struct {
	Name      string `json:"name"` // path, or "builtin:" and the name of one of ours
	Namespace string `json:"namespace"`
	SHA256    string `json:"sha256"` // of its text with the includes resolved, 64 hexadecimal digits
}

// Files lists the files, sorted by name.
func (rules *Rules) Files() []File { return slices.Clone(rules.files) }

func filesOf(sources []Source) []File {
	files := make([]File, len(sources))
	for i, s := range sources {
		files[i] = File{Name: s.Name, Namespace: s.Namespace, SHA256: fmt.Sprintf("%x", sha256.Sum256(s.Text))}
	}
	slices.SortFunc(files, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Namespace, b.Namespace))
	})
	return files
}

// Count is the number of rules, private ones apart.
func (rules *Rules) Count() int {
	count := 0
	for _, u := range rules.units {
		for _, d := range u.declared {
			if !d.private {
				count++
			}
		}
	}
	return count
}

// Foreign reports whether a rule is in the set that was not written for plugvet.
func (rules *Rules) Foreign() bool {
	return slices.ContainsFunc(rules.units, func(u unit) bool { return !isBuiltin(*u.Source) }) &&
		slices.ContainsFunc(rules.List(), func(r Rule) bool { return !r.OurMetadata })
}

// Ours tells whether all rules are the built-in ones.
func (rules *Rules) Ours() bool {
	return !slices.ContainsFunc(rules.units, func(u unit) bool { return !isBuiltin(*u.Source) })
}

// List returns every rule, private ones apart, sorted by namespace and name. It
// is empty where they do not compile, which NewScanner's scans tell.
func (rules *Rules) List() []Rule {
	all, err := rules.all()
	if err != nil {
		return nil
	}
	list := make([]Rule, 0, len(all.rules))
	for _, r := range all.rules {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	return list
}
