package locate

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// nginx loads the modules that load_module names in the main context of its
// config, and code by some other directives (nginx_reader.go). Facts: nginx's
// src/core/nginx.c and ngx_conf_file.c, and the documentation of each module.
type nginx struct {
	programs []string // resolved
	builds   []nginxBuild
	starts   []nginxStart
}

func newNginx() *nginx { return &nginx{} }

func (*nginx) name() string { return "nginx" }

// marks: the symbol that nginx looks up in every module (ngx_load_module).
func (*nginx) marks() [][]byte { return [][]byte{[]byte("ngx_modules")} }

// nginxPrograms are the names under which nginx is started.
var nginxPrograms = []string{"nginx", "nginx-debug", "openresty", "angie", "angie-debug", "tengine", "freenginx"}

// A nginxStart is one way in which an nginx of this tree may be started.
type nginxStart struct {
	conf     string   // its main config; empty where only -g is known
	prefixes []string // where it takes relative names from
	guessed  bool     // the prefixes are not known but likely, the likeliest first
	globals  string   // directives given by -g
	by       Reference
}

func (n *nginx) configured(s *survey) {
	for _, name := range s.glob(n.name(), kindServer) {
		n.server(s, name)
	}
	s.nameLua()
	for _, u := range s.units(n.name(), nginxPrograms...) {
		s.preloads(n.name(), u.env)
		for _, c := range u.commands {
			n.start(s, n.commanded(s, c))
		}
	}
	if len(n.programs) > 0 {
		s.preloadsOfAll(n.name())
	}
	for _, b := range n.builds {
		if conf := fromPrefix(b.prefix, b.conf); s.exists(conf) {
			n.start(s, nginxStart{conf: conf, prefixes: []string{b.prefix}})
		}
	}
	for _, conf := range s.configs(n.name()) {
		if !slices.ContainsFunc(n.starts, func(st nginxStart) bool { return st.conf == conf }) {
			n.start(s, nginxStart{conf: conf, prefixes: s.guessNginxPrefixes(conf), guessed: true})
		}
	}
	for _, st := range n.starts {
		newNginxReader(s, st).read()
	}
}

// server notes a program and what it was built with.
func (n *nginx) server(s *survey, name string) {
	if slices.Contains(n.programs, name) {
		return
	}
	n.programs = append(n.programs, name)
	s.server(n.name(), name)
	for _, b := range s.nginxBuilds(name) {
		n.builds = append(n.builds, b)
		s.moduleDir(n.name(), fromPrefix(b.prefix, b.modules))
	}
}

// start adds a start; one of the same config and the same -g is the same.
func (n *nginx) start(s *survey, st nginxStart) {
	if st.conf != "" {
		st.conf = s.inRealDir(st.conf)
	}
	for i := range n.starts {
		if known := &n.starts[i]; known.conf == st.conf && known.globals == st.globals {
			known.prefixes = appendNew(known.prefixes, st.prefixes...)
			return
		}
	}
	n.starts = append(n.starts, st)
}

// commanded reads the command line of a unit: -p prefix, -c file, -g directives.
func (n *nginx) commanded(s *survey, c command) nginxStart {
	options := nginxOptions(c.words[1:])
	build, known := n.buildOf(s, c.words[0])
	st := nginxStart{globals: options['g'], by: c.by}
	if prefix, ok := options['p']; ok {
		if !known {
			build.conf = defaultNginxConf
		}
		known, build.prefix = true, tree.Clean(prefix)
	}
	switch conf, ok := options['c']; {
	case strings.Contains(conf, "%"):
		s.sink.Skip(c.by.File, "-c "+tree.Printable(conf)+": which config that is, only a running systemd knows")
	case ok:
		st.conf = fromPrefix(build.prefix, conf)
	case known:
		st.conf = fromPrefix(build.prefix, build.conf)
	default:
		if confs := s.configs(n.name()); len(confs) > 0 {
			st.conf = confs[0]
		}
	}
	if known {
		st.prefixes = []string{build.prefix}
	} else {
		st.prefixes, st.guessed = s.guessNginxPrefixes(st.conf), true
	}
	return st
}

// buildOf returns the build of the program that a unit starts; where the unit
// names none by path, that of any program of that name.
func (n *nginx) buildOf(s *survey, program string) (nginxBuild, bool) {
	if strings.Contains(program, "/") {
		resolved, err := tree.Resolve(s.tree, program)
		if err == nil && s.isFile(resolved) {
			n.server(s, resolved)
			program = resolved
		}
	}
	match := func(name func(nginxBuild) bool) (nginxBuild, bool) {
		if i := slices.IndexFunc(n.builds, name); i >= 0 {
			return n.builds[i], true
		}
		return nginxBuild{}, false
	}
	if b, ok := match(func(b nginxBuild) bool { return b.program == program }); ok {
		return b, true
	}
	return match(func(b nginxBuild) bool { return path.Base(b.program) == path.Base(program) })
}

// nginxOptions reads the options that take a value as ngx_get_options does:
// "-c file", "-cfile" and "-tc file" are the same.
func nginxOptions(words []string) map[byte]string {
	options := map[byte]string{}
	for i := 0; i < len(words); i++ {
		cluster, ok := strings.CutPrefix(words[i], "-")
		for ok && cluster != "" {
			letter := cluster[0]
			cluster = cluster[1:]
			if !strings.ContainsRune("pcges", rune(letter)) {
				continue
			}
			if cluster == "" && i+1 < len(words) {
				i++
				cluster = words[i]
			}
			options[letter] = cluster
			cluster = ""
		}
	}
	return options
}

// A nginxBuild is what a binary was configured with.
type nginxBuild struct {
	program string // resolved
	prefix  string // relative to the root
	conf    string // as configured, from the prefix where it is relative
	modules string // the same
}

const defaultNginxConf = "conf/nginx.conf"

// nginxBuilds reads "configure arguments:" from the strings of a binary, where
// every nginx keeps them for its -V. One binary has several where it holds
// several architectures. The defaults are those of nginx's auto/options.
func (s *survey) nginxBuilds(program string) []nginxBuild {
	arguments := s.stringsAfter(program, "configure arguments:")
	if len(arguments) == 0 {
		s.note("nginx", program, "no configure arguments in it, so its prefix and module directory are not known")
	}
	var builds []nginxBuild
	for _, text := range arguments {
		values := map[string]string{"--prefix": "/usr/local/nginx", "--modules-path": "modules", "--conf-path": defaultNginxConf}
		for _, word := range splitWords(text) {
			if name, value, ok := strings.Cut(word, "="); ok && values[name] != "" {
				values[name] = value
			}
		}
		builds = appendNew(builds, nginxBuild{
			program: program,
			prefix:  tree.Clean(values["--prefix"]),
			conf:    values["--conf-path"],
			modules: values["--modules-path"],
		})
	}
	return builds
}

// fromPrefix takes a relative name from prefix.
func fromPrefix(prefix, name string) string {
	if !strings.HasPrefix(name, "/") {
		name = prefix + "/" + name
	}
	return cleanPath(name)
}

// cleanPath is tree.Clean where that is the same: a ".." behind a symbolic link
// is for tree.Resolve, which knows where the link leads.
func cleanPath(name string) string {
	if slices.Contains(strings.Split(name, "/"), "..") {
		return strings.TrimLeft(name, "/")
	}
	return tree.Clean(name)
}

// guessNginxPrefixes returns the prefixes that distributions build with, by
// the place of nginx.conf; DOMAIN's table of distributions says which.
func (s *survey) guessNginxPrefixes(conf string) []string {
	dir := path.Dir(tree.Clean(conf))
	parent, product := path.Dir(dir), path.Base(dir)
	switch {
	case product == "conf": // source, OpenResty, Tengine
		return []string{parent, dir}
	case parent == "etc": // Debian and RHEL, nginx.org, Alpine
		return []string{"usr/share/" + product, dir, "var/lib/" + product, "usr/lib/" + product, "usr/lib64/" + product}
	case path.Base(parent) == "etc": // Homebrew, MacPorts, FreeBSD
		base := path.Dir(parent)
		prefixes := []string{tree.Join(base, "opt", product)}
		cellar := s.globAll("nginx", []string{globLiteral(tree.Join(base, "Cellar", product)) + "/*"})
		slices.Reverse(cellar)
		return append(append(prefixes, cellar...), base, tree.Join(base, "share", product), dir)
	}
	return []string{dir, parent}
}
