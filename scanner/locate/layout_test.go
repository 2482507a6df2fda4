package locate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// layout is a tree of one distribution and what is to be found in it.
type layout struct {
	files   map[string]string
	loaded  []string // path < file:line
	present []string
	servers []string
	skips   []string // a part of each
	fails   []string // a part of each
	unknown []string // paths with UnknownLocation
}

func (l layout) check(t *testing.T, host string) *record {
	t.Helper()
	r := recordWalk(t, openDir(t, plant(t, l.files)), Options{Hosts: []string{host}})
	equal(t, "loaded", r.loadedBy(host), l.loaded)
	equal(t, "present", r.presentOnly(host), l.present)
	equal(t, "servers", r.servers(host), l.servers)
	equal(t, "unknown locations", r.observed(UnknownLocation), l.unknown)
	for what, pair := range map[string][2][]string{"skips": {r.skips, l.skips}, "fails": {r.fails, l.fails}} {
		if len(pair[0]) != len(pair[1]) {
			t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
		}
		for _, part := range pair[1] {
			holds(t, what, pair[0], part)
		}
	}
	return r
}

// loadedBy returns "path < file:line" for each reference, sorted.
func (r *record) loadedBy(host string) []string {
	var list []string
	for _, p := range r.plugins {
		for _, by := range p.LoadedBy {
			if p.Host == host {
				list = append(list, fmt.Sprintf("%s < %s:%d", p.Path, by.File, by.Line))
			}
		}
	}
	slices.Sort(list)
	return list
}

// presentOnly returns the paths of plugins that no config names, servers apart.
func (r *record) presentOnly(host string) []string {
	var list []string
	for _, p := range r.plugins {
		if p.Host == host && len(p.LoadedBy) == 0 && !p.Server {
			list = append(list, p.Path)
		}
	}
	slices.Sort(list)
	return list
}

func (r *record) servers(host string) []string {
	var list []string
	for _, p := range r.plugins {
		if p.Host == host && p.Server {
			list = append(list, p.Path)
		}
	}
	slices.Sort(list)
	return list
}

func (r *record) observed(kind ObservationKind) []string {
	var list []string
	for _, p := range r.plugins {
		for _, o := range p.Observations {
			if o.Kind == kind {
				list = append(list, p.Path)
			}
		}
	}
	slices.Sort(list)
	return list
}

// holds fails where no element has all the words.
func holds(t *testing.T, what string, list []string, words ...string) {
	t.Helper()
	for _, element := range list {
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(element, word) }) {
			return
		}
	}
	t.Errorf("no %s with %q, got %q", what, words, list)
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// What a module needs may lie in a hidden directory beside it, under the name that the
// linker looks for.
func TestLibrariesBesideModulesArePresent(t *testing.T) {
	for host, dir := range map[string]string{"nginx": "usr/lib/nginx/modules", "httpd": "usr/lib/apache2/modules", "php": "usr/lib/php/20220829"} {
		layout{
			files:   map[string]string{dir + "/a.so": "", dir + "/.cache/libk.so.1": "", dir + "/engines/kit.so": "", dir + "/a.so.txt": ""},
			present: []string{dir + "/.cache/libk.so.1", dir + "/a.so", dir + "/engines/kit.so"},
		}.check(t, host)
	}
}
