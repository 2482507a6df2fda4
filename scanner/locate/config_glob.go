package locate

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// hasMagic tells a pattern from a name, as nginx and httpd do.
func hasMagic(pattern string) bool { return strings.ContainsAny(pattern, "*?[") }

var stars = regexp.MustCompile(`\*+`)

// configGlob returns the names that a pattern in a config leads to, sorted, as
// glob(3) has it: braces and "**" mean nothing special, and a name that begins
// with a dot is matched only by a dot. Links are not resolved.
func (s *survey) configGlob(pattern string) []string {
	pattern = s.aboveGlob(pattern)
	escaped := stars.ReplaceAllString(strings.ReplaceAll(pattern, "{", `\{`), "*")
	matches, err := tree.Glob(s.tree, escaped, s.broken)
	if err != nil {
		s.sink.Fail(pattern, err)
	}
	elements := strings.Split(pattern, "/")
	matches = slices.DeleteFunc(matches, func(name string) bool {
		for i, element := range strings.Split(name, "/") {
			if element[0] == '.' && i < len(elements) && elements[i][0] != '.' {
				return true
			}
		}
		return false
	})
	slices.Sort(matches)
	return matches
}

// aboveGlob is pattern with each ".." taken from where a link before it leads, as
// far as no wildcard comes before.
func (s *survey) aboveGlob(pattern string) string {
	elements := strings.Split(pattern, "/")
	at := slices.IndexFunc(elements, hasMagic)
	if at < 0 || !slices.Contains(elements[:at], "..") || slices.Contains(elements[at:], "..") {
		return tree.Clean(pattern)
	}
	dir := s.followed(strings.Join(elements[:at], "/"))
	if hasMagic(dir) || strings.Contains(dir, `\`) {
		return tree.Clean(pattern)
	}
	return tree.Join(dir, elements[at:]...)
}

// followed is tree.Clean, but for a ".." behind a symbolic link, which leads to
// where the kernel would have it.
func (s *survey) followed(name string) string {
	if slices.Contains(strings.Split(name, "/"), "..") {
		if resolved, err := tree.Resolve(s.tree, cleanPath(name)); err == nil {
			return resolved
		}
	}
	return tree.Clean(name)
}

// configs returns the main configs of a host.
func (s *survey) configs(host string) []string {
	var names []string
	for _, pattern := range builtin()[host].of(kindConfig) {
		matches, err := tree.Glob(s.tree, pattern, s.broken)
		if err != nil {
			s.sink.Fail(pattern, err)
		}
		for _, match := range matches {
			names = appendNew(names, s.inRealDir(match))
		}
	}
	slices.Sort(names)
	return names
}

// inRealDir resolves the links in the directory of a config, as macOS has one
// for /etc, but not the name itself: what a config includes is taken from the
// directory that names it and not from where a link leads to.
func (s *survey) inRealDir(name string) string {
	dir, err := tree.Resolve(s.tree, path.Dir(name))
	if err != nil {
		return name
	}
	return tree.Join(dir, path.Base(name))
}

// isFile reports whether name, which has no links in it, is a regular file.
func (s *survey) isFile(name string) bool {
	info, err := s.tree.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

// exists reports whether name leads to something below the root.
func (s *survey) exists(name string) bool {
	_, err := tree.Resolve(s.tree, name)
	return err == nil
}

// isDir reports whether name leads to a directory below the root.
func (s *survey) isDir(name string) bool {
	resolved, err := tree.Resolve(s.tree, name)
	if err != nil {
		return false
	}
	info, err := s.tree.Lstat(resolved)
	return err == nil && info.IsDir()
}
