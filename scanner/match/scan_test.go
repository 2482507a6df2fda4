package match_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

func scan(t testing.TB, rules *match.Rules, data []byte, vars match.Variables) []match.Match {
	t.Helper()
	scanner := rules.NewScanner()
	defer scanner.Close()
	matches, err := scanner.Match(data, vars)
	if err != nil {
		t.Fatal(err)
	}
	return matches
}

func TestHitsSayWhereAndWhat(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = "needle" $y = "wide" wide condition: any of them }`)
	data := []byte("....needle\x00w\x00i\x00d\x00e\x00needle")
	want := []match.Hit{
		{Offset: 4, Length: 6, Name: "$x", Text: "needle"},
		{Offset: 11, Length: 8, Name: "$y", Text: "wide"},
		{Offset: 19, Length: 6, Name: "$x", Text: "needle"},
	}
	matches := scan(t, rules, data, nil)
	if len(matches) != 1 || !reflect.DeepEqual(matches[0].Hits, want) {
		t.Errorf("matches %+v, want hits %+v", matches, want)
	}
}

func TestExcerptsArePrintableAndShort(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = /START.{1,400}END/s condition: $x }`)
	data := []byte("START\x1b[31m\xff\xfe\n\u202e" + strings.Repeat("é", 150) + "END")
	text := scan(t, rules, data, nil)[0].Hits[0].Text
	if n := len([]rune(text)); n != 80 || !strings.HasPrefix(text, "START.[31m.. .éé") {
		t.Errorf("%d runes: %q", n, text)
	}
}

func TestStringsNamedNotAreNoEvidence(t *testing.T) {
	rules := compile(t, `rule a { meta: `+complete+` strings: $call = "call()" $not_comment = /\/\/[^\n]{0,80}call\(\)/ condition: #call > #not_comment }`)
	matches := scan(t, rules, []byte("// call()\ncall()\n"), nil)
	want := []match.Hit{{Offset: 10, Length: 6, Name: "$call", Text: "call()"}}
	if len(matches) != 1 || !reflect.DeepEqual(matches[0].Hits, want) {
		t.Errorf("matches %+v, want hits %+v", matches, want)
	}
}

func TestWhatLiesCompressedIsEvidenceWhereItBegins(t *testing.T) {
	rules := compile(t, `rule a { condition: embedded contains " thing@" }`)
	facts := &inspect.Facts{Kind: inspect.ELF, Embedded: []inspect.Embedded{{Name: "other", Offset: 1}, {Name: "thing", Offset: 4096}, {Name: "thing", Offset: 8192}}}
	want := []match.Hit{{Offset: 4096, Name: "embedded", Text: "thing"}, {Offset: 8192, Name: "embedded", Text: "thing"}}
	matches := scan(t, rules, make([]byte, 9000), match.VariablesOf(facts, match.Subject{}))
	if len(matches) != 1 || !reflect.DeepEqual(matches[0].Hits, want) {
		t.Errorf("matches %+v, want hits %+v", matches, want)
	}
}

func TestNamesThatAConditionAskedForAreEvidence(t *testing.T) {
	rules := compile(t, `
private rule base { condition: classes contains " NSThing " }
rule b { condition: imports contains " socket " or imports contains " nw_" or dylibs contains "/X.framework/" or base }`)
	facts := &inspect.Facts{
		Kind:    inspect.MachO,
		Imports: []string{"nw_a", "nw_b", "socket", "socketpair"}, Classes: []string{"NSThing"},
		Libraries: []string{"/L/X.framework/X", "/L/Y.framework/Y"},
	}
	data := []byte("\x00_socketpair\x00x_socket\x00_socket\x00_OBJC_CLASS_$_NSThing\x00/L/X.framework/X\x00")
	got := scan(t, rules, data, match.VariablesOf(facts, match.Subject{}))
	want := []match.Hit{
		{Offset: 22, Length: 7, Name: "imports", Text: "socket"},
		{Offset: 30, Length: 21, Name: "classes", Text: "NSThing"},
		{Offset: 52, Length: 16, Name: "dylibs", Text: "/L/X.framework/X"},
		{Offset: -1, Name: "imports", Text: "nw_a"},
		{Offset: -1, Name: "imports", Text: "nw_b"},
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0].Hits, want) {
		t.Errorf("matches %+v\nwant hits %+v", got, want)
	}
	if got := scan(t, rules, data, nil); len(got) != 0 {
		t.Errorf("values of the scan before are left: %+v", got)
	}
}

func TestMoreHitsThanAreKeptIsNoError(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = "ab" condition: $x } rule b { strings: $y = "needle" condition: $y }`)
	for _, n := range []int{16, 17, 1_200_000} { // libyara silences a string after a million
		matches := scan(t, rules, []byte(strings.Repeat("ab", n)+"needle"), nil)
		if len(matches) != 2 || len(matches[0].Hits) != 16 {
			t.Errorf("%d occurrences: %+v", n, matches)
		}
	}
}

func TestTimeout(t *testing.T) {
	rules := compile(t, `rule slow { condition: for all i in (1..2000000000) : (for all j in (1..2000000000) : (i + j > 0)) }`)
	scanner := rules.NewScanner()
	defer scanner.Close()
	scanner.SetTimeout(time.Second)
	if _, err := scanner.Match([]byte("x"), nil); !errors.Is(err, match.ErrTimeout) {
		t.Errorf("error %v, want ErrTimeout", err)
	}
}

// One megabyte of a line takes about a second; loops over pairs of hits took minutes.
func TestRepeatedLinesDoNotTakeTimeSquared(t *testing.T) {
	scanner := builtin(t).NewScanner()
	defer scanner.Close()
	scanner.SetTimeout(10 * time.Second)
	for _, test := range []struct {
		kind inspect.Kind
		line string
	}{
		{inspect.JavaScript, "// require('net')\n"},
		{inspect.JavaScript, " * require('child_process')\n"},
		{inspect.JavaScript, "// exec('osascript -e')\n"},
		{inspect.PHP, "// exec($x)\n"},
		{inspect.PHP, " * fsockopen($x)\n"},
		{inspect.Shell, "# osascript -e x\n"},
	} {
		data := bytes.Repeat([]byte(test.line), 1100<<10/len(test.line))
		if _, err := scanner.Match(data, match.VariablesOf(&inspect.Facts{Kind: test.kind}, match.Subject{})); err != nil {
			t.Errorf("%q: %v", test.line, err)
		}
	}
}

func TestAWrongVariableIsAnError(t *testing.T) {
	scanner := compile(t, `rule a { condition: slices > 0 }`).NewScanner()
	defer scanner.Close()
	if _, err := scanner.Match(nil, match.Variables{"slices": "two"}); err == nil || !strings.Contains(err.Error(), "slices") {
		t.Errorf("error %v", err)
	}
}

func TestScannersOfOneRuleSetWorkSideBySide(t *testing.T) {
	rules := builtin(t)
	type file struct {
		data []byte
		vars match.Variables
		want string
	}
	var files []file
	names, err := filepath.Glob(filepath.Join(repository, "testdata/fixtures/native/*/*"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		vars := match.VariablesOf(inspect.Identify(name, data), match.Subject{Host: "nginx", Path: name})
		files = append(files, file{data, vars, show(scan(t, rules, data, vars))})
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			scanner := rules.NewScanner()
			defer scanner.Close()
			for range 3 {
				for _, f := range files {
					matches, err := scanner.Match(f.data, f.vars)
					if got := show(matches); err != nil || got != f.want {
						t.Errorf("error %v, matches\n%s\nalone:\n%s", err, got, f.want)
					}
				}
			}
		})
	}
	group.Wait()
}

func show(matches []match.Match) string {
	var b strings.Builder
	for _, m := range matches {
		fmt.Fprintln(&b, m.Rule.Name, m.Hits)
	}
	return b.String()
}

func FuzzBuiltinRulesTakeAnyBytes(f *testing.F) {
	rules := builtin(f)
	f.Add([]byte(""), "macho", " socket ")
	f.Add([]byte("exec('osascript');\n// "), "javascript", "")
	f.Add([]byte("\n//////////osascript\n\n"), "php", "\x00")
	f.Add(bytes.Repeat([]byte("\n* osascript "), 100), "javascript", "  ")
	f.Fuzz(func(t *testing.T, data []byte, kind, imports string) {
		facts := &inspect.Facts{Kind: inspect.Kind(kind), Imports: strings.Fields(imports)}
		for _, m := range scan(t, rules, data, match.VariablesOf(facts, match.Subject{Path: imports})) {
			for _, h := range m.Hits {
				if h.Offset >= 0 && h.Offset+int64(h.Length) > int64(len(data)) || len([]rune(h.Text)) > 80 {
					t.Errorf("hit %+v of %d bytes", h, len(data))
				}
			}
		}
	})
}

func TestRegularExpressionsReachEveryNameOfALongList(t *testing.T) {
	rules := compile(t, `
rule last { condition: imports matches / (popen|system) / }
rule other { condition: imports matches /\bUV_[a-z]{1,20} /i }
rule crowd { condition: imports matches / ab[0-9]{1,4} / }
rule absent { condition: imports matches / (fork|vfork) / }
rule path { condition: dylibs matches / \/tmp\// }
rule short { condition: imports matches /^ ([^ ]+ ){1,20}$/ }`)
	facts := &inspect.Facts{Kind: inspect.ELF, Libraries: []string{"/tmp/x.so"}}
	for i := range 1000 {
		facts.Imports = append(facts.Imports, fmt.Sprintf("ab%d", i))
		facts.Libraries = append(facts.Libraries, fmt.Sprintf("/lib/%d.so", i))
	}
	slices.Reverse(facts.Libraries)
	facts.Imports = append(facts.Imports, "forked", "popen", "uv_spawn")
	var got []string
	for _, m := range scan(t, rules, []byte("x"), match.VariablesOf(facts, match.Subject{})) {
		got = append(got, m.Rule.Name)
	}
	if want := []string{"crowd", "last", "other", "path"}; !slices.Equal(got, want) {
		t.Errorf("rules %q match, want %q", got, want)
	}
}
