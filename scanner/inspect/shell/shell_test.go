package shell

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestProgramIsFoundAsTheShellWouldFindIt(t *testing.T) {
	for line, want := range map[string]bool{
		`osascript -e beep`:                                        true,
		`a=osa; b=script; $a$b -e beep`:                            true,
		`o=osa; ${o}script -e beep`:                                true,
		"`echo osa`script -e beep":                                 true,
		`echo b3Nhc2NyaXB0IC1lIGJlZXA= | base64 -d | sh`:           true,
		`eval "osa""script -e beep"`:                               true,
		`$(echo tpircsaso | rev) -e beep`:                          true,
		`$(echo bfnfpevcg | tr a-z n-za-m) -e`:                     true,
		`$(printf '\157\163\141\163\143\162\151\160\164') -e beep`: true,
		"`printf %s%s osa script` -e beep":                         true,
		"sh <<X\nosa\"\"script -e beep\nX":                         true,
		`echo 6f7361736372697074 | xxd -r -p | sh`:                 true,
		`echo osaXscript | sed s/X// | bash`:                       true,
		`env A=1 osascript -e beep`:                                true,
		`echo beep | xargs osa"script" -e`:                         true,
		`f() { "$1" -e beep; }; f osascript`:                       true,
		`for p in ls osascript; do $p -e beep; done`:               true,
		`/usr/local/../bin/./osascript`:                            true,
		`/usr/bin/osascr?pt -e beep`:                               true,
		`echo osascript`:                                           false,
		`# osascript`:                                              false,
		`grep osascript x`:                                         false,
		`$X -e beep`:                                               false,
		`ls *`:                                                     false,
	} {
		if got := Runs(Commands(line, nil, nil), "osascript"); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
	if !Runs(Command([]string{"sh", "-c", `"$0" -e beep`, "osascript"}, nil), "osascript") {
		t.Error("$0 is the word behind the script")
	}
	if !Runs(Commands(`$KIT -e beep`, nil, map[string]string{"KIT": "osascript"}), "osascript") {
		t.Error("a variable of the environment")
	}
}

func TestLargeExpansionsAreLeftOut(t *testing.T) {
	for _, line := range []string{
		`echo {1..99999999}`, strings.Repeat("{a,b}", 30), "a=xxxx; " + strings.Repeat("a=$a$a; ", 200) + "$a",
		strings.Repeat("$(", 500), strings.Repeat("eval ", 700), `f() { f; f; }; f`, strings.Repeat("((", 900),
	} {
		Commands(line, nil, nil)
	}
}

func FuzzCommands(f *testing.F) {
	f.Add(`a=osa; $(echo "$a"script) -e beep | sh -c 'eval $0' x`)
	f.Fuzz(func(t *testing.T, line string) {
		for _, words := range Commands(line, nil, nil) {
			if len(words) == 0 {
				t.Error("a command without words")
			}
			_ = utf8.ValidString(words[0])
		}
	})
}
