package match

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Limits on what LoadPath takes in.
const (
	maxRuleFile     = 32 << 20  // bytes of one file; the largest public sets are a few MiB
	maxRuleText     = 128 << 20 // bytes of all sources of one path, includes counted each time
	maxRuleFiles    = 20_000
	maxIncludeDepth = 16
)

// LoadPath reads the rules at name: one file, or each *.yar and *.yara below a
// directory, sorted, hidden directories left out. A file's namespace is its path
// below name. Files that leaveOut holds for, if it is given, are taken for
// empty; it gets the path that messages have.
//
// Includes are replaced by what they name, never outside the directory (for a
// single file: the directory that it lies in): relative to the including file,
// as YARA has it, or to the directory, or to the one above it, from where some
// public sets are meant to be compiled (malcontent). A file that another one
// includes is not a source of its own. Faults of includes are [*SourceError]s.
func LoadPath(name string, leaveOut func(path string) bool) ([]Source, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("rules %q: %w", name, errors.Unwrap(err))
	}
	dir, only := name, ""
	if !info.IsDir() {
		dir, only = filepath.Split(name)
		dir = filepath.Clean(dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("rules %q: %w", name, err)
	}
	defer root.Close()
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("rules %q: %w", name, err)
	}
	l := &loader{fsys: root.FS(), dir: dir, base: filepath.Base(absolute), included: map[string]bool{}, leaveOut: leaveOut}
	names := []string{only}
	if only == "" {
		names, err = ruleFiles(l.fsys)
		if err != nil {
			return nil, fmt.Errorf("rules %q: %w", name, err)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("rules %q: the directory holds no *.yar or *.yara file\nhint: name a rule file or a directory with rule files", name)
		}
	}
	var sources []Source
	var broken []error
	for _, n := range names {
		if l.leftOut(n) {
			continue
		}
		source, err := l.load(n)
		if err != nil {
			broken = append(broken, err)
			continue
		}
		sources = append(sources, source)
	}
	if broken != nil {
		return nil, errors.Join(broken...)
	}
	return slices.DeleteFunc(sources, func(s Source) bool { return l.included[s.Namespace] }), nil
}

// ruleFiles lists the rule files of fsys, sorted.
func ruleFiles(fsys fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		if ext := strings.ToLower(path.Ext(name)); ext != ".yar" && ext != ".yara" {
			return nil
		}
		if len(names) == maxRuleFiles {
			return fmt.Errorf("more than %d rule files", maxRuleFiles)
		}
		names = append(names, name)
		return nil
	})
	slices.Sort(names)
	return names, err
}

// A loader reads rule files below one directory.
type loader struct {
	fsys     fs.FS
	dir      string          // as the user named it, for messages
	base     string          // the directory's own name
	total    int             // bytes taken so far
	included map[string]bool // names that are included by others
	leaveOut func(path string) bool
}

func (l *loader) leftOut(name string) bool { return l.leaveOut != nil && l.leaveOut(l.path(name)) }

func (l *loader) path(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

// load reads one source and everything that it includes.
func (l *loader) load(name string) (Source, error) {
	text, err := l.read(name)
	if err != nil {
		return Source{}, fmt.Errorf("rules %q: %w", l.path(name), err)
	}
	e := &expansion{loader: l}
	if err := e.expand(name, text, []string{name}); err != nil {
		return Source{}, err
	}
	return Source{Name: l.path(name), Namespace: name, Text: e.text.Bytes(), Origins: e.origins}, nil
}

// read returns the text of a regular file, within the limits.
func (l *loader) read(name string) ([]byte, error) {
	info, err := fs.Stat(l.fsys, name)
	switch {
	case err != nil:
		return nil, reason(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("not a regular file")
	case info.Size() > maxRuleFile:
		return nil, fmt.Errorf("%d bytes, more than the %d that a rule file may have", info.Size(), maxRuleFile)
	}
	text, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		return nil, reason(err)
	}
	if l.total += len(text); l.total > maxRuleText {
		return nil, fmt.Errorf("more than %d bytes of rules in all, includes counted each time", maxRuleText)
	}
	// libyara does not know the mark that some editors begin UTF-8 with.
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}

// reason is what went wrong without the path, which the caller names.
func reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// An expansion is one source being put together from a file and its includes.
type expansion struct {
	*loader
	text    bytes.Buffer
	lines   int // complete lines in text
	origins []Origin
}

// expand appends text, the content of name, with its includes replaced. chain
// names the files that are being expanded, the outermost first.
func (e *expansion) expand(name string, text []byte, chain []string) error {
	e.from(name, 1)
	lex := newLexer(text)
	depth, done := 0, 0
	for t := lex.next(); t.kind != tokenEnd; t = lex.next() {
		switch {
		case t.kind == tokenMark && t.text == "{":
			depth++
		case t.kind == tokenMark && t.text == "}":
			depth--
		case depth == 0 && t.kind == tokenWord && t.text == "include":
			target := lex.next()
			if target.kind != tokenString {
				continue // libyara says what is wrong here
			}
			e.write(text[done:t.start])
			done = target.end
			if err := e.include(name, target, chain); err != nil {
				return &SourceError{File: e.path(name), Line: target.line, Text: err.Error()}
			}
			e.from(name, target.line)
		}
	}
	e.write(text[done:])
	return nil
}

func (e *expansion) include(from string, target token, chain []string) error {
	name := e.target(from, target.text)
	switch {
	case path.IsAbs(target.text):
		return fmt.Errorf("include %q: an absolute path", target.text)
	case !fs.ValidPath(name):
		return fmt.Errorf("include %q: outside of %q", target.text, e.dir)
	case slices.Contains(chain, name):
		return fmt.Errorf("include %q: a cycle: %s", target.text, strings.Join(append(chain, name), " includes "))
	case len(chain) == maxIncludeDepth:
		return fmt.Errorf("include %q: nested deeper than %d", target.text, maxIncludeDepth)
	}
	if e.leftOut(name) {
		return nil
	}
	text, err := e.read(name)
	if err != nil {
		return fmt.Errorf("include %q: %w", target.text, err)
	}
	e.included[name] = true
	err = e.expand(name, text, append(slices.Clone(chain), name))
	if _, nested := err.(*SourceError); nested {
		return fmt.Errorf("include %q: %w", target.text, err)
	}
	return err
}

// target is the file below the directory that an include in from means: the
// first of those that it can mean which is there, or else the first.
func (l *loader) target(from, text string) string {
	names := []string{path.Join(path.Dir(from), text), path.Clean(text)}
	if below, ok := strings.CutPrefix(path.Clean(text), l.base+"/"); ok {
		names = append(names, below)
	}
	for _, name := range names {
		if !fs.ValidPath(name) {
			continue
		}
		if _, err := fs.Stat(l.fsys, name); err == nil {
			return name
		}
	}
	return names[0]
}

// from starts a new line in the text, which comes from line of name.
func (e *expansion) from(name string, line int) {
	if e.text.Len() > 0 {
		e.write([]byte("\n"))
	}
	e.origins = append(e.origins, Origin{Line: e.lines + 1, File: e.path(name), FileLine: line})
}

func (e *expansion) write(text []byte) {
	e.text.Write(text)
	e.lines += bytes.Count(text, []byte("\n"))
}
