package match

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"plugvet/scanner/inspect"
)

func TestConditionsAreReadAsFarAsExternalsGo(t *testing.T) {
	known := Variables{"kind": "elf", "view": "raw", "imports": " socket ", "extension": ".so"}
	for text, want := range map[string]truth{
		`kind == "elf"`:                        yes,
		`kind != "elf"`:                        no,
		`host == "node"`:                       open,
		`not kind == "elf" or kind == "macho"`: no,
		`kind == "elf" and any of them`:        open,
		`kind == "php" and any of them`:        no,
		`any of them and (kind == "php" or kind == "javascript")`:        no,
		`kind == "php" or kind == "elf" and $a`:                          open,
		`imports contains " connect " and $a`:                            no,
		`imports contains " socket "`:                                    yes,
		`imports icontains " CONNECT " and $a`:                           open,
		`imports matches / connect /`:                                    open,
		`(filesize + 1) > 2 and view == "raw"`:                           open,
		`(1 + 2) == 3 and view == "decoded"`:                             no,
		`for any i in (1..#a) : (@a[i] > 1 and kind == "php") or #b > 2`: open,
		`base and view == "raw"`:                                         no,
		`not base`:                                                       yes,
		`unknown or kind == "php"`:                                       open,
		`kind == "\x65lf"`:                                               open,
		`kind == "php") and (kind == "elf"`:                              open,
		``:                                                               open,
	} {
		var tokens []token
		lex := newLexer([]byte(text))
		for tok := lex.next(); tok.kind != tokenEnd; tok = lex.next() {
			tokens = append(tokens, tok)
		}
		named := map[string]condition{"base": relation{"kind", "php", false}}
		if got := parseCondition(tokens, named).holds(known); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// What is no code is no rule's business: matching it would be most of a scan.
func TestMostFilesAreNoRulesBusiness(t *testing.T) {
	rules, err := CompileBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]inspect.Kind{
		"LICENSE": inspect.Text, "tsconfig.json": inspect.JSON, "a.d.ts": inspect.Declaration,
		"a.js.map": inspect.SourceMap, "logo.png": inspect.Data, "a.tgz": inspect.Archive,
	} {
		set, err := rules.setFor(VariablesOf(&inspect.Facts{Kind: kind}, Subject{Host: "node", Path: name}))
		if err != nil {
			t.Fatal(err)
		}
		if len(set.rules) > 0 {
			t.Errorf("%s is matched against %v", name, slices.Collect(maps.Keys(set.rules)))
		}
	}
	set, err := rules.setFor(VariablesOf(&inspect.Facts{Kind: inspect.Text, Interpreter: "osascript"}, Subject{Host: "node", Path: "run.txt"}))
	if err != nil || len(set.rules) == 0 {
		t.Errorf("a script of osascript is matched against nothing (%v)", err)
	}
}

// A rule that a set leaves out, or that is not asked, could not have matched.
func TestSetsFindWhatAllRulesTogetherFind(t *testing.T) {
	split, err := CompileBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	whole := &Rules{units: split.units, sets: sets{whole: true}}
	inSets, together := split.NewScanner(), whole.NewScanner()
	defer inSets.Close()
	defer together.Close()
	files, matched, kinds := 0, 0, map[inspect.Kind]bool{}
	err = filepath.WalkDir("../../testdata", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		facts, view := inspect.Views(name, data)
		kinds[facts.Kind] = true
		for _, host := range []string{"nginx", "node", "php"} {
			vars := VariablesOf(facts, Subject{Host: host, Path: name})
			want, err := together.MatchViews(data, view, vars)
			if err != nil {
				return err
			}
			got, err := inSets.MatchViews(data, view, vars)
			if err != nil {
				return err
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: in sets %+v, together %+v", name, got, want)
			}
			files, matched = files+1, matched+len(got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 500 || matched < 500 || len(kinds) < 10 {
		t.Errorf("%d files of kinds %v, %d matches: not enough to tell", files, slices.Collect(maps.Keys(kinds)), matched)
	}
}

func FuzzConditions(f *testing.F) {
	f.Add(`kind == "elf" and (not imports contains " x " or any of ($a, $b))`)
	f.Add(`((((((not not (a`)
	f.Fuzz(func(t *testing.T, text string) {
		declared := declarations([]byte("private rule a { condition: " + text + " }\nrule b { condition: a and kind == \"elf\" }"))
		for _, d := range declared {
			if d.condition == nil || d.start > d.end {
				t.Fatalf("%+v", d)
			}
			// What is open with nothing known may be settled by more; what is settled stays.
			less := d.condition.holds(nil)
			more := d.condition.holds(Variables{"kind": "elf", "imports": " x "})
			if less != open && more != less {
				t.Errorf("%q: %d without externals, %d with them", text, less, more)
			}
		}
	})
}
