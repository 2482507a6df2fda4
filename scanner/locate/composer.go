package locate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A composerPackage is one package of installed.json or composer.lock.
type composerPackage struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Type    string `json:"type"`
	// InstallPath is relative to vendor/composer; absent in Composer 1's
	// form, null for a package without files.
	InstallPath json.RawMessage `json:"install-path"`
	Extra       struct {
		Class json.RawMessage `json:"class"` // of a composer-plugin: one or several
	} `json:"extra"`
	line int
	raw  json.RawMessage
}

// vendor claims what Composer installed below dir, if it did: each package of
// composer/installed.json, and what belongs to none of them as one plugin with
// the name of dir. That last one is the autoloader, which runs in every
// request, and any file that somebody left beside the packages.
func (h *php) vendor(s *survey, dir string) {
	file := tree.Join(dir, "composer/installed.json")
	if h.vendors[dir] || !s.exists(file) {
		return
	}
	h.vendors[dir] = true
	s.location(Location{Host: h.name(), Path: dir, How: Lockfile, By: Reference{File: file}})
	data, ok := s.read(file)
	if !ok {
		return
	}
	lists, err := parseComposer(data)
	if err != nil {
		s.sink.Fail(file, err)
	}
	locked := s.composerLock(dir)
	for _, c := range lists["packages"] {
		h.composerPackage(s, dir, file, c, locked)
	}
	locked.rest(s, lists["packages"])
	name := path.Base(dir)
	if dir == "." {
		name = "vendor"
	}
	s.claim(&Plugin{Host: h.name(), Name: name, Path: dir, OnDemand: true})
}

func (h *php) composerPackage(s *survey, vendor, file string, c composerPackage, locked composerLock) {
	by := Reference{file, c.line}
	place, err := c.place(vendor)
	if err != nil {
		s.sink.Fail(file, fmt.Errorf("line %d: package %s: %w", c.line, tree.Printable(c.Name), err))
		return
	}
	if place == "" {
		return
	}
	resolved, err := tree.Resolve(s.tree, place)
	if err != nil || !s.isDir(resolved) {
		s.sink.Skip(place, "package "+tree.Printable(c.Name)+" of "+tree.Printable(file)+" is not installed there")
		return
	}
	p := &Plugin{Host: h.name(), Name: c.Name, Version: c.Version, Path: resolved, OnDemand: true, LoadedBy: []Reference{by}}
	if text := locked.disagrees(c); text != "" {
		p.observe(Observation{Kind: LockfileMismatch, Path: file, Line: c.line, Text: text})
	}
	if c.Type == "composer-plugin" || c.Type == "composer-installer" {
		p.observe(Observation{Kind: InstallHook, Path: file, Line: c.line,
			Text: "Composer runs it at every install and update: " + c.Type + " " + strings.Join(c.classes(), ", ")})
	}
	h.take(s, vendor, p)
}

// place is where the package's files lie, or "" for one without any.
func (c composerPackage) place(vendor string) (string, error) {
	switch {
	case c.Name == "":
		return "", errors.New("it has no name")
	case c.Type == "metapackage", string(c.InstallPath) == "null":
		return "", nil
	case len(c.InstallPath) == 0:
		return tree.Join(vendor, c.Name), nil
	}
	var to string
	if err := json.Unmarshal(c.InstallPath, &to); err != nil || to == "" {
		return "", fmt.Errorf("its install-path is %.100q, expected a string or null", c.InstallPath)
	}
	if path.IsAbs(to) {
		return tree.Clean(to), nil
	}
	return tree.Join(vendor, "composer", to), nil
}

// classes are the classes that Composer calls.
func (c composerPackage) classes() []string {
	var one string
	var several []string
	if json.Unmarshal(c.Extra.Class, &one) == nil {
		several = []string{one}
	} else if json.Unmarshal(c.Extra.Class, &several) != nil {
		return nil
	}
	for i, class := range several {
		several[i] = tree.Printable(strings.ReplaceAll(class, `\`, "/"))
	}
	return several
}

// composerLock is the composer.lock beside a vendor directory.
type composerLock struct {
	file     string
	packages map[string]composerPackage // nil where there is no lock
	required []composerPackage          // those that are not only for development
}

func (s *survey) composerLock(vendor string) composerLock {
	lock := composerLock{file: tree.Join(path.Dir(vendor), "composer.lock")}
	if !s.exists(lock.file) {
		return lock
	}
	data, ok := s.read(lock.file)
	if !ok {
		return lock
	}
	lists, err := parseComposer(data)
	if err != nil {
		s.sink.Fail(lock.file, err)
		return lock
	}
	lock.packages = map[string]composerPackage{}
	lock.required = lists["packages"]
	for _, c := range slices.Concat(lists["packages"], lists["packages-dev"]) {
		lock.packages[strings.ToLower(c.Name)] = c
	}
	return lock
}

// disagrees says how the lock differs from what is installed, or nothing.
func (l composerLock) disagrees(c composerPackage) string {
	if l.packages == nil {
		return ""
	}
	locked, ok := l.packages[strings.ToLower(c.Name)]
	switch {
	case !ok:
		return fmt.Sprintf("%s is installed, but %s does not have it", c.Version, tree.Printable(l.file))
	case locked.Version != c.Version:
		return fmt.Sprintf("%s is installed, but %s:%d has %s", c.Version, tree.Printable(l.file), locked.line, locked.Version)
	}
	return ""
}

// rest tells of packages that the lock has and that were not installed.
func (l composerLock) rest(s *survey, installed []composerPackage) {
	names := map[string]bool{}
	for _, c := range installed {
		names[strings.ToLower(c.Name)] = true
	}
	for _, c := range l.required {
		if !names[strings.ToLower(c.Name)] {
			s.sink.Skip(l.file, fmt.Sprintf("line %d: package %s is not installed", c.line, tree.Printable(c.Name)))
		}
	}
}

// maxPackages bounds the packages of one file. Large applications have some 300.
const maxPackages = 100_000

// parseComposer reads the lists of packages of installed.json, which is one
// list (Composer 1) or an object with the list "packages" (Composer 2), or of
// composer.lock, which has "packages" and "packages-dev".
func parseComposer(data []byte) (map[string][]composerPackage, error) {
	lists := map[string][]composerPackage{}
	d := composerDecoder{Decoder: json.NewDecoder(bytes.NewReader(data)), data: data, line: 1}
	token, err := d.Token()
	if err != nil {
		return lists, d.wrap(err)
	}
	switch token {
	case json.Delim('['):
		lists["packages"], err = d.packages()
		return lists, err
	case json.Delim('{'):
	default:
		return lists, fmt.Errorf("it holds %v, expected a list or an object", token)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return lists, d.wrap(err)
		}
		if key != "packages" && key != "packages-dev" {
			var ignored json.RawMessage
			if err := d.Decode(&ignored); err != nil {
				return lists, d.wrap(err)
			}
			continue
		}
		if token, err := d.Token(); err != nil {
			return lists, d.wrap(err)
		} else if token != json.Delim('[') {
			return lists, d.wrap(fmt.Errorf("%v is %v, expected a list", key, token))
		}
		list, err := d.packages()
		lists[key.(string)] = append(lists[key.(string)], list...)
		if err != nil {
			return lists, err
		}
	}
	if _, err := d.Token(); err != nil {
		return lists, d.wrap(err)
	}
	return lists, nil
}

// A composerDecoder knows on which line a package begins.
type composerDecoder struct {
	*json.Decoder
	data    []byte
	line    int // of data[counted]
	counted int
}

func (d *composerDecoder) wrap(err error) error {
	return fmt.Errorf("line %d: not as Composer writes it: %w", d.lineAt(int(d.InputOffset())), err)
}

// lineAt counts lines; offsets only grow.
func (d *composerDecoder) lineAt(offset int) int {
	if offset > d.counted {
		d.line += bytes.Count(d.data[d.counted:offset], []byte("\n"))
		d.counted = offset
	}
	return d.line
}

// packages reads the rest of a list.
func (d *composerDecoder) packages() ([]composerPackage, error) {
	var list []composerPackage
	for d.More() {
		if len(list) == maxPackages {
			return list, d.wrap(fmt.Errorf("more than %d packages", maxPackages))
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return list, d.wrap(err)
		}
		c := composerPackage{line: d.lineAt(int(d.InputOffset()) - len(raw)), raw: raw}
		if err := json.Unmarshal(raw, &c); err != nil {
			return list, d.wrap(err)
		}
		list = append(list, c)
	}
	_, err := d.Token()
	if err != nil {
		err = d.wrap(err)
	}
	return list, err
}

// ComposerEntries reads what the composer.json of a package has loaded: files
// in every request, and directories whose classes are found by name, which end
// in "*" (getcomposer.org/doc/04-schema.md). whole is as with [Entries].
func ComposerEntries(data []byte) (entries []Entry, whole bool) {
	if len(data) > maxPackageJSON {
		return nil, false
	}
	whole = true
	err := walkJSON(data, func(keys []string, raw []byte, line int) {
		value, ok := jsonString(raw)
		if !ok || len(keys) < 2 || path.IsAbs(value) {
			return
		}
		file := "./" + strings.TrimPrefix(value, "./")
		switch {
		case keys[0] == "bin" || keys[0] == "autoload" && keys[1] == "files":
		case keys[0] == "autoload" && (keys[1] != "classmap" || path.Ext(file) == ""):
			file = strings.TrimSuffix(file, "/") + "/*"
		case keys[0] != "autoload":
			return
		}
		if len(entries) == maxEntries {
			whole = false
			return
		}
		key := keys[0]
		if key == "autoload" {
			key += "." + keys[1]
		}
		entries = append(entries, Entry{Key: key, Line: line, Files: []string{file}})
	})
	if err != nil {
		return nil, true
	}
	return entries, whole
}

// An InstalledPackage is what Composer's record has loaded of one package.
type InstalledPackage struct {
	Name    string
	Entries []Entry
}

// InstalledEntries reads what an installed.json has Composer's autoloader load of
// each package, as [ComposerEntries] does; Composer makes the autoloader of it, and
// not of the package's own composer.json. whole is as with [Entries].
func InstalledEntries(data []byte) (packages []InstalledPackage, whole bool) {
	if len(data) > maxConfig {
		return nil, false
	}
	lists, err := parseComposer(data)
	whole = err == nil
	for _, c := range lists["packages"] {
		entries, all := ComposerEntries(c.raw)
		whole = whole && all
		packages = append(packages, InstalledPackage{c.Name, entries})
	}
	return packages, whole
}
