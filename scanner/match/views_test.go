package match_test

import (
	"reflect"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/match"
)

func scanViews(t testing.TB, rules *match.Rules, name, text string) []match.Match {
	t.Helper()
	scanner := rules.NewScanner()
	defer scanner.Close()
	facts, view := inspect.Views(name, []byte(text))
	matches, err := scanner.MatchViews([]byte(text), view, match.VariablesOf(facts, match.Subject{Path: name}))
	if err != nil {
		t.Fatal(err)
	}
	return matches
}

func TestWhatTheDecodedViewShowsIsToldByItsPlaceInTheFile(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = "(\"osascript" condition: view == "decoded" and $x }`)
	text := "/* no */ run('osascript', 1); run('osa' + 'script')"
	matches := scanViews(t, rules, "a.js", text)
	if len(matches) != 1 || matches[0].Hidden {
		t.Fatalf("matches %+v, want one in clear", matches)
	}
	want := []match.Hit{
		{Offset: 12, Length: 11, Name: "$x", Text: `("osascript`},
		{Offset: 33, Length: 17, Name: "$x", Text: `("osascript`}, // which stands in clear before
	}
	if !reflect.DeepEqual(matches[0].Hits, want) {
		t.Errorf("hits %+v, want %+v", matches[0].Hits, want)
	}
}

func TestModulesAndCallsAreEvidence(t *testing.T) {
	rules := compile(t, `rule m { condition: modules contains " net " } rule c { condition: calls contains " exec " }`)
	js := "// require('net')\nconst n = require('net'); require('n' + 'et');"
	matches := scanViews(t, rules, "a.js", js)
	if len(matches) != 1 || matches[0].Rule.Name != "m" || matches[0].Hidden || len(matches[0].Hits) != 2 {
		t.Fatalf("matches %+v", matches)
	}
	if h := matches[0].Hits[0]; h.Name != "modules" || js[h.Offset:h.Offset+int64(h.Length)] != "require('net')" || h.Text != "require('net')" || h.Hidden {
		t.Errorf("in clear: %+v", h)
	}
	if h := matches[0].Hits[1]; !h.Hidden || h.Text != "net from require('n' + 'et')" {
		t.Errorf("hidden: %+v", h)
	}
	php := "<?php\n// exec('ls');\n$f = 'ex' . 'ec';\n$f('ls');"
	matches = scanViews(t, rules, "a.php", php)
	if len(matches) != 1 || matches[0].Rule.Name != "c" || !matches[0].Hidden {
		t.Errorf("matches %+v, want one that is hidden", matches)
	}
}

func TestARuleThatMatchesBothViewsIsToldOnce(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = "marzipan" condition: $x } rule b { condition: view == "decoded" }`)
	matches := scanViews(t, rules, "a.js", "f('marzipan')")
	if len(matches) != 2 || matches[0].Hits[0].Offset != 3 {
		t.Errorf("matches %+v", matches)
	}
	if matches := scanViews(t, rules, "a.txt", "marzipan"); len(matches) != 1 {
		t.Errorf("of a text without a decoded view: %+v", matches)
	}
}

func TestARuleAboutDisguisesLeavesAloneWhatStandsInClear(t *testing.T) {
	rules := compile(t, `rule a {
  meta: capability = "obfuscation" severity = "low" confidence = "high" attack = "T1027" only_hidden = true
    description = "d" why = "w" benign = "b" advice = "a"
  strings: $x = "marzipan" condition: view == "decoded" and $x }`)
	if matches := scanViews(t, rules, "a.js", "f('marzipan')"); len(matches) != 0 {
		t.Errorf("in clear: %+v", matches)
	}
	if matches := scanViews(t, rules, "a.js", "f('marz' + 'ipan')"); len(matches) != 1 || !matches[0].Hidden {
		t.Errorf("hidden: %+v", matches)
	}
}

func TestDecodedVariablesLeaveTheRawOnesAlone(t *testing.T) {
	raw := match.Variables{"kind": "javascript"}
	decoded := raw.Decoded(&script.View{Uses: []script.Use{
		{Kind: script.Module, Name: "net"}, {Kind: script.Module, Name: "./a"}, {Kind: script.Module, Name: "net"}, {Kind: script.Call, Name: "fe\x00tch"},
	}})
	if len(raw) != 1 {
		t.Errorf("raw variables became %v", raw)
	}
	if decoded["view"] != "decoded" || decoded["modules"] != " ./a net " || decoded["calls"] != " fetch " || decoded["kind"] != "javascript" {
		t.Errorf("decoded variables %v", decoded)
	}
}

func TestAWordInACommentIsNoWordThatStandsThere(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = "osascript" condition: view == "decoded" and $x }`)
	matches := scanViews(t, rules, "a.js", "run(['osa', /*osascript*/ 'script'].join(''))")
	if len(matches) != 1 || !matches[0].Hidden {
		t.Errorf("matches %+v, want one that is hidden", matches)
	}
}

// The decoded view writes backticks as a call, whose parentheses are its own.
func TestBackticksHideNothing(t *testing.T) {
	rules := compile(t, `rule a { strings: $x = /[(]"osascript/ condition: view == "decoded" and $x }`)
	for src, hidden := range map[string]bool{"<?php `osascript -e beep`;": false, "<?php `osa{$s('script')}`; shell_exec('osa' . 'script');": true} {
		if matches := scanViews(t, rules, "a.php", src); len(matches) != 1 || matches[0].Hidden != hidden {
			t.Errorf("%s: matches %+v, want one; hidden: %t", src, matches, hidden)
		}
	}
}
