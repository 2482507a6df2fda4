package inspect

import (
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"plugvet/scanner/inspect/machine"
)

func TestSourceTextsAreReadThatSpellAName(t *testing.T) {
	name := string(scriptCommand)
	each := func(format string) (text string) {
		for i := range len(name) {
			text += fmt.Sprintf(format, name[i])
		}
		return text
	}
	for _, text := range []string{
		"spawn '" + each("=%02X") + "'.unpack1('M')", "exec(\"" + each(`\x%02x`) + "\")", "exec \"" + each(`\%03o`) + "\"", "unescape('" + each("%%%02x") + "')",
		`"` + each(`\u%04x`) + `"`, "['" + each("%02x") + "'].pack('H*')", "join('', map {chr} " + strings.Trim(each("%d, "), ", ") + ")", "bytes([" + each("0x%x,") + "0x20])",
		"system('osa' + 'script')", `os.system("osa" "script -e beep")`, "exec('osa' . 'script')", "'" + reversed(name) + "'.reverse",
		"b64decode('" + base64.StdEncoding.EncodeToString([]byte("/usr/bin/"+name)) + "')", "b64decode('" + base64.StdEncoding.EncodeToString([]byte(reversed(name))) + "')",
		"b32decode('" + base32.StdEncoding.EncodeToString([]byte(name+" ")) + "')", "decode('" + strings.Map(rot13, name) + "', 'rot13')",
		"{" + strings.Join(strings.Split(name, ""), " ") + "}", "{'" + strings.Join(strings.Split(reversed(name), ""), "', '") + "'}",
	} {
		if !spells(text) {
			t.Errorf("not seen in %s", text)
		}
	}
	for _, text := range []string{"", "exec('" + name + "')", "print('=20=3D')", "chr(300), 111, 115", "['6f73'].pack('H*')", `"\x6f\x73"`, strings.Repeat("(", 500), "a b c d e f g h i j", "o s a s c r i p tail"} {
		if spells(text) {
			t.Errorf("seen in %s", text)
		}
	}
}

func TestInterpretersAreToldWhoseNameIsMade(t *testing.T) {
	for text, want := range map[string]string{
		"/usr/bin/ruby": ExecFunction, "/usr/local/bin/python3.11": ExecFunction, "/bin/sh": ExecFunction,
		"/usr/bin/kit": "", "ruby": "", "/srv/bin/perl.log": "", "/usr/bin/perl": "", // the last stands in the file
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}, data: []byte("\x00/usr/bin/perl\x00"), cleared: map[string]bool{}}
		f.source(0, text)
		if got := strings.Join(embeddedNames(f.facts), " "); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestTextsThatSpellNothingDoNotHideOthers(t *testing.T) {
	f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}, cleared: map[string]bool{}}
	for i := range 1000 {
		f.source(0, fmt.Sprintf("print('number %d')", i))
	}
	if f.source(0, "system('osa' + 'script')"); len(f.facts.Embedded) == 0 {
		t.Error("not seen behind 1000 others")
	}
	for i := range 2000 {
		f.source(0, fmt.Sprintf("print('%d')", i)+strings.Repeat(" ", 1000))
	}
	if n := len(f.sources.read); n > 1001+sourceLetters/1000 {
		t.Errorf("%d texts are read", n)
	}
}
