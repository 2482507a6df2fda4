package locate

import (
	"fmt"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// preloads notes the libraries that the dynamic linker puts into a host before
// anything else (ld.so(8), dyld(1)): code inside the server like any plugin,
// and named by no config of it.
func (s *survey) preloads(host string, env []variable) {
	for _, v := range env {
		if !slices.Contains([]string{"LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES"}, v.name) {
			continue
		}
		for _, library := range strings.FieldsFunc(v.value, func(r rune) bool { return r == ':' || r == ' ' }) {
			s.preload(host, library, v.by)
		}
	}
}

// ldPreload is read by the dynamic linker of Linux for every program.
const ldPreload = "etc/ld.so.preload"

// preloadsOfAll notes what /etc/ld.so.preload puts into every program, hosts included.
func (s *survey) preloadsOfAll(host string) {
	if !s.exists(ldPreload) {
		return
	}
	data, ok := s.read(ldPreload)
	if !ok {
		return
	}
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text, _, _ = strings.Cut(text, "#")
		for _, library := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(": \t\r\n", r) }) {
			s.preload(host, library, Reference{ldPreload, line})
		}
	}
}

// libraryDirs are where the dynamic linker looks for a name without a slash.
const libraryDirs = "{lib,lib64,usr/lib,usr/lib64,usr/local/lib}"

func (s *survey) preload(host, library string, by Reference) {
	if strings.Contains(library, "/") {
		s.load(host, library, by)
		return
	}
	matches := s.globAll(host, []string{libraryDirs + "/{,*/}" + globLiteral(library)})
	for _, match := range matches {
		s.load(host, match, by)
	}
	if len(matches) == 0 {
		s.sink.Fail(by.File, fmt.Errorf("line %d: preloads %s, which is in no library directory", by.Line, tree.Printable(library)))
	}
}
