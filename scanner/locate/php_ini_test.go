package locate

import (
	"slices"
	"strings"
	"testing"
)

func lookupNothing(string) (string, bool) { return "", false }

func TestINIValuesAreReadAsPHPReadsThem(t *testing.T) {
	for text, want := range map[string][]string{
		"a=x y":                              {"a=x y"},
		"  a  =  /x/\"q\"y  ; comment":       {"a=/x/qy"},
		"a='x y' z":                          {"a=x y z"},
		"a=\"x\ny\"z ; c\nb=2":               {"a=x\nyz", "b=2"},
		`a="x\"y\\z\n"`:                      {`a=x"y\z\n`},
		`a="x "`:                             {"a=x "},
		`a = "b" "c"`:                        {"a=bc"},
		`a="x\;y"`:                           {`a=x\;y`},
		"a=x;y":                              {"a=x"},
		"#a=1":                               {"#a=1"},
		"a=1\rb=2\r\nc=3":                    {"a=1", "b=2", "c=3"},
		"\ufeffa=1":                          {"a=1"},
		"a[]=1\na[k]=2\na[\"q\"]=3":          {"a[]=1", "a[k]=2", "a[q]=3"},
		"a\na;c\n=":                          nil,
		"[x]y=1":                             {"y=1"},
		"[\"a]\"]\nc=1":                      {"c=1"},
		"a=none\nb=On\nc=nonesuch\nd='none'": {"a=", "b=1", "c=nonesuch", "d=none"},
		"a=$x\nb=x{y}":                       {"a=$x", "b=x{y}"},
		"a=":                                 {"a="},
		"a=\"C:\\x\\\"\nb=1":                 {"a=C:\\x\\", "b=1"},
		"a=\"C:\\\\\"x\nb=1":                 {"a=C:\\x", "b=1"},
		"a=1\nb=x'y\nc=1":                    {"a=1", "b=x"},
		"a=''":                               {"a="},
		"a=1.5.so":                           {"a=1.5.so"},
		"a=PHP_VERSION/x":                    {"a=PHP_VERSION/x"},
	} {
		entries, _ := parseINI([]byte(text), lookupNothing)
		var got []string
		for _, e := range entries {
			key := e.key
			if e.index != "" || strings.Contains(text, key+"[") {
				key += "[" + e.index + "]"
			}
			got = append(got, key+"="+e.value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestINIEntriesKnowTheirLineAndSection(t *testing.T) {
	entries, err := parseINI([]byte("a=\"1\n2\"\r\n\r; c\n[PATH=/srv]\nb=1\n[PHP]\nc=1"), lookupNothing)
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		key, section string
		line         int
	}
	var got []place
	for _, e := range entries {
		got = append(got, place{e.key, e.section, e.line})
	}
	want := []place{{"a", "", 1}, {"b", "PATH=/srv", 6}, {"c", "", 8}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestINIValuesThatNoFileTellsAreUnknown(t *testing.T) {
	known := func(name string) (string, bool) { return "/known", name == "dir" || name == "PHP_EXTENSION_DIR" }
	for text, want := range map[string]string{
		"a=${dir}/x":          "",
		`a="/known\${HOME}"`:  "",
		`a="${dir}"`:          "",
		"a=PHP_EXTENSION_DIR": "",
		"a=${HOME}/x":         "${HOME}",
		"a=\"${HOME:-/x}\"":   "${HOME}",
		"a=PHP_VERSION":       "the constant PHP_VERSION",
		"a=E_ALL & ~E_NOTICE": "arithmetic",
	} {
		entries, err := parseINI([]byte(text), known)
		if err != nil || len(entries) != 1 || entries[0].unknown != want {
			t.Errorf("%q: %+v, %v; want unknown %q", text, entries, err, want)
			continue
		}
		if want == "" && !strings.HasPrefix(entries[0].value, "/known") {
			t.Errorf("%q: value %q", text, entries[0].value)
		}
	}
}

func TestINISyntaxErrorsEndTheFileAndNameTheLine(t *testing.T) {
	for _, text := range []string{
		"a=b=c", "a=\"x", "[x", "[a;b]", "=b", "a==b", "a\"b=1", "a.b[x=1", "a=${X", "a=\x00", "{", "a=$",
	} {
		entries, err := parseINI([]byte("first=1\n"+text+"\nlast=1\n"), lookupNothing)
		if err == nil || !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("%q: error %v", text, err)
		}
		if len(entries) == 0 || entries[0].key != "first" {
			t.Errorf("%q: lost what stands before the error: %+v", text, entries)
		}
	}
}

func TestINIHasLimits(t *testing.T) {
	_, err := parseINI([]byte(strings.Repeat("a=1\n", maxINIEntries+1)), lookupNothing)
	if err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("error %v", err)
	}
	_, err = parseINI([]byte("a=xx\n"+strings.Repeat("a=${a}${a}\n", 100)), lookupNothing)
	if err == nil || !strings.Contains(err.Error(), "stand for more than") {
		t.Errorf("doubling: error %v", err)
	}
}

func FuzzParseINI(f *testing.F) {
	for _, seed := range []string{"a=1\n[PATH=x]\nb[c]='d'\"${e}\" ; f", "a=\"\\\"${x:-y}\"", "a=$", "[\"", "\r\r\n=\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		entries, _ := parseINI([]byte(text), lookupNothing)
		lines := 1 + strings.Count(text, "\n") + strings.Count(text, "\r")
		for _, e := range entries {
			if e.key == "" || e.line < 1 || e.line > lines || strings.ContainsAny(e.key, notInKey) {
				t.Errorf("entry %+v of %d lines", e, lines)
			}
		}
	})
}
