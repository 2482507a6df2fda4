package locate

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A httpdReader reads one main config with all that it includes, and tells the
// survey what it loads.
//
// Which sections hold depends on the command line and on what was compiled
// in. LoadModule inside <IfModule> or <IfDefine> counts in any case: the config
// names it, and one word of a command line turns it on.
type httpdReader struct {
	*survey
	httpdStart
	defined     map[string]string // Define, -D and the environment
	conditional int               // how many <If…> sections are open
	visited     map[string]bool   // resolved
	open        []string          // the files that include each other down to this one
}

func newHTTPDReader(s *survey, start httpdStart) *httpdReader {
	return &httpdReader{survey: s, httpdStart: start, defined: map[string]string{}, visited: map[string]bool{}}
}

func (r *httpdReader) read() {
	for _, v := range append(r.environment(), r.env...) {
		r.defined[v.name] = v.value
	}
	for _, define := range r.defines {
		name, value, _ := strings.Cut(define, "=")
		r.defined[name] = value
	}
	r.file(r.conf)
	for _, line := range r.lines {
		parseHTTPD([]byte(line), func(l httpdLine) { r.directive(l, r.by) })
	}
}

// environment reads envvars, where apachectl of Debian and of httpd's own
// installation keeps the environment of the server.
func (r *httpdReader) environment() []variable {
	for _, name := range []string{tree.Join(path.Dir(r.conf), "envvars"), tree.Join(r.root, "bin/envvars")} {
		if resolved, err := tree.Resolve(r.tree, name); err == nil && r.isFile(resolved) {
			if data, ok := r.survey.read(resolved); ok {
				env := readAssignments(name, data)
				r.preloads("httpd", env)
				return env
			}
		}
	}
	return nil
}

func (r *httpdReader) file(name string) {
	resolved, err := tree.Resolve(r.tree, name)
	if err != nil {
		r.sink.Fail(name, err)
		return
	}
	if slices.Contains(r.open, resolved) {
		r.sink.Fail(name, fmt.Errorf("include cycle: %s", tree.Printable(strings.Join(append(r.open, resolved), " includes "))))
		return
	}
	if r.visited[resolved] || r.ctx.Err() != nil {
		return
	}
	r.visited[resolved] = true
	data, ok := r.survey.read(resolved)
	if !ok {
		return
	}
	r.open = append(r.open, resolved)
	outside := r.conditional
	tooLong := parseHTTPD(data, func(l httpdLine) { r.directive(l, Reference{name, l.line}) })
	r.conditional = outside
	r.open = r.open[:len(r.open)-1]
	if tooLong > 0 {
		r.sink.Fail(name, fmt.Errorf("%d lines of more than %d bytes", tooLong, maxHTTPDLine))
	}
}

// directive looks at the directives that load code or lead to more config.
func (r *httpdReader) directive(l httpdLine, by Reference) {
	switch {
	case strings.HasPrefix(l.name, "<if"):
		r.conditional++
	case strings.HasPrefix(l.name, "</if"):
		r.conditional = max(0, r.conditional-1)
	case len(l.args) == 0:
	case l.name == "define":
		r.define(l)
	case l.name == "undefine":
		delete(r.defined, l.args[0])
	case l.name == "serverroot":
		if root, ok := r.expand(l.args[0], l.name, by); ok {
			r.root = r.followed(root)
		}
	case l.name == "loadmodule" && len(l.args) > 1: // LoadModule symbol file
		r.loadFile(l.args[1], l.name, by)
	case l.name == "loadfile":
		for _, file := range l.args {
			r.loadFile(file, l.name, by)
		}
	case l.name == "include", l.name == "includeoptional":
		r.include(l, by)
	}
}

func (r *httpdReader) define(l httpdLine) {
	value := ""
	if len(l.args) > 1 {
		value, _ = r.substitute(l.args[1])
	}
	r.defined[l.args[0]] = value
}

var httpdVariable = regexp.MustCompile(`\$\{([^}]*)\}`)

// substitute puts values in the place of ${NAME} (ap_resolve_env). It returns
// the first name that has none.
func (r *httpdReader) substitute(text string) (value, unknown string) {
	value = replaceBounded(httpdVariable, text, func(ref string) string {
		name := ref[2 : len(ref)-1]
		defined, ok := r.defined[name]
		if !ok && unknown == "" {
			unknown = name
		}
		return defined
	})
	return value, unknown
}

// expand is substitute for a name that matters. Where a variable is not known,
// code was not looked at: an error, unless it may be that nothing asks for it.
func (r *httpdReader) expand(text, directive string, by Reference) (string, bool) {
	value, unknown := r.substitute(text)
	if unknown == "" {
		return value, value != ""
	}
	gap := fmt.Sprintf("line %d: %s %s: nothing here says what ${%s} is",
		by.Line, directive, tree.Printable(text), tree.Printable(unknown))
	if r.conditional > 0 || directive == "includeoptional" || directive == "serverroot" {
		r.sink.Skip(by.File, gap)
	} else {
		r.sink.Fail(by.File, errors.New(gap))
	}
	return "", false
}

// loadFile notes a module or library. What a section asks for that may not
// hold, and is not there, is no loss: httpd would not start otherwise.
func (r *httpdReader) loadFile(file, directive string, by Reference) {
	file, ok := r.expand(file, directive, by)
	if !ok {
		return
	}
	name := fromPrefix(r.root, file)
	if r.conditional > 0 && !r.exists(name) {
		r.sink.Skip(name, fmt.Sprintf("not there; %s:%d loads it under a condition", tree.Printable(by.File), by.Line))
		return
	}
	r.load("httpd", name, by)
}

// include reads what Include leads to (ap_process_resource_config): a file, a
// directory with all below it, or a pattern.
func (r *httpdReader) include(l httpdLine, by Reference) {
	text, ok := r.expand(l.args[0], l.name, by)
	if !ok {
		return
	}
	name := fromPrefix(r.root, text)
	if hasMagic(name) {
		for _, match := range r.configGlob(name) {
			r.fileOrDir(match, 0)
		}
		return
	}
	if r.exists(name) {
		r.fileOrDir(name, 0)
		return
	}
	if l.name == "include" && r.conditional == 0 {
		r.sink.Fail(name, fmt.Errorf("included by %s:%d, not there", tree.Printable(by.File), by.Line))
	}
}

// maxIncludeDepth bounds directories within an included directory, as
// AP_MAX_INCLUDE_DIR_DEPTH does.
const maxIncludeDepth = 20

func (r *httpdReader) fileOrDir(name string, depth int) {
	resolved, err := tree.Resolve(r.tree, name)
	if err != nil {
		r.broken(name, err)
		return
	}
	if !r.isDir(resolved) {
		if r.isFile(resolved) {
			r.file(name)
		} else {
			r.sink.Skip(name, "included, but no regular file")
		}
		return
	}
	if depth >= maxIncludeDepth || r.visited[resolved] {
		if depth >= maxIncludeDepth {
			r.sink.Fail(name, errTooDeep)
		}
		return
	}
	r.visited[resolved] = true
	entries, err := r.tree.ReadDir(resolved)
	if err != nil {
		r.sink.Fail(name, err)
	}
	for _, entry := range entries {
		r.fileOrDir(name+"/"+entry.Name(), depth+1) // a ".." in name is for tree.Resolve
	}
}
