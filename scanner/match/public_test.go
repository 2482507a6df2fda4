package match_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

// publicSets are small rule files in the manner of the public sets, by the
// directory that a checkout of each would be. What they do is what those do:
// the externals of THOR and LOKI, the modules, index files, includes from the
// top of the checkout, names and keys that mean something else than ours.
var publicSets = map[string]map[string]string{
	// THOR and LOKI: externals, scores, keys given twice, CRLF, other encodings.
	"thor": {
		"yara/ext_vars.yar": "\xef\xbb\xbf/* \xe4\xf6 */\r\nrule SUSP_Cloaked_Script : SCRIPT T1036 {\r\n  meta:\r\n    description = \"D\xc3\xa9tecte \xe4\"\r\n" +
			"    author = \"J\xc3\xb6rg M.\"\r\n    reference = \"urn:x\"\r\n    date = \"2024/01/31\"\r\n    score = 75\r\n    nodeepdive = 1\r\n    nodeepdive = 1\r\n" +
			"    hash1 = \"00\"\r\n    license = \"DRL 1.1\"\r\n    quality = 80\r\n  strings:\r\n    $s1 = \"marzipan\" ascii wide nocase fullword\r\n    $s2 = \"p\xc3\xa2te\" xor(1-255)\r\n    $fp1 = \"nougat\"\r\n" +
			"  condition:\r\n    1 of ($s*) and not 1 of ($fp*) and filename matches /\\.JS$/i and filepath contains \"node_modules\"\r\n" +
			"    and extension == \".js\" and filetype != \"EXE\" and owner != \"nobody\"\r\n}\r\n",
		"yara/modules.yar": `import "pe"
import "elf"
import "math"
import "hash"
import "dotnet"
private rule is_pe { condition: uint16(0) == 0x5A4D }
rule MAL_Modules {
  meta: author = "x" score = 90
  condition:
    is_pe and pe.is_pe and pe.imphash() == "00" and math.entropy(0, filesize) > 7.5 or
    elf.number_of_sections > 900 or hash.md5(0, filesize) == "00" or dotnet.version == "v9"
}`,
		"yara/inverse.yar": `rule Low_Score { meta: score = 45 condition: filename == "a.js" }
rule No_Score { condition: filename == "a.js" }`,
		"iocs/notes.txt": "no rules",
	},
	// malcontent: includes from the top, severities as tags, $not strings that
	// are matched in the usual way, lower-case names such as those of our externals.
	"malcontent": {
		"rules/global/global.yara": `import "elf"
private rule global_small { condition: filesize < 1MB }`,
		"rules/exec/imports.yara": `include "rules/global/global.yara"
rule imports : high { meta: description = "imports x" filetypes = "js" strings: $notable = "marzipan" $not_b = "nougat" condition: global_small and $notable and none of ($not_*) }
rule uses : low { meta: capability = "network access" severity = "Medium" condition: imports }`,
		"rules/exec/again.yara": `include "rules/global/global.yara"
rule uses : critical override { condition: global_small }`,
	},
	// ReversingLabs: an index that includes everything, keys of its own.
	"reversinglabs": {
		"yara/index.yara": "include \"./backdoor/Linux.Backdoor.X.yara\"\ninclude \"./virus/Y.yara\"\n",
		"yara/backdoor/Linux.Backdoor.X.yara": `rule Linux_Backdoor_X : tc_detection malicious {
  meta: author = "R" status = "RELEASED" tc_detection_factor = 5
  strings: $code = { 6D 61 ?? 7A [0-4] (70 | 71) 61 6E }
  condition: uint32(0) != 0x464C457F and all of ($code*)
}`,
		"yara/virus/Y.yara": "import \"elf\"\nrule Y { condition: elf.type == elf.ET_EXEC and false }",
	},
	// A global rule holds back the rules of its own file and no others.
	"global": {
		"a.yar": "global rule never { condition: false }\nrule held_back { condition: true }",
		"b.yar": "rule let_through { condition: true }",
	},
}

func TestPublicRulesRunUnmodified(t *testing.T) {
	for _, test := range []struct{ set, below, want string }{
		{"thor", "", "SUSP_Cloaked_Script Low_Score No_Score"},
		{"thor", "yara/ext_vars.yar", "SUSP_Cloaked_Script"},
		{"malcontent", "", "uses imports uses"},
		{"malcontent", "rules", "uses imports uses"},
		{"reversinglabs", "", "Linux_Backdoor_X"},
		{"reversinglabs", "yara/index.yara", "Linux_Backdoor_X"},
		{"global", "", "let_through"},
	} {
		t.Run(test.set+"/"+test.below, func(t *testing.T) {
			rules := publicRules(t, filepath.Join(write(t, publicSets[test.set]), test.below))
			var got []string
			for _, m := range matchScript(t, rules) {
				got = append(got, m.Rule.Name)
				if m.Rule.OurMetadata || m.Rule.Capability != "rule" {
					t.Errorf("%s is taken for a rule of ours", m.Rule.Name)
				}
				if m.Rule.Name == "imports" && (len(m.Hits) != 1 || m.Hits[0].Text != "marzipan") {
					t.Errorf("%s lacks its evidence: %+v", m.Rule.Name, m.Hits)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("matched %q, want %q", got, test.want)
			}
		})
	}
}

// The rules of others and ours go together, and ours still see the externals
// that a rule of the others is named like.
func TestPublicRulesLeaveOursAlone(t *testing.T) {
	sources, err := match.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{"thor", "malcontent", "reversinglabs", "global"} {
		more, err := match.LoadPath(write(t, publicSets[set]), nil)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, more...)
	}
	rules, err := match.Compile(sources)
	if err != nil {
		t.Fatal(err)
	}
	scanner := rules.NewScanner()
	defer scanner.Close()
	matches, err := scanner.Match([]byte("x"), match.Variables{"imports": " socket ", "kind": "elf"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(matches, func(m match.Match) bool { return m.Rule.Name == "native_socket" }) {
		t.Error("native_socket does not see the import")
	}
}

// PLUGVET_PUBLIC_RULES names a directory with checkouts of public sets, such as
// signature-base and malcontent. Files that the installed libyara cannot compile
// are named, and left out as a user would.
func TestCheckoutsOfPublicSetsRunUnmodified(t *testing.T) {
	top := os.Getenv("PLUGVET_PUBLIC_RULES")
	if top == "" {
		t.Skip("PLUGVET_PUBLIC_RULES names no directory with checkouts of public rule sets")
	}
	checkouts, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	sets := 0
	for _, checkout := range checkouts {
		if !checkout.IsDir() {
			continue
		}
		sets++
		t.Run(checkout.Name(), func(t *testing.T) {
			dir := filepath.Join(top, checkout.Name())
			var broken []string
			for {
				sources, err := match.LoadPath(dir, func(file string) bool { return slices.Contains(broken, file) })
				var rules *match.Rules
				if err == nil {
					rules, err = match.Compile(sources)
				}
				if err == nil {
					matchScript(t, rules)
					t.Logf("%d rules, %d files left out", rules.Count(), len(broken))
					if rules.Count() == 0 || rules.Count() < 20*len(broken) {
						t.Error("too little of the set runs")
					}
					return
				}
				faults := sourceErrors(err)
				if len(faults) == 0 {
					t.Fatal(err)
				}
				for _, fault := range faults {
					if slices.Contains(broken, fault.File) {
						continue
					}
					t.Log(fault)
					broken = append(broken, fault.File)
				}
			}
		})
	}
	if sets < 2 {
		t.Errorf("%s holds %d checkouts, want two or more", top, sets)
	}
}

// sourceErrors finds every fault in a joined error.
func sourceErrors(err error) []*match.SourceError {
	switch e := err.(type) {
	case *match.SourceError:
		return []*match.SourceError{e}
	case interface{ Unwrap() []error }:
		var all []*match.SourceError
		for _, inner := range e.Unwrap() {
			all = append(all, sourceErrors(inner)...)
		}
		return all
	}
	return nil
}

func publicRules(t *testing.T, path string) *match.Rules {
	t.Helper()
	sources, err := match.LoadPath(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := match.Compile(sources)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// matchScript matches a small script as a scan would.
func matchScript(t *testing.T, rules *match.Rules) []match.Match {
	t.Helper()
	scanner := rules.NewScanner()
	defer scanner.Close()
	const name = "node_modules/a/a.js"
	data := []byte("const sweet = 'marzipan';\n")
	matches, err := scanner.Match(data, match.VariablesOf(inspect.Identify(name, data), match.Subject{Host: "node", Path: name, Owner: "root"}))
	if err != nil {
		t.Fatal(err)
	}
	return matches
}

func TestAPublicRuleHasTheSeverityThatItStates(t *testing.T) {
	for _, test := range []struct{ rule, want string }{
		{`rule a { meta: score = 100 condition: true }`, "high"},
		{`rule a { meta: score = "80" condition: true }`, "high"},
		{`rule a { meta: score = 79 condition: true }`, "medium"},
		{`rule a { meta: score = 59 condition: true }`, "low"},
		{`rule a { meta: score = 39 condition: true }`, "info"},
		{`rule a { meta: score = "unknown" condition: true }`, "medium"},
		{`rule a : medium CRITICAL { condition: true }`, "medium"},
		{`rule a : webshell CRITICAL { condition: true }`, "critical"},
		{`rule a : low { meta: score = 90 condition: true }`, "high"},
		{`rule a : low { meta: severity = "High" score = 10 condition: true }`, "high"},
		{`rule a { meta: severity = 100 condition: true }`, "medium"},
		{`rule a { condition: true }`, "medium"},
	} {
		rules, err := match.Compile([]match.Source{{Name: "x.yar", Text: []byte(test.rule)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := rules.List()[0].Severity; got != test.want {
			t.Errorf("%s is %s, want %s", test.rule, got, test.want)
		}
	}
}

func TestWhatAPublicRuleSawNamesItsAuthorAndScore(t *testing.T) {
	for _, test := range []struct{ meta, want string }{
		{`description = "finds x" author = "J. Doe" score = 75`, "finds x (score 75, by J. Doe)"},
		{`description = "finds x" score = 75`, "finds x (score 75)"},
		{`author = "J. Doe"`, "a rule without a description (by J. Doe)"},
		{`date = "2024"`, "a rule without a description"},
		{strings.Replace(complete, `"d"`, `"starts programs" author = "we"`, 1), "starts programs"},
	} {
		rules, err := match.Compile([]match.Source{{Name: "x.yar", Text: fmt.Appendf(nil, "rule a { meta: %s condition: true }", test.meta)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := rules.List()[0]; got.Seen() != test.want {
			t.Errorf("%s: got %q, want %q", test.meta, got.Seen(), test.want)
		}
	}
}

// A rule is ours by what it says and not by a key that others use too.
func TestACapabilityOfAnotherMeaningMakesNoRuleOurs(t *testing.T) {
	for _, test := range []struct {
		meta string
		ours bool
	}{
		{`capability = "collection/keylog" severity = "high" confidence = 80 attack = "Execution" hosts = "x"`, false},
		{`capability = 5`, false},
		{complete, true},
		{strings.Replace(complete, "exec", "rule", 1), true},
	} {
		rules, err := match.Compile([]match.Source{{Name: "x.yar", Text: fmt.Appendf(nil, "rule a { meta: %s condition: true }", test.meta)}})
		if err != nil {
			t.Errorf("%s: %v", test.meta, err)
			continue
		}
		if got := rules.List()[0]; got.OurMetadata != test.ours || !test.ours && got.Capability != "rule" {
			t.Errorf("%s: %+v", test.meta, got)
		}
	}
}
