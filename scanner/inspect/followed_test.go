package inspect

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/shell"
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
	for _, name := range []string{"direct.so", "direct32.so", "direct.dylib"} {
		facts := Identify(name, fixture(t, filepath.Join("../scripts/native", name)))
		if got := embeddedNames(facts); !slices.Contains(got, SocketCall) || !slices.Contains(got, ExecCall) {
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

func TestFunctionsThatAreLookedUpSayMoreThanTheirNames(t *testing.T) {
	for name, want := range map[string]string{
		"pcap_open_live": RawFunction, "_pcap_next_ex": RawFunction, "libnet_init": RawFunction, "__socket": SocketFunction,
		"nw_connection_create_with_id": SocketFunction, "curl_easy_setopt": NetworkFunction, "OSAGetSource": "", "OSADoEvent": MadeName,
		"socketpair": "", "posix_spawn_file_actions_addchdir_np": "", "capture": "",
	} {
		if got := wanted(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What calls are given is known where it comes from a table, from a call before or from
// the function's own constants; and so is what looks into libraries.
func TestWhatCallsAreGivenIsFollowed(t *testing.T) {
	for name, want := range map[string]string{
		"raw_socket.so": RawSocket, "raw_socket.dylib": RawSocket, "packet.so": RawSocket, "raw_table.so": RawSocket, "raw_table.dylib": RawSocket,
		"raw_resolved.so": RawSocket, "looked_up.so": RawSocket, "looked_up.dylib": RawSocket, "capture_lookup.so": RawFunction, "capture_lookup.dylib": RawFunction,
		"library_names.so": LibraryInside, "library_base.so": LibraryInside, "library_places.so": LibraryInside, "library_places_base.so": LibraryInside, "library_places_list.so": LibraryInside, "php_setting_made.so": HostSetting,
		"kernel_socket.so": KernelSocket, "kernel_socket.dylib": KernelSocket, "own_address.so": OwnAddress, "handed.so": MadeName, "handed.dylib": MadeName,
		"own_database.so": OwnAddress, "own_database_listed.so": OwnAddress, "own_document.so": OwnDocument, "own_document_named.so": OwnDocument,
		"own_document_entity.so": OwnDocument, "own_document_parts.so": OwnDocument, "own_document_wide.so": OwnDocument, "own_document_beside.so": OwnDocument,
		"own_library.so": OwnLibrary, "own_library_modules.so": OwnLibrary, "own_address_line.so": OwnAddress, "own_library_query.so": OwnLibrary, "own_program.so": OwnProgram, "own_program_bus.so": MadeName, "own_program_query.so": OwnProgram, "word_list.so": MadeName, "word_list.dylib": MadeName, "pattern.so": MadeName, "addends.so": MadeName,
		"variables.so": MadeName, "variables.dylib": MadeName, "variables_passed.so": MadeName, "variables_split.so": MadeName,
		"variables_behind.so": MadeName, "variables_behind.dylib": MadeName, "variables_words.so": MadeName, "variables_kept.so": MadeName, "variables_unset.so": MadeName, "variables_many.so": MadeName, "variables_long.so": MadeName, "variables_taken.so": MadeName,
		"task_words.dylib": MadeName, "task_words_parts.dylib": MadeName,
		"service_made.dylib": ScriptService, "methods.dylib": ScriptService, "methods_x86.dylib": ScriptService, "script_handed.dylib": MadeName, "script_node.so": MadeName, "script_php.so": MadeName, "script_lua.so": MadeName,
	} {
		if got := embeddedNames(Identify(name, fixture(t, filepath.Join("../scripts/native", name)))); !slices.Contains(got, want) {
			t.Errorf("%s: %q is found, not %q", name, got, want)
		}
	}
	for _, name := range []string{"library_list.so", "php_setting.so", "socket_lookup.so", "stream.dylib", "service.dylib", "library_client.so", "library_loader.so", "kernel_socket.so", "own_program_given.so", "library_places_trace.so"} {
		for _, found := range embeddedNames(Identify(name, fixture(t, filepath.Join("../scripts/native", name)))) {
			if found == RawSocket || found == RawFunction || found == LibraryInside || found == HostSetting || found == OwnAddress || found == OwnDocument || found == OwnLibrary || found == OwnProgram || found == ScriptService {
				t.Errorf("%s: %q", name, found)
			}
		}
	}
}

func TestALineThatIsTooLongIsTold(t *testing.T) {
	for length, want := range map[int]int{shell.MaxLine: 0, shell.MaxLine + 1: 1} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		if f.line(0, strings.Repeat(" ", length-2)+"$A"); len(f.facts.Problems) != want {
			t.Errorf("a line of %d letters: %v", length, f.facts.Problems)
		}
		f = &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		if f.sets("A", strings.Repeat("a", length)); len(f.facts.Problems) != want {
			t.Errorf("a variable of %d letters: %v", length, f.facts.Problems)
		}
	}
}

func TestTextsThatStandInTheFileAreNotMade(t *testing.T) {
	for _, name := range []string{"tail.so", "tail.dylib"} {
		if got := embeddedNames(Identify(name, fixture(t, filepath.Join("../scripts/native", name)))); len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRawSocketsAreToldByWhatTheyAreOpenedWith(t *testing.T) {
	const closed, far = 0o2000000, 0x7000_0100_0000 // SOCK_CLOEXEC, and what is not known
	for _, c := range []struct {
		apple                  bool
		family, kind, protocol uint64
		want                   string
	}{
		{false, 2, 3, 1, RawSocket}, {false, 10, 3 | closed, 58, RawSocket}, {false, 17, 3, 0x300, RawSocket}, {false, 17, 2 | closed, 8, RawSocket}, {false, 2, 10, 8, RawSocket},
		{false, 44, 3, 0, RawSocket}, {false, 0, 3, 255, RawSocket}, {false, far, 3, 1, RawSocket}, {true, 30, 3, 58, RawSocket}, {true, 27, 3, 0, RawSocket},
		{false, 2, 1, 6, ""}, {false, 2, 2 | closed, 17, ""}, {false, 16, 3 | closed, 15, KernelSocket}, {false, far, 3, 0, ""}, {false, 2, far, 1, ""},
		{true, 17, 3, 0, KernelSocket}, {true, 32, 3, 1, KernelSocket}, {false, 31, 3, 1, KernelSocket}, {false, 16, 2, 0, ""}, {true, 32, 2, 2, ""}, {true, 2, 2, 0, ""},
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{Apple: c.apple}}
		f.socket(0, []machine.Argument{{Value: c.family}, {Value: c.kind}, {Value: c.protocol}})
		if got := strings.Join(embeddedNames(f.facts), " "); got != c.want {
			t.Errorf("%+v: %q", c, got)
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

func TestWhatProgramsGetOnTheirInputIsReadAsTheyDo(t *testing.T) {
	for _, c := range []struct {
		command, text string
		want          bool
	}{
		{"sh", "a='osa'; \"${a}script\" -e beep", true},
		{"rev | sh -s", "peeb e- tpircsaso", true},
		{"dc|sh", "2055902645439821344884P", true},
		{"sendmail -t", "a=osa; ${a}script", false},
		{"sh", "ls '$HOME'", false},
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		f.fed(0, c.command, c.text)
		if got := len(f.facts.Embedded) > 0; got != c.want {
			t.Errorf("%s of %s: %v", c.text, c.command, got)
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

func TestLinesThatLeadNowhereDoNotHideOthers(t *testing.T) {
	f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
	const decoys = 2000
	for i := range decoys {
		f.fed(0, "cat", strconv.Itoa(i))
	}
	if f.fed(0, "rev | sh", "peeb e- tpircsaso"); len(f.facts.Embedded) == 0 || len(f.facts.Problems) > 0 {
		t.Errorf("not seen behind %d others", decoys)
	}
	for i := range 200 {
		f.fed(0, "cat", strconv.Itoa(i)+strings.Repeat("a", 4000))
	}
	if n := len(f.lines.read); n < decoys || n > decoys+1+256<<10/4000 {
		t.Errorf("%d lines are read", n)
	}
	if len(f.facts.Problems) != 1 {
		t.Errorf("that some were not read is told %d times", len(f.facts.Problems))
	}
}
