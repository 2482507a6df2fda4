package locate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A nginxReader reads one main config with all that it includes, and tells the
// survey what it loads.
type nginxReader struct {
	*survey
	nginxStart
	confDir string // where include and js_import take relative names from

	visited map[nginxVisit]bool
	open    []string // the files that include each other down to this one

	// What a name means can depend on a directive after it.
	perlDirs, scriptDirs []string
	perlNames, jsNames   []nginxUse
}

// A nginxVisit is a file in a context: load_module counts in the main one only.
type nginxVisit struct {
	file string // resolved
	main bool
}

// A nginxUse is a directive that names code.
type nginxUse struct {
	directive, name string
	by              Reference
}

func newNginxReader(s *survey, start nginxStart) *nginxReader {
	return &nginxReader{survey: s, nginxStart: start, confDir: path.Dir(start.conf), visited: map[nginxVisit]bool{}}
}

func (r *nginxReader) read() {
	if r.globals != "" {
		err := parseNginx([]byte(r.globals), func(d nginxDirective) { r.directive(d, r.by, d.depth == 0) })
		if err != nil {
			r.sink.Fail(r.by.File, fmt.Errorf("line %d: -g: %w", r.by.Line, err))
		}
	}
	if r.conf != "" {
		r.file(r.conf, true)
	}
	r.perl()
	r.javascript()
}

// file reads a config in the main context or in that of a block.
func (r *nginxReader) file(name string, main bool) {
	resolved, err := tree.Resolve(r.tree, name)
	if err != nil {
		r.sink.Fail(name, err)
		return
	}
	if slices.Contains(r.open, resolved) {
		r.sink.Fail(name, fmt.Errorf("include cycle: %s", tree.Printable(strings.Join(append(r.open, resolved), " includes "))))
		return
	}
	visit := nginxVisit{resolved, main}
	if r.visited[visit] || r.ctx.Err() != nil {
		return
	}
	r.visited[visit] = true
	data, ok := r.survey.read(resolved)
	if !ok {
		return
	}
	r.open = append(r.open, resolved)
	defer func() { r.open = r.open[:len(r.open)-1] }()
	err = parseNginx(data, func(d nginxDirective) { r.directive(d, Reference{name, d.line}, main && d.depth == 0) })
	if err != nil {
		r.sink.Fail(name, fmt.Errorf("syntax error: %w", err))
	}
}

// directive looks at the directives that load code or lead to more config.
func (r *nginxReader) directive(d nginxDirective, by Reference, main bool) {
	if len(d.args) == 0 || d.args[0] == "" {
		return
	}
	first, last := d.args[0], d.args[len(d.args)-1]
	use := nginxUse{d.name, first, by}
	switch d.name {
	case "include":
		r.include(use, main)
	case "load_module":
		if !main {
			r.sink.Skip(by.File, fmt.Sprintf("line %d: load_module stands outside the main context, where nginx refuses it", by.Line))
			return
		}
		for _, name := range r.inPrefix(first) {
			r.load("nginx", name, by)
		}
	case "ssl_engine":
		r.engine(use)
	case "perl_modules":
		r.perlDirs = append(r.perlDirs, r.codeDirs(use)...)
	case "perl_require":
		r.perlNames = append(r.perlNames, use)
	case "js_path":
		r.scriptDirs = append(r.scriptDirs, r.codeDir(use, fromPrefix(r.confDir, first)))
	case "js_import", "js_include":
		r.jsNames = append(r.jsNames, nginxUse{d.name, last, by}) // js_import [name from] file
	case "lua_package_path", "lua_package_cpath":
		r.luaPath(use)
	default:
		if strings.HasSuffix(d.name, "_by_lua_file") {
			if d.name != "set_by_lua_file" { // set_by_lua_file $variable file [argument…]
				last = first
			} else if len(d.args) > 1 {
				last = d.args[1]
			}
			r.script(nginxUse{d.name, last, by}, r.inPrefix(last))
		}
	}
}

// include reads the files that an include leads to (ngx_conf_include).
func (r *nginxReader) include(use nginxUse, main bool) {
	name := fromPrefix(r.confDir, use.name)
	if !hasMagic(name) {
		if !r.exists(name) {
			r.sink.Fail(name, fmt.Errorf("included by %s:%d, not there", tree.Printable(use.by.File), use.by.Line))
			return
		}
		r.file(name, main)
		return
	}
	for _, file := range r.configGlob(name) {
		if resolved, err := tree.Resolve(r.tree, file); err != nil {
			r.broken(file, err)
		} else if r.isFile(resolved) {
			r.file(file, main)
		} else {
			r.sink.Skip(file, "included, but no regular file")
		}
	}
}

// inPrefix returns what a name stands for: itself where it is absolute, else
// below the prefix. Where several prefixes are known to be used all that is
// there counts; where they are only likely, the first.
func (r *nginxReader) inPrefix(name string) []string {
	if path.IsAbs(name) || len(r.prefixes) == 0 {
		return []string{cleanPath(name)}
	}
	var there []string
	for _, prefix := range r.prefixes {
		if candidate := fromPrefix(prefix, name); r.exists(candidate) {
			there = append(there, candidate)
			if r.guessed {
				break
			}
		}
	}
	if len(there) == 0 {
		there = append(there, fromPrefix(r.prefixes[0], name))
	}
	return there
}

// variable tells of a name that only a request can complete.
func (r *nginxReader) variable(use nginxUse) bool {
	if !strings.Contains(use.name, "$") {
		return false
	}
	r.sink.Skip(use.by.File, fmt.Sprintf("line %d: %s %s: the variable has no value before a request",
		use.by.Line, use.directive, tree.Printable(use.name)))
	return true
}

// script notes source code that a directive names.
func (r *nginxReader) script(use nginxUse, names []string) {
	if r.variable(use) {
		return
	}
	for _, name := range names {
		r.loadScript("nginx", name, use.by)
	}
}

// codeDirs and codeDir note directories from which code is taken by name.
func (r *nginxReader) codeDirs(use nginxUse) []string {
	var dirs []string
	for _, dir := range r.inPrefix(use.name) {
		dirs = append(dirs, r.codeDir(use, dir))
	}
	return dirs
}

func (r *nginxReader) codeDir(use nginxUse, dir string) string {
	if resolved, err := tree.Resolve(r.tree, dir); err == nil {
		dir = resolved
	}
	r.location(Location{Host: "nginx", Path: dir, How: Config, By: use.by, Detail: use.directive + " " + use.name})
	return dir
}

// opensslEngines is where OpenSSL looks for an engine that is named without a path.
const opensslEngines = "{lib,usr/lib,usr/lib64,usr/local/lib,opt/homebrew/lib,opt/local/lib," +
	"{opt/homebrew,usr/local}/Cellar/openssl*/*/lib}/{,*/}engines{,-*}/"

// engine notes the library behind ssl_engine: a path, or a name that OpenSSL
// looks up in its own directory.
func (r *nginxReader) engine(use nginxUse) {
	if strings.Contains(use.name, "/") {
		r.load("nginx", use.name, use.by)
		return
	}
	engines := r.globAll("nginx", []string{opensslEngines + "{,lib}" + globLiteral(use.name) + ".{so,dylib}"})
	for _, engine := range engines {
		r.load("nginx", engine, use.by)
	}
	if len(engines) == 0 {
		r.sink.Skip(use.by.File, fmt.Sprintf("line %d: ssl_engine %s: built into OpenSSL, or outside its usual directories",
			use.by.Line, tree.Printable(use.name)))
	}
}

// perl notes the modules that perl_require takes from perl_modules, or from
// Perl's own directories, which are not looked at.
func (r *nginxReader) perl() {
	for _, use := range r.perlNames {
		r.among(use, r.perlDirs, "not below any perl_modules, so from Perl's own directories")
	}
}

// javascript notes what js_import names: njs looks in the directory of
// nginx.conf and then in each js_path.
func (r *nginxReader) javascript() {
	for _, use := range r.jsNames {
		r.among(use, append([]string{r.confDir}, r.scriptDirs...), "not in the directory of nginx.conf nor in any js_path")
	}
}

// among notes the first of dirs/name that exists.
func (r *nginxReader) among(use nginxUse, dirs []string, otherwise string) {
	if path.IsAbs(use.name) {
		r.script(use, []string{tree.Clean(use.name)})
		return
	}
	if r.variable(use) {
		return
	}
	for _, dir := range dirs {
		if name := tree.Join(dir, use.name); r.exists(name) {
			r.loadScript("nginx", name, use.by)
			return
		}
	}
	r.sink.Skip(use.by.File, fmt.Sprintf("line %d: %s %s: %s", use.by.Line, use.directive, tree.Printable(use.name), otherwise))
}
