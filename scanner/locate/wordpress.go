package locate

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// WordPress keeps its plugins in wp-content. Which of those in plugins are
// active stands in its database, so that being there is all that a tree can
// tell; the files of mu-plugins and the drop-ins run whenever they are there.
// A theme is a plugin as well: its functions.php runs with every page.
const wpContent = "wp-content"

// wpDropIns are the files of wp-content that WordPress runs in the place of
// its own (_get_dropins in wp-admin/includes/plugin.php).
var wpDropIns = []string{
	"advanced-cache.php", "blog-deleted.php", "blog-inactive.php", "blog-suspended.php", "db-error.php", "db.php",
	"fatal-error-handler.php", "install.php", "maintenance.php", "object-cache.php", "php-error.php", "sunrise.php",
}

func (h *php) dropIns(s *survey, dir string, entries []fs.DirEntry) {
	for _, entry := range entries {
		if !slices.Contains(wpDropIns, entry.Name()) {
			continue
		}
		if p := h.wordpressPlugin(s, dir, entry, path.Ext(entry.Name())); p != nil {
			p.LoadedBy = []Reference{{File: dir}}
			h.take(s, dir, p)
		}
	}
}

// linked follows a link by the name of a directory that holds plugins. The walk
// does not: it comes to what lies below the root by itself, but knows a
// wp-content only by its name.
func (h *php) linked(s *survey, name string) {
	dir, err := tree.Resolve(s.tree, name)
	if err != nil {
		s.broken(name, err)
		return
	}
	if path.Base(name) != wpContent || path.Base(dir) == wpContent || !s.isDir(dir) {
		return
	}
	entries, err := s.tree.ReadDir(dir)
	if err != nil {
		s.sink.Fail(dir, err)
	}
	h.content(s, dir, entries)
}

// content claims what lies in a wp-content. Its directories of plugins are
// often links to where they outlive a deployment.
func (h *php) content(s *survey, dir string, entries []fs.DirEntry) {
	h.dropIns(s, dir, entries)
	for _, kind := range []string{"mu-plugins", "plugins", "themes"} {
		name := tree.Join(dir, kind)
		if !hasEntry(entries, kind) || s.excluded(name) {
			continue
		}
		resolved, err := tree.Resolve(s.tree, name)
		if err != nil {
			s.broken(name, err)
			continue
		}
		if !s.isDir(resolved) {
			continue
		}
		plugins, err := s.tree.ReadDir(resolved)
		if err != nil {
			s.sink.Fail(resolved, err)
		}
		h.wordpress(s, resolved, plugins, kind)
	}
}

// wordpress claims each directory and each PHP file of plugins, mu-plugins or themes.
func (h *php) wordpress(s *survey, dir string, entries []fs.DirEntry, kind string) {
	s.location(Location{Host: h.name(), Path: dir, How: Pattern, Detail: wpContent + "/" + kind})
	for _, entry := range entries {
		p := h.wordpressPlugin(s, dir, entry, "")
		if p == nil {
			continue
		}
		if info, err := s.tree.Lstat(p.Path); kind == "mu-plugins" && err == nil && !info.IsDir() {
			p.LoadedBy = []Reference{{File: dir}}
		}
		h.take(s, dir, p)
	}
}

// wordpressPlugin returns the plugin that an entry of a directory is, or nil.
// A link stands for what it leads to, under its own name.
func (h *php) wordpressPlugin(s *survey, dir string, entry fs.DirEntry, suffix string) *Plugin {
	name := tree.Child(dir, entry.Name())
	if s.seen[name] {
		return nil
	}
	resolved, err := tree.Resolve(s.tree, name)
	if err != nil {
		s.broken(name, err)
		return nil
	}
	info, err := s.tree.Lstat(resolved)
	if err != nil {
		s.sink.Fail(resolved, err)
		return nil
	}
	// ".php" alone is a name as any: WordPress runs whatever ends in it.
	stem, isPHP := strings.CutSuffix(entry.Name(), ".php")
	p := &Plugin{Host: h.name(), Path: resolved, OnDemand: true, Served: true}
	switch {
	case info.IsDir():
		p.Name = entry.Name()
		p.Version = h.slugVersion(s, resolved, p.Name)
	case !isPHP:
		return nil
	case !info.Mode().IsRegular():
		s.sink.Skip(resolved, tree.Describe(info.Mode()))
		return nil
	default:
		header := s.head(resolved)
		// Only a file that was read to its end holds nothing else.
		if entry.Name() == "index.php" && int64(len(header)) == info.Size() && isSilence(header) {
			return nil
		}
		if p.Name = stem + suffix; stem == "" {
			p.Name = entry.Name()
		}
		p.Version, _ = wordpressVersion(header)
	}
	return p
}

// isSilence knows the file that WordPress puts into a directory so that a web
// server does not list it.
func isSilence(content []byte) bool {
	return strings.Join(strings.Fields(string(content)), " ") == "<?php // Silence is golden."
}

// slugVersion is the version in the header of a plugin's main file: one with a
// header in the directory itself, the one named after it before others; or that in a
// theme's style.css.
func (h *php) slugVersion(s *survey, dir, slug string) string {
	entries, err := s.tree.ReadDir(dir)
	if err != nil {
		return "" // the walk tells of it
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int {
		isMain := func(e fs.DirEntry) int {
			if e.Name() == slug+".php" {
				return 0
			}
			return 1
		}
		return isMain(a) - isMain(b)
	})
	for _, entry := range entries {
		if !entry.Type().IsRegular() || path.Ext(entry.Name()) != ".php" && entry.Name() != "style.css" {
			continue
		}
		if version, ok := wordpressVersion(s.head(tree.Child(dir, entry.Name()))); ok {
			return version
		}
	}
	return ""
}

// wordpressHeader is how much of a file WordPress reads for its header, in bytes.
const wordpressHeader = 8 << 10

// head returns the beginning of a file.
func (s *survey) head(name string) []byte {
	f, err := s.tree.Open(name)
	if err == nil {
		defer f.Close()
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(f, wordpressHeader)); err == nil {
			return data
		}
	}
	s.sink.Fail(name, fmt.Errorf("its header: %w", err))
	return nil
}

// The lines of a header, as get_file_data in wp-includes/functions.php finds them.
var (
	wordpressName  = regexp.MustCompile(`(?mi)^(?:[ \t]*<\?php)?[ \t/*#@]*(?:Plugin|Theme) Name:(.*)$`)
	wordpressField = regexp.MustCompile(`(?mi)^(?:[ \t]*<\?php)?[ \t/*#@]*Version:(.*)$`)
)

// wordpressVersion returns the version of a header, and whether it is one.
func wordpressVersion(head []byte) (string, bool) {
	text := strings.ReplaceAll(string(head), "\r", "\n")
	if !wordpressName.MatchString(text) {
		return "", false
	}
	m := wordpressField.FindStringSubmatch(text)
	if m == nil {
		return "", true
	}
	version, _, _ := strings.Cut(m[1], "*/")
	version, _, _ = strings.Cut(version, "?>")
	return strings.TrimSpace(version), true
}
