package match_test

import (
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

func TestVariablesAreTheFactsInTheWordsOfTheRules(t *testing.T) {
	facts := &inspect.Facts{
		Kind:      inspect.MachO,
		Slices:    []inspect.Slice{{Arch: "x86_64"}, {Arch: "arm64"}},
		Imports:   []string{"$s7Network12NWConnectionC", "OBJC_CLASS_$_NSTask", "connect$NOCANCEL", "nul\x00l"},
		Classes:   []string{"NSTask"},
		Signature: &inspect.Signature{State: "adhoc", Team: "TEAM"},
		Problems:  []inspect.Problem{{}},
		Embedded:  []inspect.Embedded{{Name: "thing", Offset: 12}},

		SearchPaths: []string{"$ORIGIN/.cache"},
	}
	got := match.VariablesOf(facts, match.Subject{Host: "nginx", Plugin: "geo", Path: "usr/lib/X.Module.SO", Owner: "root", Server: true})
	want := match.Variables{
		"arch": " arm64 x86_64 ", "classes": " NSTask ", "dylibs": "", "embedded": " thing@12 ", "exports": "", "selectors": "", "searchpaths": " $ORIGIN/.cache ",
		"imports":     " $s7Network12NWConnectionC OBJC_CLASS_$_NSTask connect connect$NOCANCEL null ",
		"interpreter": "", "kind": "macho", "filetype": "MACH-O", "filename": "X.Module.SO", "filepath": "/usr/lib/X.Module.SO", "extension": ".so",
		"host": "nginx", "plugin": "geo", "owner": "root", "server": true,
		"signature": "adhoc", "team": "TEAM", "slices": int64(2), "problems": int64(1),
	}
	for _, e := range match.Externals() {
		if got[e.Name] != want[e.Name] {
			t.Errorf("%s is %#v, want %#v", e.Name, got[e.Name], want[e.Name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d variables, want %d", len(got), len(want))
	}
}

func TestExternalsAreSortedAndDocumented(t *testing.T) {
	all := match.Externals()
	if !slices.IsSortedFunc(all, func(a, b match.External) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("not sorted")
	}
	for _, e := range all {
		if e.Doc == "" {
			t.Errorf("%s has no doc", e.Name)
		}
	}
}
