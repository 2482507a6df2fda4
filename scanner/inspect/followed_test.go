package inspect

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
		"library_names.so": LibraryInside, "library_base.so": LibraryInside, "php_setting_made.so": HostSetting,
	} {
		if got := embeddedNames(Identify(name, fixture(t, filepath.Join("../scripts/native", name)))); !slices.Contains(got, want) {
			t.Errorf("%s: %q is found, not %q", name, got, want)
		}
	}
	for _, name := range []string{"library_list.so", "php_setting.so", "socket_lookup.so", "stream.dylib"} {
		for _, found := range embeddedNames(Identify(name, fixture(t, filepath.Join("../scripts/native", name)))) {
			if found == RawSocket || found == RawFunction || found == LibraryInside || found == HostSetting {
				t.Errorf("%s: %q", name, found)
			}
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
