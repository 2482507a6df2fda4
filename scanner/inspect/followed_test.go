package inspect

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/machine"
)

func embeddedNames(facts *Facts) (names []string) {
	for _, e := range facts.Embedded {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestWhatCodeMakesIsFoundByFollowingIt(t *testing.T) {
	want := []string{CodeDistance, CodeStalls, ExecFunction, LibraryInside, MadeName, SocketFunction}
	slices.Sort(want)
	for _, name := range []string{"followed.so", "followed.dylib"} { // x86-64 of Linux and arm64 of macOS
		facts := Identify(name, fixture(t, filepath.Join("../scripts/native", name)))
		if got := embeddedNames(facts); !slices.Equal(got, want) {
			t.Errorf("%s: %q is found, not %q", name, got, want)
		}
	}
}

func TestSystemCallsAreFoundByTheirNumbers(t *testing.T) {
	for _, name := range []string{"direct.so", "direct.dylib"} {
		facts := Identify(name, fixture(t, filepath.Join("../scripts/native", name)))
		if got := embeddedNames(facts); !slices.Contains(got, SocketCall) && !slices.Contains(got, ExecCall) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Of the plain fixtures only those make a name that are written to, and those that hand one
// over in clear are told by the rules.
func TestPlainCodeMakesNothing(t *testing.T) {
	for _, name := range natives(t) {
		got := embeddedNames(Identify(name, fixture(t, name)))
		if hides := strings.Contains(name, "dlsym") || strings.Contains(name, "getclass"); hides != (len(got) > 0) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestNamesThatAreLookedUpSayWhatTheyGive(t *testing.T) {
	for name, want := range map[string]string{
		"socket": SocketFunction, "_connect": SocketFunction, "posix_spawn": ExecFunction, "OSACompile": MadeName,
		"curl_easy_perform": NetworkFunction, "getaddrinfo": NetworkFunction, "_BIO_new_connect": NetworkFunction, "NSURLSession": NetworkFunction,
		"curl_version": "", "connection": "",
	} {
		if got := named(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestListsOfPiecesArePutTogether(t *testing.T) {
	for _, name := range []string{"listed.so", "listed.dylib"} {
		facts := Identify(name, fixture(t, filepath.Join("../scripts/native", name)))
		if got := embeddedNames(facts); !slices.Equal(got, []string{MadeName}) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCommandLinesAreReadAsAShellDoes(t *testing.T) {
	for line, want := range map[string]bool{
		`kit=osa; theme=script; "$kit$theme" -e beep`: true,
		`/usr/b??/osascr?pt -e beep`:                  true,
		`o's'ascript -e beep`:                         true,
		`$(echo tpircsaso | rev) -e beep`:             true,
		`rm -rf "$HOME/x"`:                            false,
		`osascript -e "$1"`:                           false, // as it stands, for the rules
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		f.line(0, line)
		if got := len(f.facts.Embedded) > 0; got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}
