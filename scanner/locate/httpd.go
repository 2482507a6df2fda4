package locate

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// httpd is the Apache HTTP server. It loads the modules that LoadModule names,
// and libraries that LoadFile names. Facts: httpd's server/config.c,
// server/core.c and modules/core/mod_so.c.
type httpd struct {
	programs []string // resolved
	builds   []httpdBuild
	starts   []httpdStart
}

func newHTTPD() *httpd { return &httpd{} }

func (*httpd) name() string { return "httpd" }

// marks: the magic of a module's record (MODULE_MAGIC_COOKIE, "AP24"), an
// unsigned long in the byte order of every machine that httpd runs on today.
func (*httpd) marks() [][]byte { return [][]byte{[]byte("42PA\x00\x00\x00\x00")} }

// httpdPrograms are the programs and scripts by which units start httpd.
var httpdPrograms = []string{"httpd", "apache2", "apachectl", "apache2ctl", "httpd-prefork", "httpd-worker", "httpd-event", "start_apache2"}

// A httpdBuild is what a binary was compiled with.
type httpdBuild struct {
	program string // resolved
	root    string // HTTPD_ROOT, relative to the root of the tree
	conf    string // SERVER_CONFIG_FILE, from HTTPD_ROOT where it is relative
}

// A httpdStart is one way in which a httpd of this tree may be started.
type httpdStart struct {
	conf    string   // its main config
	root    string   // ServerRoot until the config sets one
	lines   []string // directives given by -C and -c
	defines []string // names given by -D
	by      Reference
	env     []variable
}

func (h *httpd) configured(s *survey) {
	for _, name := range s.glob(h.name(), kindServer) {
		h.server(s, name)
	}
	for _, u := range s.units(h.name(), httpdPrograms...) {
		s.preloads(h.name(), u.env)
		for _, c := range u.commands {
			h.commanded(s, c, u.env)
		}
	}
	if len(h.programs) > 0 {
		s.preloadsOfAll(h.name())
	}
	for _, b := range h.builds {
		if conf := fromPrefix(b.root, b.conf); s.exists(conf) {
			h.start(s, httpdStart{conf: conf, root: b.root})
		}
	}
	for _, conf := range s.configs(h.name()) {
		if !slices.ContainsFunc(h.starts, func(st httpdStart) bool { return st.conf == conf }) {
			h.start(s, httpdStart{conf: conf, root: s.guessServerRoot(conf)})
		}
	}
	for _, st := range h.starts {
		newHTTPDReader(s, st).read()
	}
}

// start adds a start; one of the same config with nothing of its own is known.
func (h *httpd) start(s *survey, st httpdStart) {
	st.conf = s.inRealDir(st.conf)
	for i := range h.starts {
		known := &h.starts[i]
		if known.conf == st.conf && known.root == st.root && slices.Equal(known.lines, st.lines) {
			known.defines = appendNew(known.defines, st.defines...)
			known.env = append(known.env, st.env...)
			return
		}
	}
	h.starts = append(h.starts, st)
}

// server notes a program and what it was compiled with: httpd -V prints
// ` -D HTTPD_ROOT="/etc/apache2"` from a constant string.
func (h *httpd) server(s *survey, name string) {
	if slices.Contains(h.programs, name) {
		return
	}
	h.programs = append(h.programs, name)
	s.server(h.name(), name)
	roots := s.stringsAfter(name, ` -D HTTPD_ROOT="`)
	confs := s.stringsAfter(name, ` -D SERVER_CONFIG_FILE="`)
	if len(roots) == 0 || len(confs) == 0 {
		s.note(h.name(), name, "no HTTPD_ROOT or SERVER_CONFIG_FILE in it, so its directories are not known")
	}
	for _, root := range roots {
		for _, conf := range confs {
			h.builds = append(h.builds, httpdBuild{
				program: name,
				root:    tree.Clean(strings.TrimSuffix(root, `"`)),
				conf:    strings.TrimSuffix(conf, `"`),
			})
		}
	}
}

// commanded reads the command line of a unit: -d ServerRoot, -f config,
// -C and -c directives, -D names.
func (h *httpd) commanded(s *survey, c command, env []variable) {
	build, known := h.buildOf(s, c.words[0])
	st := httpdStart{root: build.root, by: c.by, env: env}
	conf := build.conf
	for i := 1; i < len(c.words); i++ {
		option, value := c.words[i], ""
		if len(option) < 2 || option[0] != '-' || !strings.ContainsRune("dfCcDEk", rune(option[1])) {
			continue
		}
		if value = option[2:]; value == "" && i+1 < len(c.words) {
			i++
			value = c.words[i]
		}
		switch option[1] {
		case 'd':
			st.root, known = s.followed(value), true
		case 'f':
			conf = value
		case 'C', 'c':
			st.lines = append(st.lines, value)
		case 'D':
			st.defines = append(st.defines, value)
		}
	}
	if strings.Contains(conf, "%") {
		s.sink.Skip(c.by.File, "-f "+tree.Printable(conf)+": which config that is, only a running systemd knows")
		return
	}
	if conf == "" {
		confs := s.configs(h.name())
		if len(confs) == 0 {
			return // a unit without a server
		}
		conf = "/" + confs[0]
	}
	st.conf = fromPrefix(st.root, conf)
	if !known {
		st.root = s.guessServerRoot(st.conf)
	}
	h.start(s, st)
}

// buildOf returns the build of the program that a unit starts; a script such
// as apachectl starts any.
func (h *httpd) buildOf(s *survey, program string) (httpdBuild, bool) {
	script := strings.HasSuffix(program, "ctl") || strings.HasPrefix(path.Base(program), "start_")
	if strings.Contains(program, "/") && !script {
		if resolved, err := tree.Resolve(s.tree, program); err == nil && s.isFile(resolved) {
			h.server(s, resolved)
			program = resolved
		}
	}
	for _, b := range h.builds {
		if script || b.program == program {
			return b, true
		}
	}
	return httpdBuild{}, false
}

// guessServerRoot returns the ServerRoot that a distribution compiles in, by
// the place of the config, for configs that name none.
func (s *survey) guessServerRoot(conf string) string {
	dir := path.Dir(conf)
	if path.Base(dir) == "conf" { // RHEL, source
		return path.Dir(dir)
	}
	return dir
}
